"""From a finished book to the bytes of every format that was asked for, all in memory.

What one format learns another may need: the PDF's pages become the page list of the EPUB, so
the PDF is made first.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import assert_never

from builder.core.book import Book, Metadata
from builder.core.config import Config, Format
from builder.core.diagnostic import Diagnostic, warning
from builder.core.errors import ComposeError
from builder.core.page_starts import PageStart

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


def make(
    book: Book,
    config: Config,
    *,
    modified: str,
    css: Callable[[Format], str],
    named: Metadata | None = None,
) -> Made:
    """Every format of `config.output.formats` once; `css` gives the user's style sheet for each.

    `modified` is UTC, ISO 8601, ending in Z. A book without a cover gets one that is drawn;
    `named` is what it is called before conversion, so that all its editions look alike. Raises
    BuilderError.
    """
    from builder.covers import with_cover

    formats, found = _possible(config)
    made: dict[Format, MadeFile] = {}
    diagnostics = list(found)
    pages: tuple[PageStart, ...] = ()
    book, told = with_cover(book, config, named=named)
    diagnostics += told
    for form in sorted(formats, key=_ORDER.index):
        one = _make(book, config, form, modified=modified, css=css(form), pages=pages)
        made[form], pages = one.file, one.pages or pages
        diagnostics += one.diagnostics
    return Made(tuple(made[form] for form in formats), tuple(diagnostics))


def _possible(config: Config) -> tuple[tuple[Format, ...], tuple[Diagnostic, ...]]:
    """The formats that can be made, each once. Raises ComposeError P007 when none can."""
    formats = tuple(dict.fromkeys(config.output.formats))
    if "pdf" not in formats or not config.typography.vertical:
        return formats, ()
    if formats == ("pdf",):
        raise ComposeError("P007")
    return tuple(form for form in formats if form != "pdf"), (warning("P007"),)


@dataclass(frozen=True, slots=True)
class _One:
    """One format, and what the formats after it may need to know."""

    file: MadeFile
    diagnostics: tuple[Diagnostic, ...] = ()
    pages: tuple[PageStart, ...] = ()


def _make(
    book: Book,
    config: Config,
    form: Format,
    *,
    modified: str,
    css: str,
    pages: tuple[PageStart, ...],
) -> _One:
    match form:
        case "epub":
            from builder.compose import compose
            from builder.epub import write_epub

            publication = compose(book, config, modified=modified, user_css=css, pages=pages)
            return _One(MadeFile(form, "epub", write_epub(publication)))
        case "pdf":
            from builder.compose import compose_print
            from builder.press import press

            pressed = press(compose_print(book, config, modified=modified, user_css=css), config)
            return _One(MadeFile(form, "pdf", pressed.pdf), pressed.diagnostics, pressed.pages)
        case _:
            assert_never(form)
