"""How long the chapters are, and which of them cannot be right."""

from collections.abc import Iterator
from dataclasses import replace
from statistics import median

from builder.core.book import Book, Section
from builder.core.manuscript import Manuscript
from builder.core.traversal import section_lines, walk
from builder.inspection.examination import SectionSummary, Verdict

# A missed heading fuses two chapters, a missed numeral dozens: five times the median is past
# what chapters of one book vary by (tests/inspection holds the figures of real books).
LONG = 5
SHORT = 10
# Fewer chapters than this have no usual length.
LEAST_CHAPTERS = 5
# Sections that are as long as they are, whatever the chapters are.
COUNTED_ROLES = frozenset({"chapter", "subchapter", "part"})


def sections_of(book: Book, manuscript: Manuscript) -> tuple[tuple[SectionSummary, ...], int]:
    """Every section in reading order with its verdict, and the median length of a chapter."""
    summaries = tuple(_summaries(book, manuscript))
    lengths = [section.characters for section in summaries if _is_counted(section)]
    usual = int(median(lengths)) if lengths else 0
    if len(lengths) < LEAST_CHAPTERS:
        return summaries, usual
    return tuple(replace(one, verdict=_verdict(one, usual)) for one in summaries), usual


def _summaries(book: Book, manuscript: Manuscript) -> Iterator[SectionSummary]:
    volume = -1
    for index, (depth, section) in enumerate(walk(book.sections)):
        if depth == 0:
            volume = index
        yield SectionSummary(
            depth,
            section.role,
            section.number,
            section.label,
            section.title,
            section.heading,
            characters(section),
            manuscript.origin(section.span.start),
            volume,
            bool(section.children),
        )


def characters(section: Section) -> int:
    """The characters of a section without its children."""
    return sum(len(line) for line in section_lines(section))


def _is_counted(section: SectionSummary) -> bool:
    return section.role in COUNTED_ROLES and not section.has_children


def _verdict(section: SectionSummary, usual: int) -> Verdict:
    if section.characters > LONG * usual:
        return "long"
    if _is_counted(section) and section.characters * SHORT < usual:
        return "short"
    return "usual"
