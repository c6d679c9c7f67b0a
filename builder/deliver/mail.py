"""Books by mail, as Send-to-Kindle takes them: over TLS, under its limits, names in Chinese.

Source: RFC 6409 (submission), RFC 1870 (SIZE), RFC 2231 (names of attachments); Amazon's help
on Send to Kindle by email: 25 attachments and 50 MB a mail.
"""

import smtplib
import ssl
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, localtime, make_msgid
from mimetypes import guess_type
from pathlib import Path

from builder.core.catalogue import say
from builder.core.config import MailConfig
from builder.core.diagnostic import Location
from builder.core.errors import ConfigError, DeliverError
from builder.deliver.names import device_name

MOST_ATTACHMENTS = 25
# As sent: base64 makes a book 37 % larger.
MOST_BYTES = 50_000_000
_TIMEOUT_S = 60
_PORTS = {"starttls": 587, "tls": 465, "none": 25}
_WELCOME = 235
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_TYPES = {".epub": "application/epub+zip", ".azw3": "application/vnd.amazon.ebook"}


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail that is ready: the names of its books and the bytes as they are sent."""

    to: str
    names: tuple[str, ...]
    message: EmailMessage = field(repr=False)
    content: bytes = field(repr=False)


def letters(books: Sequence[tuple[str, Path]], to: str, settings: MailConfig) -> tuple[Letter, ...]:
    """Mails to `to` with all `books`, as few as the limits allow. `books` are (name, file) pairs.

    Raises ConfigError D010 without a server or sender, D011 for an address that is none;
    DeliverError D012 when a book is too large for any mail.
    """
    if not settings.host or not (settings.sender or settings.user):
        raise ConfigError("D010")
    sender = _address(settings.sender or settings.user)
    receiver = _address(to)
    done: list[Letter] = []
    waiting: list[tuple[str, Path]] = []
    for book in books:
        alone = _letter([book], receiver, sender)
        if len(alone.content) > MOST_BYTES:
            size, limit = _megabytes(len(alone.content)), _megabytes(MOST_BYTES)
            raise DeliverError("D012", location=Location(str(book[1])), size=size, limit=limit)
        if waiting and not _fits([*waiting, book]):
            done.append(_letter(waiting, receiver, sender))
            waiting = []
        waiting.append(book)
    return (*done, _letter(waiting, receiver, sender)) if waiting else tuple(done)


def mail(sent: Sequence[Letter], settings: MailConfig, password: str) -> None:
    """Send mails, over TLS unless the server is on this machine.

    Raises DeliverError: D013 no connection, or none that is safe; D014 the password is refused;
    D012 a mail larger than the server takes; D015 the server refuses a mail; D023 it refuses one
    after others went.
    """
    place = Location(f"{settings.host}:{settings.port or _PORTS[settings.security]}")
    try:
        with _connected(settings) as server:
            if settings.user:
                _log_in(server, settings.user, password)
            limit = int(server.esmtp_features.get("size") or 0)
            for letter in sent:
                if limit and len(letter.content) > limit:
                    size = _megabytes(len(letter.content))
                    raise DeliverError("D012", location=place, size=size, limit=_megabytes(limit))
            for number, letter in enumerate(sent):
                try:
                    server.send_message(letter.message)
                except (OSError, smtplib.SMTPException) as problem:
                    if number == 0:
                        raise
                    raise _broken_off(sent, number, place, problem) from problem
    except smtplib.SMTPAuthenticationError as problem:
        raise DeliverError("D014", location=place, reason=_said(problem.smtp_error)) from problem
    except smtplib.SMTPNotSupportedError as problem:
        raise DeliverError("D013", location=place, reason=str(problem)) from problem
    except smtplib.SMTPRecipientsRefused as problem:
        raise DeliverError("D015", location=place, reason=_reason(problem)) from problem
    except smtplib.SMTPResponseException as problem:
        raise DeliverError("D015", location=place, reason=_reason(problem)) from problem
    except (OSError, smtplib.SMTPException) as problem:
        raise DeliverError("D013", location=place, reason=_reason(problem)) from problem


def _broken_off(
    sent: Sequence[Letter], number: int, place: Location, problem: Exception
) -> DeliverError:
    """What to say when the first `number` mails went and the next did not."""
    gone, left = (
        "、".join(name for letter in part for name in letter.names)
        for part in (sent[:number], sent[number:])
    )
    return DeliverError("D023", location=place, sent=gone, left=left, reason=_reason(problem))


def _reason(problem: Exception) -> str:
    """What went wrong, in the words of the server where it said any."""
    match problem:
        case smtplib.SMTPRecipientsRefused(recipients=refused):
            return "; ".join(_said(said) for _, said in refused.values())
        case smtplib.SMTPResponseException(smtp_error=said):
            return _said(said)
        case _:
            return getattr(problem, "strerror", None) or str(problem)


def _connected(settings: MailConfig) -> smtplib.SMTP:
    """The server, greeted, over TLS. Without TLS only on this machine, for tests and relays."""
    port = settings.port or _PORTS[settings.security]
    safe = _context(settings)
    if settings.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            settings.host, port, timeout=_TIMEOUT_S, context=safe
        )
        server.ehlo()
        return server
    if settings.security == "none" and settings.host not in _LOOPBACK:
        raise smtplib.SMTPNotSupportedError(say("mail.unsafe"))
    server = smtplib.SMTP(settings.host, port, timeout=_TIMEOUT_S)
    try:
        server.ehlo()
        if settings.security == "starttls":
            server.starttls(context=safe)
            server.ehlo()
    except BaseException:
        server.close()
        raise
    return server


def _log_in(server: smtplib.SMTP, user: str, password: str) -> None:
    """Say who sends. smtplib knows ASCII only; other passwords go as RFC 4616 has them, in UTF-8."""
    if (user + password).isascii():
        server.login(user, password)
        return
    told = b64encode(f"\0{user}\0{password}".encode()).decode("ascii")
    code, answer = server.docmd("AUTH", f"PLAIN {told}")
    if code != _WELCOME:
        raise smtplib.SMTPAuthenticationError(code, answer)


def _context(settings: MailConfig) -> ssl.SSLContext:
    """What the server has to prove; `authority` names who is believed beside the system's."""
    context = ssl.create_default_context()
    if settings.authority:
        context.load_verify_locations(settings.authority)
    return context


