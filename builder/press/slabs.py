"""Pages that WeasyPrint laid out, as plain data, and how they become parts of our pages.

A slab is one page of WeasyPrint's document: a cover, or a hosted block as high as it is. Its
content is painted into one of our pages with its marks numbered on, its elements go into our
tree as they stand, its links and anchors move with it. Its objects (fonts, pictures) keep their
numbers; ours begin after them. `host.handover` makes these from WeasyPrint's objects.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from builder.prepress import PdfObject
from builder.press.program import FontFile
from builder.press.setting import Anchor, Box, PlacedLink, PlacedSlab
from builder.press.syntax import number, numbers
from builder.press.tree import Tree

# A resource used in a content stream. Example: /i1290 Do. Counter-example: /ABCDEF 12 Tf.
_USED = re.compile(rb"/([^\s/]++) (?:Do|gs|sh|scn|SCN|cs|CS)\b")
_ROW_GROUPS = frozenset({"THead", "TBody", "TFoot", "NonStruct"})
# Example: /ColSpan 2.
_COLUMN_SPAN = re.compile(r"/ColSpan (\d+)")
# Links of hosted blocks into the book are written so, and an id: WeasyPrint would drop one to
# an anchor that its own document lacks.
INTO_BOOK = "book:/in#"
_WRAPPERS = frozenset({"Div", "Art", "Sect", "BlockQuote", "L", "LI", "LBody", "NonStruct"})


@dataclass(frozen=True, slots=True)
class SlabElement:
    """A structure element; `kids` are elements of the same slab, or `~n` for its mark `n`.

    `box` is that of a Figure, from the lower left corner of the slab.
    """

    kind: str
    kids: tuple[int, ...]
    properties: str = ""
    id: str = ""
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Slab:
    """One page. Between two `pieces` of its content stands the number of a mark, 0, 1, 2 …

    `roots` are the elements that hang on none of its own. The `element` of a link is its place
    in `elements`.
    """

    pieces: tuple[bytes, ...] = field(repr=False)
    elements: tuple[SlabElement, ...] = field(repr=False)
    roots: tuple[int, ...]
    marked: tuple[int, ...] = field(repr=False)
    links: tuple[PlacedLink, ...] = ()
    anchors: tuple[Anchor, ...] = ()

    def content(self, first_mcid: int, x: float, y: float) -> bytes:
        """Its operators, painted with the lower left corner at a place of the page."""
        words = [b"q 1 0 0 1 %b %b cm\n" % (number(x).encode(), number(y).encode())]
        for mcid, piece in enumerate(self.pieces, first_mcid - 1):
            words += [b"%d" % mcid, piece]
        del words[1]
        return b"".join((*words, b"\nQ\n"))

    def resources(self) -> frozenset[str]:
        """The names of all resources that it uses, fonts excepted."""
        return frozenset(
            name.decode("latin-1") for piece in self.pieces for name in _USED.findall(piece)
        )


@dataclass(frozen=True, slots=True)
class SlabFont:
    """A font that slabs are shown in and the press embeds. Codes are the glyphs of its file, which
    read back as `readings`.
    """

    name: str
    file: FontFile
    readings: Mapping[int, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Slabs:
    """All slabs of a document and the objects that they use.

    `resources` maps the categories (Font, XObject …) to names and what these stand for. `fonts`
    are those that are not among them yet; all fonts are to stand in the object `fonts_number`.
    `is_rgb` when no colour is CMYK, `is_lacking` when a character has no glyph in any font.
    """

    slabs: tuple[Slab, ...] = ()
    objects: tuple[PdfObject, ...] = field(default=(), repr=False)
    resources: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    fonts: tuple[SlabFont, ...] = ()
    fonts_number: int = 0
    is_rgb: bool = True
    is_lacking: bool = False

    @property
    def next_number(self) -> int:
        """The first number that is free."""
        return max((self.fonts_number, *(one.number for one in self.objects))) + 1

    def named(self, names: Iterable[str]) -> dict[str, dict[str, str]]:
        """The resources with some names, by category, fonts excepted."""
        wanted = frozenset(names)
        found = {
            category: {name: value for name, value in entries.items() if name in wanted}
            for category, entries in self.resources.items()
            if category != "Font"
        }
        return {category: entries for category, entries in found.items() if entries}


def with_all_cells(elements: Sequence[SlabElement]) -> tuple[SlabElement, ...]:
    """The same, with empty cells at the ends of rows that have fewer than others of their table.

    Source: ISO 14289-1, 7.5. Tables with cells of several rows stay as they are.
    """
    made = list(elements)
    for table in elements:
        rows = _rows(table, elements) if table.kind == "Table" else []
        cells = [elements[cell] for row in rows for cell in elements[row].kids if cell >= 0]
        if any("/RowSpan" in cell.properties for cell in cells):
            continue
        widths = {
            row: sum(_span(elements[cell]) for cell in elements[row].kids if cell >= 0)
            for row in rows
        }
        for row, width in widths.items():
            missing = max(widths.values()) - width
            new = range(len(made), len(made) + missing)
            made += [SlabElement("TD", (), "/A<</O/Table>>")] * missing
            made[row] = replace(made[row], kids=(*made[row].kids, *new))
    return tuple(made)


def _rows(element: SlabElement, elements: Sequence[SlabElement]) -> list[int]:
    """The rows of a table, those of tables in its cells excepted."""
    found: list[int] = []
    for kid in element.kids:
        if kid >= 0 and elements[kid].kind == "TR":
            found.append(kid)
        elif kid >= 0 and elements[kid].kind in _ROW_GROUPS:
            found += _rows(elements[kid], elements)
    return found


def _span(cell: SlabElement) -> int:
    match = _COLUMN_SPAN.search(cell.properties)
    return int(match[1]) if match else 1


def unwrapped(slab: Slab) -> Slab:
    """A slab without what holds only one element, which the press has around the block already."""
    roots = tuple(_inmost(root, slab.elements) for root in slab.roots)
    kept: list[int] = []
    waiting = [*reversed(roots)]
    while waiting:
        at = waiting.pop()
        kept.append(at)
        waiting += [kid for kid in reversed(slab.elements[at].kids) if kid >= 0]
    new = {old: at for at, old in enumerate(kept)}
    return replace(
        slab,
        elements=tuple(
            replace(
                slab.elements[old],
                kids=tuple(new[kid] if kid >= 0 else kid for kid in slab.elements[old].kids),
            )
            for old in kept
        ),
        roots=tuple(new[root] for root in roots),
        marked=tuple(new[element] for element in slab.marked),
        links=tuple(replace(link, element=new[link.element]) for link in slab.links),
    )


def _inmost(root: int, elements: Sequence[SlabElement]) -> int:
    while (one := elements[root]).kind in _WRAPPERS and len(one.kids) == 1 and one.kids[0] >= 0:
        root = one.kids[0]
    return root


def place(
    slabs: Slabs, at: int, tree: Tree, *, parent: int, page: int, x: float = 0.0, y: float = 0.0
) -> PlacedSlab:
    """Take the slab number `at` into `page`, its elements into `parent`.

    Its marks are numbered here, so this is to be called in the order of reading.
    """
    slab = slabs.slabs[at]
    first_element, first_mcid = len(tree.kinds), tree.mark_count(page)
    parents = dict.fromkeys(slab.roots, parent)
    for index, element in enumerate(slab.elements):
        for kid in element.kids:
            if kid >= 0:
                parents[kid] = first_element + index
    for index, element in enumerate(slab.elements):
        properties = element.properties
        if element.box:
            left, bottom, right, top = element.box
            box = numbers((left + x, bottom + y, right + x, top + y))
            properties += f"/A<</O/Layout/BBox{box}>>"
        made = tree.add(element.kind, parents[index], more=properties)
        if element.id:
            tree.ids[made] = element.id
        tree.seal(
            made,
            (
                first_element + kid if kid >= 0 else tree.kid_mark(page, first_mcid + ~kid)
                for kid in element.kids
            ),
        )
    for index in slab.marked:
        tree.mark(first_element + index, page)
    return PlacedSlab(at, x, y, first_mcid, first_element)


def placed_links(slab: Slab, placed: PlacedSlab) -> tuple[PlacedLink, ...]:
    """The links of a slab where they are on our page."""
    return tuple(
        replace(
            link,
            box=_moved(link.box, placed),
            target=f"#{link.target.removeprefix(INTO_BOOK)}"
            if link.target.startswith(INTO_BOOK)
            else link.target,
            element=placed.first_element + link.element,
        )
        for link in slab.links
    )


def placed_anchors(slab: Slab, placed: PlacedSlab) -> tuple[Anchor, ...]:
    """The anchors of a slab where they are on our page."""
    return tuple(
        Anchor(anchor.id, (anchor.x or 0.0) + placed.x, anchor.y + placed.y)
        for anchor in slab.anchors
    )


def _moved(box: Box, placed: PlacedSlab) -> Box:
    left, bottom, right, top = box
    return left + placed.x, bottom + placed.y, right + placed.x, top + placed.y
