"""`python -m benchmarks`: every measurement, one after another; writes docs/benchmarks.md.

    python -m benchmarks [--only KEY …] [--long] [--page FILE]

A part that is measured anew takes the place of its last figures; the others stay as they were,
with the machine and the day they were measured on. --long asks for what takes many minutes, too.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.page.chapters import chapters
from benchmarks.page.conversion import conversion
from benchmarks.page.encodings import encodings
from benchmarks.page.epub import epub
from benchmarks.page.figures import Section, load, save
from benchmarks.page.machine import machine
from benchmarks.page.pdf import pdf
from benchmarks.page.plots import svg
from benchmarks.page.raw_text import raw_text
from benchmarks.page.render import IMAGES, page
from benchmarks.page.shelf import shelf
from benchmarks.page.start import start
from builder.core.version import __version__

PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
PARTS: dict[str, Callable[..., Section]] = {
    "pdf": pdf,
    "epub": epub,
    "raw-text": raw_text,
    "chapters": chapters,
    "encodings": encodings,
    "conversion": conversion,
    "shelf": shelf,
    "start": start,
}


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), metavar="KEY")
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--page", type=Path, default=PAGE, metavar="FILE")
    given = parser.parse_args()
    figures = given.page.with_suffix(".json")
    known = {section.key: section for section in load(figures)}
    for key in given.only:
        started = time.perf_counter()
        known[key] = _stamped(PARTS[key](long=given.long), long=given.long)
        write([known[one] for one in PARTS if one in known], given.page)
        print(page([known[key]]).partition("\n## ")[2])
        print(f"({time.perf_counter() - started:.0f} s)\n", flush=True)
    print(f"{given.page} is written")


def _stamped(section: Section, *, long: bool) -> Section:
    return replace(
        section,
        machine=machine(),
        date=f"{datetime.now(UTC):%Y-%m-%d}",
        command=f"python -m benchmarks --only {section.key}{' --long' if long else ''}",
        versions=tuple(dict.fromkeys((f"builder {__version__}", *section.versions))),
    )


def write(sections: list[Section], path: Path) -> None:
    """The page, its plots, and the figures that both are made of."""
    images = path.parent / IMAGES
    images.mkdir(parents=True, exist_ok=True)
    for section in sections:
        for plot in section.plots:
            (images / f"{plot.key}.svg").write_text(svg(plot), encoding="utf-8")
    path.write_text(page(sections), encoding="utf-8")
    save(sections, path.with_suffix(".json"))


if __name__ == "__main__":
    main()
