"""Tables too large to be drawn are lists; the words and their order stay."""

import pytest

from builder.compose import listed
from builder.compose.listed import CELL, with_large_tables_listed
from builder.core.book import (
    Block,
    Book,
    ListBlock,
    Metadata,
    Paragraph,
    Quote,
    Section,
    Table,
    Text,
)
from builder.core.traversal import project


def table(rows: int, words: str = "帆") -> Table:
    return Table(tuple(((Text(f"{words}{row}"),), (), (Text("吨"),)) for row in range(rows)))


def book(*blocks: Block, child: tuple[Block, ...] = ()) -> Book:
    inner = Section("chapter", None, "", "下卷", blocks=child, id="c2")
    outer = Section("chapter", None, "", "上卷", blocks=blocks, children=(inner,), id="c1")
    return Book(Metadata("船册", "zh-Hans"), body=(outer,))


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listed, "MAX_DRAWN", 100 * CELL)


def test_a_book_whose_tables_can_be_drawn_is_left_as_it_is() -> None:
    whole = book(table(5), Paragraph((Text("岸"),)), child=(table(6),))
    assert with_large_tables_listed(whole) == listed.Listed(whole, 0)


def test_a_large_table_is_a_list_with_an_item_for_each_row_and_a_paragraph_for_each_cell() -> None:
    made = with_large_tables_listed(book(table(300)))
    [block] = made.book.body[0].blocks
    assert isinstance(block, ListBlock)
    assert made.count == 1
    assert len(block.items) == 300
    assert block.items[7] == (Paragraph((Text("帆7"),)), Paragraph((Text("吨"),)))


def test_the_largest_give_way_and_the_small_ones_stay() -> None:
    made = with_large_tables_listed(book(table(90), table(10), child=(table(11),)))
    kinds = [
        type(block) for block in (*made.book.body[0].blocks, *made.book.body[0].children[0].blocks)
    ]
    assert kinds == [ListBlock, Table, Table]
    assert made.count == 1


def test_one_cell_with_a_very_long_text_is_too_large_as_well() -> None:
    assert with_large_tables_listed(book(table(1, "潮" * 500))).count == 1


def test_tables_in_quotations_and_lists_are_found() -> None:
    inside = Quote((ListBlock(((Paragraph((Text("册"),)), table(300)),)),))
    made = with_large_tables_listed(book(inside, table(2)))
    [quote, small] = made.book.body[0].blocks
    assert isinstance(quote, Quote)
    [outer] = quote.blocks
    assert isinstance(outer, ListBlock)
    assert [type(one) for one in outer.items[0]] == [Paragraph, ListBlock]
    assert isinstance(small, Table)
    assert made.count == 1


def test_no_word_is_lost_and_none_changes_its_place() -> None:
    whole = book(
        Paragraph((Text("前"),)), table(300), Quote((table(20), table(200))), child=(table(250),)
    )
    made = with_large_tables_listed(whole)
    assert made.count == 3

    def words(text: str) -> list[str]:
        return text.split()

    assert words(project(made.book)) == words(project(whole))