def _letter(books: Sequence[tuple[str, Path]], to: Address, sender: Address) -> Letter:
    message = EmailMessage(policy=SMTP)
    books = [(device_name(name), path) for name, path in books]
    names = tuple(name for name, _ in books)
    message["From"], message["To"] = sender, to
    message["Subject"] = "、".join(names)[:120]
    message["Date"] = format_datetime(localtime())
    message["Message-ID"] = make_msgid(domain=sender.domain or "localhost")
    message.set_content("".join(f"{name}\n" for name in names))
    for name, path in books:
        ending = Path(name).suffix.lower()
        kind = _TYPES.get(ending) or guess_type(name)[0] or "application/octet-stream"
        main, _, minor = kind.partition("/")
        message.add_attachment(path.read_bytes(), maintype=main, subtype=minor, filename=name)
    return Letter(str(to), names, message, message.as_bytes())


def _fits(books: Sequence[tuple[str, Path]]) -> bool:
    """Whether books go into one mail; lines of 76 characters carry 57 bytes."""
    sent = sum(path.stat().st_size for _, path in books) * 78 // 57 + 4096 * len(books)
    return len(books) <= MOST_ATTACHMENTS and sent <= MOST_BYTES


def _address(text: str) -> Address:
    try:
        address = Address(addr_spec=text.strip())
    except (ValueError, MessageError, IndexError) as problem:
        raise ConfigError("D011", address=text) from problem
    if not address.username or ("." not in address.domain and address.domain != "localhost"):
        raise ConfigError("D011", address=text)
    return address


def _said(answer: object) -> str:
    """What a server said, as one line."""
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)
    return " ".join(text.split())


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f}"
