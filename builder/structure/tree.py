"""The openings of a book as a tree: volumes hold chapters, matter goes to front and back.

Ids come from what a section is, so that a chapter put in later moves no other's.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from builder.core.book import Role
from builder.structure.families import (
    BACK_ROLES,
    CHAPTER,
    DIVISION,
    FRONT_ROLES,
    PART,
    VOLUME,
)
from builder.structure.outline import Opening


@dataclass(frozen=True, slots=True)
class Node:
    """An opening with its place in the tree: its id and the ids of what it holds."""

    opening: Opening
    role: Role
    id: str
    children: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """The tree of a book, parted into front, body and back."""

    front: tuple[Node, ...] = ()
    body: tuple[Node, ...] = ()
    back: tuple[Node, ...] = ()
    found: bool = True

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The outermost nodes in reading order."""
        return self.front + self.body + self.back


def nested(openings: Sequence[Opening], *, found: bool = True, is_planned: bool = False) -> Outline:
    """The tree of the openings, with roles and ids; a plan says itself what a chapter is."""
    placed = _ranked(openings)
    chapter_rank = CHAPTER if is_planned else _chapter_rank(placed)
    roots, _ = _tree(placed, 0, None, chapter_rank, {})
    front = 0
    while front < len(roots) and roots[front].role in FRONT_ROLES:
        front += 1
    back = index = len(roots)
    while index > front and _may_close(roots[index - 1]):
        index -= 1
        back = index if roots[index].role in BACK_ROLES else back
    if front == back:
        return Outline((), roots, (), found)
    return Outline(roots[:front], roots[front:back], roots[back:], found)


def _may_close(root: Node) -> bool:
    """Whether a section may stand behind the body: 后记, and after it 版权 beside the volumes."""
    opening = root.opening
    is_loose = opening.rank < CHAPTER and not opening.label and not root.children
    return root.role in BACK_ROLES or is_loose


def _ranked(openings: Sequence[Opening]) -> list[Opening]:
    """Matter gets its rank from where it stands: among chapters it is one of them.

    What closes the book stands beside the volumes; 番外 with chapters of its own holds them.
    """
    placed = list(openings)
    for index in range(len(placed) - 1, -1, -1):
        one = placed[index]
        if one.role is None:
            if not _is_held(placed, index):
                break
        elif one.role in BACK_ROLES:
            placed[index] = replace(one, rank=PART - 1)
    for index, one in enumerate(placed):
        if one.role == "bonus" and one.rank >= CHAPTER and _holds(placed, index):
            placed[index] = replace(one, rank=VOLUME)
    return placed


def _holds(openings: Sequence[Opening], index: int) -> bool:
    """Whether 番外 stands right before chapters that count from one."""
    following = openings[index + 1] if index + 1 < len(openings) else None
    return (
        openings[index].role == "bonus"
        and openings[index].number is None
        and following is not None
        and following.role is None
        and following.number == 1
        and following.rank >= CHAPTER
    )


def _is_held(openings: Sequence[Opening], index: int) -> bool:
    """Whether a chapter belongs to the 番外 before it."""
    while index >= 0 and openings[index].role is None and openings[index].rank >= CHAPTER:
        index -= 1
    return index >= 0 and _holds(openings, index)


def _chapter_rank(openings: Sequence[Opening]) -> int:
    """The rank of what this book calls its chapters: 章, or the lowest unit that it has."""
    ranks = {one.rank for one in openings if one.role is None}
    return CHAPTER if CHAPTER in ranks or not ranks else max(ranks)


def _role(opening: Opening, chapter_rank: int) -> Role:
    if opening.role is not None:
        return opening.role
    if opening.rank == chapter_rank:
        return "chapter"
    if opening.rank > chapter_rank:
        return "subchapter"
    return "part" if opening.rank in {PART, DIVISION} else "volume"


def _tree(
    openings: Sequence[Opening],
    index: int,
    parent: Opening | None,
    chapter_rank: int,
    taken: dict[str, int],
) -> tuple[tuple[Node, ...], int]:
    """The children of `parent` from `index` on, and the index after the last of them."""
    nodes: list[Node] = []
    while index < len(openings) and (parent is None or openings[index].rank > parent.rank):
        opening = openings[index]
        role = _role(opening, chapter_rank)
        identifier = _id(opening, role, parent, taken)
        children, index = _tree(openings, index + 1, opening, chapter_rank, taken)
        nodes.append(Node(opening, role, identifier, children))
    return tuple(nodes), index


def _id(opening: Opening, role: Role, parent: Opening | None, taken: dict[str, int]) -> str:
    """An id from what the section is, not from where it stands.

    Sections alike in all that count up: the second one ends in -2.
    """
    own = opening.identity or f"{opening.label}|{opening.title}"
    above = f"{parent.label}|{parent.title}" if parent else ""
    fingerprint = sha256(f"{role}|{above}|{own}".encode()).hexdigest()[:8]
    number = "" if opening.number is None or opening.is_made else f"-{opening.number}"
    identifier = f"{role}{number}-{fingerprint}"
    taken[identifier] = taken.get(identifier, 0) + 1
    return identifier if taken[identifier] == 1 else f"{identifier}-{taken[identifier]}"
