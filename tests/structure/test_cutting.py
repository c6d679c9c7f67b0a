"""Texts without headings."""

import pytest

from builder.core.book import Paragraph
from builder.core.traversal import inline_text
from builder.structure.cutting import LONGEST_SECTION, SENSIBLE_SECTION
from tests.structure.making import manuscript_of, structured

SENTENCE = "他在渡口的石阶上站了很久，没有等到要等的人，灯灭了以后才说：“走吧。”"


@pytest.mark.parametrize("gap", ["", " ", "\n", "\n\n"])
def test_no_section_of_a_long_text_is_longer_than_is_sensible(gap: str) -> None:
    book = structured(manuscript_of(gap.join([SENTENCE] * 4000))).book
    assert len(book.body) > 10
    for section in book.body:
        assert section.span.end - section.span.start <= SENSIBLE_SECTION * 1.3
        for block in section.blocks:
            assert isinstance(block, Paragraph)
            assert inline_text(block.inlines).endswith("”")


def test_text_without_any_sentence_is_cut_all_the_same() -> None:
    book = structured(manuscript_of("风" * (LONGEST_SECTION * 3))).book
    assert max(one.span.end - one.span.start for one in book.body) <= SENSIBLE_SECTION


def test_a_long_paragraph_is_whole_in_a_book_with_chapters_or_a_short_text() -> None:
    long = SENTENCE * 500
    (section,) = structured(manuscript_of(long)).book.body
    assert len(section.blocks) == 1
    text = f"第一章 灯下\n{long * 3}\n第二章 对岸\n{SENTENCE}\n"
    assert len(structured(manuscript_of(text)).book.body[0].blocks) == 1
