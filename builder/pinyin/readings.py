"""How the characters of a line are read, each in its place.

A line is cut into words from the left, the longest first; a word of the table says how its
characters are read. What is in no word is decided by its neighbours (`words.RULES`), and what
they leave open has its most frequent reading. A Traditional character is looked up in its
Simplified form, but has a word of its own: 髮 is fà, whatever 发 may be.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from builder.pinyin.dictionary import lengths, readings_of, words
from builder.pinyin.han import is_han
from builder.pinyin.words import END, HAN, RULES

# Lines in Simplified characters, for lines in any.
Simplify = Callable[[Sequence[str]], Sequence[str]]

# What Simplified text writes 着. Example: 跟著我. Counter-example: 名著, 著作, 所著.
_ZHE = re.compile("(?<![所编合原专译名巨论遗新拙显昭土])著(?![作者名书录述称])")
_TONES = frozenset(
    "\N{COMBINING GRAVE ACCENT}\N{COMBINING ACUTE ACCENT}\N{COMBINING MACRON}\N{COMBINING CARON}"
)


@dataclass(frozen=True, slots=True)
class Read:
    """A line read: a reading for each code point, empty where there is none.

    `words` are the words of the table that were found, as [start, end).
    """

    readings: tuple[str, ...]
    words: tuple[tuple[int, int], ...]


def read_line(line: str, plain: str) -> Read:
    """How each character of one line is read; `plain` is the line in Simplified characters."""
    table, known = words(), lengths()
    readings = [""] * len(line)
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(plain):
        for length in known.get(plain[at], ()):
            word = table.get(plain[at : at + length])
            if word is not None:
                readings[at : at + length] = word
                found.append((at, at + length))
                at += length
                break
        else:
            readings[at] = _alone(plain, at)
            at += 1
    return Read(tuple(map(_own, readings, plain, line)), tuple(found))


def simplified(line: str, simplify: Simplify) -> str:
    """The line in Simplified characters, one for one; it may have breaks."""
    whole = "\n".join(simplify(line.split("\n")))
    if len(whole) != len(line):
        single = zip(line, simplify(tuple(line)), strict=True)
        whole = "".join(after if len(after) == 1 else before for before, after in single)
    return _ZHE.sub("着", whole)


def without_tones(reading: str) -> str:
    """Pinyin without tone marks: lǜ → lü."""
    parted = unicodedata.normalize("NFD", reading)
    return unicodedata.normalize("NFC", "".join(c for c in parted if c not in _TONES))


def _alone(line: str, at: int) -> str:
    """The reading of a character that is in no word of the table."""
    character = line[at]
    if not is_han(character):
        return ""
    # 12 只 is set as 12只 by many.
    left = at - 1 if line[at - 1 : at] != " " else at - 2
    before, after = line[left] if left >= 0 else "", line[at + 1 : at + 2]
    for rule in RULES.get(character, ()):
        if _fits(rule.before, before) and _fits(rule.after, after):
            return rule.reading
    return next(iter(readings_of(character)), "")


def _fits(wanted: str, neighbour: str) -> bool:
    if wanted == HAN:
        return bool(neighbour) and is_han(neighbour)
    if wanted == END:
        return not neighbour or not is_han(neighbour)
    return not wanted or (bool(neighbour) and neighbour in wanted)


def _own(reading: str, plain: str, character: str) -> str:
    """What the character itself allows of a reading that was found for its Simplified form."""
    if not is_han(character):
        return ""
    if plain == character:
        return reading
    own = readings_of(character)
    if not own or reading in own:
        return reading
    toneless = without_tones(reading)
    is_neutral = reading == toneless
    if is_neutral and any(without_tones(one) == toneless for one in own):
        return reading
    return own[0]
