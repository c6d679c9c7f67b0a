"""`builder send` and `builder devices` as a person meets them, against folders like readers'."""

import json
import zipfile
from pathlib import Path

import pytest

from builder.cli import main
from builder.epub import converter


def run(*arguments: str | Path) -> int:
    return main([str(argument) for argument in arguments])


@pytest.fixture
def kobo(tmp_path: Path) -> Path:
    root = tmp_path / "KOBOeReader"
    (root / ".kobo").mkdir(parents=True)
    return root


@pytest.fixture
def kindle(tmp_path: Path) -> Path:
    root = tmp_path / "Kindle"
    (root / "documents").mkdir(parents=True)
    (root / "system").mkdir()
    return root


def test_devices_are_shown_with_what_they_like(
    kobo: Path, kindle: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("devices", "--in", kobo, "--in", kindle) == 0
    printed = capsys.readouterr().out
    assert "Kobo" in printed
    assert "kepub" in printed
    assert "azw3" in printed
    assert run("devices", "--in", kobo, "--json") == 0
    told = json.loads(capsys.readouterr().out)["devices"][0]
    assert (told["kind"], told["format"], told["can_write"]) == ("kobo", "kepub", True)


def test_without_a_device_the_way_by_mail_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builder.deliver.readers._drives", lambda _: ())
    assert run("devices") == 0
    shown = capsys.readouterr()
    assert "no e-reader" in shown.out
    assert "@kindle.com" in shown.err


def test_a_kobo_gets_a_kepub_under_the_book_s_name_and_a_second_one_renews_it(
    chapter_folder: Path, kobo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("send", chapter_folder, "--to", "kobo", "--in", kobo) == 0
    assert "safe to eject" in capsys.readouterr().out
    book = kobo / "渡口.kepub.epub"
    with zipfile.ZipFile(book) as archive:
        assert any(b"koboSpan" in archive.read(name) for name in archive.namelist())
    (kobo / "小说").mkdir()
    book.rename(kobo / "小说" / book.name)
    assert run("send", chapter_folder, "--to", kobo, "--set", "book.publisher=青篙社") == 0
    assert "in place of the older copy" in capsys.readouterr().out
    assert [path.name for path in kobo.rglob("*.epub")] == ["渡口.kepub.epub"]


def test_a_finished_file_goes_as_it_is(chapter_folder: Path, tmp_path: Path, kobo: Path) -> None:
    assert run("build", chapter_folder, "--format", "epub", "--out", tmp_path / "o") == 0
    made = tmp_path / "o" / "渡口" / "渡口.epub"
    assert run("send", made, "--to", kobo) == 0
    assert (kobo / "渡口.epub").read_bytes() == made.read_bytes()


def test_a_folder_gets_an_epub_or_what_is_asked_for(chapter_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "boox"
    folder.mkdir()
    assert run("send", chapter_folder, "--to", folder) == 0
    assert run("send", chapter_folder, "--to", folder, "--format", "txt", "--vertical") == 0
    assert sorted(path.name for path in folder.iterdir()) == ["渡口.epub", "渡口.vertical.txt"]


def test_a_rehearsal_writes_nothing(
    chapter_folder: Path, kobo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("send", chapter_folder, "--to", kobo, "--dry-run", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["sent"], Path(told["files"][0]["path"]).name) == (False, "渡口.kepub.epub")
    assert not list(kobo.glob("*"))[1:]


@pytest.mark.parametrize(
    ("to", "code"),
    [("kobo", "D001"), ("kindle", "D009"), ("kobu", "B060"), ("no/such/folder", "D007")],
)
def test_a_target_that_is_not_there_is_told(
    to: str, code: str, chapter_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("send", chapter_folder, "--to", to, "--in", tmp_path / "nothing") > 2
    assert f"error {code}" in capsys.readouterr().err


def test_two_kobos_are_too_many(
    chapter_folder: Path, kobo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    second = tmp_path / "second"
    (second / ".kobo").mkdir(parents=True)
    assert run("send", chapter_folder, "--to", "kobo", "--in", kobo, "--in", second) == 11
    told = capsys.readouterr().err
    assert "error D002" in told
    assert str(second) in told


def test_a_kindle_on_a_cable_gets_azw3_or_is_told_what_to_do(
    chapter_folder: Path, kindle: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run("send", chapter_folder, "--to", "kindle", "--in", kindle)
    if converter():
        assert code == 0
        assert [path.name for path in (kindle / "documents").iterdir()] == ["渡口.azw3"]
    else:
        assert code == 8
        assert "error D008" in capsys.readouterr().err


def test_mail_needs_a_sender_and_a_password(
    chapter_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("send", chapter_folder, "--to", "me@kindle.com") == 3
    assert "error D010" in capsys.readouterr().err
    monkeypatch.setenv("BUILDER_MAIL_HOST", "localhost")
    monkeypatch.setenv("BUILDER_MAIL_USER", "me@example.org")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    assert run("send", chapter_folder, "--to", "me@kindle.com") == 3
    told = capsys.readouterr().err
    assert "error D016" in told
    assert "BUILDER_PASSWORD" in told


def test_a_rehearsal_of_mail_needs_no_server_and_no_password(
    chapter_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ("--set", "mail.host=localhost", "--set", "mail.user=me@example.org")
    assert run("send", chapter_folder, "--to", "me@kindle.com", "--dry-run", *place) == 0
    assert "would mail to me@kindle.com: 渡口.epub" in capsys.readouterr().out


def test_a_book_cannot_say_where_mail_goes(
    chapter_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (chapter_folder / "book.toml").write_text('[mail]\nhost = "evil.example"\n', "utf-8")
    assert run("build", chapter_folder) == 3
    assert "book.toml:1: error B048" in capsys.readouterr().err


def test_a_kobo_s_list_is_told_the_series_only_when_that_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from tests.deliver.kobos import BOOK, a_kobo, list_of, series
    from tests.studio.shelves import package, put_book

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    kobo = a_kobo(tmp_path)
    book = put_book(tmp_path, "渡口.epub", package("渡口", "佚名", "水上", 2))
    before = list_of(kobo).read_bytes()
    assert run("send", book, "--to", kobo) == 0
    assert run("send", book, "--to", kobo, "--series", "--dry-run") == 0
    assert list_of(kobo).read_bytes() == before
    capsys.readouterr()

    taken_in = (kobo / "渡口.epub").stat()
    assert run("send", book, "--to", kobo, "--series") == 0
    printed = capsys.readouterr().out
    assert "there already, byte for byte" in printed
    assert "its series stands in the Kobo's list" in printed
    assert series(list_of(kobo))[BOOK] == ("水上", "2", "水上", 2.0)
    # What a reader has taken in and finds written anew, it takes in anew, without the series.
    assert (kobo / "渡口.epub").stat().st_mtime_ns == taken_in.st_mtime_ns
    (kept,) = (tmp_path / "state" / "ebook-builder" / "kobo").iterdir()
    assert series(kept)[BOOK] == (None, None, None, None)

    assert run("send", book, "--to", kobo, "--series", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["series"]["written"] == [str(kobo / "渡口.epub")]
    assert told["files"][0]["same"] is True
