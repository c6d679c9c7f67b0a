"""From a finished book to the bytes of every format that was asked for, all in memory.

What one format learns another may need: the PDF's pages become the page list of the EPUB, so
the PDF is made first.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import assert_never

from builder.core.book import Book
from builder.core.config import Config, Format
from builder.core.diagnostic import Diagnostic, warning
from builder.core.errors import ComposeError

# The PDF first; see above. Formats come back in the order in which they were asked for.
_ORDER: tuple[Format, ...] = ("pdf", "epub")


@dataclass(frozen=True, slots=True)
class MadeFile:
    """One finished file; `suffix` is the ending of its name, without the dot."""

    form: Format
    suffix: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Made:
    """Every format of one book."""

    files: tuple[MadeFile, ...]
    diagnostics: tuple[Diagnostic, ...]


def make(book: Book, config: Config, *, modified: str, css: Callable[[Format], str]) -> Made:
    """Every format of `config.output.formats` once; `css` gives the user's style sheet for each.

    `modified` is UTC, ISO 8601, ending in Z. Raises BuilderError.
    """
    formats, found = _possible(config)
    made: dict[Format, MadeFile] = {}
    diagnostics = list(found)
    for form in sorted(formats, key=_ORDER.index):
        made[form], found = _make(book, config, form, modified=modified, css=css(form))
        diagnostics += found
    return Made(tuple(made[form] for form in formats), tuple(diagnostics))


def _possible(config: Config) -> tuple[tuple[Format, ...], tuple[Diagnostic, ...]]:
    """The formats that can be made, each once. Raises ComposeError P007 when none can."""
    formats = tuple(dict.fromkeys(config.output.formats))
    if "pdf" not in formats or not config.typography.vertical:
        return formats, ()
    if formats == ("pdf",):
        raise ComposeError("P007")
    return tuple(form for form in formats if form != "pdf"), (warning("P007"),)


def _make(
    book: Book, config: Config, form: Format, *, modified: str, css: str
) -> tuple[MadeFile, tuple[Diagnostic, ...]]:
    match form:
        case "epub":
            from builder.compose import compose
            from builder.epub import write_epub

            publication = compose(book, config, modified=modified, user_css=css)
            return MadeFile(form, "epub", write_epub(publication)), ()
        case "pdf":
            from builder.compose import compose_print
            from builder.press import press

            pressed = press(compose_print(book, config, modified=modified, user_css=css), config)
            return MadeFile(form, "pdf", pressed.pdf), pressed.diagnostics
        case _:
            assert_never(form)
