"""No pattern takes for ever: each is attacked with texts made of its own pieces.

What is slow is measured, not guessed: four times the text may take eight times as long. A pattern
that is asked for every place of a text must hold on a text of nothing but its own pieces; one that
is only ever asked at one place, there. A new pattern is tried without being named here.
"""

import ast
import importlib
import re
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from tests.patterns import attacks, finding
from tests.patterns.attacks import Attack

# Patterns of names and titles that are short: by the start of their names, and the bound that the
# same module compares a length with before it asks them. Those of series are asked of whole titles.
SHORT = {
    "builder.read.book_names.": "builder.read.book_names._LONGEST",
    "builder.read.series_names.": "builder.read.series_names.LONGEST_TITLE",
    "builder.read.pages._NAME": "builder.read.pages.LONGEST_NAME",
}
# The most seconds that such a pattern may take with a text of that length.
MOST_FOR_SHORT = 0.02
# Asked at places that an earlier answer gives, so that no stretch of a text is read twice.
IN_TURN = {
    "builder.core.toml_lines._HEADER": "at the start of a line, and it ends in that line",
    "builder.core.toml_lines._ASSIGNMENT": "at the start of a line, and it ends in that line",
    "builder.core.toml_lines._PART": "of a key that the two have found whole",
    "builder.normalize.ads.own.BEHIND": "between two tokens, each gap once",
    "builder.read.html_writing._LINE_ENDS": "in the white space between two texts, each once",
    "builder.compose.upright._PIECE": "of markup that compose wrote: each element is closed",
}
# Functions that put a pattern together, and why it cannot be a constant; how it looks.
MADE = {
    "builder.check.streams._find_cut": "a unit of the book, its characters one by one",
    "builder.convert.entries._any_of": "words of a glossary, as they are",
    "builder.convert.groups._places": "one of these characters",
    "builder.convert.model._pattern": "one of these characters",
    "builder.convert.names._without_given": "three characters",
    "builder.convert.names_habit._met": "a surname",
    "builder.core.xml_text._not_xml": "one of these characters; made when it is needed",
    "builder.fonts.rare.with_rare_marked": "a tag, or these characters in a row",
    "builder.inspection.leftovers._starting": "words, as they are",
    "builder.inspection.spellings._places": "a name, as it is",
    "builder.normalize.ads.cues._words": "words, as they are",
    "builder.normalize.ads.tokens._any_of": "words, as they are",
    "builder.normalize.user_rules._compiled": "the owner's own, which slowness() has judged",
    "builder.pinyin.finding.find_readings": "a constant character",
    "builder.read.html_reader._find_end": "the end of an element, as it is",
    "builder.read.series_names.position_of": "one of these words, at the start",
    "builder.shelf.likeness._tables": "so many characters",
    "builder.shelf.likeness.starting_with": "so many characters",
    "builder.structure.frames._glued": "a prefix, a number, a unit",
    "builder.structure.own_patterns._compiled": "the owner's own words, blanks of bounded length",
}
PATTERNS = tuple(one for one in finding.every_pattern() if isinstance(one.pattern.pattern, str))
BYTES = tuple(one for one in finding.every_pattern() if isinstance(one.pattern.pattern, bytes))
INSIDE = tuple(finding.literals_in_functions())


def bound_of(name: str) -> int | None:
    """The length that what a pattern is asked of never exceeds; None when nothing bounds it."""
    for start, bound in SHORT.items():
        if name.startswith(start):
            module, _, constant = bound.rpartition(".")
            return int(getattr(importlib.import_module(module), constant))
    return None


@pytest.mark.parametrize("found", PATTERNS, ids=lambda found: found.name)
def test_a_pattern_takes_no_longer_than_its_text_is_long(found: finding.Found) -> None:
    bound = bound_of(found.name)
    if bound is not None:
        is_searched = found.is_searched and ".series_names." not in found.name
        taken = attacks.longest(found.pattern, bound, is_searched=is_searched)
        assert taken < MOST_FOR_SHORT
        return
    is_searched = found.is_searched and found.name not in IN_TURN
    assert attacks.slow(found.pattern, is_searched=is_searched) is None


