"""Kinds of characters, the laws a book asks for, what is narrow among Latin words."""

from itertools import pairwise

import pytest

from builder.core.config import Config, with_options
from builder.core.errors import ConfigError
from builder.press.marks import Breaks, Laws, kind_of, laws_of, narrow_in, parting, shows


@pytest.mark.parametrize(
    ("characters", "kind"),
    [
        ("夜㐀𠀀〇あ한ㄅ", "H"),
        ("《（「“〔", "O"),
        ("》）」”〕", "C"),
        ("，、；：", "P"),
        ("。．", "S"),
        ("！？", "X"),
        ("—⸺", "D"),
        ("…⋯", "E"),
        ("·・‧", "M"),
        ("～–々", "T"),
        ("Ａ１○※①→\N{GRINNING FACE}", "F"),
        ("abÉλЖ", "l"),
        ("019٣", "n"),
        (".,;!)", "a"),
        ("([{«", "b"),
        ("％°℃", "u"),
        ("$￥€", "y"),
        (" \t\N{EN SPACE}", "w"),
        ("\N{NO-BREAK SPACE}\N{WORD JOINER}", "g"),
        ("\N{COMBINING ACUTE ACCENT}\N{VARIATION SELECTOR-1}\N{SOFT HYPHEN}\x01\ud800", "j"),
        ("\ue000", "F"),
        ("‚‛", "b"),
    ],
)
def test_every_character_has_a_kind(characters: str, kind: str) -> None:
    assert [kind_of(one) for one in characters] == [kind] * len(characters)


def test_selectors_show_when_they_have_a_glyph_and_controls_never() -> None:
    assert shows("\N{COMBINING ACUTE ACCENT}")
    assert not any(map(shows, "\N{SOFT HYPHEN}\x01\ud800\n\N{ZERO WIDTH SPACE}"))


@pytest.mark.parametrize(
    ("text", "narrow"),
    [
        ("他说“hello”好", ""),
        ("say “yes” to", "“”"),
        ("“All of it.”", "“”"),
        ("“好”", ""),
        ("don’t", "’"),
        ("rock ’n roll", ""),
        ("the students’ books", "’"),
        ("wait… what—now", "…—"),
        ("GDP……涨", ""),
        ("他——abc", ""),
        ("", ""),
    ],
)
def test_marks_are_narrow_where_all_around_them_is_latin(text: str, narrow: str) -> None:
    assert "".join(text[at] for at in narrow_in(text)) == narrow


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("https://abc.de/fg?h=i", ["https://", "abc.", "de/", "fg?", "h=", "i"]),
        ("well-known", ["well-", "known"]),
        ("don't", ["don't"]),
        ("e-mail", ["e-mail"]),
    ],
)
def test_addresses_part_after_their_signs_and_words_after_hyphens(
    text: str, parts: list[str]
) -> None:
    places = [0, *parting(text, 0, len(text)), len(text)]
    assert [text[a:b] for a, b in pairwise(places) if a < b] == parts


def test_a_forced_break_always_breaks() -> None:
    assert Breaks("strict")["\nC"] != Breaks.FORBIDDEN
    assert Breaks("gb")["H\n"] == Breaks.FORBIDDEN  # it belongs to the line that it ends


def test_the_laws_are_those_of_the_settings() -> None:
    assert laws_of(Config()) == Laws()
    asked = ("squeeze=tight", "hanging=true", "latin_gap=0.1", "kinsoku=strict")
    config = with_options(Config(), [f"typography.{one}" for one in asked])
    assert laws_of(config) == Laws("tight", 0.1, hanging=True, kinsoku="strict")


@pytest.mark.parametrize("gap", ["-0.1", "2", "a"])
def test_a_gap_is_a_part_of_an_em(gap: str) -> None:
    with pytest.raises(ConfigError, match="number"):
        with_options(Config(), [f"typography.latin_gap={gap}"])
