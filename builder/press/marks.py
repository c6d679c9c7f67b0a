"""Which characters are marks, what a line may start and end with, what narrows.

Every character has a kind, written as one letter, so that a paragraph is a string of letters
which regular expressions and slices read. Capitals are kinds of characters that take one em
in their face; the same letter in lower case takes less or more. Letters, spaces and other
characters of no fixed width have lower case only:

    H Han, kana       O opening mark    D —            I ideographic space
    F other symbols   C closing mark    E …            M ·
    P ，、；：        S 。．            T ～ –         V ／
    X ！？
    l letter          n digit           a .,;:!?)]     b ([         u ％°    y ￥$
    w space           g U+00A0, U+2060  z U+200B       j selectors, combining marks
    q mark of a note  r first of a unit that never parts, k the rest of it

Sources: W3C clreq, “Prohibition rules for line start and line end”, “Punctuation width
adjustment”, “Procedures for inter-character spacing reduction”; GB/T 15834-2011 §5.1.
Must not import anything that knows fonts or pages.
"""

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache

from builder.core.config import Config
from builder.core.config_laws import Kinsoku, Squeeze

HARD_BREAK = "\n"
_KINDS = {
    "O": "（《〈「『【〔［｛〖〘〝“‘｟\N{LEFT TORTOISE SHELL BRACKET}\N{LEFT WHITE TORTOISE SHELL BRACKET}",
    "C": "）》〉」』】〕］｝〗〙〞〟”’｠\N{RIGHT TORTOISE SHELL BRACKET}\N{RIGHT WHITE TORTOISE SHELL BRACKET}",
    "P": "，、；：",
    "S": "。．｡",
    "X": "！？‼⁇⁈⁉",
    "D": "—―⸺",
    "E": "…⋯",
    "M": "·・‧•",
    # 々 and the like repeat what is before them, and so stay with it.
    "T": "～〜－–゠ー々〻ゝゞヽヾ",
    "V": "／",
    "I": "\N{IDEOGRAPHIC SPACE}",
    "a": ".,;:!?)]}%’”»›",
    "b": "([{«‹¿¡",
    "u": "％‰°℃℉′″‵¢",
    "y": "$£¥￥€№＄￡＃§",
    "w": " \t",
    "g": "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{FIGURE SPACE}\N{WORD JOINER}"
    "\N{ZERO WIDTH NO-BREAK SPACE}\N{ZERO WIDTH JOINER}",
    "z": "\N{ZERO WIDTH SPACE}",
    HARD_BREAK: "\n\r\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}\x0b\x0c\x85",
}
_KIND_OF = {character: kind for kind, members in reversed(_KINDS.items()) for character in members}
# What is squeezed of a line that is a little too long, in this order; clreq's procedure.
# Spaces come first, the gap between Han and Latin before what ends a sentence.
SQUEEZE_ORDER = {"w": 0, "M": 1, "O": 2, "C": 2, "P": 3, "": 4, "S": 5, "X": 5}
# Two of these beside each other have too much blank between them.
NEIGHBOURS = re.compile("[OCPSX](?=[OCPSX])")
# All marks that have blank to give. Example: 说“好”，. Counter-example: ——.
ROOMY = re.compile("[OCPSXM]")
# Between these stands a gap: 用Python写, 第3章, ￥5的. Counter-example: 用 Python, （abc）.
GAP = re.compile("[HRhrk]j*(?=[lnuy])|[lnu]j*(?=[HRhr])")
# A space where the gap would stand. Example: 用 Python. Counter-example: 你 我.
GAP_SPACE = re.compile("(?<=[HRhrk])w(?=[lnuy])|(?<=[lnu])w(?=[HRhr])")
# A single dash joins, 北京—上海, and so starts no line. Counter-example: ——.
LONE_DASH = re.compile("(?<!D)D(?!D)")
# What no room is added inside of: words, ——, ……, a character and what combines with it, units.
TIGHT = re.compile("[lnabuyj][lnabuyjq]+|[^wgz][jq]+|DD+|dd+|EE+|ee+|rk+")
# Numbers stay with their units in letters: 30 km, 5 °C. Counter-example: 30 years.
# So do opening marks and what follows them after a space: “ 好.
FAST_SPACE = re.compile("(?<=n)w(?=[lu]{1,3}(?![lnu]))|(?<=[Oob])w")
# Where an address may part. Example: https://a.cn/|b?|c=d. Counter-example: don’t.
ADDRESS = re.compile(r"(?<![/?&=#_\-.~:+%@])[/?&=#_\-.~:+%@]++(?=.)", re.DOTALL)
# Of a long word its end is enough, so that nothing is read from each of its letters to the end.
IS_ADDRESS = re.compile(
    r"://|www\.|[^/?&=#_.\-\s]{1,40}+(?:[/?&=#_.\-][^/?&=#_.\-\s]++){2}[/?&=#_.\-][^/?&=#_.\-\s]"
)
_HYPHEN = re.compile(r"(?<=[A-Za-z]{2})[-‐](?=[A-Za-z]{2})")


