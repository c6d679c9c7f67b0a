"""Where entries stand: OpenCC cuts the line, and nothing is found twice or in the wrong place."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from builder.convert import GlossaryFile, convert_text
from builder.convert.entries import find_entries
from builder.core.language import TARGETS

ENTRIES = (
    ("于小明", "甲"),
    ("小明", "乙"),
    ("𠮷田", "丙"),
    ("𠮷", "丁"),
    ("干", "戊"),
    ("干净", "己"),
)


def found(line: str) -> list[tuple[int, int, str]]:
    (entries,) = find_entries([line], "s2tw", ENTRIES)
    return [(one.start, one.end, one.target) for one in entries]


def test_the_longest_holds_and_single_characters_hold_elsewhere() -> None:
    assert found("于小明，小明，𠮷田，𠮷，干，干净") == [
        (0, 3, "甲"), (4, 6, "乙"), (7, 9, "丙"), (10, 11, "丁"), (12, 13, "戊"), (14, 16, "己"),
    ]  # fmt: skip


def test_a_phrase_that_begins_further_left_has_its_characters() -> None:
    assert found("终于小明来了") == [(2, 4, "乙")]


def test_an_address_and_a_variation_sequence_have_no_entries() -> None:
    assert found("https://a.cn/干净 干\ufe00") == []


@settings(deadline=None)
@given(st.text(st.sampled_from("于小明𠮷田干净终，\U000f0000a😀"), max_size=20))
def test_entries_are_in_order_apart_and_where_they_say(line: str) -> None:
    sources = {target: source for source, target in ENTRIES}
    end = 0
    for start, stop, target in found(line):
        assert start >= end
        assert line[start:stop] == sources[target]
        end = stop


def test_lines_without_entries_cost_no_second_look() -> None:
    assert find_entries(["里面没有人"], "s2tw", ()) == [()]
    assert find_entries([], "s2tw", ENTRIES) == []


def test_a_book_that_is_one_line_takes_no_longer_for_its_length() -> None:
    """Not a benchmark: it catches only what grows faster than the text."""
    text = "小明😀和于小明的软件很干净，" * 4_000
    start = time.process_time()
    content = "\n".join(f"{source}\t{target}" for source, target in ENTRIES)
    convert_text(text, TARGETS["zh-Hant-TW-x-phrases"], GlossaryFile("names.tsv", content))
    assert time.process_time() - start < 15
