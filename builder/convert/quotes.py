"""Quotation marks of the target's script: “ ” ‘ ’ in Simplified text, 「 」 『 』 in Traditional.

Which mark is right depends on depth, not on the mark that stood there: outermost marks are
“ ” or 「 」, those inside them ‘ ’ or 『 』, and so on in turn. A speech that runs over several
paragraphs opens again in each and closes once. Where a paragraph's marks do not pair, depth
means nothing, and each mark becomes the other script's mark of its own kind.

Only marks of the other script change; an apostrophe is no mark. Lengths stay.
Source: GB/T 15834-2011 §4.8 (“ ” outside, ‘ ’ inside); 教育部《重訂標點符號手冊》 引號
(「 」 outside, 『 』 inside).
"""

import re
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from builder.core.language import Script

RULE = "C102"

OPENING = {"“": "”", "‘": "’", "「": "」", "『": "』"}
_CLOSING = {close: opening for opening, close in OPENING.items()}
# By depth, outermost first.
_LEVELS: dict[Script, tuple[str, str]] = {"Hans": ("“", "‘"), "Hant": ("「", "『")}
_FOREIGN: dict[Script, frozenset[str]] = {
    "Hans": frozenset("「」『』"),
    "Hant": frozenset("“”‘’"),
}
_KIND = {"“": 0, "「": 0, "‘": 1, "『": 1}

_MARK = re.compile("[“”‘’「」『』]")
# ’ and ‘ that belong to a word. Examples: don’t, rock ’n’ roll, 1990’s. Counter-example: ‘好’.
_APOSTROPHE = re.compile(r"(?<=[A-Za-z0-9])[’‘](?=[A-Za-z])|(?<= )[’‘](?=n[’‘] )|(?<= [’‘]n)[’‘]")
# Han, kana, and the punctuation set with them, but for the marks in question.
_CJK = re.compile("[\u2e80-\u300b\u3010-\u9fff\uf900-\ufaff\uff00-\uff65\U00020000-\U0003ffff]")
_WORD = re.compile(r"[A-Za-z]+(?:[’'-][A-Za-z]+)*")
# A dialogue line such as “OK, let's go!” belongs to the Chinese around it; more is English.
MAX_LATIN_WORDS = 3


class _Mark(NamedTuple):  # as many as a long book has quotation marks: faster than a dataclass
    at: int
    character: str

    @property
    def opens(self) -> bool:
        return self.character in OPENING


def convert_quotes(
    lines: Sequence[str], script: Script, breaks: Collection[int] = (0,)
) -> list[str]:
    """Each line with the marks of `script`. No speech runs on into a line listed in `breaks`."""
    converted: list[str] = []
    running: tuple[str, ...] = ()
    foreign = _FOREIGN[script]
    for number, line in enumerate(lines):
        if number in breaks:
            running = ()
        marks = _marks(line)
        if not marks:
            converted.append(line)
            continue
        depths, running = _depths(marks, line, running)
        changes = _changes(marks, depths, script, foreign)
        converted.append(_with(line, changes) if changes else line)
    return converted


def _marks(line: str) -> list[_Mark]:
    found = [_Mark(match.start(), match.group()) for match in _MARK.finditer(line)]
    if not found:
        return found
    if not _CJK.search(line) and len(_WORD.findall(line)) > MAX_LATIN_WORDS:
        return []
    if "’" not in line and "‘" not in line:
        return found
    apostrophes = {match.start() for match in _APOSTROPHE.finditer(line)}
    found = [mark for mark in found if mark.at not in apostrophes]
    return _without_plural_apostrophes(found, line)


def _without_plural_apostrophes(marks: list[_Mark], line: str) -> list[_Mark]:
    """Drop each ’ after a Latin letter that has no ‘ to close: the students’ books."""
    kept: list[_Mark] = []
    single = 0
    for mark in marks:
        if mark.character == "’":
            latin = mark.at and line[mark.at - 1].isascii() and line[mark.at - 1].isalnum()
            if latin and not single:
                continue
            single = max(0, single - 1)
        elif mark.character == "‘":
            single += 1
        kept.append(mark)
    return kept


def _depths(
    marks: list[_Mark], line: str, running: tuple[str, ...]
) -> tuple[list[int] | None, tuple[str, ...]]:
    """The depth of each mark, and what stays open after the line; None when they do not pair.

    `running` are the marks still open before the line, outermost first.
    """
    stack, depths, rest = _reopened(marks, line, running)
    is_like_in_like = False
    for mark in rest:
        if mark.opens:
            is_like_in_like |= bool(stack) and _KIND[stack[-1]] == _KIND[mark.character]
            depths.append(len(stack))
            stack.append(mark.character)
        elif stack and OPENING[stack[-1]] == mark.character:
            stack.pop()
            depths.append(len(stack))
        else:
            return None, ()
    # An open mark inside one of its own kind, left open: a forgotten close, no deeper speech.
    if stack and is_like_in_like:
        return None, ()
    return depths, tuple(stack)


def _reopened(
    marks: list[_Mark], line: str, running: tuple[str, ...]
) -> tuple[list[str], list[int], list[_Mark]]:
    """What is open where the line begins, the depths of marks that open it again, the rest.

    A line that closes before it opens goes on without opening again, and so does one that
    opens with the other kind of mark. The same kind shows that the speech before was never
    closed.
    """
    first = len(line) - len(line.lstrip())
    count = 0
    while (
        count < min(len(running), len(marks))
        and marks[count].at == first + count
        and marks[count].character == running[count]
    ):
        count += 1
    if count:
        return list(running[:count]), list(range(count)), marks[count:]
    if running and (not marks[0].opens or _KIND[marks[0].character] != _KIND[running[-1]]):
        return list(running), [], marks
    return [], [], marks


def _changes(
    marks: list[_Mark], depths: list[int] | None, script: Script, foreign: frozenset[str]
) -> list[tuple[int, str]]:
    changes: list[tuple[int, str]] = []
    levels = depths or [_kind(mark) for mark in marks]
    for mark, level in zip(marks, levels, strict=True):
        if mark.character in foreign:
            opening = _LEVELS[script][level % 2]
            changes.append((mark.at, opening if mark.opens else OPENING[opening]))
    return changes


def _kind(mark: _Mark) -> int:
    return _KIND[mark.character if mark.opens else _CLOSING[mark.character]]


def _with(line: str, changes: Iterable[tuple[int, str]]) -> str:
    characters = list(line)
    for at, character in changes:
        characters[at] = character
    return "".join(characters)
