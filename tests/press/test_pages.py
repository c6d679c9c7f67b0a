"""Pages as grids of lines: what stands on which page, drawn as columns of letters.

A block is a string, a line each of its characters; capitals stand for lines with a note.
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.press.grid import Block, Filled, Foot, Sheet, Spacing, Turn, rows_of
from builder.press.pages import fill

GRID = Sheet(rows=6, leading=10.0, apart=5.0)


def block(
    lines: str,
    spacing: Spacing | None = None,
    *,
    notes: dict[int, int] | None = None,
    leading: float = 10.0,
) -> Block[str]:
    """`notes` gives the number of lines of the note on each line that has one."""
    feet = {
        at: [Foot([f"{lines[at]}{n}" for n in range(count)], leading)]
        for at, count in (notes or {}).items()
    }
    return Block(spacing or Spacing(), lines, feet or None)


def paragraphs(*lines: str, spacing: Spacing | None = None) -> Block[str]:
    """Several paragraphs as one block."""
    starts = tuple(accumulate(map(len, lines[:-1]), initial=0))
    return Block(spacing or Spacing(), "".join(lines), starts=starts)


def rows(page: Filled[str], count: int = GRID.rows) -> str:
    """A page as a string of rows; `.` is an empty one."""
    drawn = ["."] * count
    for piece in page.pieces:
        for at in range(piece.first, piece.last):
            row = piece.row + round((at - piece.first) * piece.block.spacing.unit)
            while row >= len(drawn):
                drawn.append(".")
            drawn[row] = piece.block.lines[at]
    return "".join(drawn)


def draw(items: Iterable[Block[str] | Turn], sheet: Sheet = GRID) -> list[str]:
    return [rows(page, sheet.rows) for page in fill(items, sheet)]


def pages_of(*items: Block[str] | Turn, first_index: int = 0) -> list[Filled[str]]:
    return list(fill(items, GRID, first_index=first_index))


def feet(page: Filled[str]) -> str:
    return " ".join(line for one in page.feet for line in one.foot.lines[one.first : one.last])


def test_blocks_stand_one_below_the_other() -> None:
    assert draw([block("aa"), block("bbb")]) == ["aabbb."]


def test_a_page_ends_when_it_is_full() -> None:
    assert draw([block("aaaa"), block("bb"), block("cc")]) == ["aaaabb", "cc...."]


@pytest.mark.parametrize(
    ("second", "pages"),
    [
        ("bb", ["aaaaa.", "bb...."]),  # no first line at the foot of a page
        ("bbb", ["aaaaa.", "bbb..."]),
        ("bbbb", ["aaaaa.", "bbbb.."]),
    ],
)
def test_the_first_line_of_a_paragraph_never_ends_a_page(second: str, pages: list[str]) -> None:
    assert draw([block("aaaaa"), block(second)]) == pages


def test_the_last_line_of_a_paragraph_never_starts_a_page() -> None:
    assert draw([block("aaa"), block("bbbb")]) == ["aaabb.", "bb...."]
    assert draw([block("aaaa"), block("bbb")]) == ["aaaa..", "bbb..."]


def test_distances_collapse_and_are_lost_at_the_top_of_a_page() -> None:
    spaced = Spacing(before=2, after=1)
    assert draw([block("a", spaced), block("b", spaced), block("c", spaced)]) == [
        "a..b..",
        "c.....",
    ]


def test_what_opens_keeps_its_distance() -> None:
    items: list[Block[str] | Turn] = [block("a"), Turn("text"), block("b", Spacing(before=2))]
    assert draw(items) == ["a.....", "..b..."]


HEAD = Spacing(before=1, after=1, keeps_next=True)


def test_a_heading_never_ends_a_page() -> None:
    assert draw([block("aaa"), block("H", HEAD), block("bbbb")]) == ["aaa...", "H.bbbb"]
    assert draw([block("a"), block("H", HEAD), block("bbbb")]) == ["a.H.bb", "bb...."]


def test_two_headings_and_their_text_stay_together() -> None:
    items = [block("aa"), block("G", HEAD), block("H", HEAD), block("bb")]
    assert draw(items) == ["aa....", "G.H.bb"]


SCENE = Spacing(before=1, after=1, keeps_next=True, keeps_before=True)


def test_a_scene_break_is_never_at_the_top_or_the_foot_of_a_page() -> None:
    items = [block("aaaaaaa"), block("*", SCENE), block("bb")]
    assert draw(items, Sheet(8, 10.0)) == ["aaaaa...", "aa.*.bb."]


def test_everything_kept_together_is_cut_where_the_page_is_full() -> None:
    whole = Spacing(keeps_together=True)
    assert draw([block("aaaaaaaa", whole)]) == ["aaaaaa", "aa...."]


def test_what_is_kept_together_moves_as_a_whole() -> None:
    whole = Spacing(keeps_together=True)
    assert draw([block("aa"), block("bbbbb", whole)]) == ["aa....", "bbbbb."]


def test_lines_of_another_height_are_padded_to_the_grid() -> None:
    items = [block("ab", Spacing(unit=1.4)), block("cc")]
    [page] = fill(items, GRID)
    assert [piece.row for piece in page.pieces] == [0, 3]


def test_what_is_higher_than_a_page_stands_alone_and_the_book_goes_on() -> None:
    tall = Spacing(unit=9.0, orphans=1, widows=1)
    assert draw([block("a"), block("T", tall), block("b")]) == ["a.....", "T.....", "b....."]


def test_a_turn_to_the_right_leaves_a_blank_page() -> None:
    pages = pages_of(block("a"), Turn("bare", "recto"), block("b"))
    assert [(page.index, page.is_blank, page.name) for page in pages] == [
        (0, False, ""),
        (1, True, ""),
        (2, False, "bare"),
    ]
    pages = pages_of(block("a"), Turn("bare", "verso"), block("b"))
    assert [page.is_blank for page in pages] == [False, False]


def test_pages_count_on_from_the_first_index() -> None:
    pages = pages_of(Turn("text", "recto"), block("a"), first_index=5)
    assert [(page.index, page.is_blank) for page in pages] == [(5, True), (6, False)]


def test_a_turn_with_nothing_behind_it_makes_no_page() -> None:
    assert draw([block("a"), Turn("x"), Turn("y"), block("b"), Turn("z")]) == ["a.....", "b....."]


def test_a_block_may_ask_for_a_page_of_its_own() -> None:
    alone = Spacing(turns=("page", "page"))
    assert draw([block("aa"), block("b", alone), block("cc")]) == ["aa....", "b.....", "cc...."]


def test_a_block_on_the_right_after_what_opens_there_turns_nothing() -> None:
    items: list[Block[str] | Turn] = [
        Turn("text", "recto"),
        block("a", Spacing(turns=("recto", ""))),
        block("b"),
    ]
    assert draw(items) == ["ab...."]


def test_a_block_that_wants_another_side_keeps_what_opens() -> None:
    opening = Turn("text", "recto", subject="第一章")
    pages = pages_of(opening, block("a", Spacing(turns=("verso", ""))))
    assert [page.is_blank for page in pages] == [True, False]
    assert pages[1].turn is not None
    assert pages[1].turn.subject == "第一章"


# --- notes --------------------------------------------------------------------------------


def test_a_note_stands_on_the_page_of_its_mark() -> None:
    [page, after] = fill([block("aAaaaa", notes={1: 2})], GRID)
    assert (rows(page), feet(page)) == ("aAa...", "A0 A1")
    assert rows(after) == "aaa..."


def test_a_mark_moves_on_with_its_note() -> None:
    first, second = fill([block("aaaaB", Spacing(widows=1), notes={4: 2})], GRID)
    assert (rows(first), feet(first)) == ("aaaa..", "")
    assert (rows(second), feet(second)) == ("B.....", "B0 B1")


def test_notes_are_numbered_anew_on_each_page() -> None:
    first, second = pages_of(block("AB", notes={0: 1, 1: 1}), Turn("x"), block("C", notes={0: 1}))
    assert [one.foot.number for one in first.feet] == [1, 2]
    assert [one.foot.number for one in second.feet] == [1]


def test_a_note_is_split_only_where_half_a_page_would_stay_empty() -> None:
    pages = pages_of(block("aA", notes={1: 8}))
    assert (rows(pages[0]), feet(pages[0])) == ("aA....", "A0 A1 A2")
    assert [feet(page) for page in pages[1:]] == ["A3 A4", "A5 A6", "A7"]


def test_text_goes_on_above_the_rest_of_a_note() -> None:
    pages = pages_of(block("aA", notes={1: 6}), block("bb"))
    assert feet(pages[0]) == "A0 A1 A2"
    assert (rows(pages[1]), feet(pages[1])) == ("bb....", "A3 A4")


def test_the_rest_of_a_note_comes_before_the_next_chapter() -> None:
    pages = pages_of(block("aA", notes={1: 6}), Turn("x"), block("bb"))
    assert [rows(page) for page in pages][-1] == "bb...."
    assert "".join(map(feet, pages[:-1])).count("A") == 6
    assert feet(pages[-1]) == ""


SPACINGS = st.builds(
    Spacing,
    unit=st.sampled_from([1.0, 1.0, 1.0, 2.0, 1.4, 7.0]),
    before=st.integers(0, 3),
    after=st.integers(0, 3),
    keeps_next=st.booleans(),
    keeps_before=st.booleans(),
    keeps_together=st.booleans(),
)
BLOCKS = st.builds(
    lambda count, spacing, notes: block(
        "x" * count, spacing, notes={at: n for at, n in notes.items() if at < count}
    ),
    st.integers(1, 15),
    SPACINGS,
    st.dictionaries(st.integers(0, 14), st.integers(1, 20), max_size=3),
)
TURNS = st.builds(Turn, st.sampled_from(["text", "bare"]), st.sampled_from(["", "recto", "verso"]))


@given(st.lists(st.one_of(BLOCKS, BLOCKS, TURNS), max_size=12))
def test_every_line_is_set_once_and_in_order_whatever_comes(items: list[Block[str] | Turn]) -> None:
    pages = list(fill(items, GRID))
    wanted = [(one, at) for one in items if isinstance(one, Block) for at in range(len(one.lines))]
    found = [
        (piece.block, at)
        for page in pages
        for piece in page.pieces
        for at in range(piece.first, piece.last)
    ]
    assert found == wanted
    notes = [foot for one in items if isinstance(one, Block) for at in sorted(one.feet or {}) for foot in (one.feet or {})[at]]  # fmt: skip
    set_notes = [
        (one.foot, at) for page in pages for one in page.feet for at in range(one.first, one.last)
    ]
    assert sorted(set_notes, key=lambda it: (notes.index(it[0]), it[1])) == [
        (foot, at) for foot in notes for at in range(len(foot.lines))
    ]
    for foot in notes:
        parts = [at for one, at in set_notes if one is foot]
        assert parts == sorted(parts)
    assert [page.index for page in pages] == list(range(len(pages)))
    for page in pages:
        tops = [piece.row for piece in page.pieces]
        assert tops == sorted(tops)


@pytest.mark.parametrize(("length", "wanted"), [(0, 0), (-4, 0), (17.85, 1), (18.1, 2), (53.55, 3)])
def test_lengths_become_whole_rows(length: float, wanted: int) -> None:
    assert rows_of(length, 17.85) == wanted


@given(
    st.lists(st.integers(1, 9), min_size=1, max_size=12),
    st.integers(0, 9),
    st.integers(1, 3),
    st.booleans(),
    st.integers(4, 9),
)
def test_paragraphs_in_one_block_fill_pages_as_each_in_a_block_of_its_own(
    counts: list[int], before: int, least: int, is_heading: bool, rows_of_page: int
) -> None:
    sheet, spacing = replace(GRID, rows=rows_of_page), Spacing(orphans=least, widows=least)
    lines = [letter * count for letter, count in zip("abcdefghijkl", counts, strict=False)]
    first = block("X" * (before + 1), Spacing(keeps_next=is_heading))
    last = block("Z", Spacing(keeps_before=True))
    apart = [first, *(block(one, spacing) for one in lines), last]
    assert draw([first, paragraphs(*lines, spacing=spacing), last], sheet) == draw(apart, sheet)
