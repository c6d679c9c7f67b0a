"""A whole book through the press: walked, filled, painted.

The contents pages come first in the file and are filled first, so that all page numbers are
known while the book is painted; they are painted last.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from builder.core.book import Book
from builder.core.numerals import to_roman
from builder.core.page_starts import PageStart
from builder.core.publication import PrintDocument
from builder.core.traversal import walk
from builder.press.area import Area
from builder.press.blocks import SECTION_ANCHOR, Blocks
from builder.press.contents import contents_blocks, contents_leading
from builder.press.copy import Writer
from builder.press.face import Faces
from builder.press.flow import Flow
from builder.press.frame import BLANK, Frame, PageStyle, Side
from builder.press.grid import Sheet, Turn
from builder.press.hosting import Laid
from builder.press.lines import LineBreaker
from builder.press.links import link_targets
from builder.press.looks import Looks
from builder.press.notes import Notes
from builder.press.pages import fill
from builder.press.painting import Painter
from builder.press.setting import SetPage
from builder.press.slabs import place
from builder.press.strips import TextItem
from builder.press.tree import ROOT, Tree

BODY_PAGE = "start"  # the page of a body without sections that open
_WHOLE = 0.1  # points: rounding of margins


@dataclass(frozen=True, slots=True)
class Edition:
    """All pages of a book; the first `front_page_count` have Roman numerals. `elsewhere` has the
    anchors of what is on no page, with those that stand for them.
    """

    pages: Sequence[SetPage] = field(repr=False)
    tree: Tree = field(repr=False)
    front_page_count: int
    starts: tuple[PageStart, ...] = field(repr=False)
    elsewhere: Mapping[str, str] = field(repr=False)


def set_edition(
    document: PrintDocument, book: Book, frame: Frame, faces: Faces, breaker: LineBreaker,
    laid: Laid,
) -> Edition:  # fmt: skip
    """Set a whole book. Raises ComposeError E004."""
    return _Setter(document, book, frame, faces, breaker, laid).set()


class _Setter:
    def __init__(
        self,
        document: PrintDocument,
        book: Book,
        frame: Frame,
        faces: Faces,
        breaker: LineBreaker,
        laid: Laid,
    ) -> None:
        self._document = document
        self._book = book
        self._frame = frame
        self._laid = laid
        self._tree = tree = Tree()
        area = Area(text_page(frame), frame.is_vertical)
        grid, size = frame.base.leading, frame.base.text.size
        measure = _whole(area.measure, size)
        apart = frame.notes.before + frame.notes.rule + frame.notes.after
        self._sheet = Sheet(_rows(area, grid), grid, apart)
        looks = Looks(frame, faces, measure=measure, grid=grid)
        notes = Notes(
            {note.id: note for note in book.notes},
            frame.notes,
            tree,
            measure,
            document.words.again,
            frame.again,
            breaker.break_lines,
        )
        for hosted in document.hosted:
            notes.host(hosted.notes)
        ids = frozenset(section.id for _, section in walk(book.sections))
        writer = Writer(
            frame,
            tree,
            lambda note_id, parent: notes.mention(writer, note_id, parent),
            link_targets(ids, SECTION_ANCHOR),
        )
        blocks = Blocks(
            looks,
            writer,
            tree,
            break_lines=breaker.break_lines,
            break_together=breaker.break_together,
            slabs=laid.blocks,
        )
        self._flow = Flow(looks, writer, notes, tree, blocks, rows=self._sheet.rows)
        self._painter = Painter(
            frame,
            looks,
            faces,
            notes,
            tree,
            sheet=self._sheet,
            slabs=laid.slabs,
            extent=breaker.extent,
            running_on=self._flow.running_on,
        )
        self._faces = faces
        self._notes = notes
        self._breaker = breaker
        self._body_turn: Turn | None = None
        self._body_index = -1

    def set(self) -> Edition:
        front = len(self._laid.front)
        looks, sheet = self._listing()
        contents = list(fill(self._contents(looks), sheet, first_index=front))
        first = front + len(contents)
        pages: list[SetPage] = []
        # Without a body there is nothing to begin anew for.
        self._body_index = -1 if self._book.body else 0
        before = [self._front_page(index) for index in range(front)]
        starts = [
            PageStart(self._label(index), name)
            for index, name in enumerate(self._laid.front)
            if name
        ]
        for filled in fill(self._text(), self._sheet, first_index=first):
            if filled.turn is not None and filled.turn is self._body_turn:
                self._body_index = filled.index
            pages.append(self._painter.page(filled, self._label(filled.index)))
        own = self._painter.starts
        lister = self._lister(looks, sheet)
        listed = [lister.page(filled, self._label(filled.index)) for filled in contents]
        bound = [*before, *listed, *pages]
        return Edition(
            [*bound, *self._bare_end(bound)],
            self._tree,
            max(self._body_index, 0),
            (*starts, *lister.starts, *own),
            self._flow.elsewhere,
        )

    def _bare_end(self, pages: Sequence[SetPage]) -> Iterator[SetPage]:
        """The bare pages that a printer wants at the end."""
        multiple, count = self._document.page_multiple, len(pages)
        is_bare = not pages or not (pages[-1].content or pages[-1].slabs)
        if self._document.ends_bare and not is_bare:
            count += 1
        count += -count % multiple
        for index in range(len(pages), count):
            side: Side = "recto" if index % 2 == 0 else "verso"
            yield SetPage(self._frame.pages[BLANK, side, False], b"")

    def _label(self, index: int) -> str:
        """The number of a page. Front pages are numbered before it is known where they end."""
        if 0 <= self._body_index <= index:
            return str(index - self._body_index + 1)
        return to_roman(index + 1).lower()

    def _front_page(self, index: int) -> SetPage:
        side: Side = "recto" if index % 2 == 0 else "verso"
        style = text_page(self._frame, side)
        if not self._laid.front[index]:
            return SetPage(style, b"")
        slab = place(self._laid.slabs, index, self._tree, parent=ROOT, page=index)
        return SetPage(style, b"", slabs=(slab,))

    def _listing(self) -> tuple[Looks, Sheet]:
        """The grid of the contents pages, and how their lines stand on it."""
        frame, leading = self._frame, contents_leading(self._frame)
        area = Area(text_page(frame), frame.is_vertical)
        sheet = replace(self._sheet, rows=_rows(area, leading), leading=leading)
        measure = _whole(area.measure, frame.base.text.size)
        return Looks(frame, self._faces, measure=measure, grid=leading), sheet

    def _lister(self, looks: Looks, sheet: Sheet) -> Painter:
        """Who paints the contents pages, when all page numbers are known."""
        lister = Painter(
            self._frame,
            looks,
            self._faces,
            self._notes,
            self._tree,
            sheet=sheet,
            slabs=self._laid.slabs,
            extent=self._breaker.extent,
        )
        lister.folios = folios = self._painter.folios
        for anchor, other in self._flow.elsewhere.items():
            if other in folios:
                folios.setdefault(anchor, folios[other])
        return lister

    def _contents(self, looks: Looks) -> Iterator[TextItem]:
        return contents_blocks(
            self._document.contents,
            self._document.words.contents,
            looks,
            self._tree,
            self._breaker.break_lines,
        )

    def _text(self) -> Iterator[TextItem]:
        book, flow = self._book, self._flow
        yield from flow.part("front", book.front)
        yield from self._body(flow.part("body", book.body))
        yield from flow.part("back", book.back)
        yield from flow.unmentioned(self._document.words.notes)

    def _body(self, items: Iterator[TextItem]) -> Iterator[TextItem]:
        """The body, whose first page is the first with an Arabic numeral."""
        first = next(items, None)
        if first is None:
            return
        self._body_turn = first if type(first) is Turn else Turn(BODY_PAGE, "recto")
        yield self._body_turn
        yield from items if self._body_turn is first else chain((first,), items)


def text_page(frame: Frame, side: Side = "recto") -> PageStyle:
    """The page that the text is measured for."""
    pages = frame.pages
    return pages.get(("text", side, False)) or pages["", side, False]


def _rows(area: Area, leading: float) -> int:
    """How many lines a page has."""
    return max(1, int((area.extent + _WHOLE) / leading))


def _whole(measure: float, size: float) -> float:
    """The measure, as a whole number of characters if it is one but for the rounding of margins."""
    count = int((measure + _WHOLE) / size)
    return count * size if abs(measure - count * size) < _WHOLE else measure
