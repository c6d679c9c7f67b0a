"""The numerals of headings: Chinese, formal, full-width, ASCII, Roman, and English words.

两 counts like 二, 廿 is twenty, 〇 and 零 are nought; 二〇〇八 is read digit by digit,
一百零三 by its units.
"""

import re

DIGITS = dict(zip("零〇○一二三四五六七八九", (0, 0, 0, *range(1, 10)), strict=True)) | {
    "两": 2, "兩": 2, "壹": 1, "贰": 2, "貳": 2, "叁": 3, "參": 3, "叄": 3, "肆": 4, "伍": 5,
    "陆": 6, "陸": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
TENS = {"廿": 20, "卅": 30, "卌": 40}
MYRIADS = frozenset("万萬")
CHINESE_NUMERAL_CLASS = "".join((*DIGITS, *UNITS, *TENS, *sorted(MYRIADS)))
NUMERAL_CLASS = f"{CHINESE_NUMERAL_CLASS}0-9０-９"

ROMAN = re.compile("M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
ROMAN_VALUES = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
WORDS = {
    word: number
    for number, word in enumerate(
        [
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
            "twenty",
        ],
        start=1,
    )
}
LARGEST_CHINESE = 99_999_999


def to_number(numeral: str) -> int | None:
    """The value of a numeral of any kind; None when it is none."""
    numeral = numeral.strip()
    if not numeral:
        return None
    if numeral.isdecimal():
        return int(numeral)
    if numeral.lower() in WORDS:
        return WORDS[numeral.lower()]
    if ROMAN.fullmatch(numeral.upper()):
        return _roman_to_number(numeral.upper())
    return _chinese_to_number(numeral)


def _chinese_to_number(numeral: str) -> int | None:
    head, myriad, tail = _split_at_myriad(numeral)
    if not myriad:
        return _below_myriad(numeral)
    high = _below_myriad(head)
    low = _below_myriad(tail) if tail else 0
    return None if high is None or low is None else high * 10_000 + low


def _split_at_myriad(numeral: str) -> tuple[str, str, str]:
    for at, character in enumerate(numeral):
        if character in MYRIADS:
            return numeral[:at], character, numeral[at + 1 :]
    return numeral, "", ""


def _below_myriad(numeral: str) -> int | None:
    if numeral and all(character in DIGITS for character in numeral):
        return int("".join(str(DIGITS[character]) for character in numeral))
    total, digit = 0, None
    for character in numeral:
        if character in DIGITS:
            digit = DIGITS[character]
        elif character in UNITS:
            total += (1 if digit is None else digit) * UNITS[character]
            digit = None
        elif character in TENS:
            total += TENS[character]
        elif character.isdecimal():
            return None
        else:
            return None
    return total + (digit or 0) if numeral else None


def _roman_to_number(numeral: str) -> int:
    total = 0
    for value, letters in ROMAN_VALUES:
        while numeral.startswith(letters):
            total += value
            numeral = numeral[len(letters) :]
    return total


def to_chinese(number: int) -> str:
    """一, 十二, 一百零三: the numeral of a heading. Raises ValueError outside 0..99,999,999."""
    if not 0 <= number <= LARGEST_CHINESE:
        raise ValueError(f"no heading counts to {number}")
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
