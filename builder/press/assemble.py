"""Pages set by the press → the bytes of a PDF.

Pages are written as they come, so that only the file itself grows with the book. What points
from one to another (links, outline, structure tree) follows when all have been written. The
file is tagged and described as PDF/UA-1 asks whether or not it claims to be; a standard is
claimed on request, and only by a file that keeps it.

Source: ISO 32000-1, 7.7 (document structure), 12.5 (annotations), 14.7, 14.8 (structure).
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from builder.core.config import PdfStandard
from builder.core.diagnostic import Diagnostic
from builder.core.publication import NavPoint
from builder.prepress import MARKS_SPACE, Bleed, OnPaper, boxes_of, clip_content, marks_content
from builder.press.about import About, information, xmp
from builder.press.asked import Asked
from builder.press.deflating import FAST
from builder.press.face import Faces
from builder.press.font_objects import put_font, put_shared
from builder.press.outline import page_labels, put_outline
from builder.press.setting import PlacedLink, SetPage
from builder.press.slabs import Slabs, placed_anchors, placed_links
from builder.press.standards import kept_standards, output_intent
from builder.press.syntax import (
    leaves,
    name,
    named_leaves,
    number,
    numbers,
    references,
    text_string,
)
from builder.press.tree import (
    Annotation,
    Tree,
    element_bodies,
    element_references,
    grow,
    hanging,
    identified,
    parent_entries,
)
from builder.press.writer import Writer

_ON_SCREEN = OnPaper()
# Kids of a node of the page tree.
_BRANCH = 32
# What a URI may hold unescaped. Source: RFC 3986, 2.
_URI_SAFE = "%:/?#[]@!$&'()*+,;=~-._"
_PRINTED = 4  # the flag that PDF/A wants of annotations


@dataclass(frozen=True, slots=True)
class Binding:
    """What holds the pages together: ways in, numbers, direction.

    The first `front_page_count` pages have Roman numerals. A book in columns is bound at the
    right. What is on no page is where another anchor is, which `elsewhere` names.
    """

    outline: tuple[NavPoint, ...] = field(default=(), repr=False)
    front_page_count: int = 0
    is_right_bound: bool = False
    elsewhere: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Materials:
    """What pages are made of beside their operators.

    The programs of `faces` are asked for after the last page, which may have brought a new one.
    """

    faces: Faces
    slabs: Slabs = field(default_factory=Slabs)


@dataclass(frozen=True, slots=True)
class Assembled:
    """The file; `diagnostics` say which standard it cannot claim, and why."""

    pdf: bytes = field(repr=False)
    page_count: int
    diagnostics: tuple[Diagnostic, ...] = ()


def assemble(
    pages: Iterable[SetPage],
    tree: Tree,
    materials: Materials,
    *,
    book: About,
    binding: Binding,
    standards: Iterable[PdfStandard] = (),
    on_paper: OnPaper = _ON_SCREEN,
) -> Assembled:
    """Write `pages`, in the order of the book, into a PDF.

    `tree` has the marks of all of them when the last has come, `materials` their fonts. The
    same arguments give the same bytes. Raises ComposeError P022 for a font that forbids it.
    """
    assembly = _Assembly(tree, materials, on_paper)
    for page in pages:
        assembly.put_page(page)
    return assembly.finish(book, binding, standards)


@dataclass(frozen=True, slots=True)
class _WaitingLink:
    """A link whose goal may be on a later page; `at` is the number of its annotation."""

    at: int
    page: int
    link: PlacedLink


class _Assembly:
    """A file being written."""

    def __init__(self, tree: Tree, materials: Materials, on_paper: OnPaper) -> None:
        self._tree = tree
        self._on_paper = on_paper
        self._materials = materials
        self._writer = writer = Writer(materials.slabs.next_number)
        self._fonts = materials.slabs.fonts_number or writer.reserve()
        inks = on_paper.ink == "cmyk" and "registration" in on_paper.marks
        self._spaces = dict([MARKS_SPACE]) if inks else {}
        self._resources = writer.add(
            f"<</Font {self._fonts} 0 R{_written('ColorSpace', self._spaces)}>>"
        )
        self._edges = Asked(self._put_edges)
        self._pages: list[int] = []
        self._branches: list[int] = []
        self._places: dict[str, str] = {}
        self._links: list[_WaitingLink] = []
        for one in materials.slabs.objects:
            if one.data is None:
                writer.put(one.number, one.body)
            else:
                writer.put_stream(one.number, one.body, one.data)

    # --- pages ----------------------------------------------------------------------------

    def put_page(self, page: SetPage) -> None:
        """Write a page and what is placed on it."""
        writer, at = self._writer, len(self._pages)
        if at % _BRANCH == 0:
            self._branches.append(writer.reserve())
        own = writer.reserve()
        self._pages.append(own)
        own_content, resources = self._content(page)
        annotations = self._placed(page, at, own)
        boxes, before, after = self._edges[page.style.width, page.style.height, page.style.bleed]
        content = references((*before, *own_content, *after)) if own_content or after else "[]"
        writer.put(
            own,
            f"<</Type/Page/Parent {self._branches[-1]} 0 R{boxes}"
            f"/Contents {content}/Resources {resources}"
            f"{f'/StructParents {at}' if self._tree.mark_count(at) else ''}/Tabs/S{annotations}>>",
        )

    def _put_edges(self, page: tuple[float, float, Bleed]) -> tuple[str, list[int], list[int]]:
        """What pages of this size and bleed have alike: boxes, and what stands before and after
        their own contents, which must not be seen outside the bleed.
        """
        width, height, bleed = page
        marks = self._on_paper.marks
        boxes = boxes_of(width, height, bleed=bleed, marks=marks)
        if boxes.media == boxes.trim:
            return boxes.entries(), [], []
        marked = marks_content(boxes, marks, self._on_paper.ink)
        before = self._writer.add_stream("", clip_content(boxes))
        return boxes.entries(), [before], [self._writer.add_stream("", b"Q\n" + marked)]

    def _content(self, page: SetPage) -> tuple[list[int], str]:
        """The contents of a page, and its resources."""
        writer, slabs = self._writer, self._materials.slabs
        streams = []
        if page.content:
            streams.append(writer.add_deflated("", page.content, FAST))
        if not page.slabs:
            return streams, f"{self._resources} 0 R"
        names: set[str] = set()
        pieces = []
        for placed in page.slabs:
            slab = slabs.slabs[placed.number]
            names |= slab.resources()
            pieces.append(slab.content(placed.first_mcid, placed.x, placed.y))
        streams.append(writer.add_deflated("", b"".join(pieces)))
        named = slabs.named(names)
        if self._spaces:
            named["ColorSpace"] = named.get("ColorSpace", {}) | self._spaces
        categories = "".join(_written(category, entries) for category, entries in named.items())
        return streams, f"<</Font {self._fonts} 0 R{categories}>>"

    def _placed(self, page: SetPage, at: int, own: int) -> str:
        """Note anchors and links of a page; its Annots."""
        anchors, links = list(page.anchors), list(page.links)
        for placed in page.slabs:
            slab = self._materials.slabs.slabs[placed.number]
            anchors += placed_anchors(slab, placed)
            links += placed_links(slab, placed)
        for anchor in anchors:
            x = "null" if anchor.x is None else number(anchor.x)
            place = f"[{own} 0 R/XYZ {x} {number(anchor.y)} null]"
            self._places.setdefault(anchor.id, place)
        if not links or not self._on_paper.has_links:
            return ""
        first = self._writer.reserve(len(links))
        self._links += [_WaitingLink(first + n, at, link) for n, link in enumerate(links)]
        return f"/Annots{references(range(first, first + len(links)))}"

    # --- what holds them together -----------------------------------------------------------

    def finish(self, book: About, binding: Binding, standards: Iterable[PdfStandard]) -> Assembled:
        """Write the rest of the file."""
        writer = self._writer
        materials = self._materials
        claimed, diagnostics = kept_standards(
            standards, self._tree, materials.faces, materials.slabs, ink=self._on_paper.ink
        )
        for anchor, other in binding.elsewhere.items():
            if other in self._places:
                self._places.setdefault(anchor, self._places[other])
        self._put_fonts()
        structure = self._put_structure(self._put_links())
        points = binding.outline if self._on_paper.has_links else ()
        outline = put_outline(writer, points, self._places)
        metadata = writer.add_stream("/Type/Metadata/Subtype/XML", xmp(book, claimed))
        direction = "/Direction/R2L" if binding.is_right_bound else ""
        root = writer.add(
            f"<</Type/Catalog/Pages {self._put_page_tree()} 0 R"
            f"/Lang{text_string(book.language)}/MarkInfo<</Marked true>>"
            f"/StructTreeRoot {structure} 0 R/Metadata {metadata} 0 R"
            f"/ViewerPreferences<</DisplayDocTitle true{direction}>>"
            f"/PageLabels{page_labels(binding.front_page_count)}"
            f"{f'/Outlines {outline} 0 R' if outline else ''}"
            f"{output_intent(writer) if 'pdf/a-2u' in claimed else ''}>>"
        )
        info = writer.add(information(book))
        identifier = hashlib.sha256(book.identifier.encode()).digest()[:16]
        pdf = writer.finish(root=root, info=info, identifier=identifier)
        return Assembled(pdf, len(self._pages), diagnostics)

    def _put_fonts(self) -> None:
        """Write all fonts; those of slabs that the press has, or could have, are put in once."""
        writer, faces, slabs = self._writer, self._materials.faces, self._materials.slabs
        for shared in slabs.fonts:
            program = faces.program(shared.file)
            for glyph, text in shared.readings.items():
                program.read_as(glyph, text)
        put = {one.name: put_font(writer, one) for one in faces.programs if one.readings}
        fonts = dict(slabs.resources.get("Font", {}))
        for font in put.values():
            fonts |= {key: f"{at} 0 R" for key, at in font.numbers.items()}
        for shared in slabs.fonts:
            if shared.readings:
                program = faces.program(shared.file)
                at = put_shared(writer, program, put[program.name], shared.readings)
                fonts[shared.name] = f"{at} 0 R"
        entries = "".join(f"{name(key)} {value}" for key, value in fonts.items())
        writer.put(self._fonts, f"<<{entries}>>")

    def _put_links(self) -> list[Annotation]:
        """Write all links that lead anywhere."""
        annotations: list[Annotation] = []
        for waiting in self._links:
            link = waiting.link
            key = len(self._pages) + len(annotations)
            self._writer.put(
                waiting.at,
                f"<</Type/Annot/Subtype/Link/Rect{numbers(link.box)}/Border[0 0 0]"
                f"/F {_PRINTED}/StructParent {key}"
                f"/Contents{text_string(link.words or link.target)}{self._goal(link.target)}>>",
            )
            annotations.append(Annotation(waiting.at, waiting.page, link.element))
        return annotations

    def _goal(self, target: str) -> str:
        if not target.startswith("#"):
            return f"/A<</S/URI/URI{text_string(quote(target, safe=_URI_SAFE))}>>"
        place = self._places.get(target[1:])
        return f"/Dest{place}" if place else ""

    def _put_structure(self, annotations: Sequence[Annotation]) -> int:
        """Write the structure tree; the number of its root."""
        writer, grown = self._writer, grow(self._tree)
        root = writer.reserve()
        first = writer.reserve(hanging(grown))
        elements, pages = element_references(grown, first), [f"{at} 0 R" for at in self._pages]
        writer.put_all(first, element_bodies(grown, elements, pages, annotations, root))
        entries = parent_entries(grown, elements, annotations, len(pages))
        parents = [writer.add(leaf) for leaf in leaves(entries, "Nums")]
        ids = [writer.add(leaf) for leaf in named_leaves(identified(grown, elements))]
        writer.put(
            root,
            f"<</Type/StructTreeRoot/K {first} 0 R/ParentTree<</Kids{references(parents)}>>"
            f"/ParentTreeNextKey {len(self._pages) + len(annotations)}"
            f"{f'/IDTree<</Kids{references(ids)}>>' if ids else ''}>>",
        )
        return root

    def _put_page_tree(self) -> int:
        """Write the nodes above the pages; the number of the topmost."""
        writer = self._writer
        kids, nodes = self._pages, self._branches
        counts = [1] * len(kids)
        while True:
            above = [writer.reserve() for _ in range(0, len(nodes), _BRANCH) if len(nodes) > 1]
            sums = []
            for at, node in enumerate(nodes):
                part = slice(at * _BRANCH, (at + 1) * _BRANCH)
                sums.append(sum(counts[part]))
                parent = f"/Parent {above[at // _BRANCH]} 0 R" if len(nodes) > 1 else ""
                writer.put(
                    node,
                    f"<</Type/Pages/Kids{references(kids[part])}/Count {sums[-1]}{parent}>>",
                )
            if len(nodes) == 1:
                return nodes[0]
            kids, nodes, counts = nodes, above, sums


def _written(category: str, entries: Mapping[str, str]) -> str:
    """A category of a page's resources."""
    if not entries:
        return ""
    return f"/{category}<<{''.join(f'{name(key)} {value}' for key, value in entries.items())}>>"
