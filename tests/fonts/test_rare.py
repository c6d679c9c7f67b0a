"""Rare characters are known, and marked without a change to the text."""

import re

from hypothesis import given
from hypothesis import strategies as st

from builder.fonts.rare import (
    ideographs_beyond_plane_0,
    needs_a_font,
    rare_in,
    with_rare_marked,
)

TEXTS = st.text(st.sampled_from("船灯𠮷㐀𪚥。 \n"), max_size=30)
SPANS = re.compile('<span class="rare">|</span>')


def page(text: str) -> bytes:
    return f'<html><head><title>{text}</title></head><body class="a"><p id="x">{text}</p></body></html>'.encode()


def test_rare_are_the_characters_that_unicode_had_not_at_first() -> None:
    assert rare_in("船𠮷灯㐀吉\ue000。") == "㐀\ue000𠮷"


def test_ideographs_of_the_higher_planes_are_found_and_emoji_are_none() -> None:
    assert ideographs_beyond_plane_0([page("船𪚥😀"), page("𠮷𠮷")]) == "𠮷𪚥"


def test_readers_bring_their_own_emoji_and_spaces_need_no_shape() -> None:
    assert [character for character in "𠮷😀\u3000\u200b☀字" if needs_a_font(character)] == [
        "𠮷",
        "字",
    ]


def test_a_run_of_rare_characters_is_one_span() -> None:
    marked = with_rare_marked(page("船𠮷㐀灯"), "𠮷㐀").decode()
    assert '<p id="x">船<span class="rare">𠮷㐀</span>灯</p>' in marked
    assert "<title>船𠮷㐀灯</title>" in marked


def test_a_variants_selector_stays_with_its_character() -> None:
    marked = with_rare_marked(page("𠮷\U000e0101船"), "𠮷").decode()
    assert '<span class="rare">𠮷\U000e0101</span>船' in marked


def test_attributes_are_left_alone() -> None:
    content = b'<html><body><img alt="\xf0\xa0\xae\xb7"/></body></html>'
    assert with_rare_marked(content, "𠮷") == content


def test_a_file_without_a_body_is_left_alone() -> None:
    assert with_rare_marked("<ncx>𠮷</ncx>".encode(), "𠮷") == "<ncx>𠮷</ncx>".encode()


@given(TEXTS, st.sets(st.sampled_from("𠮷㐀𪚥船")))
def test_marking_changes_no_text(text: str, characters: set[str]) -> None:
    marked = with_rare_marked(page(text), "".join(sorted(characters))).decode()
    assert SPANS.sub("", marked).encode() == page(text)
