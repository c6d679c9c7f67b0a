"""Lines as blocks: what mark-up says first, then what the lines look like.

Poems and scene breaks are known by their looks (verse.py). Letters are found afterwards, among
the paragraphs (letters.py).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Literal, NamedTuple

from builder.core.book import (
    PLAIN_CELL,
    Block,
    Break,
    CellLook,
    Figure,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Quote,
    Raw,
    Table,
    Text,
    Verse,
)
from builder.core.manuscript import Mark, MarkKind
from builder.core.span import Span
from builder.structure import trace
from builder.structure.inlines import InlineMarks, Run
from builder.structure.lines import Line
from builder.structure.trace import Claim, Pieces
from builder.structure.verse import (
    BREAK_CHARACTERS,
    LONGEST_BREAK,
    LONGEST_VERSE_LINE,
    has_stanzas,
    is_scene_break,
    verse_lines,
)

BLOCK_KINDS = frozenset(
    {
        MarkKind.HEADING,
        MarkKind.QUOTE,
        MarkKind.VERSE,
        MarkKind.LIST,
        MarkKind.ITEM,
        MarkKind.TABLE,
        MarkKind.ROW,
        MarkKind.CELL,
        MarkKind.CAPTION,
        MarkKind.BREAK,
        MarkKind.RAW,
        MarkKind.NOTE,
    }
)

_ALIGNMENTS: dict[str, Literal["", "center", "right"]] = {"center": "center", "right": "right"}


# Mail quotes mail that quotes mail; nobody tells more of it apart.
DEEPEST_QUOTE = 16


class Built(NamedTuple):
    """A block, its lines' pieces in reading order, and what it leaves out of the manuscript."""

    block: Block
    lines: tuple[Pieces, ...]
    claims: tuple[Claim, ...] = ()


