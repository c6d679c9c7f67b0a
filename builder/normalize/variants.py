"""Characters that stand for others: full-width Latin, Kangxi radicals, compatibility ideographs.

They are mapped one by one. NFKC over the text would also turn …… into dots and Chinese
punctuation into ASCII.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from builder.normalize.rule import Change, Rule, replacement

# A set that stands alone is searched for; one that repeats is tried at every character.
FULL_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ][０-９Ａ-Ｚａ-ｚ]*")
FULL_WIDTH_OFFSET = ord("０") - ord("0")
_FULL_WIDTH_TO_ASCII = {
    code: code - FULL_WIDTH_OFFSET
    for first, last in ("０９", "ＡＺ", "ａｚ")
    for code in range(ord(first), ord(last) + 1)
}
_MARK_TO_ASCII = str.maketrans("．：％－／＿＋＝", ".:%-/_+=")

# ３．１４, １２：３０, 90％, Ｔ－４００: marks inside what is ASCII now. Not 3：2, which may be a
# ratio, not 1914－1918, nor the 1．of a list before the year 1998年.
_DIGIT, _WORD = "[0-9]", "[0-9A-Za-z]"
INNER_MARK = re.compile(
    f"[．：％－／＿＋＝](?:(?<={_DIGIT}．)(?={_DIGIT})(?!{_DIGIT}{{4}}年)"
    f"|(?:(?<={_DIGIT}{{2}}：)(?<!{_DIGIT}{{3}}：)|(?<={_DIGIT}：)(?<!{_DIGIT}{{2}}：))"
    f"(?=[0-5]{_DIGIT}(?!{_DIGIT}))"
    f"|(?<={_DIGIT}％)|(?<=[A-Za-z][－／＿＋＝])(?={_WORD})|(?<={_DIGIT}[－／＿＋＝])(?=[A-Za-z]))"
)

# Small forms, forms for vertical setting, half-width ones, and the marks of old Big5 texts.
_FORMS = str.maketrans(
    "︰﹐﹑﹒﹔﹕﹖﹗﹙﹚﹛﹜﹝﹞﹟﹠﹡﹢﹣﹤﹥﹦﹩﹪﹫︐︑︒︓︔︕︖︗︘︙︱︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄｡｢｣､･＂＇〝〞〟",
    "：，、．；：？！（）｛｝〔〕＃＆＊＋－＜＞＝＄％＠，、。：；！？〖〗…—（）｛｝〔〕【】《》〈〉「」『』。「」、・\"'“””",
)
FORM = re.compile(f"[{re.escape(''.join(map(chr, _FORMS)))}]")

# 二○○八年 and 二00八年 stand for 二〇〇八年. Not 他○了她, nor 三0.
_NUMERALS = "一二三四五六七八九十〇"
ROUND_ZERO = re.compile(f"[○◯O0Ｏ０](?<=[{_NUMERALS}].)[○◯O0Ｏ０]{{0,2}}(?=[{_NUMERALS}年])")

RADICAL = re.compile("[\u2e80-\u2ef3\u2f00-\u2fd5]")
COMPATIBILITY = re.compile("[\uf900-\ufad9\U0002f800-\U0002fa1d]")

# Radicals of the supplement that are whole characters. Unicode gives them no decomposition;
# the pairs follow their names and the Equivalent_Unified_Ideograph property. The parts of
# characters (⺮, ⻌) stay: who writes them means the part.
SUPPLEMENT = dict(
    zip(
        "⺁⺊⺒⺓⺕⺜⺝⺠⺩⺪⺫⺶⺷⺼⻁⻃⻄⻅⻆⻇⻉⻊⻋⻏⻑⻒⻓⻔⻗⻘⻙⻚⻛⻜⻝⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲",
        "厂卜巳幺彐日月民王疋目羊羊肉虎覀西见角角贝足车邑長镸长门雨青韦页风飞食首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀",
        strict=True,
    )
)


@cache
def radical_to_character() -> dict[str, str]:
    """Each radical that is a whole character, and that character."""
    return SUPPLEMENT | {
        chr(code): unicodedata.normalize("NFKC", chr(code))
        for code in range(0x2E80, 0x2FD6)
        if unicodedata.decomposition(chr(code))
    }


@cache
def compatibility_to_unified() -> dict[str, str]:
    """Each compatibility ideograph, and the unified one it is canonically equal to."""
    blocks = (range(0xF900, 0xFADA), range(0x2F800, 0x2FA1E))
    return {
        chr(code): unicodedata.normalize("NFC", chr(code))
        for block in blocks
        for code in block
        if unicodedata.decomposition(chr(code))
    }


def _radicals(text: str) -> Iterator[Change]:
    table = radical_to_character()
    for match in RADICAL.finditer(text):
        if match[0] in table:
            yield match.start(), match[0], table[match[0]]


def _compatibility_ideographs(text: str) -> Iterator[Change]:
    table = compatibility_to_unified()
    for match in COMPATIBILITY.finditer(text):
        if match[0] in table:
            yield match.start(), match[0], table[match[0]]


RULES = (
    Rule(
        "N020",
        "safe",
        "standard",
        frozenset(map(chr, _FULL_WIDTH_TO_ASCII)),
        replacement(FULL_WIDTH, lambda found: found.translate(_FULL_WIDTH_TO_ASCII)),
    ),
    Rule(
        "N024",
        "safe",
        "standard",
        frozenset(map(chr, _FORMS)),
        replacement(FORM, lambda found: found.translate(_FORMS)),
    ),
    Rule("N021", "safe", "standard", frozenset(map(chr, range(0x2E80, 0x2FD6))), _radicals),
    Rule(
        "N022",
        "lossy",
        "standard",
        frozenset(map(chr, (*range(0xF900, 0xFADA), *range(0x2F800, 0x2FA1E)))),
        _compatibility_ideographs,
    ),
)
RULES_OF_MARKS = (
    Rule(
        "N025",
        "judgement",
        "standard",
        frozenset("○◯O0Ｏ０"),
        replacement(ROUND_ZERO, lambda found: "〇" * len(found)),
    ),
    Rule(
        "N023",
        "safe",
        "standard",
        frozenset("．：％－／＿＋＝"),
        replacement(INNER_MARK, lambda found: found.translate(_MARK_TO_ASCII)),
        "raw and addresses",
    ),
)
