"""Three programs that read PDFs and share no code: poppler, MuPDF and pdf.js (in Firefox).

What each of them sees: pages, bookmarks, page numbers, and the text, by page or along the tags.
Source of the tags' meaning: ISO 32000-1, 14.8.4.
"""

import json
import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.judges.finding import HERE, JudgeError, require
from tests.judges.node import run_script
from tests.judges.pdf import PATIENCE_S, OutlineEntry, pdfinfo, pdftotext_pages

# `    H2 (block)`, `  Note <n1> (inline)`, `  Figure:`, `  Art` of `pdfinfo -struct-text`; not `    "text"`, `/BBox [0 0]`.
_ELEMENT = re.compile(
    r"( *)(\w+)(?: <[^>]*>)?(?: \((?:inline|block|grouping)\))?(?: \"[^\"]*\")?:?$"
)
_TEXT = re.compile(r'( *)"(.*)"$', re.DOTALL)
_OUTLINE = re.compile("<outline>.*</outline>", re.DOTALL)
_OURS = frozenset({"TOC", "TOCI", "Figure", "Artifact"})


@dataclass(frozen=True, slots=True)
class Run:
    """Some text under one structure element; `path` names the types from the root down."""

    path: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class PdfRead:
    """What a reader sees. `runs` are in the order of the tags, () where it reads none; `labels`
    are the numbers of the pages as it shows them, () where it tells none.
    """

    pages: tuple[str, ...]
    outline: tuple[OutlineEntry, ...]
    labels: tuple[str, ...] = ()
    runs: tuple[Run, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """The text of a book as tags tell it apart, without white space."""

    body: str
    notes: tuple[str, ...]
    readings: tuple[str, ...]


def words_of(runs: Iterable[Run]) -> Words:
    """The book's words among some runs: in articles, without contents, labels and pictures.

    A label in a note begins the next note; readings (RT) that follow each other are one.
    """
    body: list[str] = []
    notes: list[str] = []
    readings: list[str] = []
    for (place, is_label), group in groupby(runs, _place):
        text = "".join("".join(run.text.split()) for run in group)
        if is_label:
            notes += [""] * (place == "note")
        elif place == "reading":
            readings.append(text)
        elif place == "note":
            notes[-1:] = [notes[-1] + text] if notes else [text]
        elif place == "body":
            body.append(text)
    return Words("".join(body), tuple(filter(None, notes)), tuple(filter(None, readings)))


def _place(run: Run) -> tuple[str, bool]:
    """Where a run stands, and whether it is the label of something there."""
    is_label = "Lbl" in run.path
    if "RT" in run.path:
        return "reading", is_label
    if "Note" in run.path:
        return "note", is_label
    is_body = "Art" in run.path and not _OURS & set(run.path)
    return "body" if is_body else "beside", is_label


def read_with_poppler(pdf: Path) -> PdfRead:
    """Poppler: `pdftotext`, `pdftohtml` for the bookmarks, `pdfinfo` for the tags."""
    require("poppler")
    said = _poppler("pdftohtml", "-xml", "-stdout", "-i", "-q", str(pdf))
    outline = _OUTLINE.search(said)
    found = tuple(_entries(ET.fromstring(outline[0]))) if outline else ()
    runs = tuple(_runs(_poppler("pdfinfo", "-struct-text", "-enc", "UTF-8", str(pdf))))
    pages = tuple(pdftotext_pages(pdf))
    if len(pages) != pdfinfo(pdf).pages:
        raise JudgeError(f"poppler counts the pages of {pdf.name} in two ways")
    return PdfRead(pages, found, runs=runs)


def _poppler(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE_S, check=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as problem:
        raise JudgeError(f"{' '.join(command)}: {problem}") from problem
    return done.stdout.decode("utf-8", "replace")


def _entries(outline: ET.Element) -> Iterator[OutlineEntry]:
    """An item's children stand in the outline that follows it."""
    items = list(outline)
    for item, after in zip(items, [*items[1:], None], strict=True):
        if item.tag == "item":
            inner = _entries(after) if after is not None and after.tag == "outline" else ()
            yield OutlineEntry(item.text or "", int(item.get("page", 0)), tuple(inner))


def _runs(said: str) -> Iterator[Run]:
    """The tree as `pdfinfo` draws it: two spaces a level."""
    path: list[str] = []
    for line in said.splitlines():
        if text := _TEXT.match(line):
            yield Run(tuple(path[: len(text[1]) // 2]), text[2])
        elif element := _ELEMENT.match(line):
            path[len(element[1]) // 2 :] = [element[2]]


def read_with_mupdf_as_pdf(pdf: Path) -> PdfRead:
    """MuPDF; its text is that of the pages from the top down."""
    require("mupdf")
    import pymupdf

    pymupdf.TOOLS.mupdf_display_errors(False)
    try:
        with pymupdf.open(pdf) as document:
            pages = tuple(page.get_text() for page in document)
            labels = tuple(page.get_label() for page in document)
            rows = [(depth, title, page) for depth, title, page, *_ in document.get_toc()]
    except pymupdf.FileDataError as problem:
        raise JudgeError(f"MuPDF cannot open {pdf.name}: {problem}") from problem
    return PdfRead(pages, tuple(_nested(rows)), labels)


def _nested(rows: list[tuple[int, str, int]]) -> Iterator[OutlineEntry]:
    """Entries from rows of depth, title and page, each followed by the rows below it."""
    at = 0
    while at < len(rows):
        depth, title, page = rows[at]
        end = next((n for n in range(at + 1, len(rows)) if rows[n][0] <= depth), len(rows))
        yield OutlineEntry(title, max(0, page), tuple(_nested(rows[at + 1 : end])))
        at = end


def read_with_pdfjs(pdf: Path) -> PdfRead:
    """pdf.js, in Node.js; half a second for a start and 4 ms a page."""
    require("pdfjs")
    said = run_script(str(HERE / "pdfjs_read.mjs"), pdf.resolve(), patience_s=PATIENCE_S)
    answer = next((line for line in said.splitlines() if line.startswith('{"outline":')), "")
    if not answer:
        raise JudgeError(f"pdf.js cannot read {pdf.name}:\n{said[-2000:]}")
    seen = json.loads(answer)
    return PdfRead(
        tuple(page["text"] for page in seen["pages"]),
        tuple(map(_entry, seen["outline"])),
        tuple(seen["labels"] or ()),
        tuple(Run(tuple(path), text) for page in seen["pages"] for path, text in page["runs"]),
    )


def _entry(entry: tuple[str, int, list[object]]) -> OutlineEntry:
    title, page, inner = entry
    return OutlineEntry(title, page, tuple(map(_entry, inner)))  # type: ignore[arg-type]  # JSON
