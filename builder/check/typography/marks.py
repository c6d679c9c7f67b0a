"""Characters by what a line may do with them, as the checker sees them.

Its own tables, shared with nothing that sets lines: a judge must not inherit the mistakes of
what it judges. Vertical presentation forms count as the marks they show.
Source: W3C clreq, #prohibition_rules_for_line_start_end; GB/T 15834-2011, 5.1.
"""

import re

# Forms that fonts and old files use in columns (U+FE10 to U+FE4F) → the marks they are.
_PRESENTATION = {
    "︐": "，", "︑": "、", "︒": "。", "︓": "：", "︔": "；", "︕": "！", "︖": "？",
    "︗": "〖", "︘": "〗", "︙": "…", "︱": "—", "︲": "–", "︰": "‥",
    "︵": "（", "︶": "）", "︷": "｛", "︸": "｝", "︹": "〔", "︺": "〕", "︻": "【", "︼": "】",
    "︽": "《", "︾": "》", "︿": "〈", "﹀": "〉", "﹁": "「", "﹂": "」", "﹃": "『", "﹄": "』",
    "﹇": "［", "﹈": "］",
    # Three kinds of dash and two of ellipsis are drawn alike and used alike.
    "―": "—", "─": "—", "⋯": "…",
}  # fmt: skip
AS_MARKS = str.maketrans(_PRESENTATION)

PAUSES = "，、；：。．！？｡､"
CLOSING = "”’）」』】〕》〉］｝〗〙｠﹂﹄"
OPENING = "“‘（「『【〔《〈［｛〖〘｟"
INTERPUNCTS = "·・‧"
_LATIN_CLOSING = ")]},.;:!?%"
# Connectors of numbers and names; a pair of dashes is another thing and may start a line.
_CONNECTORS = "–～"

LINE_START_PROHIBITED = frozenset(PAUSES + CLOSING + INTERPUNCTS + _LATIN_CLOSING + _CONNECTORS)
LINE_END_PROHIBITED = frozenset(OPENING + "([{")
HANGING = frozenset("，、。．")
# What a sentence ends with; a short line that ends so may end a paragraph.
STOPS = frozenset("。！？…”’」』）：；—.!?")
# Marks whose glyph fills an em, half of it blank.
FULL_WIDTH = "，、；：。．！？" + CLOSING + OPENING + INTERPUNCTS
BLANK_AFTER = frozenset("，、；：。．！？" + CLOSING)
BLANK_BEFORE = frozenset(OPENING)
INSEPARABLE = frozenset("—…‥")

# Example: 。”. Counter-example: 。他.
MARK_PAIR = re.compile(f"(?=[{FULL_WIDTH}][{FULL_WIDTH}])")
# Example: 汉, 〇, 𠮷. Counter-example: é, ，.
HAN = re.compile(r"[〇\u2e80-\u2fd5\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
# What a last line may have beside its one character. Example: 。”, ①, ². Counter-example: 了, 3, _.
_NO_CHARACTER = re.compile(r"[\W①-⓿¹²³⁰-⁹]+")
# Small digits in a line are the marks of notes, and written so.
AS_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# A run of leaders in contents. Example: ………, . . . . .. Counter-example: ……他.
LEADERS = re.compile(r"(?:[.…·‥．]\s?){5,}")
# A whole word of Latin letters or digits: it is not broken inside. Example: 1949, it's.
_WORD = re.compile(r"[0-9A-Za-z\u00c0-\u024f%+.,:'’/@_-]+")
_EMPHASIS_DOTS = frozenset("•●﹅﹆·・.⚫◦﹒")


def is_full_width_mark(character: str) -> bool:
    return character in BLANK_AFTER or character in BLANK_BEFORE or character in INTERPUNCTS


def letters(text: str) -> int:
    """How many characters a line has, marks and white space aside."""
    return len(_NO_CHARACTER.sub("", text))


def first_unit(text: str) -> int:
    """How many characters at the start of `text` no line break may part.

    An opening mark goes with what follows it, a closing mark with what stands before it.
    """
    at = 0
    while at < len(text) and text[at] in LINE_END_PROHIBITED:
        at += 1
    if at < len(text):
        if (word := _WORD.match(text, at)) and not HAN.match(text, at):
            at = word.end()
        elif text[at] in INSEPARABLE:
            at += 2 if text[at : at + 2] == text[at] * 2 else 1
        else:
            at += 1
    while at < len(text) and text[at] in LINE_START_PROHIBITED:
        at += 1
    return at


def is_emphasis(text: str) -> bool:
    """Whether these are dots under or over other characters, and nothing else."""
    return all(character in _EMPHASIS_DOTS or character.isspace() for character in text)
