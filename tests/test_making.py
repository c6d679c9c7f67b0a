"""What the formats of one book learn from each other."""

import zipfile
from pathlib import Path

import pikepdf
import pytest

from builder.check import check_epub
from builder.pipeline import BuildOptions, BuildResult, build

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
        labels = [page.label for page in pdf.pages]
    nav = nav_of(result)
    assert [label for label in labels if f">{label}</a></li>" in nav][-4:] == labels[-4:]
    assert [file.format for file in result.files] == list(formats)
    epub = path_of(result, "epub")
    assert {one.code for one in check_epub(epub, against=result.book)} <= {"K105"}


def test_an_epub_alone_lists_no_pages(tmp_path: Path) -> None:
    assert "page-list" not in nav_of(made(tmp_path, "epub"))
