"""What other people's PDF programs make of a file: qpdf, poppler and pypdf.

Text read back from a PDF is not the book letter for letter: poppler folds look-alike code points
(`〜` to `～`, `—` with `―`), turns a no-break space into a space and drops hyphens at line ends.
"""

import re
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pypdf import PdfReader
from pypdf.generic import Destination

from tests.judges.finding import JudgeError, require

PATIENCE_S = 120.0

# "ABCDEF+Song-Regular   CID Type 0C (OT)   Identity-H   yes yes yes   12  0"; not the table's
# own heading, nor its rule of dashes. Long names push the columns aside, so no fixed widths; a
# font written inside its page has no object number, only "[none]".
FONT_ROW = re.compile(
    r"""^(?P<name>.+?)\s+
    (?P<kind>(?:CID\ )?(?:Type\ \d\w?|TrueType)(?:\ \(OT\))?|unknown)\s+
    (?P<encoding>\S+)\s+(?P<embedded>yes|no)\s+(?P<subset>yes|no)\s+(?P<unicode>yes|no)\s+
    (?:\d+\s+\d+|\[none\])\s*$""",
    re.VERBOSE,
)
# "Page    1 size:  419.5 x 595.3 pts (A5)" and "Page    1 TrimBox:  0.00  0.00  419.53  595.28"
PAGE_SIZE = re.compile(r"^Page\s+1 size:\s+([\d.]+) x ([\d.]+) pts", re.MULTILINE)
PAGE_BOX = re.compile(r"^Page\s+1 (\w+)Box:\s+([-\d. ]+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FontRow:
    """One font of a file. `unicode`: its glyphs can be copied out as text."""

    name: str
    kind: str
    encoding: str
    embedded: bool
    subset: bool
    unicode: bool


@dataclass(frozen=True, slots=True)
class PdfInfo:
    """A file's metadata and its first page's size; `boxes` by name: media, crop, bleed, trim, art.

    A box is left, bottom, right, top. `fields` holds every line that pdfinfo printed.
    """

    title: str
    author: str
    version: str
    pages: int
    tagged: bool
    width_pt: float
    height_pt: float
    boxes: Mapping[str, tuple[float, ...]]
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A bookmark. `page` counts from 1 as readers do; 0 when it leads nowhere."""

    title: str
    page: int
    children: tuple["OutlineEntry", ...]


def qpdf_check(pdf: Path) -> list[str]:
    """What `qpdf --check` holds against the file's structure; empty when it is sound."""
    require("qpdf")
    done = _run("qpdf", "--check", str(pdf), accept=(0, 2, 3))
    if not done.returncode:
        return []
    said = [*done.stderr.decode().splitlines(), *done.stdout.decode().splitlines()]
    return [line for line in said if line.startswith(("WARNING:", "ERROR:", f"{pdf}", "qpdf:"))]


def pdffonts(pdf: Path) -> list[FontRow]:
    """Every font the file uses."""
    require("poppler")
    lines = _run("pdffonts", str(pdf)).stdout.decode().splitlines()[2:]
    return [_font_row(line) for line in lines if line.strip()]


def _font_row(line: str) -> FontRow:
    row = FONT_ROW.match(line)
    if not row:
        raise JudgeError(f"pdffonts said what no font row looks like: {line!r}")
    return FontRow(
        name=row["name"],
        kind=row["kind"],
        encoding=row["encoding"],
        embedded=row["embedded"] == "yes",
        subset=row["subset"] == "yes",
        unicode=row["unicode"] == "yes",
    )


def pdftotext(pdf: Path, *, layout: bool = False) -> str:
    """The text as poppler reads it, a form feed after each page."""
    require("poppler")
    style = ["-layout"] if layout else []
    return _run("pdftotext", "-enc", "UTF-8", *style, str(pdf), "-").stdout.decode()


def pdftotext_pages(pdf: Path, *, layout: bool = False) -> list[str]:
    """The text of each page."""
    return pdftotext(pdf, layout=layout).split("\f")[:-1]


def pdfinfo(pdf: Path) -> PdfInfo:
    """The file's metadata and the boxes of its first page."""
    require("poppler")
    said = _run("pdfinfo", "-enc", "UTF-8", "-box", "-l", "1", str(pdf)).stdout.decode()
    fields = {
        name.strip(): value.strip()
        for name, colon, value in (line.partition(":") for line in said.splitlines())
        if colon
    }
    size = PAGE_SIZE.search(said)
    if not size:
        raise JudgeError(f"pdfinfo named no page size for {pdf}:\n{said}")
    return PdfInfo(
        title=fields.get("Title", ""),
        author=fields.get("Author", ""),
        version=fields["PDF version"],
        pages=int(fields["Pages"]),
        tagged=fields["Tagged"] == "yes",
        width_pt=float(size[1]),
        height_pt=float(size[2]),
        boxes={
            name.lower(): tuple(map(float, edges.split())) for name, edges in PAGE_BOX.findall(said)
        },
        fields=fields,
    )


def pdf_outline(pdf: Path) -> tuple[OutlineEntry, ...]:
    """The bookmarks, nested, as pypdf reads them."""
    with PdfReader(pdf) as reader:
        return _entries(reader, reader.outline)


def _entries(reader: PdfReader, outline: Sequence[object]) -> tuple[OutlineEntry, ...]:
    """Pypdf puts an entry's children into the list that follows it."""
    entries: list[OutlineEntry] = []
    for item in outline:
        match item:
            case Destination(title=title):
                page = reader.get_destination_page_number(item)
                entries.append(OutlineEntry(title or "", 0 if page is None else page + 1, ()))
            case list():
                entries[-1] = replace(entries[-1], children=_entries(reader, item))
    return tuple(entries)


def render_png(pdf: Path, page: int = 1, dpi: int = 96) -> bytes:
    """A picture of one page, which counts from 1."""
    require("poppler")
    number = str(page)
    command = ("pdftoppm", "-png", "-r", str(dpi), "-f", number, "-l", number, str(pdf))
    picture = _run(*command).stdout
    if not picture:
        raise JudgeError(f"{pdf} has no page {page}")
    return picture


def _run(*command: str, accept: Iterable[int] = (0,)) -> subprocess.CompletedProcess[bytes]:
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE_S, check=False)
    except subprocess.TimeoutExpired as exc:
        raise JudgeError(f"{command[0]} did not answer within {PATIENCE_S:.0f} s") from exc
    if done.returncode not in accept:
        said = done.stderr.decode(errors="backslashreplace")
        raise JudgeError(f"{' '.join(command)} ended with {done.returncode}:\n{said}")
    return done
