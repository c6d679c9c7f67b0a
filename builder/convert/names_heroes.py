"""Persons of a book who are called like an everyday word: 余烬, 沈阳, 朱砂.

At one place nothing tells them from the word. But who does what only a person does, again and
again, and is called by the name too, is a person in the whole book.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from builder.convert.names_calls import is_acting, is_calling, is_named, is_person
from builder.convert.names_data import COMMON, side_of

# So often such a person acts, and in such a share of the places.
LEAST_ACTS = 3
ACTS_SHARE = 0.1
# What that brings to each place, in 1/8 nat: more than words have over a name.
HERO = 80
# Who acts like this and is addressed or described without being named so.
_PERSONS_WORDS = (
    "游客 游子 游侠 游医 游僧 游民 干警 干部 干事 干将 余众 余人 余党 余孽 党员 党人 党徒 胡人 胡子 胡儿 卜人 卜者 "
    "向导 种子 蒙面 岳父 岳母 岳丈 曲子 台长 后生 后母 后妈 后娘 后者 仆人 仆从 同学 同事 "
)
PERSONS = frozenset(_PERSONS_WORDS.split())
# What is no person and stands before what persons do: 于是|站起身.
_OTHERS_WORDS = "于是 向来 干脆 周围 余下 范围 涂鸦 凌晨 后来 几个 种族 占卜 云雀 沈默 "
_OTHERS = frozenset(_OTHERS_WORDS.split())
_ENDS = frozenset("！!，,？?…—”")
_SPEAKS = ("说：", "道：", "说道：", "问：", "问道：", "答道：")

# Line, offset and name of a place; the name may have a mark behind it.
Place = tuple[int, int, str]


def heroes(lines: Sequence[str], places: Iterable[Place]) -> frozenset[str]:
    """The names, of two characters, that are such persons."""
    counts: dict[str, int] = defaultdict(int)
    acts: dict[str, int] = defaultdict(int)
    called: set[str] = set()
    for number, at, name in places:
        line, key, stop = lines[number], name[:2], at + 2
        if len(key) < 2 or key[0] not in COMMON or key in PERSONS | _OTHERS:
            continue
        counts[key] += 1
        acts[key] += _acts(line, at, stop)
        if _is_called(line, at, stop):
            called.add(key)
    return frozenset(
        key for key in called if acts[key] >= max(LEAST_ACTS, ACTS_SHARE * counts[key])
    )


def _acts(line: str, at: int, stop: int) -> bool:
    """Whether a clause begins with the name and what only a person does."""
    is_start = side_of(line, at - 1) in "|“”、"
    return is_start and (is_acting(line, stop) or line.startswith(_SPEAKS, stop))


def _is_called(line: str, at: int, stop: int) -> bool:
    """Whether somebody is called so: “余烬！, 我叫余烬, 沈阳是我表弟."""
    is_addressed = line[at - 1 : at] in ("“", "「", "‘", "『") and line[stop : stop + 1] in _ENDS
    return is_addressed or is_named(line, at, stop) or is_person(line, stop) or is_calling(line, at)
