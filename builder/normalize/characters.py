"""Which characters count as Han, as Chinese punctuation, as space: the words the rules speak.

Quotation marks, dashes and ellipses are no evidence that their neighbour is Chinese: Latin
text has them too, and the corner brackets may have been made by a rule.
"""

import re

# Blocks with Han ideographs, and the signs written like them (々, 〇).
HAN_RANGES = "々〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
HAN = re.compile(f"[{HAN_RANGES}]")

# Punctuation that only Chinese and Japanese text has.
WIDE_PUNCTUATION = frozenset("，。！？；：、．（）《》〈〉【】〔〕〖〗［］｛｝")
WIDE_OPENERS = frozenset("（《〈「『【〔〖［｛")

# What stands between words without being a line end. The ideographic space is left out: in
# the middle of a line it parts the halves of a couplet or of a heading.
NARROW_SPACES = " \t"
ODD_SPACES = (
    "\N{NO-BREAK SPACE}\N{OGHAM SPACE MARK}\N{EN QUAD}-\N{HAIR SPACE}"
    "\N{NARROW NO-BREAK SPACE}\N{MEDIUM MATHEMATICAL SPACE}"
)
SPACE_CLASS = f"[ \t\N{IDEOGRAPHIC SPACE}{ODD_SPACES}]"

ASCII_ALNUM = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
ASCII_DIGITS = frozenset("0123456789")


def is_han(character: str) -> bool:
    """Whether a character is a Han ideograph; the empty string is none."""
    return "\u4e00" <= character <= "\u9fff" or bool(HAN.match(character))


def is_chinese(character: str) -> bool:
    """Whether a character is Han or punctuation that only Chinese has."""
    return is_han(character) or character in WIDE_PUNCTUATION


class Lines:
    """Questions about the line around a position, asked in ascending order.

    Each line is looked at once however many hits it has, so that a text that is one line of
    10 MB still takes linear time.
    """

    # A line with a mark of a sentence is prose; without one it may be a heading or a verse
    # whose spaces mean something. Rules keep a line on its side: what a mark may turn into is
    # listed beside it.
    PROSE = re.compile('[，。！？；：、．,.!?;:…⋯·・‧"“”「」]')

    def __init__(self, text: str) -> None:
        self._text = text
        self._start = self._end = -1
        self._has_han = self._is_prose = False

    def _seek(self, position: int) -> None:
        if self._start <= position <= self._end:
            return
        end = self._text.find("\n", position)
        self._start = self._text.rfind("\n", 0, position) + 1
        self._end = len(self._text) if end < 0 else end
        self._has_han = HAN.search(self._text, self._start, self._end) is not None
        self._is_prose = self.PROSE.search(self._text, self._start, self._end) is not None

    def start(self, position: int) -> int:
        """Where the line begins."""
        self._seek(position)
        return self._start

    def has_han(self, position: int) -> bool:
        """Whether any character of the line is Han."""
        self._seek(position)
        return self._has_han

    def is_prose(self, position: int) -> bool:
        """Whether the line has marks of a sentence."""
        self._seek(position)
        return self._is_prose
