"""Marks of pages take the time of the text, not that of the text times its pages.

A line of a million characters took sixteen seconds; now it takes a third of one.
"""

import re

from hypothesis import given
from hypothesis import strategies as st

from builder.compose.page_marks import Mark, with_marks
from builder.core.page_starts import visible, visible_places
from tests.fuzz.understanding import clock

CHARACTERS, PAGES = 1_000_000, 2_000
LABEL = re.compile('aria-label="([0-9]+)"></span>(.)')


def test_a_paragraph_of_many_pages_is_counted_through_once() -> None:
    words = ["".join(map(chr, range(at, at + 10))) for at in range(0x4E00, 0x4E00 + 2_000, 10)]
    text = " ".join(words * (CHARACTERS // 2_000))
    starts = [page * CHARACTERS // PAGES for page in range(PAGES)]
    marks = tuple(Mark(start, str(start)) for start in starts)
    with clock(10):
        marked = with_marks(f"<p>{text}</p>", marks)
    assert [(int(at), character) for at, character in LABEL.findall(marked)] == [
        (start, text[start + start // 10]) for start in starts
    ]


@given(st.text("雪 \n\N{IDEOGRAPHIC SPACE}\N{ZERO WIDTH SPACE}\N{WORD JOINER}停", max_size=40))
def test_each_visible_character_is_found_where_it_stands(text: str) -> None:
    seen = [at for at, character in enumerate(text) if visible(character)]
    assert [*visible_places(text, range(len(seen)))] == seen
    assert [*visible_places(text, range(0, len(seen), 3))] == seen[::3]
    doubled = [number for number in range(len(seen)) for _ in range(2)]
    assert [*visible_places(text, doubled)] == [at for at in seen for _ in range(2)]
