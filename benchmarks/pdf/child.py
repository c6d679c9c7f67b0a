"""One book from prepared text to PDF in a process of its own.

    python -m benchmarks.pdf.child IN OUT

IN has a line a paragraph; a heading's line starts with `# ` and has a tab between label and
title. So, as in the sources of the peers, the structure is given, and only setting it is measured; and
as no peer draws a picture for a cover, none is drawn here.
"""

import sys
from pathlib import Path

from builder.core.book import Book, Metadata, Paragraph, Section, Text
from builder.core.collector import collect_seldom, paused_collector
from builder.core.config import Config, CoverConfig, OutputConfig, PdfConfig
from builder.core.publication import OwnStyles
from builder.making import make

HEADING = "# "


def book_of(prepared: str) -> Book:
    """The book; its first line is the title."""
    title, *chapters = prepared.removesuffix("\n").split(f"\n{HEADING}")
    return Book(Metadata(title, "zh-Hans"), body=tuple(map(_section, range(1, 9999), chapters)))


def _section(number: int, chapter: str) -> Section:
    heading, *paragraphs = chapter.split("\n")
    label, _, title = heading.partition("\t")
    blocks = tuple(Paragraph((Text(line),)) for line in paragraphs)
    return Section("chapter", number, label, title, blocks, id=f"c{number}")


def main(source: Path, target: Path) -> None:
    """Set the book; what a build says beside is not said here."""
    collect_seldom()  # as the program does
    config = Config(
        output=OutputConfig(formats=("pdf",)),
        pdf=PdfConfig(engine="press"),
        cover=CoverConfig(design="none"),
    )
    with paused_collector():  # as in every build
        book = book_of(source.read_text("utf-8"))
        made = make(book, config, modified="2026-01-01T00:00:00Z", css=lambda _: OwnStyles())
    target.write_bytes(made.files[0].content)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
