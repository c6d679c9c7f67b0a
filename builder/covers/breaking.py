"""Where a title is broken into lines or columns, and how large it can be set. Pure.

A title is short, so every way of breaking it into a number of lines is weighed: lines of much
the same length, breaks where a reader would pause, marks never at the wrong end of a line.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import zip_longest

# A word of letters and digits stays whole; any other character may stand alone.
# Example: "Moonlight", "2046", "don't". Counter-example: "月光".
WORD = re.compile(r"[0-9A-Za-zÀ-ɏЀ-ӿ]+(?:['’.,&/+-][0-9A-Za-zÀ-ɏЀ-ӿ]+)*\.?")
# Short words that a title often has and that must not be torn; longer ones are rare in titles.
_PAIRS = re.compile(
    "以及|但是|因为|因為|所以|如果|我们|我們|他们|他們|她们|她們|你们|你們|关于|關於|一个|一個|一只|一隻|一种|一種"
    "|这个|這個|那个|那個|什么|什麼|怎么|怎麼|没有|沒有|不是|不会|不會|不能|其他|自己|之后|之後|之前|为什么|為什麼"
    "|[０-９]+|世界|时候|時候|一起|可以|还是|還是|最后|最後|故事|人生|回来|回來|永远|永遠"
)
LINE_START_PROHIBITED = frozenset("，。、；：！？…—·～）》〉」』】〕”’!?,.;:)]}%")
LINE_END_PROHIBITED = frozenset("（《〈「『【〔“‘([{")
# Left out where a line ends: on a cover the end of the line says as much.
_DROPPED_AT_END = "，、：:,·"
_PAUSES = frozenset("，、：；。！？…—·:,;!?)）》〉」』】〕”’")
_PARTICLES_BEFORE = frozenset("的了着過过之地得後后時时")
_PARTICLES_AFTER = frozenset("与與和及或在是把被让讓從从而但")
MAX_LINES = 8


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines (or columns) and the size at which they fill their box."""

    lines: tuple[str, ...]
    size_px: int


@dataclass(frozen=True, slots=True)
class _Atom:
    """What is never broken inside. `toll` is the price of a line's end after it, in ems."""

    text: str
    width_em: float
    toll: float


def fitted(
    text: str,
    measure: Callable[[str], float],
    *,
    length_px: float,
    depth_px: float,
    max_size_px: int,
    pitch_em: float = 1.25,
    spacing_em: float = 0.0,
    max_lines: int = MAX_LINES,
    line_toll: float = 0.06,
) -> Fitted:
    """`text` as large as it goes into a box.

    `measure` gives the length of some text in ems, with `spacing_em` after every character of
    it. `length_px` is how long a line may be, `depth_px` how far the lines may reach together,
    `pitch_em` the distance of two lines. `line_toll` is the share of its size that a title
    would give to have one line fewer.
    """
    atoms = _atoms(text, measure)
    best, best_score = Fitted((), max_size_px), -1.0
    for count in range(1, min(max_lines, len(atoms)) + 1):
        broken, toll = _broken(atoms, count)
        lines = tuple(_trimmed(line, is_last=line is broken[-1]) for line in broken)
        longest = max(0.1, *(measure(line) - spacing_em for line in lines))
        size = min(max_size_px, length_px / longest, depth_px / (1 + (count - 1) * pitch_em))
        score = size * (1 - 0.015 * toll - line_toll * count)
        if score > best_score:
            best, best_score = Fitted(lines, max(1, int(size))), score
    return best


def parted(text: str, count: int) -> tuple[str, ...]:
    """`text` in `count` lines of much the same length, or fewer where it has fewer words."""
    atoms = _atoms(text, lambda piece: float(len(piece)))
    if not atoms:
        return ()
    lines, _ = _broken(atoms, min(count, len(atoms)))
    return tuple(_trimmed(line, is_last=line is lines[-1]) for line in lines)


def _atoms(text: str, measure: Callable[[str], float]) -> list[_Atom]:
    found = pieces(text)
    return [
        _Atom(piece, measure(piece.rstrip()), _toll(piece, after))
        for piece, after in zip_longest(found, found[1:], fillvalue="")
    ]


def pieces(text: str, *, keeps_words: bool = True) -> list[str]:
    """Words and characters, with the marks and spaces that stick to them.

    `keeps_words` keeps together what is short and Chinese, too, as a title wants it.
    """
    found: list[str] = []
    at = 0
    while at < len(text):
        whole = WORD.match(text, at) or (_PAIRS.match(text, at) if keeps_words else None)
        piece = whole[0] if whole else text[at]
        at += len(piece)
        sticks = found and (
            piece in LINE_START_PROHIBITED
            or piece == " "
            or found[-1].rstrip()[-1:] in LINE_END_PROHIBITED
        )
        if sticks:
            found[-1] += piece
        else:
            found.append(piece)
    return found


def _toll(piece: str, following: str) -> float:
    last = piece[-1]
    if last == " " or last in _PAUSES or following[:1] in LINE_END_PROHIBITED:
        return 0.0
    if last in _PARTICLES_BEFORE or (following and following[0] in _PARTICLES_AFTER):
        return 1.5
    return 4.0


def _broken(atoms: list[_Atom], count: int) -> tuple[list[list[_Atom]], float]:
    """The best way to make `count` lines, and the tolls it pays.

    Costs are kept for every (number of lines, atoms used): a title has some dozens of atoms.
    """
    mean = sum(atom.width_em for atom in atoms) / count
    ends = [0.0]
    for atom in atoms:
        ends.append(ends[-1] + atom.width_em)
    table: list[dict[int, tuple[float, float, int]]] = [{0: (0.0, 0.0, 0)}]
    for number in range(1, count + 1):
        row: dict[int, tuple[float, float, int]] = {}
        for end in range(number, len(atoms) + 1):
            toll = 0.0 if end == len(atoms) else atoms[end - 1].toll
            ways = [
                (cost + 0.4 * (ends[end] - ends[start] - mean) ** 2 + toll, tolls + toll, start)
                for start, (cost, tolls, _) in table[-1].items()
                if start < end
            ]
            if ways:
                row[end] = min(ways)
        table.append(row)
    lines: list[list[_Atom]] = []
    end = len(atoms)
    for number in range(count, 0, -1):
        start = table[number][end][2]
        lines.insert(0, atoms[start:end])
        end = start
    return lines, table[count][len(atoms)][1]


def _trimmed(line: list[_Atom], *, is_last: bool) -> str:
    text = "".join(atom.text for atom in line).strip()
    bare = text.rstrip(_DROPPED_AT_END)
    return bare if bare and not is_last and bare[-1] not in LINE_END_PROHIBITED else text
