"""Where each page starts: in which section, at which block, after how many of its characters.

Reads WeasyPrint's layout without touching it: boxes, the elements they were made from, their
texts (`tests/press/test_host_contract.py` names each thing used). Only the first and the last
block of a page are looked into, so that the time is that of the pages and not of the text.

A block is an element inside a `<section>` that is neither a header nor a section; a `div` with
the class `divider` counts as if it were not there.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from builder.core.page_starts import BEFORE_ALL, PageStart, visible

_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_SECTIONS = frozenset({"section", "nav"})
_APART = frozenset({"rt", "rp"})


@dataclass(frozen=True, slots=True)
class _Place:
    """An element of the flow: its section, its block (None in a heading), the block's box."""

    section: Element
    block: Element | None
    box: Any = field(repr=False)


def page_starts(pages: Iterable[Any], *, front_page_count: int) -> tuple[PageStart, ...]:
    """The starts of all pages that show something of a section that has an id, in order.

    `pages` are WeasyPrint's; the first `front_page_count` bear Roman numerals.
    """
    found: list[PageStart] = []
    carried: Element | None = None  # the block that the page before ended in
    characters = 0
    for index, page in enumerate(pages):
        first, last = _edge(page, 0), _edge(page, -1)
        if first is None or last is None:
            continue
        if first.block is None or first.block is not carried:
            characters = 0
        found.append(
            PageStart(
                page_label(index, front_page_count),
                first.section.get("id", ""),
                _number(first),
                characters,
            )
        )
        is_same = last.block is first.block
        carried = last.block
        characters = (characters if is_same else 0) + visible_count(last.box)
    return tuple(found)


def page_label(index: int, front_page_count: int) -> str:
    """The number of the page at `index`: i, ii, iii … and, after the front matter, 1, 2, 3 …"""
    if index >= front_page_count:
        return str(index - front_page_count + 1)
    number, label = index + 1, ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        label += letters * count
    return label


def _edge(page: Any, end: int) -> _Place | None:
    """The first (`end` is 0) or last (-1) place of a page; None when it shows no section."""
    box = next(box for box in page._page_box.children if box.element_tag == "html")  # noqa: SLF001  (no public way; contract test)
    section: Element | None = None
    while True:
        children = [child for child in getattr(box, "children", ()) if in_flow(child)]
        if not children:
            return None if section is None else _Place(section, None, box)
        box = children[end]
        if box.element_tag in _SECTIONS and box.element.get("id"):
            section = box.element
        elif section is not None and box.element_tag == "header":
            return _Place(section, None, box)
        elif section is not None and not _is_divider(box):
            return _Place(section, box.element, box)


def _is_divider(box: Any) -> bool:
    return box.element_tag == "div" and "divider" in box.element.get("class", "").split()


def in_flow(box: Any) -> bool:
    """Whether a box stands where its element does."""
    return type(box).__name__ != "AbsolutePlaceholder"


def _number(place: _Place) -> int:
    """Which block of its section it is."""
    if place.block is None:
        return BEFORE_ALL
    return next(
        (number for number, block in enumerate(_blocks(place.section)) if block is place.block),
        BEFORE_ALL,
    )


def _blocks(section: Element) -> Iterator[Element]:
    for child in section:
        if child.tag == "div" and "divider" in child.get("class", "").split():
            yield from _blocks(child)
        elif child.tag not in {"section", "header"}:
            yield child


def visible_count(box: Any) -> int:
    """How many visible characters of its own a box shows: no readings, nothing generated."""
    count = 0
    waiting = [box]
    while waiting:
        box = waiting.pop()
        tag = box.element_tag or ""
        if tag in _APART or "::" in tag:
            continue
        if text := getattr(box, "text", ""):
            count += len(visible(text))
        waiting.extend(getattr(box, "children", ()))
    return count