class BlockBuilder:
    """Builds the blocks of a manuscript's lines."""

    def __init__(
        self,
        text: str,
        block_marks: Sequence[Mark],
        inlines: InlineMarks,
        spaced: tuple[bool, ...],
        *,
        scenes: frozenset[int] = frozenset(),
    ) -> None:
        self._text = text
        self._inlines = inlines
        self._spaced = spaced
        self._scenes = scenes
        self._marks = _shallow(sorted(block_marks, key=lambda mark: (mark.start, -mark.end)))

    def blocks(self, lines: Sequence[Line]) -> list[Built]:
        """The blocks of some lines that follow each other."""
        if not lines:
            return []
        if not self._marks:
            return list(self._unmarked(lines))
        start, end = lines[0].start, lines[-1].end
        near = _starting(self._marks, start, end)
        return self._marked(lines, [mark for mark in near if mark.end <= end + 1])

    def _marked(self, lines: Sequence[Line], marks: Sequence[Mark]) -> list[Built]:
        """Blocks of the outermost marks, and of the lines between them."""
        built: list[Built] = []
        at = index = 0
        while index < len(marks):
            mark = marks[index]
            index += 1
            inner: list[Mark] = []
            while index < len(marks) and marks[index].start < mark.end:
                inner.append(marks[index])
                index += 1
            first = _first_line(lines, at, mark.start)
            last = _first_line(lines, first, max(mark.end, mark.start + 1))
            if first == last:
                continue
            built.extend(self._unmarked(lines[at:first]))
            if mark.kind is MarkKind.CAPTION and built and last == first + 1:
                built[-1:] = self._captioned(built[-1], lines[first])
            else:
                built.extend(self._block_of(mark, lines[first:last], inner))
            at = last
        built.extend(self._unmarked(lines[at:]))
        return built

    def _block_of(self, mark: Mark, lines: Sequence[Line], inner: Sequence[Mark]) -> list[Built]:
        match mark.kind:
            case MarkKind.HEADING:
                return [self._heading(line, mark.value) for line in lines]
            case MarkKind.QUOTE:
                return [_around(self._marked(lines, inner), lines, Quote)]
            case MarkKind.VERSE:
                return [self._verse(lines)]
            case MarkKind.LIST:
                return [self._list(mark, lines, inner)]
            case MarkKind.TABLE:
                count = self._caption_lines(lines, inner)
                caption = list(self._unmarked(lines[:count]))
                rows = lines[count:]
                return [*caption, self._table(rows, inner)] if rows else caption
            case MarkKind.BREAK:
                return [self._break(line) for line in lines]
            case MarkKind.RAW:
                # From the indent of the first line to the end of the last.
                head = self._text.rfind("\n", 0, lines[0].start) + 1
                start, end = max(mark.start, head), lines[-1].end
                raw = Raw(self._text[start:end], Span(start, end))
                return [Built(raw, ((trace.Piece(start, end),),))]
            case _:
                return self._marked(lines, inner)

    def _captioned(self, before: Built, line: Line) -> list[Built]:
        """A picture with the line below it as its caption; without a picture, two blocks."""
        figure = before.block
        run = self._run(line)
        if not isinstance(figure, Figure) or figure.caption or not run.inlines:
            return [before, *self._unmarked((line,))]
        span = Span(figure.span.start, max(figure.span.end, line.end))
        block = Figure(figure.image, run.inlines, span)
        return [Built(block, (*before.lines, run.pieces), (*before.claims, *run.claims))]

    def _heading(self, line: Line, level: str) -> Built:
        run = self._run(line)
        heading = Heading(run.inlines, int(level) if level.isdecimal() else 1, _span(line))
        return Built(heading, (run.pieces,), run.claims)

    def _list(self, mark: Mark, lines: Sequence[Line], inner: Sequence[Mark]) -> Built:
        items = [
            self._marked(part, _inside(inner, item))
            for item, part in _parts(lines, inner, MarkKind.ITEM)
        ]
        block = ListBlock(
            tuple(tuple(one.block for one in item) for item in items),
            is_ordered=mark.value != "",
            start=int(mark.value) if mark.value.isdecimal() and len(mark.value) < 10 else 1,
            span=Span(lines[0].start, lines[-1].end),
        )
        return _gathered(block, [one for item in items for one in item])

    def _caption_lines(self, lines: Sequence[Line], inner: Sequence[Mark]) -> int:
        """How many of a table's lines are its caption, which is set as a paragraph above it."""
        first = inner[0] if inner else None
        if first is None or first.kind is not MarkKind.CAPTION:
            return 0
        return _first_line(lines, 0, first.end)

    def _table(self, lines: Sequence[Line], inner: Sequence[Mark]) -> Built:
        rows: list[list[Run]] = []
        looks: list[tuple[CellLook, ...]] = []
        header_rows = 0
        for row, part in _parts(lines, inner, MarkKind.ROW):
            cells = list(_parts(part, _inside(inner, row), MarkKind.CELL))
            rows.append([self._cell(cell) for _, cell in cells])
            looks.append(tuple(_look(mark.value if mark else "") for mark, _ in cells))
            header_rows += row is not None and row.value == "header"
        runs = [run for row in rows for run in row]
        table = Table(
            tuple(tuple(run.inlines for run in row) for row in rows),
            header_rows,
            Span(lines[0].start, lines[-1].end),
            tuple(looks) if any(look != PLAIN_CELL for row in looks for look in row) else (),
        )
        claims = tuple(claim for run in runs for claim in run.claims)
        return Built(table, tuple(run.pieces for run in runs), claims)

    def _cell(self, lines: Sequence[Line]) -> Run:
        return self._inlines.run(self._text, lines[0].start, lines[-1].end)

    def _unmarked(self, lines: Sequence[Line]) -> Iterator[Built]:
        """Blocks by looks: poems, scene breaks, pictures, paragraphs."""
        index = 0
        while index < len(lines):
            line = lines[index]
            if line.start in self._scenes:
                yield Built(Break(Span(line.start, line.start)), ())
            length = line.end - line.start
            if length > LONGEST_BREAK or (
                length > LONGEST_VERSE_LINE and self._text[line.start] not in BREAK_CHARACTERS
            ):
                # Most lines are paragraphs by their mere length.
                yield self._paragraph(line)
                index += 1
                continue
            count = verse_lines(self._text, lines, index, is_spaced=self._spaced[line.file])
            if count:
                yield self._verse(lines[index : index + count])
                index += count
                continue
            if is_scene_break(self._text, line):
                yield self._break(line)
            else:
                yield self._paragraph(line)
            index += 1

    def _break(self, line: Line) -> Built:
        claim = Claim(line.start, line.end, trace.SCENE_BREAK)
        return Built(Break(_span(line)), (), (claim,) if line.start < line.end else ())

    def _paragraph(self, line: Line) -> Built:
        start, end = line.start, line.end
        words = self._text[start:end]
        if words and self._inlines.is_empty and "\n" not in words:
            # Most books have nothing but such paragraphs.
            paragraph = Paragraph((Text(words),), "body", Span(start, end))
            return Built(paragraph, ((trace.Piece(start, end),),))
        run = self._run(line)
        match run.inlines:
            case (Image() as image,):
                return Built(Figure(image, (), _span(line)), (), run.claims)
            case _:
                paragraph = Paragraph(run.inlines, span=_span(line))
                return Built(paragraph, (run.pieces,), run.claims)

    def _run(self, line: Line) -> Run:
        return self._inlines.run(self._text, line.start, line.end)

    def _verse(self, lines: Sequence[Line]) -> Built:
        """The lines as verse; where a blank line stands between two, a new stanza begins."""
        verse: list[Run] = []
        is_parted = has_stanzas(lines)
        for line in lines:
            if verse and is_parted and line.is_apart and self._spaced[line.file]:
                verse.append(Run((), ()))
            verse.append(self._run(line))
        block = Verse(tuple(run.inlines for run in verse), Span(lines[0].start, lines[-1].end))
        claims = tuple(claim for run in verse for claim in run.claims)
        return Built(block, tuple(run.pieces for run in verse), claims)


