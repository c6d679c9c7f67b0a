"""What poppler sees on a page: lines of words, and where they stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.judges.finding import require
from tests.judges.pdf import _run

LINE = re.compile(
    r'<line xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</line>', re.DOTALL
)
WORD = re.compile(r"<word[^>]*>([^<]*)</word>")


@dataclass(frozen=True, slots=True)
class Line:
    x0: float
    y0: float
    x1: float
    y1: float
    text: str


def _line(x0: str, y0: str, x1: str, y1: str, words: str) -> Line:
    return Line(float(x0), float(y0), float(x1), float(y1), "".join(WORD.findall(words)))


def lines_of(pdf: Path) -> Iterator[tuple[Line, ...]]:
    require("poppler")
    said = _run("pdftotext", "-bbox-layout", str(pdf), "-").stdout.decode()
    for page in said.split("<page ")[1:]:
        yield tuple(_line(*found) for found in LINE.findall(page))
