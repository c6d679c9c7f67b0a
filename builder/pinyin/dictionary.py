"""The door to pypinyin, of which only the two tables are used.

Its own conversion takes ten seconds for a million characters and knows no context but words,
so looking up is ours (`readings`). The table of words takes eight times as long to load as
the table of characters, so each is loaded when it is first needed.
"""

import os
from functools import cache

from builder.pinyin.words import WORDS

# The way pypinyin offers to leave the table of words out; read while it is imported.
_NO_PHRASES = "PYPINYIN_NO_PHRASES"
_DOT = "\N{DOT ABOVE}"


@cache
def characters() -> dict[int, str]:
    """Code point → its readings, the most frequent first, with commas between."""
    before = os.environ.get(_NO_PHRASES)
    os.environ[_NO_PHRASES] = "1"
    try:
        from pypinyin.pinyin_dict import pinyin_dict
    finally:
        if before is None:
            del os.environ[_NO_PHRASES]
        else:
            os.environ[_NO_PHRASES] = before
    return pinyin_dict


def readings_of(character: str) -> tuple[str, ...]:
    """Every reading of one character, the most frequent first; none when nobody knows."""
    found = characters().get(ord(character), "")
    return tuple(found.split(",")) if found else ()


@cache
def words() -> dict[str, tuple[str, ...]]:
    """Word → a reading for each character; ours over pypinyin's.

    一 and 不 always have their own tone: dictionaries disagree on which words show how they
    change before others.
    """
    characters()
    from pypinyin.phrases_dict import phrases_dict

    plain = {"一": "yī", "不": "bù"}
    table = {
        word: tuple(
            plain.get(character, reading[0]) for character, reading in zip(word, found, strict=True)
        )
        for word, found in phrases_dict.items()
        if len(word) == len(found)
    }
    return table | WORDS


@cache
def lengths() -> dict[str, tuple[int, ...]]:
    """First character → the lengths of the words that start with it, the longest first."""
    found: dict[str, set[int]] = {}
    for word in words():
        found.setdefault(word[0], set()).add(len(word))
    return {first: tuple(sorted(some, reverse=True)) for first, some in found.items()}


@cache
def to_zhuyin(reading: str) -> str:
    """注音 for pinyin with tone marks: dù → ㄉㄨˋ. The dot of the neutral tone comes first."""
    characters()
    from pypinyin import Style
    from pypinyin.style import convert

    zhuyin = convert(reading, Style.BOPOMOFO, strict=True, default=reading)
    return _DOT + zhuyin.removesuffix(_DOT) if zhuyin.endswith(_DOT) else zhuyin
