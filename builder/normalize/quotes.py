"""Straight quotation marks, paired paragraph by paragraph.

A text that already sets its speech in corner brackets gets corner brackets, any other text
curly ones. A mark without a partner stays as it is and is reported, except at the head of a
paragraph, where it opens a speech that the next paragraph goes on with.
"""

import re
from collections.abc import Iterator

from builder.normalize.characters import ASCII_ALNUM, ASCII_DIGITS, HAN, Lines
from builder.normalize.rule import Change, Rule

QUOTE = re.compile('["“”「」]')
OPENERS = frozenset("“「")
# '你好' but not don't, nor the apostrophe of the '90s.
# The mark first, which is found at once, then what stands before it.
SINGLE = re.compile(r"'(?<![A-Za-z0-9']')([^'‘’『』\n]{1,200})'(?![A-Za-z0-9'])")
# ''你好'' and ``你好'', as typewriters have it. Not 5'' wide, nor l''amour.
DOUBLED = re.compile("(?<![0-9'])''(?!')|(?<!`)``(?!`)")


def has_corner_brackets(text: str) -> bool:
    """Whether corner brackets are the text's usual quotation marks."""
    return text.count("「") > text.count("“")


def _double(text: str) -> Iterator[Change]:
    opening, closing = "「」" if has_corner_brackets(text) else "“”"
    at = text.find('"')
    while at >= 0:
        start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[start:end]
        if HAN.search(line):
            for place, is_opening in paired(line):
                yield start + place, '"', opening if is_opening else closing
        at = text.find('"', end)


def paired(line: str) -> list[tuple[int, bool]]:
    """Where the straight marks of a paragraph stand, and whether each one opens.

    When the other marks of the line pair among themselves, so do the straight ones; else a
    straight mark may close what another kind opened (“你好").
    """
    marks = [(match.start(), match[0]) for match in QUOTE.finditer(line)]
    others = [mark for _, mark in marks if mark != '"']
    if sum(mark in OPENERS for mark in others) * 2 == len(others):
        marks = [(at, mark) for at, mark in marks if mark == '"']
    found: list[tuple[int, bool]] = []
    is_open = False
    lonely = -1
    for at, mark in marks:
        if mark != '"':
            is_open = mark in OPENERS
            lonely = lonely if is_open else -1
        elif is_open:
            found.append((at, False))
            is_open, lonely = False, -1
        elif at and line[at - 1] in ASCII_DIGITS:
            continue  # 5" is five inches
        else:
            found.append((at, True))
            is_open, lonely = True, at
    if lonely > 0:
        found = [(at, is_opening) for at, is_opening in found if at != lonely]
    return found


def _single(text: str) -> Iterator[Change]:
    opening, closing = "『』" if has_corner_brackets(text) else "‘’"
    for match in SINGLE.finditer(text):
        if HAN.search(match[1]):
            yield match.start(), "'", opening
            yield match.end() - 1, "'", closing


def _doubled(text: str) -> Iterator[Change]:
    """Two single marks that stand for a double one, in lines with Han."""
    if "''" not in text:
        return
    lines = Lines(text)
    for match in DOUBLED.finditer(text):
        start, end = match.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        is_inside_word = {before, after} <= ASCII_ALNUM
        if lines.has_han(start) and not is_inside_word:
            yield start, match[0], '"'


def lonely_quotes(text: str) -> Iterator[int]:
    """Where straight marks stand that found no partner, one a paragraph at most."""
    lines = Lines(text)
    reported = -1
    at = text.find('"')
    while at >= 0:
        is_inches = at > 0 and text[at - 1] in ASCII_ALNUM
        if lines.has_han(at) and lines.start(at) != reported and not is_inches:
            reported = lines.start(at)
            yield at
        at = text.find('"', at + 1)


RULES_OF_PAIRS = (Rule("N039", "safe", "standard", frozenset("'"), _doubled, "raw and addresses"),)
RULES = (
    Rule("N032", "safe", "standard", frozenset('"'), _double, "raw and addresses"),
    Rule("N033", "safe", "standard", frozenset("'"), _single, "raw and addresses"),
)
