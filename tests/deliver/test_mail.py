"""Mail against a real server: TLS, a password, limits, names in Chinese."""

import socket
import ssl
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session

from builder.core.config import MailConfig
from builder.core.errors import ConfigError, DeliverError
from builder.deliver import letters, mail
from builder.deliver import mail as mail_function
from builder.deliver.mail import MOST_ATTACHMENTS, MOST_BYTES

USER, PASSWORD = "me@example.org", "渡口 pass"
LIMIT = 3_000_000


class Box:
    """What the server took."""

    def __init__(self) -> None:
        self.mails: list[tuple[list[str], EmailMessage]] = []
        self.is_full = False
        self.most = 100

    async def handle_RCPT(  # noqa: N802  (the name that aiosmtpd calls)
        self, _server: Any, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if address.startswith("nobody"):
            return "550 no such mailbox"
        self.is_full = address.startswith("full")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802  (the name that aiosmtpd calls)
        self, _server: Any, _session: Session, envelope: Envelope
    ) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        if self.is_full or len(self.mails) >= self.most:
            return "552 mailbox is full"
        message = message_from_bytes(content, policy=default)
        assert isinstance(message, EmailMessage)
        self.mails.append((envelope.rcpt_tos, message))
        return "250 OK"


def _authenticate(_s: Any, _session: Any, _e: Any, _mechanism: str, data: Any) -> AuthResult:
    assert isinstance(data, LoginPassword)
    right = data.login.decode() == USER and data.password.decode() == PASSWORD
    return AuthResult(success=right, handled=False)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def box() -> Box:
    return Box()


@pytest.fixture
def settings(box: Box, authority: trustme.CA, tmp_path: Path) -> Iterator[MailConfig]:
    """A server on this machine that wants STARTTLS and a password."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    trusted = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(trusted)
    server = Controller(
        box, hostname="localhost", port=_free_port(), tls_context=context, require_starttls=True,
        auth_required=True, authenticator=_authenticate, data_size_limit=LIMIT,
    )  # fmt: skip
    server.start()
    yield MailConfig("localhost", server.port, "starttls", USER, "", str(trusted))
    server.stop()


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def a_book(folder: Path, name: str, size: int = 2000) -> tuple[str, Path]:
    path = folder / name
    path.write_bytes(bytes(size))
    return name, path


def test_books_arrive_with_their_chinese_names(
    settings: MailConfig, box: Box, tmp_path: Path
) -> None:
    books = [a_book(tmp_path, "渡口.epub"), a_book(tmp_path, "“灯下”；第二卷.epub")]
    mail(letters(books, "me@kindle.com", settings), settings, PASSWORD)
    ((receivers, message),) = box.mails
    assert receivers == ["me@kindle.com"]
    assert (message["From"], message["To"]) == (USER, "me@kindle.com")
    parts = list(message.iter_attachments())
    assert [part.get_filename() for part in parts] == ["渡口.epub", "“灯下”；第二卷.epub"]
    assert all(part.get_content_type() == "application/epub+zip" for part in parts)
    assert all(part.get_content() == bytes(2000) for part in parts)
    raw = letters(books, "me@kindle.com", settings)[0].content
    assert b"filename*=utf-8''" in raw


@pytest.fixture
def tls_settings(box: Box, authority: trustme.CA, tmp_path: Path) -> Iterator[MailConfig]:
    """A server on this machine that speaks TLS from the first byte, and wants a password."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    trusted = tmp_path / "tls-authority.pem"
    authority.cert_pem.write_to_path(trusted)
    server = Controller(
        box, hostname="localhost", port=_free_port(), ssl_context=context,
        auth_required=True, auth_require_tls=False, authenticator=_authenticate,
    )  # fmt: skip
    server.start()
    yield MailConfig("localhost", server.port, "tls", USER, "", str(trusted))
    server.stop()


# aiosmtpd counts only STARTTLS as TLS when it asks for a password.
@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_tls_from_the_first_byte_is_spoken_too(
    tls_settings: MailConfig, box: Box, tmp_path: Path
) -> None:
    books = [a_book(tmp_path, "渡口.epub")]
    mail(letters(books, "me@kindle.com", tls_settings), tls_settings, PASSWORD)
    ((_, message),) = box.mails
    assert [part.get_filename() for part in message.iter_attachments()] == ["渡口.epub"]
    unknown = replace(tls_settings, authority="")
    with pytest.raises(DeliverError) as caught:
        mail(letters(books, "me@kindle.com", unknown), unknown, PASSWORD)
    assert caught.value.diagnostic.code == "D013"


def test_a_mail_that_is_refused_after_it_was_sent_is_told(
    settings: MailConfig, box: Box, tmp_path: Path
) -> None:
    sent = letters([a_book(tmp_path, "渡口.epub")], "full@kindle.com", settings)
    with pytest.raises(DeliverError) as caught:
        mail(sent, settings, PASSWORD)
    assert caught.value.diagnostic.code == "D015"
    assert "mailbox is full" in caught.value.message
    assert not box.mails


