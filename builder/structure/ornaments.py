"""What stands around a heading and is none of it: ☆、第三章, === 第三章 ===, 【第一章】, 正文 第三章."""

import re

from builder.core.numerals import NUMERAL_CLASS
from builder.structure.families import RANKS

# ☆、第三章 and === 第三章 === and 【第一章】: what stands around a heading.
# Arrows, boxes, blocks, shapes, stars and flowers, without the numerals in circles.
MARKS = "※§@＠=＝~～*＊#＃_＿|｜+＋^•\u2190-\u21ff\u2300-\u23ff\u2500-\u2775\u2794-\u27bf\u2900-\u297f\u2b00-\u2bff"
_UNITS = "".join(RANKS)
ORNAMENT_BEFORE = re.compile(
    f"[{MARKS}【〖〔［《「『\\[<＜\\-—－─━]{{1,40}}[、，. 　]{{0,4}}|正文卷?[ 　：:·]{{0,4}}(?=[第卷上中下])|[（(“‘\"'](?=第[{NUMERAL_CLASS}]{{1,9}}[{_UNITS}][）)”’\"'])|VIP[ 　]?(?:章节|章節|卷)?[ 　：:]{{0,3}}(?=第)"
)
ORNAMENT_AFTER = re.compile(f"[ 　]{{0,4}}(?:[{MARKS} ]{{0,39}}[{MARKS}]|[\\-—－─━]{{3,40}})$")
CLOSERS = {
    "】": "【", "〗": "〖", "〕": "〔", "］": "［", "》": "《", "」": "「", "』": "『", "]": "[",
    ">": "<", "＞": "＜",
}  # fmt: skip

Stretch = tuple[int, int]


def within_ornaments(text: str, start: int, end: int) -> Stretch:
    """`[start, end)` without the ornaments around it."""
    opened = start
    while (before := ORNAMENT_BEFORE.match(text, start, end)) and before.end() < end:
        start = before.end()
    has_dashes = text[opened:start].strip("-—－─━ 　") != text[opened:start].strip()
    while end - start > 1:
        after = ORNAMENT_AFTER.search(text, max(start, end - 44), end)
        if after and after.start() > start:
            end = after.start()
        # 第三章 《夜雨》 keeps its bracket: only what was opened before the heading is an ornament.
        elif _is_closer(text, opened, start, end) or (has_dashes and text[end - 1] in "-—－─━"):
            end -= 1
        else:
            break
    return start, end


def _is_closer(text: str, opened: int, start: int, end: int) -> bool:
    """Whether the last character closes a bracket that stands before `start`, and none behind."""
    closer = text[end - 1]
    opener = CLOSERS.get(closer, "\n")
    inner = text.rfind(opener, start, end)
    return opener in text[opened:start] and (inner < 0 or closer in text[inner : end - 1])
