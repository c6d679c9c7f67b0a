"""Tables as WeasyPrint gets them: long texts in pieces, without a character more or less."""

import re

from hypothesis import given
from hypothesis import strategies as st

from builder.compose.hosted import hosted_blocks, in_pieces
from builder.core.book import Book, Metadata, Section, Table, Text

SENTENCE = "河边的灯灭了 & 船还没来，她说：“再等 1 夜。”"
_TAG = re.compile("<[^>]*>")
_PIECE = re.compile("<span>([^<]*)</span>")


def test_a_long_text_in_a_cell_is_parted_between_ideographs() -> None:
    table = Table((((Text(SENTENCE * 200),), (Text("短"),)),))
    chapter = Section("chapter", 1, "第一章", "渡口", (table,), id="c1")
    [hosted] = hosted_blocks(Book(Metadata("江上", "zh-Hans"), body=(chapter,)))
    pieces = _PIECE.findall(hosted.html)
    assert len(pieces) > 40
    assert all(piece[0] not in "，。”&;" for piece in pieces)
    assert "<td>短</td>" in hosted.html


def test_a_short_text_stays_as_it_is() -> None:
    markup = f"<td>{'灯' * 199}</td><td>{'a' * 100}<em>灯</em></td>"
    assert in_pieces(markup) == markup


@given(
    st.lists(
        st.sampled_from(["灯" * 70, "，", "&amp;", "&#x202a;", "a" * 90, " ", "&"]), max_size=30
    )
)
def test_pieces_join_to_the_text_and_part_no_reference(parts: list[str]) -> None:
    text = "".join(parts)
    markup = in_pieces(f"<td>{text}</td>")
    assert _TAG.sub("", markup) == text
    assert markup.count("&amp;") + markup.count("&#x202a;") == sum(
        part in {"&amp;", "&#x202a;"} for part in parts
    )
