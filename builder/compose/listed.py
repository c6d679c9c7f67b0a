"""Tables that are too large to be drawn, as lists: an item for a row, a paragraph for a cell.

WeasyPrint takes about 0.3 ms and 30 kB for each cell of a table and 0.1 ms for each character in
it, so tables of 80,000 cells would take a minute and 2.4 GB. The words and their order stay the
same, and the press sets lists a hundred times as fast.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from builder.core.book import Block, Book, ListBlock, Paragraph, Quote, Section, Table
from builder.core.traversal import inline_text, walk

# Characters in all tables of a book that are drawn; a cell counts as CELL of them beside.
MAX_DRAWN = 200_000
CELL = 4


@dataclass(frozen=True, slots=True)
class Listed:
    """A book all of whose tables can be drawn, and how many of them became lists."""

    book: Book
    count: int


def with_large_tables_listed(book: Book) -> Listed:
    """The book with its largest tables as lists, until those left are small enough together."""
    sizes = sorted(map(_size, _tables(book)))
    drawn = largest = 0
    for size in sizes:
        drawn += size
        if drawn > MAX_DRAWN:
            break
        largest = size
    count = sum(size > largest for size in sizes)
    if not count:
        return Listed(book, 0)

    def sections(these: tuple[Section, ...]) -> tuple[Section, ...]:
        return tuple(
            replace(one, blocks=_blocks(one.blocks, largest), children=sections(one.children))
            for one in these
        )

    front, body, back = map(sections, (book.front, book.body, book.back))
    return Listed(replace(book, front=front, body=body, back=back), count)


def _tables(book: Book) -> Iterator[Table]:
    waiting: list[Block] = [block for _, one in walk(book.sections) for block in one.blocks]
    while waiting:
        block = waiting.pop()
        if type(block) is Table:
            yield block
        elif type(block) is Quote:
            waiting += block.blocks
        elif type(block) is ListBlock:
            waiting += [inner for item in block.items for inner in item]


def _size(table: Table) -> int:
    """What a table counts, in characters."""
    return sum(CELL + len(inline_text(cell)) for row in table.rows for cell in row)


def _blocks(blocks: tuple[Block, ...], largest: int) -> tuple[Block, ...]:
    return tuple(_block(block, largest) for block in blocks)


def _block(block: Block, largest: int) -> Block:
    if type(block) is Table and _size(block) > largest:
        rows = (tuple(Paragraph(cell) for cell in row if cell) for row in block.rows)
        return ListBlock(tuple(row for row in rows if row), span=block.span)
    if type(block) is Quote:
        return replace(block, blocks=_blocks(block.blocks, largest))
    if type(block) is ListBlock:
        return replace(block, items=tuple(_blocks(item, largest) for item in block.items))
    return block