def _span(line: Line) -> Span:
    return Span(line.start, line.end)


def _first_line(lines: Sequence[Line], at: int, position: int) -> int:
    """The index of the first line, from `at` on, that starts at or after `position`."""
    return bisect_left(lines, position, at, key=_start_of)


def _inside(marks: Sequence[Mark], outer: Mark | None) -> list[Mark]:
    if outer is None:
        return []
    near = _starting(marks, outer.start, outer.end)
    return [mark for mark in near if mark is not outer and mark.end <= outer.end]


def _starting(marks: Sequence[Mark], start: int, end: int) -> Sequence[Mark]:
    """Those of marks in order that start in `[start, end]`."""
    first = bisect_left(marks, start, key=_start_of)
    return marks[first : bisect_right(marks, end, first, key=_start_of)]


_start_of = attrgetter("start")


def _look(value: str) -> CellLook:
    """What a cell's mark says: "2,1,right" is two columns wide and set flush right."""
    if not value:
        return PLAIN_CELL
    columns, rows, align = value.split(",")
    return CellLook(int(columns), int(rows), _ALIGNMENTS.get(align, ""))


def _parts(
    lines: Sequence[Line], marks: Sequence[Mark], kind: MarkKind
) -> Iterator[tuple[Mark | None, Sequence[Line]]]:
    """The lines under each mark of `kind`; lines under none are a part each."""
    at = 0
    position = -1
    for mark in marks:
        if mark.kind is not kind or mark.start < position:
            continue
        first = _first_line(lines, at, mark.start)
        last = _first_line(lines, first, mark.end)
        yield from ((None, lines[i : i + 1]) for i in range(at, first))
        if first < last:
            yield mark, lines[first:last]
        at, position = last, mark.end
    yield from ((None, lines[i : i + 1]) for i in range(at, len(lines)))


def _gathered(block: Block, parts: Sequence[Built]) -> Built:
    return Built(
        block,
        tuple(line for part in parts for line in part.lines),
        tuple(claim for part in parts for claim in part.claims),
    )


def _shallow(marks: Sequence[Mark]) -> list[Mark]:
    """The marks in order, without quotations inside more quotations than a page can show."""
    kept: list[Mark] = []
    ends: list[int] = []
    for mark in marks:
        while ends and ends[-1] <= mark.start:
            ends.pop()
        if mark.kind is MarkKind.QUOTE:
            if len(ends) >= DEEPEST_QUOTE:
                continue
            ends.append(mark.end)
        kept.append(mark)
    return kept


def _around(parts: Sequence[Built], lines: Sequence[Line], kind: type[Quote]) -> Built:
    blocks = tuple(part.block for part in parts)
    return _gathered(kind(blocks, span=Span(lines[0].start, lines[-1].end)), parts)
