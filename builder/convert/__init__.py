"""Simplified ↔ Traditional: the whole book, its words first, then its quotation marks.

Each pass is a layer of the ledger with a rule of its own: C101 OpenCC's characters and
phrases, C107 the model, C106 names, C109 the "I" of a book, C108 Cantonese, C103 regional vocabulary,
C104 regional forms of characters, C105 the glossary, C102 quotation marks.
Text that already is in the target is left alone, section by section and, where a book mixes
scripts, line by line.

Imports OpenCC only when something is to convert; must not import any other room.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from builder.convert.accept import Accepted, accept
from builder.convert.detect import detect_language
from builder.convert.flow import (
    Flow,
    flow_to_text,
    lines_to_flow,
    text_to_flow,
)
from builder.convert.flow_of_book import book_to_flow, flow_to_book
from builder.convert.glossary import GlossaryFile, glossary_of
from builder.convert.groups import Row, rows_of
from builder.convert.passes import Doubtful, convert_flow
from builder.convert.report import ReportFile, read_report, report_json, report_tsv
from builder.convert.sharing import shared
from builder.core.book import Book
from builder.core.diagnostic import Diagnostic
from builder.core.language import Target
from builder.core.ledger import Layer

__all__ = [
    "Accepted",
    "Converted",
    "ConvertedLines",
    "ConvertedText",
    "GlossaryFile",
    "ReportFile",
    "Row",
    "accept",
    "convert",
    "convert_lines",
    "convert_text",
    "convert_unrecorded",
    "detect_language",
    "doubtful_rows",
    "read_report",
    "report_json",
    "report_tsv",
    "simplified",
]


@dataclass(frozen=True, slots=True)
class Converted:
    """`layers` lead from `project` of the book received to `project(book)`."""

    book: Book
    layers: tuple[Layer, ...]
    diagnostics: tuple[Diagnostic, ...]
    doubtful: Doubtful


@dataclass(frozen=True, slots=True)
class ConvertedText:
    """`layers` lead from the text received to `text`."""

    text: str
    layers: tuple[Layer, ...]
    diagnostics: tuple[Diagnostic, ...]
    doubtful: Doubtful


@dataclass(frozen=True, slots=True)
class ConvertedLines:
    """The lines of a text, of which nobody asked what was changed where."""

    lines: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    doubtful: Doubtful


def convert(book: Book, target: Target, *glossaries: GlossaryFile) -> Converted:
    """The book in the target's script, region and, on request, vocabulary.

    Titles, labels, ruby, notes, captions, alternative texts and metadata too; raw blocks,
    links and identifiers stay. Raises DependencyError C001, C002, ConvertError C003 and
    ConfigError C204.
    """
    passed = convert_flow(
        book_to_flow(book),
        target,
        language=book.metadata.language,
        glossary=glossary_of(*glossaries),
    )
    changed = flow_to_book(book, passed.flow)
    metadata = replace(changed.metadata, language=target.tag)
    book = replace(changed, metadata=metadata)
    return Converted(book, passed.layers, passed.diagnostics, passed.doubtful)


def convert_text(text: str, target: Target, *glossaries: GlossaryFile) -> ConvertedText:
    """The text in the target's script. Line ends stay. Raises as `convert` does."""
    return _converted(text_to_flow(text), target, glossaries)


def convert_lines(text: str, target: Target, *glossaries: GlossaryFile) -> ConvertedText:
    """The same for lines that have nothing to do with one another: subtitles, a word list.

    Each line's script is judged by itself, and no speech runs on into the next line.
    """
    return _converted(_unrelated(text_to_flow(text)), target, glossaries)


def convert_unrecorded(
    lines: Sequence[str], target: Target, *glossaries: GlossaryFile, is_related: bool = True
) -> ConvertedLines:
    """Lines as `convert_text` has them, or `convert_lines` if they are not related, and no layers.

    For who needs no ledger: a long text takes half the memory.
    """
    flow = lines_to_flow(lines)
    if not is_related:
        flow = _unrelated(flow)
    passed = convert_flow(flow, target, glossary=glossary_of(*glossaries), is_recorded=False)
    return ConvertedLines(tuple(passed.flow.texts), passed.diagnostics, passed.doubtful)


def doubtful_rows(converted: Converted | ConvertedText | ConvertedLines) -> tuple[Row, ...]:
    """What is in doubt after a conversion, most mistakes to be expected first.

    `report_tsv` and `report_json` write the rows; `accept` makes entries of edited ones.
    """
    doubtful = converted.doubtful
    settled = (
        (line, at)
        for line, entries in enumerate(doubtful.settled)
        for entry in entries
        for at in range(entry.start, entry.end)
    )
    return shared(rows_of(doubtful.lines, doubtful.texts, doubtful.uncertain, settled=settled))


def simplified(lines: Sequence[str]) -> list[str]:
    """Each line in Simplified characters, to look words up: nothing is judged, nothing recorded."""
    from builder.convert.opencc import convert_lines as through_opencc

    return through_opencc(lines, "t2s")


def _unrelated(flow: Flow) -> Flow:
    return replace(flow, groups=tuple(range(len(flow.lines))))


def _converted(flow: Flow, target: Target, glossaries: tuple[GlossaryFile, ...]) -> ConvertedText:
    passed = convert_flow(flow, target, glossary=glossary_of(*glossaries))
    text = flow_to_text(passed.flow)
    return ConvertedText(text, passed.layers, passed.diagnostics, passed.doubtful)
