"""Lines that look like verse, and lines that are nothing but a scene break.

A poem is a block of short lines between blank lines, or couplets of one pattern one after
another. A row of asterisks is a scene break.
"""

import re
from collections.abc import Sequence

from builder.structure.lines import Line

# ＊＊＊ or * * * or --- or ◇, but not …… and not ——.
SCENE_BREAK = re.compile("(?:[＊*※◆◇■□★☆●○·•~～_＿=＝#＃\\-—－─][ \t　]{0,4}){3,60}|[＊*※◆◇■□★☆]")
BREAK_CHARACTERS = frozenset("＊*※◆◇■□★☆●○·•~～_＿=＝#＃-—－─")
LONGEST_BREAK = 80
LONGEST_VERSE_LINE = 20
# Two clauses of one length, as couplets have them: 春眠不觉晓，处处闻啼鸟。
COUPLET = re.compile(
    "(?P<first>[^，。；：！？、“”「」\\W]{4,7})[，、 　](?P<second>[^，。；：！？、“”「」\\W]{4,7})[，。；！？]?"
)
SINGLE_LINE_OF_VERSE = re.compile("(?P<first>[^，。；：！？、“”「」\\W]{4,7})[，。；！？]?")
SPEECH = ("“", "「", "『", "‘", '"')


def is_scene_break(text: str, line: Line) -> bool:
    """Whether a line is nothing but ornaments: ＊＊＊, ◇."""
    return (
        line.end - line.start <= LONGEST_BREAK
        and (line.start == line.end or text[line.start] in BREAK_CHARACTERS)
        and bool(SCENE_BREAK.fullmatch(text, line.start, line.end))
    )


def verse_lines(text: str, lines: Sequence[Line], index: int, *, is_spaced: bool) -> int:
    """How many lines from `index` on are a poem; 0 when the line is none.

    `is_spaced` says that blank lines part the paragraphs of this file.
    """
    line = lines[index]
    if line.end - line.start > LONGEST_VERSE_LINE or line.start == line.end:
        return 0
    if is_spaced:
        count = _stanza(text, lines, index)
        total = count
        while count and index + total < len(lines):
            count = _stanza(text, lines, index + total)
            total += count
        if total:
            return total
    return _couplets(text, lines, index)


def has_stanzas(lines: Sequence[Line]) -> bool:
    """Whether some lines stand together, so that blank lines part stanzas and not lines."""
    return any(not line.is_apart for line in lines[1:])


def _stanza(text: str, lines: Sequence[Line], index: int) -> int:
    """How many short lines stand together between two blank lines, at least two."""
    if index and not lines[index].is_apart:
        return 0
    count = 1
    while index + count < len(lines) and not lines[index + count].is_apart:
        count += 1
    block = lines[index : index + count]
    if count < 2:
        return 0
    texts = [text[line.start : line.end] for line in block]
    is_short = all(0 < len(words) <= LONGEST_VERSE_LINE for words in texts)
    speaks = sum(words.startswith(SPEECH) for words in texts) * 2 > count
    breaks = any(is_scene_break(text, line) for line in block)
    return count if is_short and not speaks and not breaks else 0


def _couplets(text: str, lines: Sequence[Line], index: int) -> int:
    """How many lines in a row have one pattern of clauses: two couplets, four single lines."""
    for pattern, least in ((COUPLET, 2), (SINGLE_LINE_OF_VERSE, 4)):
        length = _clause(pattern, text, lines[index])
        count = 0
        while (
            length
            and index + count < len(lines)
            and _clause(pattern, text, lines[index + count]) == length
        ):
            count += 1
        if count >= least:
            return count
    return 0


def _clause(pattern: re.Pattern[str], text: str, line: Line) -> int:
    """The length of a verse line's clauses, if they have one length; else 0."""
    if line.end - line.start > LONGEST_VERSE_LINE:
        return 0
    match = pattern.fullmatch(text, line.start, line.end)
    lengths = {len(clause) for clause in match.groups()} if match else set()
    return lengths.pop() if len(lengths) == 1 else 0