def test_when_a_later_mail_is_refused_what_went_and_what_did_not_is_told(
    settings: MailConfig, box: Box, tmp_path: Path
) -> None:
    box.most = 1
    books = [a_book(tmp_path, f"{number}.epub") for number in range(MOST_ATTACHMENTS + 2)]
    with pytest.raises(DeliverError) as caught:
        mail(letters(books, "me@kindle.com", settings), settings, PASSWORD)
    assert caught.value.diagnostic.code == "D023"
    told = dict(caught.value.diagnostic.values)
    assert told["sent"] == "、".join(name for name, _ in books[:MOST_ATTACHMENTS])
    assert told["left"] == f"{MOST_ATTACHMENTS}.epub、{MOST_ATTACHMENTS + 1}.epub"
    assert "mailbox is full" in str(told["reason"])
    assert len(box.mails) == 1


def test_the_command_line_makes_a_book_and_mails_it(
    settings: MailConfig,
    box: Box,
    chapter_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from builder.cli import main

    monkeypatch.setenv("BUILDER_PASSWORD", PASSWORD)
    for key in ("host", "port", "user", "authority"):
        monkeypatch.setenv(f"BUILDER_MAIL_{key.upper()}", str(getattr(settings, key)))
    assert main(["send", str(chapter_folder), "--to", "me@kindle.com"]) == 0
    told = capsys.readouterr()
    assert "mail to me@kindle.com: 渡口.epub" in told.out
    assert PASSWORD not in told.out + told.err
    ((receivers, message),) = box.mails
    assert receivers == ["me@kindle.com"]
    (part,) = message.iter_attachments()
    assert part.get_content().startswith(b"PK")


def test_a_wrong_password_is_told(settings: MailConfig, box: Box, tmp_path: Path) -> None:
    with pytest.raises(DeliverError) as caught:
        mail(letters([a_book(tmp_path, "a.epub")], "me@kindle.com", settings), settings, "no")
    assert caught.value.diagnostic.code == "D014"
    assert not box.mails


def test_a_server_that_nobody_vouches_for_gets_no_password(
    settings: MailConfig, box: Box, tmp_path: Path
) -> None:
    unknown = replace(settings, authority="")
    with pytest.raises(DeliverError) as caught:
        mail(letters([a_book(tmp_path, "a.epub")], "me@kindle.com", unknown), unknown, PASSWORD)
    assert caught.value.diagnostic.code == "D013"
    assert not box.mails


def test_what_the_server_does_not_take_is_not_sent(
    settings: MailConfig, box: Box, tmp_path: Path
) -> None:
    book = a_book(tmp_path, "large.epub", LIMIT)
    with pytest.raises(DeliverError) as caught:
        mail(letters([book], "me@kindle.com", settings), settings, PASSWORD)
    assert caught.value.diagnostic.code == "D012"
    written = letters([a_book(tmp_path, "a.epub")], "nobody@kindle.com", settings)
    with pytest.raises(DeliverError) as refused:
        mail(written, settings, PASSWORD)
    assert refused.value.diagnostic.code == "D015"
    assert "no such mailbox" in refused.value.message
    assert not box.mails


def test_no_server_is_told() -> None:
    dead = MailConfig("localhost", 9, "starttls", "", USER)
    with pytest.raises(DeliverError) as caught:
        mail_function((), dead, "")
    assert caught.value.diagnostic.code == "D013"


def test_without_tls_nothing_leaves_this_machine() -> None:
    with pytest.raises(DeliverError, match="without TLS") as caught:
        mail((), MailConfig("mail.example.org", 0, "none", USER), PASSWORD)
    assert caught.value.diagnostic.code == "D013"


def test_many_books_go_in_as_few_mails_as_the_limits_allow(tmp_path: Path) -> None:
    settings = MailConfig("localhost", sender=USER)
    many = [a_book(tmp_path, f"{number}.epub") for number in range(MOST_ATTACHMENTS + 2)]
    assert [len(one.names) for one in letters(many, "me@kindle.com", settings)] == [25, 2]
    heavy = [a_book(tmp_path, f"h{number}.epub", 20_000_000) for number in range(3)]
    sent = letters(heavy, "me@kindle.com", settings)
    assert [len(one.names) for one in sent] == [1, 1, 1]
    assert all(len(one.content) <= MOST_BYTES for one in sent)
    with pytest.raises(DeliverError) as caught:
        letters([a_book(tmp_path, "x.epub", 40_000_000)], "me@kindle.com", settings)
    assert caught.value.diagnostic.code == "D012"


@pytest.mark.parametrize(
    "address",
    ["me", "me@", "@kindle.com", "me@kindle", "me@kindle.com\nBcc: all@example.org", "a b@c.d", ""],
)
def test_an_address_that_is_none_never_becomes_a_header(address: str, tmp_path: Path) -> None:
    settings = MailConfig("localhost", sender=USER)
    with pytest.raises(ConfigError) as caught:
        letters([a_book(tmp_path, "a.epub")], address, settings)
    assert caught.value.diagnostic.code == "D011"


def test_a_name_of_a_book_never_becomes_a_header(tmp_path: Path) -> None:
    settings = MailConfig("localhost", sender=USER)
    book = a_book(tmp_path, "a.epub")
    sent = letters([("灯\r\nBcc: all@example.org.epub", book[1])], "me@kindle.com", settings)
    assert message_from_bytes(sent[0].content, policy=default)["Bcc"] is None


def test_who_sends_must_be_set(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        letters([a_book(tmp_path, "a.epub")], "me@kindle.com", MailConfig())
    assert caught.value.diagnostic.code == "D010"
