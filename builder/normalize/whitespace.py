"""Spaces and line ends: what layout makes by itself is taken out of the text.

The indents go (styles indent), trailing spaces go, blank lines keep no more than what tells a
paragraph from a scene. One line end and a blank line stay different: structure reads verse
from it.
"""

import re
from collections.abc import Iterator

from builder.core.numerals import CHINESE_NUMERAL_CLASS, NUMERAL_CLASS
from builder.normalize.characters import ODD_SPACES, SPACE_CLASS, Lines, is_chinese
from builder.normalize.invisible import members
from builder.normalize.rule import Change, Rule, replacement

SPACES = members(f" \t\N{IDEOGRAPHIC SPACE}{ODD_SPACES}")

LINE_END = re.compile("[\r\x0b\x0c\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]")
# A line end behind a space: line ends are found much faster than spaces.
SPACED_END = re.compile(f"\n(?<={SPACE_CLASS}\n)")
INDENT = re.compile(f"\n{SPACE_CLASS}+")
FIRST_INDENT = re.compile(f"{SPACE_CLASS}+")
BLANK_LINES = re.compile("\n{4,}")
ODD_SPACE = re.compile(f"[{ODD_SPACES}]+")
INNER_SPACE = re.compile("[ \t][ \t]*")
UNITS = "章回节節卷部篇集幕折话話场場册冊季"
# A row of these counts as one mark: other rules make it shorter or longer.
DOTS_AND_STROKES = "-.。．…⋯・·‧—─―－"
# 第三章, 1. and • at the head of a line: the space after them parts a label from its text.
LABEL = re.compile(
    f"(?:(?:[{DOTS_AND_STROKES}]{{1,9}}+|[^{DOTS_AND_STROKES}\\w\\s]){{0,6}} ?)?(?:正文 ?)?(?:第 ?[^ \n]{{1,9}} ?[{UNITS}]|卷 ?之?[{NUMERAL_CLASS}]{{1,9}}"
    f"|[{CHINESE_NUMERAL_CLASS}]{{1,9}} ?[{UNITS}]|[上中下][卷部册冊篇集]"
    r"|[0-9]{1,4}(?:\.(?![.。．…])|[)、])|(?<![-—─―－])[-*•+◆☆★](?![-—─―－])[、，]?|番外(?:篇|[一二三四五六七八九十]{1,3})?|楔子|序[言章]?|外[传傳]|尾[声聲]|后记|後記"
    r"|(?i:chapter|part|volume|book|section|no|ep|episode)[. ]{0,2}(?:[0-9IVXLCivxlc]{1,8}|[A-Za-z]{3,9})?)[.:：]?"
)
BARE_NUMBER = re.compile(f"[0-9]{{1,4}}|[{CHINESE_NUMERAL_CLASS}]{{1,4}}")
# What stands behind the bare number of a heading: 001 他走了多久了？ but 20 岁那年，他走了。 is prose.
NUMBERED_TITLE = re.compile("[ \t]+[^\n。.！!…]{1,36}+(?<![”’」』）\"')])(?=\n|\\Z)")
# A second label on the same line: 第四部：孤渡口 第16节, 孤消息 十六章.
SECOND_LABEL = re.compile(
    f" {{1,4}}(?:第 ?)?[{NUMERAL_CLASS}]{{1,9}} ?[{UNITS}](?![{NUMERAL_CLASS}])"
)
LABEL_BEFORE = re.compile(f"(?:第 ?)?[{NUMERAL_CLASS}]{{1,9}} ?[{UNITS}]$")
KEPT_NEWLINES = 3  # a paragraph that ends, and two blank lines
MOST_NEWLINES = "\n" * KEPT_NEWLINES


def _line_ends(text: str) -> Iterator[Change]:
    """Every line end as a newline; of a pair only the carriage return goes."""
    for match in LINE_END.finditer(text):
        at = match.start()
        is_pair = match[0] == "\r" and text.startswith("\n", at + 1)
        yield at, match[0], "" if is_pair else "\n"


def _trailing(text: str) -> Iterator[Change]:
    """Spaces at the ends of lines, the last one too."""
    for match in SPACED_END.finditer(text):
        yield _spaces_before(text, match.start())
    if text and text[-1] in SPACES:
        yield _spaces_before(text, len(text))


def _spaces_before(text: str, end: int) -> Change:
    start = end
    while start and text[start - 1] in SPACES:
        start -= 1
    return start, text[start:end], ""


def _indents(text: str) -> Iterator[Change]:
    if first := FIRST_INDENT.match(text):
        yield 0, first[0], ""
    for match in INDENT.finditer(text):
        yield match.start() + 1, match[0][1:], ""


def _blank_lines(text: str) -> Iterator[Change]:
    for match in BLANK_LINES.finditer(text) if MOST_NEWLINES + "\n" in text else ():
        yield match.start() + KEPT_NEWLINES, match[0][KEPT_NEWLINES:], ""


def _spaces_beside_han(text: str) -> Iterator[Change]:
    """Spaces in prose with Han or Chinese punctuation on either side.

    他用 IC 芯片 loses both, Hello world keeps its own. Lines without a mark of a sentence are
    headings or verse and keep theirs, and so does a label at the head of a line.
    """
    lines = Lines(text)
    for match in INNER_SPACE.finditer(text):
        start, end = match.span()
        if not (is_chinese(text[start - 1 : start]) or is_chinese(text[end : end + 1])):
            continue
        if not lines.is_prose(start):
            continue
        line_start = lines.start(start)
        if start - line_start <= LONGEST_LINE and _parts_label(text, line_start, start):
            continue
        yield start, match[0], ""


def _parts_label(text: str, line_start: int, start: int) -> bool:
    """Whether the space at `start` stands beside a label of the heading that starts the line."""
    if start - line_start <= LONGEST_LABEL and LABEL.fullmatch(text, line_start, start):
        return True
    if BARE_NUMBER.fullmatch(text, line_start, start):
        return bool(NUMBERED_TITLE.match(text, start))
    if LABEL.match(text, line_start, start) is None:
        return False
    # Marks do not count: other rules make them shorter and longer.
    if sum(map(str.isalnum, text[line_start:start])) > LONGEST_HEADING:
        return False
    return bool(
        SECOND_LABEL.match(text, start)
        or LABEL_BEFORE.search(text, max(line_start, start - 14), start)
    )


LONGEST_HEADING = 50
LONGEST_LINE = 300
LONGEST_LABEL = 24

RULES_OF_LINES = (
    Rule(
        "N010",
        "safe",
        "minimal",
        frozenset("\r\x0b\x0c\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}"),
        _line_ends,
        "nothing",
    ),
    Rule("N011", "safe", "minimal", SPACES, _trailing),
    Rule("N012", "safe", "minimal", SPACES, _indents),
    Rule("N013", "safe", "minimal", frozenset("\n"), _blank_lines),
)
RULES_OF_SPACES = (
    Rule(
        "N014",
        "safe",
        "standard",
        members(ODD_SPACES),
        replacement(ODD_SPACE, lambda found: " " * len(found)),
    ),
    Rule("N015", "safe", "standard", frozenset(" \t"), _spaces_beside_han, "raw and addresses"),
)
