"""Files become one manuscript: evened out, joined, located."""

from pathlib import Path

import pytest

from builder.core.config import BookConfig, Config
from builder.core.errors import BuilderError
from builder.core.ledger import Ledger
from builder.read import discover, read
from builder.read import documents as documents_module

from .conftest import ReadFiles

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "raw"


def rules_of(manuscript_layers: Ledger) -> set[str]:
    return {rule for layer in manuscript_layers.layers for rule in layer.rules}


def test_exactly_one_newline_stands_between_files(read_files: ReadFiles) -> None:
    files: dict[str, str | bytes] = {
        "1.txt": "雨停了。",
        "2.txt": "\n\n他走了。\n\n\n",
        "3.txt": "天亮了。\n",
    }
    manuscript = read_files(files).manuscript
    assert manuscript.text == "雨停了。\n他走了。\n天亮了。"
    assert manuscript.boundaries() == (0, 5, 10)


def test_line_ends_of_every_system_become_newlines(read_files: ReadFiles) -> None:
    manuscript = read_files({"1.txt": "\ufeff一\r\n二\r三\n四"}).manuscript
    assert manuscript.text == "一\n二\n三\n四"
    assert rules_of(Ledger(manuscript.layers)) == {"R102", "R103"}


def test_a_text_that_needs_nothing_has_no_layers(read_files: ReadFiles) -> None:
    manuscript = read_files({"1.txt": "雨停了。\n\n他走了。"}).manuscript
    assert manuscript.layers == ()
    assert manuscript.decoded == manuscript.text


def test_places_lead_back_to_file_line_and_column(read_files: ReadFiles) -> None:
    reading = read_files({"1.txt": "一\r\n二", "2.txt": "　　三<br/><br/>　　四五"})
    manuscript = reading.manuscript
    place = manuscript.origin(manuscript.text.index("五"))
    assert (Path(place.file).name, place.line, place.column) == ("2.txt", 1, 17)
    place = manuscript.origin(manuscript.text.index("二"))
    assert (Path(place.file).name, place.line) == ("1.txt", 2)


def test_one_empty_chapter_is_a_warning(read_files: ReadFiles) -> None:
    reading = read_files({"1.txt": "雨停了。", "2.txt": b"", "3.txt": "天亮了。"})
    assert [(item.code, item.severity.value) for item in reading.diagnostics] == [
        ("R010", "warning")
    ]
    assert reading.manuscript.text == "雨停了。\n天亮了。"


@pytest.mark.parametrize("content", ["", "\ufeff", "\n\n 　", "<p></p><br/>"])
def test_a_book_without_a_character_is_an_error(read_files: ReadFiles, content: str) -> None:
    with pytest.raises(BuilderError) as caught:
        read_files({"1.txt": content})
    assert caught.value.diagnostic.code == "R009"


def test_files_and_books_have_a_size_limit(
    read_files: ReadFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents_module, "MAX_FILE_BYTES", 12)
    monkeypatch.setattr(documents_module, "MAX_BOOK_BYTES", 20)
    assert read_files({"1.txt": "雨停了。"}).manuscript.text == "雨停了。"
    for files in ({"1.txt": "雨停了。。"}, {"1.txt": "雨停了。", "2.txt": "雨停了。"}):
        with pytest.raises(BuilderError) as caught:
            read_files(dict(files))
        assert caught.value.diagnostic.code == "R015"


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
@pytest.mark.parametrize(
    ("name", "encoding"),
    [("hongloumeng_utf8_crlf.txt", "utf-8"), ("laocan_gbk_raw.txt", "gb18030")],
)
def test_real_books_are_read_without_a_finding(name: str, encoding: str) -> None:
    reading = read(discover(CORPUS / name), Config(book=BookConfig(title="x")))
    assert reading.diagnostics == ()
    assert reading.manuscript.files[0].encoding == encoding
    ledger = Ledger().then(*reading.manuscript.layers)
    assert ledger.restore(reading.manuscript.text) == reading.manuscript.decoded
