"""A whole library, by the number of processes."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.page.figures import Section, Table
from benchmarks.page.measuring import shown, times
from benchmarks.shelf import Measured, made, measured

BOOKS, LONG_BOOKS = 100, 1000
CHARACTERS = 300_000
PROCESSES = [1, 2]


def shelf(*, long: bool) -> Section:
    """`long` builds a thousand books."""
    books = LONG_BOOKS if long else BOOKS
    with tempfile.TemporaryDirectory(prefix="builder-shelf-") as name:
        root = Path(name, "in")
        size = made(root, books, CHARACTERS)
        runs = list(measured(root, Path(name, "out"), PROCESSES, "epub", books))
    same = "the same bytes" if len({one.digest for one in runs}) == 1 else "DIFFERENT BYTES"
    return Section(
        key="shelf",
        title="A whole library",
        about=(
            f"`builder shelf build`: {books:,} novels of {CHARACTERS:,} characters ({size / 1e6:,.0f} MB) to EPUB, each with "
            f"a drawn cover, and the catalogue of them; then again with nothing changed. Both runs: {same}. Memory is the "
            "most that any process held in each quarter of the run."
        ),
        tables=(
            Table(
                "",
                ("processes", "s", "× one", "books a minute", "CPU s a book", "again s", "again", "MB by quarter"),
                tuple(_row(one, runs, books) for one in runs),
            ),
        ),
    )  # fmt: skip


def _row(one: Measured, runs: Sequence[Measured], books: int) -> tuple[str, ...]:
    seconds = one.first.seconds
    return (
        str(one.processes),
        shown(seconds),
        times(runs[0].first.seconds / seconds),
        shown(books / seconds * 60),
        shown(one.first.cpu_s / books),
        shown(one.again.seconds),
        f"{100 * one.again.seconds / seconds:.2f} %",
        " ".join(f"{size:.0f}" for size in one.first.watch.quarters()),
    )