@pytest.mark.parametrize(("place", "pattern"), INSIDE)
def test_a_pattern_written_where_it_is_asked_holds_as_well(place: str, pattern: str) -> None:
    assert attacks.slow(re.compile(pattern), is_searched=True) is None


@pytest.mark.parametrize("found", BYTES, ids=lambda found: found.name)
def test_a_pattern_of_bytes_holds_as_well(found: finding.Found) -> None:
    flags = found.pattern.flags & ~re.UNICODE
    same = re.compile(found.pattern.pattern.decode("latin-1"), flags)
    assert attacks.slow(same, is_searched=found.is_searched) is None


def test_patterns_put_together_are_known_with_a_reason() -> None:
    assert set(finding.made_in_functions()) == set(MADE)


def test_what_is_excused_is_there_and_bounded_where_it_is_asked() -> None:
    names = {one.name for one in PATTERNS}
    assert set(IN_TURN) <= names
    trees = dict(finding.sources())
    for start, bound in SHORT.items():
        assert any(name.startswith(start) for name in names)
        module, _, constant = bound.rpartition(".")
        assert constant in set(_compared_with_lengths(trees[module]))


def _compared_with_lengths(tree: ast.Module) -> Iterator[str]:
    """The names that lengths are compared with."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and ast.unparse(node.left).startswith("len("):
            yield from (one.id for one in node.comparators if isinstance(one, ast.Name))


# --- what must be caught, and what must not -----------------------------------------------


@pytest.mark.parametrize(
    "bad",
    [
        r"(a+)+b",
        r"(?:a|a)*b",
        r"(?:\w+\s?)*。",
        r"^(?:第\w{1,9}章|\w)+$",
        r"(?:[上下]一章|第[一二三]{1,9}章.{0,24}|[^\w])+$",
        r"\s+$",
        r"[a-z]+://",
        r"<[^>]*>",
        r"/\*.*?\*/",
        r"(.*)，(.*)。",
        r"“[^”]*。”",
        r"[ 　]*目录[ 　]*$",
        r"第\d*\d*章",
        r"(?P<a>x+)(?P=a)y",
        r"a(?=.*b)",
    ],
)  # fmt: skip
def test_a_slow_pattern_is_caught(bad: str) -> None:
    found = attacks.slow(re.compile(bad), is_searched=True)
    assert found is not None
    assert found.growth > attacks.MOST_GROWTH


@pytest.mark.parametrize("bad", [r"(a+)+b", r"\s*\s*$", r"(.*)，(.*)。", r"(?:\\x|\\.)*\)"])
def test_a_pattern_slow_at_one_place_is_caught_there(bad: str) -> None:
    assert attacks.slow(re.compile(bad), is_searched=False) is not None


@pytest.mark.parametrize(
    "good",
    [
        r"(?<!\s)\s++$",
        r"(?:第.{1,9}章)",
        r"<[^<>]*+>",
        r"/\*.*?(?:\*/|\Z)",
        r"[a-z]{1,20}+://",
        r"\w+",
        r"^[^\n]*。",
    ],
)
def test_a_pattern_that_is_linear_is_left_alone(good: str) -> None:
    flags = re.MULTILINE | (re.DOTALL if good.startswith("/") else 0)
    assert attacks.slow(re.compile(good, flags), is_searched=True) is None


def test_a_pattern_at_one_place_may_read_to_the_end() -> None:
    pattern = re.compile(r"[a-z]+://")
    assert attacks.slow(pattern, is_searched=False) is None
    assert attacks.slow(pattern, is_searched=True) is not None


def test_how_a_pattern_is_asked_is_read_off_the_code() -> None:
    asked = {one.name: one.is_searched for one in finding.every_pattern()}
    assert asked["builder.normalize.ads.furniture.FURNITURE"] is False
    assert asked["builder.epub.kepub._SENTENCE_END"] is True
    assert len(asked) > 500


def test_what_doubles_with_each_character_is_measured_and_ends() -> None:
    ask: Callable[[str], object] = partial(re.compile("(?:a|a)*b").match)
    found = attacks.proved(ask, Attack("", "a", "!"))
    assert found is not None
    assert found.characters < 100
