"""Two encodings in one file: chapters of one pasted into a file of the other.

Lines are the smallest part that is judged. Blocks of the file that read badly in its main
encoding are looked at line by line, and the likeliest sequence of encodings is taken, each
change of encoding paid for; so a short line goes with its neighbours, and a broken byte alone
changes nothing. Where the change is inside a line is found afterwards (`seams`).
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from statistics import median

from builder.read.alignment import SOUND_SHIFT_COST, realigned
from builder.read.codings import rough_text
from builder.read.plausibility import likelihood
from builder.read.seams import Stretch, at_their_seams

MIXED = ("utf-8", "gb18030", "big5hkscs")
BLOCK_BYTES = 1_024
STRIDE = 8
# A block this much under the file's usual likelihood a character is looked at.
NOTICEABLE = 0.7
# Two characters of UTF-8 and the beginning of a third. Example: 渡口的. GBK and Big5 make it by
# chance a few times in a novel.
_UTF8 = re.compile(rb"[\xe3-\xe9][\x80-\xbf]{2}[\xe3-\xe9][\x80-\xbf]{2}[\xe3-\xe9]")
# What a change of encoding must win, in nats: about three characters.
CHANGE_COST = 14.0
# A line with a lower mean than this may have lost a byte; sound Chinese has about -6.5.
DOUBTFUL = -8.0
MAX_LINE_BYTES = 20_000
# Reading a line as if a byte were lost costs microseconds a byte. Where damage is, it is found
# soon: after so many bytes without any, no more are looked at, and in no file more than the most.
PATIENCE_BYTES = 100_000
MAX_SHIFTED_BYTES = 400_000
# Files are cut where every encoding here begins a character.
# Examples: "\n", the end of a tag. Counter-example: "|", the second byte of many characters.
_UNIT = re.compile(rb"[^\n\r>]*+(?:[\n\r>]++|\Z)")


def stretches_of(content: bytes, main: str) -> tuple[Stretch, ...]:
    """The encodings of a file, stretch by stretch, covering it whole; one when it is one."""
    whole = (Stretch(0, len(content), main),)
    if main not in MIXED:
        return whole
    blocks = list(_blocks(content))
    doubtful = _doubtful(content, blocks, main)
    if not doubtful:
        return whole
    found: list[Stretch] = []
    shifts = _Shifts()
    for first, last in doubtful:
        found.extend(_read_by_lines(content, blocks[first][0], blocks[last][1], main, shifts))
    return at_their_seams(content, tuple(_covering(found, len(content), main)))


def _blocks(content: bytes) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(content):
        end = content.find(b"\n", start + BLOCK_BYTES)
        if end < 0 or end > start + 16 * BLOCK_BYTES:
            end = min(len(content), start + 16 * BLOCK_BYTES) - 1
        yield start, end + 1
        start = end + 1


def _doubtful(content: bytes, blocks: list[tuple[int, int]], main: str) -> list[tuple[int, int]]:
    """Runs of blocks that read worse than the file does, each with a neighbour on both sides."""
    means: list[float] = []
    foreign: list[bool] = []
    for start, end in blocks:
        block = content[start:end]
        text = rough_text(block, main)
        sample = text[::STRIDE] if len(blocks) > 1 else text
        means.append(likelihood(sample) / max(len(sample), 1))
        is_utf8 = main == "utf-8"
        foreign.append("\ufffd" in text if is_utf8 else _UTF8.search(block) is not None)
    usual = max(median(means), -7.2)
    runs: list[tuple[int, int]] = []
    for index, mean in enumerate(means):
        if len(blocks) > 4 and mean > usual - NOTICEABLE and not foreign[index]:
            continue
        first, last = max(index - 1, 0), min(index + 1, len(blocks) - 1)
        if runs and first <= runs[-1][1]:
            runs[-1] = (runs[-1][0], last)
        else:
            runs.append((first, last))
    return runs


def _read_by_lines(
    content: bytes, start: int, end: int, main: str, shifts: "_Shifts"
) -> Iterator[Stretch]:
    """The likeliest encodings of the lines of one stretch; around it stands `main`."""
    units = [match.span() for match in _UNIT.finditer(content, start, end) if match[0]]
    totals = {name: 0.0 if name == main else -CHANGE_COST for name in MIXED}
    choices: list[dict[str, str]] = []
    for unit_start, unit_end in units:
        line = content[unit_start:unit_end]
        best = max(totals, key=totals.__getitem__)
        choice = {
            name: name if totals[name] >= totals[best] - CHANGE_COST else best for name in MIXED
        }
        choices.append(choice)
        cost = {name: 0.0 if choice[name] == name else CHANGE_COST for name in MIXED}
        scores = _scores(line)
        totals = {name: totals[choice[name]] - cost[name] + scores[name] for name in MIXED}
    state = max(MIXED, key=lambda name: totals[name] + (0.0 if name == main else -CHANGE_COST))
    path: list[str] = []
    for choice in reversed(choices):
        path.append(state)
        state = choice[state]
    for (unit_start, unit_end), name in zip(units, reversed(path), strict=True):
        if name != main:
            yield Stretch(unit_start, unit_end, name)
        elif name != "utf-8" and shifts.moved(content[unit_start:unit_end], name):
            yield Stretch(unit_start, unit_end, name, is_shifted=True)


class _Shifts:
    """Looks in the lines of one file for lost bytes, for no longer than it may be worth."""

    def __init__(self) -> None:
        self._left = MAX_SHIFTED_BYTES
        self._patience = PATIENCE_BYTES

    def moved(self, line: bytes, encoding: str) -> bool:
        """Whether the line reads much better once a byte is left out somewhere."""
        size = len(line)
        if line.isascii() or size > min(MAX_LINE_BYTES, self._left, self._patience):
            return False
        text = rough_text(line, encoding)
        if likelihood(text) > DOUBTFUL * len(text):
            return False
        self._left -= size
        self._patience -= size
        is_moved = likelihood(realigned(line, encoding)) > likelihood(text) + SOUND_SHIFT_COST
        if is_moved:
            self._patience = PATIENCE_BYTES
        return is_moved


def _scores(line: bytes) -> dict[str, float]:
    if line.isascii():
        return dict.fromkeys(MIXED, 0.0)
    return {name: likelihood(rough_text(line, name)) for name in MIXED}


def _covering(found: list[Stretch], end: int, main: str) -> Iterator[Stretch]:
    """The stretches found, joined where they touch, and `main` between them."""
    position = 0
    joined: list[Stretch] = []
    for one in found:
        if (
            joined
            and joined[-1].end == one.start
            and replace(joined[-1], start=one.start, end=one.end) == one
        ):
            joined[-1] = replace(joined[-1], end=one.end)
        else:
            joined.append(one)
    for one in joined:
        if one.start > position:
            yield Stretch(position, one.start, main)
        yield one
        position = one.end
    if position < end:
        yield Stretch(position, end, main)