@dataclass(frozen=True, slots=True)
class Laws:
    """What [typography] says of lines. `latin_gap` is in em."""

    squeeze: Squeeze = "standard"
    latin_gap: float = 0.25
    hanging: bool = False
    kinsoku: Kinsoku = "gb"


def laws_of(config: Config) -> Laws:
    """The laws that a book's settings ask for."""
    typography = config.typography
    return Laws(
        squeeze=typography.squeeze,
        latin_gap=typography.latin_gap,
        hanging=typography.hanging,
        kinsoku=typography.kinsoku,
    )


@cache
def kind_of(character: str) -> str:
    """The kind of a character, as if it took an em if it can: a capital where there is one."""
    known = _KIND_OF.get(character)
    if known:
        return known
    category = unicodedata.category(character)
    match category:
        case "Mn" | "Me" | "Cf" | "Cc" | "Cs" | "Cn" | "Co":
            # Private characters have glyphs of their own; the others show nothing by themselves.
            return "F" if category == "Co" else "j"
        case "Zs":
            return "w"
        case _ if unicodedata.east_asian_width(character) in "WF":
            return "H" if category in {"Lo", "Lm", "Nl"} else _wide_kind(category)
        case "Nd" | "No":
            return "n" if character.isascii() or category == "Nd" else "F"
        case "Lu" | "Ll" | "Lt" | "Lm" | "Lo" | "Mc":
            return "l"
        case "Ps" | "Pi":
            return "b"
        case "Pe" | "Pf":
            return "a"
        case _:
            return "l" if ord(character) < 0x2000 else "F"


@cache
def shows(character: str) -> bool:
    """Whether a character can have ink or an advance of its own."""
    kind = kind_of(character)
    return kind not in "jz\n" or unicodedata.category(character)[0] == "M"


def _wide_kind(category: str) -> str:
    return {"Ps": "O", "Pi": "O", "Pe": "C", "Pf": "C"}.get(category, "F")


class Breaks(dict[str, int]):
    """Whether a line may break between two kinds, by both letters.

    FREE: it may, and nothing else is to be thought of. NARROW: it may, and the mark at the
    line's end may narrow. CAREFUL: it may, but spaces, gaps or the like end there. FORBIDDEN:
    it may not.
    """

    FREE, NARROW, CAREFUL, FORBIDDEN = 0, 1, 2, 3

    def __init__(self, kinsoku: Kinsoku) -> None:
        super().__init__()
        starts = "CPSXMTVcpsxmtvuwIijkgqa\n"
        ends = "Oobyg"
        if kinsoku != "basic":
            ends += "Vv"
        if kinsoku == "strict":
            starts += "DEde"
        self.never_first = frozenset(starts)
        self.never_last = frozenset(ends)

    def __missing__(self, pair: str) -> int:
        before, after = pair[0], pair[1]
        value = self.FORBIDDEN if self._is_forbidden(before, after) else self.CAREFUL
        if value == self.CAREFUL and after in "HFODET":
            if before in "HFDET":
                value = self.FREE
            elif before in "CPSX":
                value = self.NARROW
        self[pair] = value
        return value

    def _is_forbidden(self, before: str, after: str) -> bool:
        if before == HARD_BREAK:
            return False
        if after in "wIi\n":
            return True
        if before in "z":
            return False
        if after in self.never_first or before in self.never_last:
            return True
        if before in "lnabuyj" and after in "lnabuyj":
            return True
        # —— and …… are one mark each.
        return before.upper() == after.upper() and before in "DEde"


