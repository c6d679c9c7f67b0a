"""Whole PDFs for tests: sound ones, and ones with faults of one kind."""

from collections import Counter
from pathlib import Path

from builder.check.typography import FaultKind, TypographyReport
from tests.check.planting import AT_PAGE_EDGES, plant
from tests.check.setter import Setter, Sheets
from tests.check.writers import HORIZONTAL, VERTICAL, write_raw

PAGES = 30


def sheets(
    kind: FaultKind | None,
    *,
    count: int = 20,
    seed: int = 1,
    down: bool = False,
    pages: int = PAGES,
) -> Sheets:
    """A book with `count` faults of a kind at random places, or with none."""
    setter = Setter(seed, VERTICAL if down else HORIZONTAL)
    if kind in AT_PAGE_EDGES and kind is not None:
        return setter.book(pages, [kind] * count)
    book = setter.book(pages)
    if kind is not None:
        plant(book, kind, count, seed)
    return book


def pdf_with(kind: FaultKind | None, folder: Path, *, count: int = 4, pages: int = PAGES) -> Path:
    return write_raw(sheets(kind, count=count, pages=pages), folder / "sheets.pdf")


def found(report: TypographyReport) -> Counter[tuple[FaultKind, int]]:
    return Counter((fault.kind, fault.page) for fault in report.faults)


def mixed(count: int, seed: int = 1) -> Sheets:
    """A book with `count` faults of every kind."""
    at_edges = [kind for kind in AT_PAGE_EDGES for _ in range(count)]
    book = Setter(seed, HORIZONTAL).book(6 * count + 10, at_edges)
    taken: set[int] = set()
    for kind in FaultKind:
        if kind not in AT_PAGE_EDGES:
            plant(book, kind, count, seed, taken)
    return book
