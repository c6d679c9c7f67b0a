"""Numerals as people write them in headings and file names, and as headings print them.

Chinese (十二, 一百零三, 百零三, 两百, 廿三), formal (贰拾叁), digit by digit (一〇三, 二〇〇八),
ASCII and full-width digits, Roman numerals in letters or as characters of their own (XII, Ⅻ),
English words (Twelve, Twenty-one), numbers in circles and brackets (①, ⑴, ㈠), and the Kangxi
radicals ⼀⼆⼋⼗ that look like numerals. One home, so that a chapter and its file count alike.
"""

import re
import unicodedata

DIGITS = dict(zip("零〇○一二三四五六七八九", (0, 0, 0, *range(1, 10)), strict=True)) | {
    "两": 2, "兩": 2, "壹": 1, "贰": 2, "貳": 2, "叁": 3, "參": 3, "叄": 3, "参": 3, "肆": 4, "伍": 5,
    "陆": 6, "陸": 6, "柒": 7, "捌": 8, "玖": 9,
    "\N{KANGXI RADICAL ONE}": 1, "\N{KANGXI RADICAL TWO}": 2, "\N{KANGXI RADICAL EIGHT}": 8,
}  # fmt: skip
UNITS = {
    "十": 10, "拾": 10, "\N{KANGXI RADICAL TEN}": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000,
}  # fmt: skip
TENS = {"廿": 20, "卄": 20, "卅": 30, "卌": 40}
MYRIADS = frozenset("万萬")
CHINESE_NUMERAL_CLASS = "".join((*DIGITS, *UNITS, *TENS, *sorted(MYRIADS)))
# ①–⑳, ⑴–⒇, ⒈–⒛, ㈠–㈩, ㊀–㊉, ㉑–㊿: one character is the whole numeral.
ENCLOSED_CLASS = "①-⑳⑴-⒇⒈-⒛㈠-㈩㊀-㊉㉑-㉟㊱-㊿"
ROMAN_CHARACTERS = "Ⅰ-Ⅿⅰ-ⅿ"
NUMERAL_CLASS = f"{CHINESE_NUMERAL_CLASS}0-9０-９"

# XII and xii, but not IIII.
ROMAN = re.compile("M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
ROMAN_VALUES = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_SMALL_WORDS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS_WORDS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS = (
    {word: number for number, word in enumerate(_SMALL_WORDS) if number}
    | {word: number * 10 for number, word in enumerate(_TENS_WORDS, start=2)}
    | {
        f"{ten}{joint}{one}": tens * 10 + ones
        for tens, ten in enumerate(_TENS_WORDS, start=2)
        for ones, one in enumerate(_SMALL_WORDS[1:10], start=1)
        for joint in "- "
    }
)
LARGEST_CHINESE = 99_999_999
LONGEST_NUMERAL = 18


def to_number(numeral: str) -> int | None:
    """The value of a numeral of any kind; None when it is none."""
    numeral = numeral.strip()
    if not numeral or len(numeral) > LONGEST_NUMERAL:
        return None
    if numeral.isdecimal():
        return int(numeral)
    chinese = _chinese_to_number(numeral)
    if chinese is not None:
        return chinese
    if len(numeral) == 1 and not numeral.isascii():
        value = unicodedata.numeric(numeral, -1.0)
        return int(value) if value >= 0 and value == int(value) else None
    if numeral.lower() in WORDS:
        return WORDS[numeral.lower()]
    return _roman_to_number(unicodedata.normalize("NFKC", numeral).upper())


def _chinese_to_number(numeral: str) -> int | None:
    head, myriad, tail = _split_at_myriad(numeral)
    if not myriad:
        return _below_myriad(numeral)
    high = _below_myriad(head) if head else 1
    low = _below_myriad(tail) if tail else 0
    return None if high is None or low is None else high * 10_000 + low


def _split_at_myriad(numeral: str) -> tuple[str, str, str]:
    for at, character in enumerate(numeral):
        if character in MYRIADS:
            return numeral[:at], character, numeral[at + 1 :]
    return numeral, "", ""


def _below_myriad(numeral: str) -> int | None:
    total, digit = 0, None
    for character in numeral:
        if character in DIGITS:
            value = DIGITS[character]
            # 一〇三: digits in a row are read as in 103; the 零 of 一百零三 only separates.
            digit = value if digit is None else digit * 10 + value
        elif character in UNITS:
            # 零十二, as some count from 零九 to 零十: a nought before ten is one ten.
            total += (digit or 1) * UNITS[character]
            digit = None
        elif character in TENS:
            total += TENS[character]
            digit = None
        else:
            return None
    return total + (digit or 0) if numeral else None


def _roman_to_number(numeral: str) -> int | None:
    if not ROMAN.fullmatch(numeral):
        return None
    total = 0
    for value, letters in ROMAN_VALUES:
        while numeral.startswith(letters):
            total += value
            numeral = numeral[len(letters) :]
    return total or None


def to_chinese(number: int) -> str:
    """一, 十二, 一百零三: the numeral of a heading; in digits what no heading counts to.

    Raises ValueError below 0.
    """
    if number < 0:
        raise ValueError(f"no heading counts from {number}")
    if number > LARGEST_CHINESE:
        return str(number)
    high, low = divmod(number, 10_000)
    if not high:
        return _chinese_below_myriad(low)
    nought = "零" if 0 < low < 1000 else ""
    tail = _chinese_below_myriad(low, has_head=True) if low else ""
    return f"{_chinese_below_myriad(high)}万{nought}{tail}"


def _chinese_below_myriad(number: int, *, has_head: bool = False) -> str:
    if number == 0:
        return "零"
    pieces: list[str] = []
    is_gap = False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit == 0:
            is_gap = bool(pieces)
            continue
        pieces.append(("零" if is_gap else "") + "零一二三四五六七八九"[digit] + sign)
        is_gap = False
    text = "".join(pieces)
    return text.removeprefix("一") if 10 <= number < 20 and not has_head else text


def to_roman(number: int) -> str:
    """I, IV, XII. Raises ValueError outside 1..3999."""
    if not 1 <= number <= 3999:
        raise ValueError(f"no Roman numeral for {number}")
    letters: list[str] = []
    for value, sign in ROMAN_VALUES:
        count, number = divmod(number, value)
        letters.append(sign * count)
    return "".join(letters)


def circled(number: int) -> str:
    """A number as the mark of a note: ① to ⑳, then in digits."""
    return chr(ord("①") + number - 1) if 1 <= number <= 20 else str(number)
