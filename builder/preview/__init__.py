"""A picture of chosen pages of a PDF, so that a person looks before printing.

`preview` is the one verb. `choosing` says which pages, `document` shows them, `contact` puts
them side by side. May import `builder.core` and no other room.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from builder.core.diagnostic import Diagnostic, Location, warning
from builder.preview.choosing import KINDS, MOST_PAGES, chosen_pages, spreads
from builder.preview.contact import Opening, Sheet, Shown, arrange, is_contact_sheet
from builder.preview.document import Document, opened

__all__ = [
    "KINDS",
    "MAX_WIDTH",
    "MIN_WIDTH",
    "MOST_PAGES",
    "USUAL_WIDTH",
    "ContactSheet",
    "is_contact_sheet",
    "preview",
]

# Pixels across: what a screen shows at once, what can still be told apart, and what memory holds.
USUAL_WIDTH, MIN_WIDTH, MAX_WIDTH = 2000, 200, 8000


@dataclass(frozen=True, slots=True)
class ContactSheet:
    """A finished picture; `pages` are those it shows, from 1."""

    png: bytes = field(repr=False)
    size: tuple[int, int]
    pages: tuple[int, ...]
    page_count: int
    diagnostics: tuple[Diagnostic, ...]


def _silent(_page: int) -> None:
    """Nobody wants to know how far it is."""


def preview(
    pdf: Path | bytes,
    name: str,
    *,
    pages: str = "",
    width: int = USUAL_WIDTH,
    is_single: bool = False,
    before: Callable[[int], None] = _silent,
) -> ContactSheet:
    """The contact sheet of a PDF, at a path or in memory; messages call it `name`.

    `pages` is a list such as cover,contents,5-8; `width` is about how broad the picture gets, in
    pixels; `is_single` shows pages one by one, as a screen does; `before` is told each page's number
    before it is drawn. Raises SourceError V001 to V003 for what is no PDF to be shown, ConfigError
    V005 or V006 for pages that cannot be.

    `builder.preview.apart` does the same in a child process, for PDFs that may be made to hurt.
    """
    with opened(pdf, name) as document:
        chosen = chosen_pages(document, pages)
        shown = {page: _shown(document, page) for page in chosen}
        is_right_bound = document.is_right_bound
        openings = _openings(document, shown, is_single=is_single)
        arrangement = arrange(openings, width, is_right_bound=is_right_bound)
        sheet = Sheet(arrangement)
        found: list[Diagnostic] = []
        for at, opening in enumerate(openings):
            for place, page in enumerate(opening):
                if page is None:
                    continue
                before(page.number)
                box = (arrangement.cell_width, arrangement.cell_height)
                picture = document.picture(page.number - 1, *box) if page.size else None
                if picture is None:
                    found.append(warning("V004", Location(f"{name}#page={page.number}")))
                sheet.put(at, place, page, picture)
        numbers = tuple(page + 1 for page in chosen)
        return ContactSheet(
            sheet.png(), arrangement.size, numbers, document.page_count, tuple(found)
        )


def _shown(document: Document, page: int) -> Shown:
    return Shown(page + 1, document.label(page), document.size(page))


def _openings(document: Document, shown: dict[int, Shown], *, is_single: bool) -> Sequence[Opening]:
    """Pages as an open book shows them; sheets, and pages broader than long, one by one."""
    sizes = [page.size for page in shown.values() if page.size]
    lying = sum(width > height for width, height in sizes)
    if is_single or document.is_sheets or lying * 2 > len(sizes):
        return [(page,) for page in shown.values()]
    pairs = [
        tuple(None if page is None else shown[page] for page in pair)
        for pair in spreads(tuple(shown))
    ]
    return [pair[::-1] for pair in pairs] if document.is_right_bound else pairs
