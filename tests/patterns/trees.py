"""What a pattern's parse tree says: its repeats, words that lead to them, words that repeat.

No checker of the registries that is kept reads Python's own patterns (possessive repeats, atomic
groups, lookbehinds of a width), so the trees are those that `re` itself compiles.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from re import _constants as sre  # type: ignore[attr-defined]  # there is no public door
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

# One character of each kind that texts are made of; a pattern adds its own.
KINDS = (
    "中",
    "a",
    "Z",
    "7",
    "一",
    " ",
    "　",
    "\n",
    "\t",
    "-",
    ".",
    "，",
    "“",
    "_",
    "\0",
    "/",
    "é",
    "〇",
)
# A repeat that may go on for this long is treated as one without end.
LONG = 10
# A tree is asked for no more examples than this at each place.
MOST_WORDS = 12

Node = tuple[Any, Any]
Nodes = Sequence[Node]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A repeat: words that lead to it, words it may repeat, and whether it lets go of them.

    `inner` says that it stands in another repeat.
    """

    leads: tuple[str, ...]
    words: tuple[str, ...]
    is_possessive: bool
    inner: bool


def parse(pattern: re.Pattern[str]) -> Sequence[Node]:
    return list(parser.parse(pattern.pattern, pattern.flags))


def matches(node: Node, character: str) -> bool:
    """Whether an atom takes the character; flags aside."""
    name, value = node
    if name is sre.LITERAL:
        return bool(ord(character) == value)
    if name is sre.NOT_LITERAL:
        return bool(ord(character) != value)
    if name is sre.ANY:
        return character != "\n"
    if name is sre.IN:
        return _is_in(value, character)
    return False


def _is_in(members: Iterable[Node], character: str) -> bool:
    negated = found = False
    for name, value in members:
        if name is sre.NEGATE:
            negated = True
        elif name is sre.LITERAL:
            found |= ord(character) == value
        elif name is sre.RANGE:
            found |= value[0] <= ord(character) <= value[1]
        elif name is sre.CATEGORY:
            found |= _is_of(value, character)
    return found is not negated


_CATEGORIES = {
    sre.CATEGORY_DIGIT: re.compile(r"\d"),
    sre.CATEGORY_NOT_DIGIT: re.compile(r"\D"),
    sre.CATEGORY_SPACE: re.compile(r"\s"),
    sre.CATEGORY_NOT_SPACE: re.compile(r"\S"),
    sre.CATEGORY_WORD: re.compile(r"\w"),
    sre.CATEGORY_NOT_WORD: re.compile(r"\W"),
}


def _is_of(category: Any, character: str) -> bool:
    return _CATEGORIES[category].match(character) is not None


_ATOMS = (sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN)
_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)


def children(node: Node) -> tuple[Sequence[Node], ...]:
    """The sequences inside a node."""
    name, value = node
    if name in _REPEATS:
        return (value[2],)
    if name is sre.SUBPATTERN:
        return (value[3],)
    if name is sre.ATOMIC_GROUP:
        return (value,)
    if name is sre.BRANCH:
        return tuple(value[1])
    if name in (sre.ASSERT, sre.ASSERT_NOT):
        return (value[1],)
    if name is sre.GROUPREF_EXISTS:
        return tuple(branch for branch in value[1:] if branch is not None)
    return ()


def atoms(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        if node[0] in _ATOMS:
            yield node
        for inner in children(node):
            yield from atoms(inner)


def members(node: Node) -> Iterator[str]:
    """Characters that the atom names: the ends of its ranges and one of each kind."""
    name, value = node
    if name in (sre.LITERAL, sre.NOT_LITERAL):
        yield chr(value)
    elif name is sre.IN:
        for kind, inner in value:
            if kind is sre.LITERAL:
                yield chr(inner)
            elif kind is sre.RANGE:
                yield chr(inner[0])
    yield from KINDS


def character(node: Node) -> str:
    """A character that the atom takes."""
    name, value = node
    pool = (chr(value),) if name is sre.LITERAL else ("中", *members(node))
    return next((one for one in pool if matches(node, one)), "\N{OBJECT REPLACEMENT CHARACTER}")


def words(nodes: Sequence[Node], groups: dict[int, str] | None = None) -> tuple[str, ...]:
    """Some words that the sequence matches, the shortest way and each branch once."""
    groups = {} if groups is None else groups
    found: tuple[str, ...] = ("",)
    for node in nodes:
        tails = _words_of(node, groups)
        # Each tail with the first head and each head with the first tail: all pieces, no product.
        whole = [found[0] + tail for tail in tails] + [head + tails[0] for head in found[1:]]
        found = tuple(dict.fromkeys(whole))[:MOST_WORDS]
    return found


def _words_of(node: Node, groups: dict[int, str]) -> tuple[str, ...]:
    name, value = node
    if name in _ATOMS:
        return (character(node),)
    if name in _REPEATS:
        least = value[0]
        inner = words(value[2], groups)
        often = tuple(word * max(least, 1) for word in inner)
        return often if least else ("", *often)
    if name is sre.BRANCH:
        return tuple(words(branch, groups)[0] for branch in value[1])[:MOST_WORDS]
    if name is sre.SUBPATTERN:
        inner = words(value[3], groups)
        if value[0] is not None:
            groups[value[0]] = inner[0]
        return inner
    if name is sre.ATOMIC_GROUP:
        return words(value, groups)
    if name is sre.GROUPREF:
        return (groups.get(value, ""),)
    if name is sre.ASSERT and value[0] > 0:
        # What must follow is said by what follows, or stands at the end.
        return ("",)
    return ("",)


def repeats(
    nodes: Sequence[Node], *, leads: tuple[str, ...] = ("",), inner: bool = False
) -> Iterator[Repeat]:
    """Every long repeat of the tree, with what leads to it."""
    for index, node in enumerate(nodes):
        before = words(nodes[:index])
        here = tuple(dict.fromkeys(lead + word for lead in leads for word in before))[:MOST_WORDS]
        name, value = node
        is_long = name in _REPEATS and value[1] >= LONG
        if is_long:
            item = value[2]
            own = words(item)
            if len(item) == 1 and item[0][0] in _ATOMS:
                own = tuple(_spread(item[0]))
            yield Repeat(here, own, name is sre.POSSESSIVE_REPEAT, inner)
        for nested in children(node):
            yield from repeats(nested, leads=here, inner=inner or is_long)


def _spread(atom: Node) -> Iterator[str]:
    """Characters of each kind that the atom takes."""
    yield character(atom)
    yield from (one for one in KINDS if matches(atom, one))


def alphabet(nodes: Sequence[Node]) -> tuple[str, ...]:
    """One character for each way in which the atoms inside of long repeats tell characters apart."""
    every = list(atoms(nodes))
    loops = [atom for node in _loops(nodes) for atom in atoms(node)]
    pool = dict.fromkeys((*KINDS, *(one for atom in every for one in members(atom))))
    seen: dict[tuple[bool, ...], str] = {}
    for one in pool:
        taken = tuple(matches(atom, one) for atom in loops[:60])
        if any(taken):
            seen.setdefault(taken, one)
    return tuple(seen.values())


def _loops(nodes: Sequence[Node]) -> Iterator[Sequence[Node]]:
    for node in nodes:
        if node[0] in _REPEATS and node[1][1] >= LONG:
            yield node[1][2]
        else:
            for nested in children(node):
                yield from _loops(nested)
