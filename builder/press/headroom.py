"""How much of a page the headings take that stand right above what a section begins with.

A table that is longer than a page is laid out before the page is known that it will begin on;
it leaves so much room, and so begins below its heading. Lines are counted, not broken: a
character takes an em.
"""

from collections.abc import Iterator
from math import ceil

from builder.core.book import Book, Section
from builder.core.specimen import PartName, section_key
from builder.press.frame import Break, Part
from builder.press.looks import Look, Looks

_TURNS: frozenset[Break] = frozenset({"page", "recto", "verso"})


def headrooms(book: Book, looks: Looks) -> dict[str, int]:
    """By the id of a section the rows of its heading, and of those that it follows at once."""
    found: dict[str, int] = {}
    parts: tuple[tuple[PartName, tuple[Section, ...]], ...] = (
        ("front", book.front),
        ("body", book.body),
        ("back", book.back),
    )
    for name, sections in parts:
        for number, section in enumerate(sections):
            found.update(_below((section,), name, looks, 0, is_first=number == 0))
    return found


def _below(
    path: tuple[Section, ...], part: PartName, looks: Looks, above: int, *, is_first: bool
) -> Iterator[tuple[str, int]]:
    """The rows of a section and of those inside it, where headings of `above` rows go before."""
    section, key = path[-1], section_key(part, path, is_first=is_first)
    whole = looks.heading(key, "")
    opens = whole.style.break_before in _TURNS
    above = 0 if opens else above
    words: tuple[tuple[Part, str], ...] = (("label", section.label), ("title", section.title))
    heights = [_height(looks.heading(key, name), said) for name, said in words if said]
    if whole.style.is_shown and any(heights):
        # What does not open a page has no distance from its edge.
        before = whole.spacing.before if opens or above else 0
        above += before + sum(heights) + whole.spacing.after
    yield section.id, above
    goes_on = not section.blocks and whole.style.break_after not in _TURNS
    for number, child in enumerate(section.children):
        below = above if goes_on and number == 0 else 0
        yield from _below((*path, child), part, looks, below, is_first=is_first)


def _height(look: Look, words: str) -> int:
    """The rows of some words in a look."""
    text = look.style.text
    count = ceil(len(words) * (text.size + text.spacing) / look.measure)
    return ceil(count * look.spacing.unit) if look.style.is_shown else 0
