"""Ghostscript: how much of each ink a page takes, as a press for four would see it."""

import re
from dataclasses import dataclass
from pathlib import Path

from tests.judges.finding import JudgeError, require
from tests.judges.pdf import _run

# "Page 1" is not said; each line is a page: " 0.00000  0.00000  0.00000  0.02230 CMYK OK".
INK_ROW = re.compile(r"^\s*([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+([\d.]+) CMYK OK$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Inks:
    """What share of a page has some of each ink on it, from 0 to 1."""

    cyan: float
    magenta: float
    yellow: float
    black: float

    @property
    def coloured(self) -> float:
        """The largest share that an ink other than black has."""
        return max(self.cyan, self.magenta, self.yellow)


def inkcov(pdf: Path) -> list[Inks]:
    """The inks of each page. Raises JudgeError for what is no PDF."""
    require("ghostscript")
    said = _run(
        "gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-o", "-", "-sDEVICE=inkcov", str(pdf)
    ).stdout.decode(errors="backslashreplace")
    rows = [Inks(*map(float, row)) for row in INK_ROW.findall(said)]
    if not rows:
        raise JudgeError(f"Ghostscript named no inks for {pdf}:\n{said}")
    return rows


def most_ink(pdf: Path, page: int = 1, *, dpi: int = 100) -> float:
    """The most ink that one place of a page takes, all four together: 4.0 is all of each."""
    require("ghostscript")
    number = str(page)
    picture = _run(
        "gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pamcmyk32", f"-r{dpi}",
        f"-dFirstPage={number}", f"-dLastPage={number}", "-sOutputFile=%stdout", str(pdf),
    ).stdout  # fmt: skip
    inks = picture.partition(b"ENDHDR\n")[2]
    return max(map(sum, zip(*(inks[at::4] for at in range(4)), strict=True))) / 255
