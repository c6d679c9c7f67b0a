"""Characters that nobody sees: left behind by editors, or planted as watermarks.

Kept are joiners that hold an emoji or a word of an Indic or Arabic script together, direction
marks beside right-to-left letters, and variation selectors, which choose the form of the
ideograph before them.
"""

import re
from collections.abc import Callable, Iterator

from builder.normalize.rule import Change, Rule, removal

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
SOFT_HYPHEN = "\N{SOFT HYPHEN}"
JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
ZERO_WIDTH = (
    "\N{ZERO WIDTH SPACE}\N{WORD JOINER}\N{FUNCTION APPLICATION}\N{INVISIBLE TIMES}"
    "\N{INVISIBLE SEPARATOR}\N{INVISIBLE PLUS}\N{MONGOLIAN VOWEL SEPARATOR}"
)
DIRECTION = (
    "\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}\N{ARABIC LETTER MARK}"
    "\u202a-\u202e"  # embeddings and overrides
    "\u2066-\u206f"  # isolates, and the deprecated format characters
)
RIGHT_TO_LEFT = "\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc"
# Emoji and their parts, and the scripts whose letters join: Arabic and the Indic ones.
JOINING = (
    "\N{VARIATION SELECTOR-16}\N{COMBINING ENCLOSING KEYCAP}\u2194-\u21aa\u231a-\u23ff"
    "\u25aa-\u27bf\u2934-\u2935\u2b05-\u2b55"
    "\U0001f000-\U0001faff\u0600-\u061b\u061d-\u0dff"
)
# C0 and C1 but for the tab and what ends a line; the noncharacters, which XML forbids; the
# interlinear annotation marks.
CONTROLS = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000)
)

CONTROL = re.compile(f"[{CONTROLS}]+")
# The class stands first in each: the pattern engine then skips everything else at full speed.
DIRECTION_MARK = re.compile(f"[{DIRECTION}](?<![{RIGHT_TO_LEFT}].)(?![{RIGHT_TO_LEFT}])", re.DOTALL)
# A joiner between two emoji stays; one between Han characters goes.
ZERO_WIDTH_CHARACTER = re.compile(
    f"[{ZERO_WIDTH}{JOINERS}](?:(?<=[{ZERO_WIDTH}])[{ZERO_WIDTH}]*+|(?<=[{JOINERS}])"
    f"(?:(?![{JOINING}])|(?<![{JOINING}].)))",
    re.DOTALL,
)


def members(character_class: str) -> frozenset[str]:
    """The characters of a class body such as `a-z_`, up to the end of the Unicode planes."""
    found: set[str] = set()
    index = 0
    while index < len(character_class):
        if character_class[index + 1 : index + 2] == "-" and index + 2 < len(character_class):
            found.update(
                map(chr, range(ord(character_class[index]), ord(character_class[index + 2]) + 1))
            )
            index += 3
        else:
            found.add(character_class[index])
            index += 1
    return frozenset(found)


def _runs_of(character: str) -> Callable[[str], Iterator[Change]]:
    """A `find` that removes every run of one character; a search for one is the fastest of all."""

    def find(text: str) -> Iterator[Change]:
        at = text.find(character)
        while at >= 0:
            end = at + 1
            while text.startswith(character, end):
                end += 1
            yield at, text[at:end], ""
            at = text.find(character, end)

    return find


RULES = (
    Rule("N001", "safe", "minimal", members(CONTROLS), removal(CONTROL), "nothing"),
    Rule(
        "N002",
        "safe",
        "minimal",
        frozenset(BYTE_ORDER_MARK),
        _runs_of(BYTE_ORDER_MARK),
        "nothing",
    ),
    Rule(
        "N003",
        "safe",
        "minimal",
        frozenset(SOFT_HYPHEN),
        _runs_of(SOFT_HYPHEN),
        "nothing",
    ),
    Rule("N004", "safe", "minimal", members(DIRECTION), removal(DIRECTION_MARK), "nothing"),
    Rule(
        "N005",
        "safe",
        "minimal",
        frozenset(ZERO_WIDTH + JOINERS),
        removal(ZERO_WIDTH_CHARACTER),
        "nothing",
    ),
)
