"""What the formats of one book learn from each other."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from builder.check import check_epub
from builder.core.errors import WriteError
from builder.pipeline import BuildOptions, BuildResult, build
from tests.judges import Opened, open_in_epubjs, open_in_foliate

SENTENCE = "风从江上来，把渡口的灯吹得一明一暗。老船工说：“再等等，总有人要过河的。”"


@pytest.fixture(autouse=True)
def _without_epubcheck(monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes seconds a file and is asked elsewhere."""
    monkeypatch.setattr("builder.check.epubcheck_findings", lambda path: ())


def made(folder: Path, *formats: str) -> BuildResult:
    chapters = [f"第{number}章 夜雨\n" + f"{SENTENCE * 9}\n" * 9 for number in "一二三"]
    (folder / "江上灯火.txt").write_text("\n".join(chapters), "utf-8")
    options = BuildOptions(formats=formats, out=folder / "out", environment={})
    return build(folder / "江上灯火.txt", options)


def path_of(result: BuildResult, form: str) -> Path:
    return next(file.path for file in result.files if file.format == form)


def nav_of(result: BuildResult) -> str:
    with zipfile.ZipFile(path_of(result, "epub")) as archive:
        return archive.read("EPUB/nav.xhtml").decode()


@pytest.mark.parametrize("formats", [("epub", "pdf"), ("pdf", "epub")])
def test_the_epub_lists_the_pages_of_the_pdf_made_with_it(
    formats: tuple[str, ...], tmp_path: Path
) -> None:
    result = made(tmp_path, *formats)
    with pikepdf.open(path_of(result, "pdf")) as pdf:
        labels = [str(page.label) for page in pdf.pages]
    nav = nav_of(result)
    assert [label for label in labels if f">{label}</a></li>" in nav][-4:] == labels[-4:]
    assert [file.format for file in result.files] == list(formats)
    epub = path_of(result, "epub")
    assert {one.code for one in check_epub(epub, against=result.book)} <= {"K105"}


@pytest.mark.judge
@pytest.mark.parametrize(
    ("engine", "roman"), [(open_in_foliate, ""), (open_in_epubjs, "NaN")], ids=["foliate", "epubjs"]
)
def test_reading_systems_offer_the_printed_pages(
    engine: Callable[[Path], Opened], roman: str, tmp_path: Path
) -> None:
    """epub.js takes every label for a number, and a Roman numeral for none."""
    result = made(tmp_path, "epub", "pdf")
    with pikepdf.open(path_of(result, "pdf")) as pdf:
        labels = [str(page.label) for page in pdf.pages]
    offered = [entry.label for entry in engine(path_of(result, "epub")).page_list]
    shown = [label for label in labels if f">{label}</a></li>" in nav_of(result)]
    assert set(labels) - set(shown) <= {"ii", "iv", "vi"}  # blank pages
    assert offered == [label if label.isdecimal() else roman or label for label in shown]


def identifier(
    folder: Path, book: Path, *settings: str, to: str = "", vertical: bool = False
) -> str:
    options = BuildOptions(
        to=to, vertical=vertical, formats=("epub",), out=folder / "out", settings=settings,
        environment={},
    )  # fmt: skip
    with zipfile.ZipFile(path_of(build(book, options), "epub")) as archive:
        package = archive.read("EPUB/content.opf").decode()
    return package.partition("<dc:identifier")[2].partition(">")[2].partition("<")[0]


def test_an_identifier_that_is_given_names_one_edition(tmp_path: Path) -> None:
    """Readers keep one place a book: other editions beside it must not share it."""
    book = tmp_path / "灯.txt"
    book.write_text(f"第一章 灯\n{SENTENCE}\n", "utf-8")
    given = "book.identifier=urn:x:1"
    own = identifier(tmp_path, book, given)
    assert own == "urn:x:1"
    editions = [
        identifier(tmp_path, book, given, to="zh-Hant-TW"),
        identifier(tmp_path, book, given, to="zh-Hant-HK"),
        identifier(tmp_path, book, given, vertical=True),
        identifier(tmp_path, book, given, to="zh-Hant-TW", vertical=True),
    ]
    assert len({own, *editions}) == 5
    assert all(edition.startswith("urn:uuid:") for edition in editions)
    assert identifier(tmp_path, book, given, "convert.to=zh-Hant-TW") == own
    assert identifier(tmp_path, book, given, to="zh-Hans") == own


def test_a_conversion_of_an_epub_does_not_go_under_its_identifier(tmp_path: Path) -> None:
    epub = path_of(made(tmp_path, "epub"), "epub")
    again = identifier(tmp_path / "a", epub)
    assert again == identifier(tmp_path / "b", epub)
    assert identifier(tmp_path / "c", epub, "convert.to=zh-Hant-TW") != again


def test_an_epub_alone_lists_no_pages(tmp_path: Path) -> None:
    assert "page-list" not in nav_of(made(tmp_path, "epub"))


def test_a_text_is_not_written_where_it_would_be_read_as_a_chapter(tmp_path: Path) -> None:
    folder = tmp_path / "雨"
    folder.mkdir()
    (folder / "01.txt").write_text(f"第一章 夜雨\n{SENTENCE}\n", "utf-8")
    beside = BuildOptions(formats=("txt",), out=tmp_path, environment={})
    with pytest.raises(WriteError, match="B041"):
        build(folder, beside)
    assert [path.name for path in folder.iterdir()] == ["01.txt"]
    in_dist = BuildOptions(formats=("txt", "md"), out=folder / "dist", environment={})
    first = build(folder, in_dist).book
    assert build(folder, in_dist).book == first


def test_texts_have_the_readings_that_are_asked_for(tmp_path: Path) -> None:
    (tmp_path / "灯.txt").write_text("第一章 灯\n他叫邓彧，撑船的。\n", "utf-8")
    options = BuildOptions(
        formats=("txt", "md"), settings=("epub.pinyin=rare",), out=tmp_path / "out", environment={}
    )
    txt, md = (file.path.read_text("utf-8") for file in build(tmp_path / "灯.txt", options).files)
    assert "邓彧（yù）" in txt
    assert "<ruby>彧<rt>yù</rt></ruby>" in md
