"""MuPDF: a reader that shares nothing with a browser. The text and the contents it sees."""

from dataclasses import dataclass
from pathlib import Path

from tests.judges.finding import JudgeError, require


@dataclass(frozen=True, slots=True)
class Read:
    """`text` is that of all pages, one after another; `toc` has each entry's depth and title."""

    text: str
    toc: tuple[tuple[int, str], ...]


def read_with_mupdf(path: Path) -> Read:
    """The whole book. MuPDF sets vertical books in lines, which changes no text."""
    require("mupdf")
    import pymupdf

    pymupdf.TOOLS.mupdf_display_errors(False)
    try:
        with pymupdf.open(path) as document:
            text = "".join(page.get_text() for page in document)
            toc = tuple((depth - 1, title) for depth, title, *_ in document.get_toc())
    except pymupdf.FileDataError as problem:
        raise JudgeError(f"MuPDF cannot open {path.name}: {problem}") from problem
    return Read(text, toc)
