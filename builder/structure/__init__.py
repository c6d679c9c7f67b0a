"""Clean text in, book out: which lines are headings, and what the lines between them are.

`structure` returns the book and the ledger layer that turns the manuscript's text into the
book's projection, exactly. Spans in the book point into the manuscript's text.
"""

from dataclasses import dataclass

from builder.core.book import Book
from builder.core.collector import paused_collector
from builder.core.config import Config
from builder.core.diagnostic import Diagnostic
from builder.core.ledger import Layer
from builder.core.manuscript import Manuscript
from builder.core.source import BookSource
from builder.structure.assembly import assemble
from builder.structure.contents_plan import PlanFile, place_of, plan_of, plan_rows
from builder.structure.findings import findings
from builder.structure.metadata import metadata_of
from builder.structure.plan import survey
from builder.structure.trace import layer_of
from builder.structure.volumes import split_volumes

__all__ = [
    "PlanFile",
    "Structured",
    "place_of",
    "plan_of",
    "plan_rows",
    "split_volumes",
    "structure",
]


@dataclass(frozen=True, slots=True)
class Structured:
    """The book, and `replay(manuscript.text, layer) == project(book)`."""

    book: Book
    layer: Layer
    diagnostics: tuple[Diagnostic, ...] = ()


def structure(
    manuscript: Manuscript,
    config: Config,
    *,
    language: str,
    source: BookSource,
    contents: PlanFile | None = None,
) -> Structured:
    """The book that the manuscript is. A text without any heading makes a book, too.

    `contents` is the file that [structure] plan names. Raises ConfigError: S201 a pattern of
    the settings, S202 to S204 a line of the plan.

    Diagnostics: S101 no headings, S102 numbers missing, S103 a number twice, S104 a note's
    mark without the note, S105 a note without its mark, S106 a contents list left out, S107
    more of S102, S103 or S108, S108 a number out of order.
    """
    with paused_collector():
        plan = survey(manuscript, config, source, contents=contents)
        metadata = metadata_of(
            config.book,
            dict(manuscript.hints),
            source=source,
            first_lines=plan.title_lines,
            language=language,
        )
        assembly = assemble(manuscript, plan)
        return Structured(
            assembly.book(metadata, manuscript),
            layer_of(manuscript.text, assembly.lines, assembly.moved, assembly.claims),
            tuple(findings(manuscript, plan)),
        )