_LATIN = frozenset("lnabuyjqwg")
# Example: “don’t”, ‘好’. Counter-example: “未完.
_QUOTED = re.compile("“[^“”]*”|‘[^‘’]*’(?![a-z])")
# Kinds where `narrow` may narrow something. Example: “a, b…. Counter-example: “好a.
BESIDE_LATIN = re.compile("[lnabuyjqwg](?:(?=[OCEDoced])|(?<=[OCEDoced].))")
_CHINESE = re.compile("[HFPSXI]")
_DOTS = re.compile("…+|—+")
_APOSTROPHE = "’"


def narrow(text: str, kinds: str) -> tuple[int, ...]:
    """Where quotation marks, … and — belong to Latin text, and so are as narrow as that.

    `kinds` are those of the text, whatever the face. A pair of quotation marks is Latin when there is nothing
    Chinese in it and nothing Chinese beside it: in 他说“hello” both are Chinese, in `He said
    “hello” to` neither. Dots and dashes are when both neighbours are; an apostrophe, when it
    follows a letter.
    """
    at_edge = not _CHINESE.search(kinds)
    found: set[int] = set()

    def is_latin(index: int) -> bool:
        return kinds[index] in _LATIN if 0 <= index < len(kinds) else at_edge

    for pair in _QUOTED.finditer(text):
        first, last = pair.start(), pair.end() - 1
        inside = kinds[first + 1 : last]
        is_inside_latin = inside.translate(_NOT_QUOTES).islower() or not inside
        if is_inside_latin and is_latin(first - 1) and is_latin(last + 1):
            found.update((first, last))
    for dots in _DOTS.finditer(text):
        if is_latin(dots.start() - 1) and is_latin(dots.end()):
            found.update(range(*dots.span()))
    at = text.find(_APOSTROPHE)
    while at >= 0:
        if at and kinds[at - 1] == "l" and is_latin(at + 1):
            found.add(at)
        at = text.find(_APOSTROPHE, at + 1)
    return tuple(sorted(found))


class _AnyKinds(dict[int, str]):
    """The kinds of all characters, for `str.translate`."""

    def __missing__(self, code_point: int) -> str:
        kind = self[code_point] = kind_of(chr(code_point))
        return kind


_ANY_KINDS = _AnyKinds()


@lru_cache(maxsize=8)
def narrow_in(text: str) -> tuple[int, ...]:
    """`narrow` for a text of which no more is known. The lines of a paragraph ask in turn."""
    kinds = text.translate(_ANY_KINDS)
    return narrow(text, kinds) if "l" in kinds else ()


def narrow_between(text: str, start: int, end: int) -> tuple[int, ...]:
    """Those of `narrow_in` that stand from `start` to `end`."""
    found = narrow_in(text)
    return found[bisect_left(found, start) : bisect_left(found, end)]


_NOT_QUOTES = dict.fromkeys(map(ord, "OCED"), "a")
# What a narrowed mark counts as.
NARROWED = {"O": "b", "C": "a", "E": "l", "D": "l"}


def parting(text: str, start: int, end: int) -> list[int]:
    """Where the Latin run `text[start:end]` may part when nothing else helps, best last.

    An address after its slashes, dots and signs, a word after its hyphens.
    """
    run = text[start:end]
    pattern = ADDRESS if IS_ADDRESS.search(run) else _HYPHEN
    return [start + match.end() for match in pattern.finditer(run)]
