"""Filled pages → set pages: lines become operators, links rectangles, marks numbers.

One page is in hand at a time; what is kept of it are its operators, 2 kB.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from builder.core.page_starts import PageStart
from builder.press.area import Area
from builder.press.contents import Entry
from builder.press.copy import Copied
from builder.press.face import Faces
from builder.press.frame import BLANK, Frame, PageStyle, Side
from builder.press.grid import Filled, FootPiece, Piece, Sheet
from builder.press.looks import Looks
from builder.press.notes import MARK_ANCHOR, NOTE_ANCHOR, FootLine, Notes, SetNote
from builder.press.paint import show_label, show_line, show_lines
from builder.press.pen import Pen
from builder.press.places import PageStarts, anchored, picture_corner, slab_corner
from builder.press.running import Margins, width_of
from builder.press.setting import Anchor, Copy, Line, PlacedLink, PlacedSlab, Run, SetPage
from builder.press.slabs import Slabs, place
from builder.press.standing import show_column
from builder.press.stretches import column_length
from builder.press.strips import Leaf, Opening, Place, SlabStrip, Strip
from builder.press.tree import Tree

if TYPE_CHECKING:
    pass

TextPage = Filled[Leaf]
# From where to where characters of a line reach, in points from the measure's start.
Extent = Callable[[Copy, Line, int, int], tuple[float, float]]
Show = Callable[[Copy, Line, Faces, Pen, float, float], None]
_MOST_WORDS = 500  # of a link, told once for each of its lines


@dataclass(slots=True, eq=False)
class _Work:
    """A page while it is painted."""

    index: int
    area: Area
    pen: Pen
    links: list[PlacedLink] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    slabs: list[PlacedSlab] = field(default_factory=list)
    openings: list[Opening] = field(default_factory=list)


class Painter:
    """Paints the pages of one book, in order. `starts` tell where each begins. `running_on` are
    what opens without a page of its own, by the anchor where it does.
    """

    def __init__(
        self,
        frame: Frame,
        looks: Looks,
        faces: Faces,
        notes: Notes,
        tree: Tree,
        *,
        sheet: Sheet,
        slabs: Slabs,
        extent: Extent,
        running_on: Mapping[str, Opening] = MappingProxyType({}),
    ) -> None:
        self.starts: list[PageStart] = []
        self._page_starts = PageStarts()
        self.folios: dict[str, str] = {}
        self._frame = frame
        self._show: Show = show_column if frame.is_vertical else show_line
        self._looks = looks
        self._faces = faces
        self._margins = Margins(faces)
        self._notes = notes
        self._tree = tree
        self._sheet = sheet
        self._extent = extent
        self._slabs = slabs
        self._running_on = running_on
        self._named: set[str] = set()
        self._strings: dict[str, str] = {}
        self._note_look = looks.of(frame.notes.body)

    def style(self, page: TextPage) -> PageStyle:
        """How a page looks, by its name and its side; the first of a name may look different."""
        side: Side = "recto" if page.index % 2 == 0 else "verso"
        name = BLANK if page.is_blank else page.name
        is_first = name not in self._named
        self._named.add(name)
        pages = self._frame.pages
        return pages.get((name, side, is_first)) or pages[name, side, False]

    def page(self, page: TextPage, label: str) -> SetPage:
        """Paint one page, whose number is `label`."""
        style = self.style(page)
        if page.is_blank:
            return SetPage(style, b"")
        index = page.index
        marks, kinds = self._tree.marks(index), self._tree.kinds

        def mark(element: int) -> tuple[str, int]:
            marks.append(element)
            return kinds[element], len(marks) - 1

        area = Area(style, self._frame.is_vertical)
        pen = Pen(style, mark=mark, is_vertical=self._frame.is_vertical)
        work = _Work(index, area, pen)
        self._notes.label = label
        for foot in page.feet:
            for line in foot.foot.lines[: 0 if foot.first else 1]:
                if type(line) is FootLine and line.opens is not None:
                    line.opens.label = label
        if page.turn is not None and isinstance(page.turn.subject, Opening):
            work.openings.append(page.turn.subject)
        self.starts += self._page_starts.of(page.pieces, label)
        for piece in page.pieces:
            self._piece(piece, work, label)
        if page.feet:
            self._feet(page.feet, work)
        self._furniture(style, work, label)
        pen.enter(-1)
        return SetPage(
            style, pen.content(), tuple(work.links), tuple(work.anchors), slabs=tuple(work.slabs)
        )

    # --- the text -------------------------------------------------------------------------

    def _piece(self, piece: Piece[Leaf], work: _Work, label: str) -> None:
        subject = piece.block.subject
        if type(subject) is Strip or type(subject) is Entry:
            self._strip(subject, piece, work, label)
        elif type(subject) is SlabStrip:
            self._slab(subject, piece, work, label)

    def _strip(self, strip: Strip | Entry, piece: Piece[Leaf], work: _Work, label: str) -> None:
        look, copied, faces, pen = strip.look, strip.copied, self._faces, work.pen
        top = piece.row * self._sheet.leading
        leading, x, y = look.style.leading, look.style.start, top + look.drop
        lines = cast("Sequence[Line]", piece.block.lines)
        copy = copied.copy
        if copied.mentions and piece.last > piece.first:
            copy = copied.resolved(lines[piece.first].start, lines[piece.last - 1].end)
        if strip.anchor and not piece.first:
            self._anchor(strip.anchor, x, top, work, label)
        if type(strip) is Strip and strip.marker is not None and not piece.first:
            self._marker(strip.marker, x, y, work)
        if copied.links or copied.pictures or self._frame.is_vertical:
            for line in lines[piece.first : piece.last]:
                self._show(copy, line, faces, pen, x, y)
                if copied.pictures:
                    self._pictures(copied, line, x, y, work)
                if copied.links:
                    self._links(strip, copy, line, y - look.drop, work)
                y += leading
        else:
            elements = strip.elements[piece.first : piece.last] if type(strip) is Strip else ()
            shown = lines[piece.first : piece.last]
            show_lines(copy, shown, faces, pen, (x, y), leading, elements=elements)
            y += leading * (piece.last - piece.first)
        if type(strip) is Entry and lines and piece.last == len(lines):
            self._folio(strip, lines[-1], (top, y - leading), work)

    def _marker(self, marker: Copy, x: float, y: float, work: _Work) -> None:
        """The mark of a list's item, which ends where its words start."""
        if self._frame.is_vertical:
            width = column_length(marker, self._faces)
        else:
            width = width_of(marker.text, marker.runs[0].style, self._faces)
        line = Line(0, len(marker.text), 0.0, width)
        self._show(marker, line, self._faces, work.pen, x - width, y)

    def _anchor(self, name: str, inline: float, block: float, work: _Work, label: str) -> None:
        work.anchors.append(anchored(name, work.area, inline, block))
        self.folios[name] = label
        if name in self._running_on:
            work.openings.append(self._running_on[name])

    def _links(self, strip: Strip | Entry, copy: Copy, line: Line, top: float, work: _Work) -> None:
        """The rectangles of links on a line, and the places that links back to marks lead to."""
        copied, x, bottom = strip.copied, strip.look.style.start, top + strip.look.style.leading
        for link in copied.links_in(line.start, line.end):
            start, end = max(link.start, line.start), min(link.end, line.end)
            one, other = self._extent(copy, line, start, end)
            box = work.area.box((x + one, x + other), (top, bottom))
            words = copy.text[link.start : link.end]
            if len(words) > _MOST_WORDS:
                words = f"{words[:_MOST_WORDS]}…"
            work.links.append(PlacedLink(box, link.target, words, link.element))
        for mention in copied.mentions_in(line.start, line.end):
            if mention.brings:
                anchor = MARK_ANCHOR + mention.target.removeprefix(f"#{NOTE_ANCHOR}")
                work.anchors.append(anchored(anchor, work.area, x, top))

    def _slab(self, strip: SlabStrip, piece: Piece[Leaf], work: _Work, label: str) -> None:
        slab, top = strip.slab, piece.row * self._sheet.leading
        if strip.marker is not None:
            self._marker(strip.marker, strip.look.style.start, top + strip.look.drop, work)
        if strip.anchor:
            self._anchor(strip.anchor, 0.0, top, work, label)
        x, y = slab_corner(slab, work.area, top, self._sheet.leading)
        placed = place(
            self._slabs, slab.number, self._tree, parent=strip.element, page=work.index, x=x, y=y
        )
        work.slabs.append(placed)
        for note in slab.notes:
            known = self._notes.known.get(note)
            if known is not None:
                known.label = label

    def _pictures(self, copied: Copied, line: Line, x: float, y: float, work: _Work) -> None:
        """The small pictures among the words of a line, each in the middle of it."""
        for at, slab in copied.pictures_in(line.start, line.end):
            ends = self._extent(copied.copy, line, at, at + 1)
            size = copied.copy.runs[0].style.size
            left, foot = picture_corner(slab, work.area, (x + ends[0], x + ends[1]), y, size)
            placed = place(
                self._slabs,
                slab.number,
                self._tree,
                parent=copied.copy.element,
                page=work.index,
                x=left,
                y=foot,
            )
            work.slabs.append(placed)

    # --- the foot -------------------------------------------------------------------------

    def _feet(self, feet: list[FootPiece[Leaf]], work: _Work) -> None:
        """The rule, and below it the notes, whose last line ends with the text area."""
        area, sheet = self._frame.notes, self._sheet
        leading = area.body.leading
        top = sheet.rows * sheet.leading - sum((one.last - one.first) * leading for one in feet)
        rule = top - area.after - area.rule / 2
        work.pen.rule((0.0, rule), (work.area.measure, rule), area.rule, area.colour)
        y = top + self._note_look.drop
        for foot in feet:
            for foot_line in cast("Sequence[FootLine]", foot.foot.lines[foot.first : foot.last]):
                self._foot_line(foot_line, y, work)
                y += leading

    def _foot_line(self, foot_line: FootLine, y: float, work: _Work) -> None:
        look, copied = self._note_look, foot_line.copied
        x, top = look.style.start, y - look.drop
        if (note := foot_line.opens) is not None:
            self._note_number(note, x, y, work)
        copy = copied.resolved(foot_line.line.start, foot_line.line.end)
        self._show(copy, foot_line.line, self._faces, work.pen, x, y)
        if copied.links:
            strip = Strip(look, copied, Place(""))
            self._links(strip, copy, foot_line.line, top, work)

    def _note_number(self, note: SetNote, x: float, y: float, work: _Work) -> None:
        """The number of a note, which leads back to its mark."""
        area, look = self._frame.notes, self._note_look
        words = self._notes.number(note)
        start = x - area.hang
        copy = Copy(
            words, (Run(0, len(words), area.body.text),), area.hang, element=note.mark_element
        )
        line = Line(0, len(words), 0.0, area.hang)
        self._show(copy, line, self._faces, work.pen, start, y)
        top = y - look.drop
        one, other = self._extent(copy, line, 0, len(words))
        box = work.area.box((start + one, start + other), (top, top + look.style.leading))
        target = f"#{MARK_ANCHOR}{note.id}"
        work.links.append(PlacedLink(box, target, words, note.mark_element))
        work.anchors.append(anchored(NOTE_ANCHOR + note.id, work.area, start, top))

    # --- contents -------------------------------------------------------------------------

    def _folio(self, entry: Entry, line: Line, block: tuple[float, float], work: _Work) -> None:
        """The page number of an entry of the contents, at the end of its last line, and the link:
        the whole row, for who aims with a finger. `block` is where the entry begins, and the
        baseline of its last line.
        """
        top, y = block
        folio = self.folios.get(entry.target, "")
        for copy, own, x in entry.folio(folio, line, self._faces):
            self._show(copy, own, self._faces, work.pen, x, y)
        bottom = y - entry.look.drop + entry.look.style.leading
        box = work.area.box((0.0, work.area.measure), (top, bottom))
        work.links.append(
            PlacedLink(box, f"#{entry.target}", entry.copied.copy.text, entry.element)
        )

    # --- the margins ----------------------------------------------------------------------

    def _furniture(self, style: PageStyle, work: _Work, label: str) -> None:
        """Running heads say what opens first on the page, and else what opened last before it."""
        opens = any(opening.strings for opening in work.openings)
        shown = dict(self._strings) if opens else self._strings
        for opening in reversed(work.openings):
            shown.update(opening.strings)
        for words, x, y in self._margins.labels(style, shown, label, opens=opens):
            show_label(words, self._faces, work.pen, x, y)
        for opening in work.openings:
            self._strings.update(opening.strings)
