"""The lines of a book as one text, as the model reads it: walls between lines and around what no
conversion touches, and characters that say the same about their neighbours as one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from builder.convert.opencc import untouched_in

# Longer than the longest context to one side: no context reaches into another line.
PAD = "|||||"
# Kinds of characters that say the same about their neighbours become one.
_ALIKE = {
    **dict.fromkeys(map(ord, "0123456789０１２３４５６７８９"), "0"),
    **dict.fromkeys(range(ord("a"), ord("z") + 1), "a"),
    **dict.fromkeys(range(ord("A"), ord("Z") + 1), "A"),
    **dict.fromkeys(map(ord, "「『《〈‘"), "“"),
    **dict.fromkeys(map(ord, "」』’"), "”"),
    **dict.fromkeys(map(ord, " \t\N{IDEOGRAPHIC SPACE}"), "|"),
    **{ord(half): full for half, full in zip(",!?;:", "，！？；：", strict=True)},
}  # Several times as fast as to translate the whole text.
_HAS_ALIKE = re.compile("[" + re.escape("".join(map(chr, _ALIKE))) + "]+")


@dataclass(frozen=True, slots=True)
class Page:
    """The lines as one text of one length with its conversion, walls of PAD between them."""

    source: str
    converted: str
    starts: tuple[int, ...]


def page_of(lines: Sequence[str], converted: Sequence[str]) -> Page:
    """What may not be looked at turns to walls.

    That is a line that its conversion does not match in length, and what no conversion touches.
    """
    pairs = list(zip(lines, converted, strict=True))
    sources = [one if len(one) == len(other) else "|" * len(one) for one, other in pairs]
    others = [other if len(one) == len(other) else one for one, other in pairs]
    starts = accumulate((len(line) + len(PAD) for line in lines), initial=len(PAD))
    source = PAD + PAD.join(sources) + PAD
    walled = _walled(source, untouched_in(source))
    alike = _HAS_ALIKE.sub(_made_alike, walled)
    return Page(alike, PAD + PAD.join(others) + PAD, tuple(starts))


def _made_alike(match: re.Match[str]) -> str:
    return match.group().translate(_ALIKE)


def _walled(text: str, fixed: Sequence[tuple[int, int]]) -> str:
    parts: list[str] = []
    end = 0
    for start, stop in fixed:
        parts += [text[end:start], "|" * (stop - start)]
        end = stop
    return "".join([*parts, text[end:]]) if parts else text
