"""What is known of names before a book is opened: surnames, given names, words, neighbours.

`surnames.txt` is written by hand. `names.bin`, written by scripts/names.py, has costs
(negative logarithms of shares, in 1/8 nat) of words and of the characters of names, and how
much likelier each neighbour is beside a name, and beside a doubtful character that is none,
than anywhere.
"""

import lzma
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from builder.convert.figures import own_words

OUTPUT = Path(__file__).with_name("names.bin")
SURNAMES = Path(__file__).with_name("surnames.txt")
UNIT = 8  # to a nat
# What a word of our own costs in which a surname's character has another form, if no name begins in
# it: 失范, and 余恨 if the figures do not have it; not 余生, not 载|余.
OWN_COST = 112

# Example: 于, 丨. Counter-examples: ，, a, 𠮷.
_HAN = re.compile("[\u3400-\u9fff]")
_OPENING = frozenset("“‘「『《〈〔【")
_CLOSING = frozenset("”’」』》〉〕】")


def _pairs(line: str) -> dict[str, str]:
    return {pair[0]: pair[1] for pair in line.split()}


def _surnames() -> tuple[dict[str, str], dict[str, str]]:
    lines = SURNAMES.read_text(encoding="utf-8").splitlines()
    common, seldom = (_pairs(line) for line in lines if not line.startswith("#"))
    return common, seldom


COMMON, SELDOM = _surnames()
DOUBTFUL = {**SELDOM, **COMMON}

# Surnames that are hardly anything else, and others that begin a name in a list of names.
CLEAR = (
    "赵刘陈吴孙郑蒋韩冯邓曹彭蔡魏薛贾阎潘袁杜吕傅卢崔谭廖姚邹熊陆郝孔邵侯孟秦尹宋王李张杨黄徐罗许娄"
)
IN_LISTS = frozenset(
    (
        *CLEAR,
        *COMMON,
        *"林何高马唐董程丁任方石夏金戴史陶贺顾毛龙段雷钱汤黎易常武乔赖龚文闫肖施严牛温季俞章鲁葛韦伍申尤毕聂焦柳邢路岑齐莫庄辛管祝左涂谷时欧阳",
    )
)

# What stands before a surname that stands alone, and what a name costs then.
PREFIXES = {"姓": -30, "老": -20, "小": 0, "阿": -16, "段": 0}


class _Sides(dict[str, str]):
    """Each character as figures know it: a Han character, or a class of marks."""

    def __missing__(self, character: str) -> str:
        self[character] = side = _side(character)
        return side


def _side(character: str) -> str:
    if _HAN.match(character) or character in "、·":
        return character
    if character in _OPENING:
        return "“"
    if character in _CLOSING:
        return "”"
    return "1" if character.isalnum() else "|"


_SIDES = _Sides()


def side_of(text: str, at: int) -> str:
    """The neighbour at a place as figures know it: a Han character, or a class of marks."""
    return _SIDES[text[at]] if 0 <= at < len(text) else "|"


@dataclass(frozen=True, slots=True)
class Figures:
    """All tables; a character that a table of costs does not have costs what `*` does."""

    words: dict[str, int]
    known: dict[str, int]
    surname: dict[str, int]
    given: dict[str, dict[str, int]]
    whole: dict[str, int]
    alone: dict[str, int]
    kept: dict[str, int]
    before: dict[str, int]
    after: dict[str, int]
    left: dict[str, dict[str, int]]
    right: dict[str, dict[str, int]]


@cache
def figures() -> Figures:
    """The file's content."""
    found = Figures({}, {}, {}, {"1": {}, "2a": {}, "2b": {}}, {}, {}, {}, {}, {}, {}, {})
    text = lzma.decompress(OUTPUT.read_bytes()).decode("utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            _take(found, line)
    for pair in own_words():
        word, written = pair.split("/")
        pairs = enumerate(zip(word, written, strict=True))
        places = [at for at, (one, form) in pairs if COMMON.get(one, form) != form]
        if places and (word in found.words) == (places[0] > 0):
            found.words[word] = min(OWN_COST, found.words.get(word, OWN_COST))
    return found


def _take(found: Figures, line: str) -> None:
    name, *numbers, members = line.split(" ")
    value = int(numbers[-1])
    lists = {"word": found.words, "known": found.known, "whole": found.whole}
    if name in lists:
        size = int(numbers[0])
        lists[name].update((members[at : at + size], value) for at in range(0, len(members), size))
        return
    table = _table(found, name)
    for member in members:
        table[member] = value


def _table(found: Figures, name: str) -> dict[str, int]:
    if name.startswith("given"):
        return found.given[name[5:]]
    for kind, tables in (("left", found.left), ("right", found.right)):
        if name.startswith(kind):
            return tables.setdefault(name[len(kind) :], {})
    return {
        "surname": found.surname,
        "alone": found.alone,
        "kept": found.kept,
        "before": found.before,
        "after": found.after,
    }[name]
