"""Numbers as headings write them. Written apart from the reader's, so that each checks the other."""

_DIGITS = "零一二三四五六七八九"
_UNITS = ((1000, "千"), (100, "百"), (10, "十"))
_FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_RADICALS = str.maketrans("一二八十", "\u2f00\u2f06\u2f0b\u2f17")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_ROMAN = (
    (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_ENGLISH = [
    "Zero",
    "One",
    "Two",
    "Three",
    "Four",
    "Five",
    "Six",
    "Seven",
    "Eight",
    "Nine",
    "Ten",
    "Eleven",
    "Twelve",
    "Thirteen",
    "Fourteen",
    "Fifteen",
    "Sixteen",
    "Seventeen",
    "Eighteen",
    "Nineteen",
]
_ENGLISH_TENS = ["Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety"]

STYLES = (
    "chinese", "two", "short", "digits", "formal", "radical", "ascii", "padded", "full", "roman", "word",
)  # fmt: skip


def write(number: int, style: str) -> str:
    """`number` (1 to 9999) in one of `STYLES`; styles that cannot say it fall back."""
    match style:
        case "two":
            return _with_two(chinese(number))
        case "short":
            return _short(number)
        case "digits":
            return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))
        case "formal":
            return chinese(number).translate(_FORMAL)
        case "radical":
            return chinese(number).translate(_RADICALS)
        case "ascii":
            return str(number)
        case "padded":
            return f"{number:03d}"
        case "full":
            return str(number).translate(_FULL_WIDTH)
        case "roman" if number < 400:
            return roman(number)
        case "word" if number < 100:
            return word(number)
        case "roman" | "word":
            return str(number)
        case _:
            return chinese(number)


def chinese(number: int) -> str:
    """12 → 十二, 103 → 一百零三."""
    result = ""
    gap = False
    rest = number
    for value, unit in _UNITS:
        digit, rest = divmod(rest, value)
        if digit:
            result += ("零" if gap else "") + _DIGITS[digit] + unit
            gap = False
        elif result:
            gap = True
    if rest:
        result += ("零" if gap else "") + _DIGITS[rest]
    return result[1:] if result.startswith("一十") else result


def _with_two(numeral: str) -> str:
    """二百 → 两百, 二千 → 两千; a lone 二 is 两."""
    changed = numeral.replace("二百", "两百").replace("二千", "两千")
    return "两" if changed == "二" else changed


def _short(number: int) -> str:
    """21 → 廿一, 33 → 卅三; 〇 for 零."""
    numeral = chinese(number).replace("零", "〇")
    for long, brief in (("二十", "廿"), ("三十", "卅")):
        if numeral.startswith(long):
            return brief + numeral[2:]
    return numeral


def roman(number: int) -> str:
    result = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        result += letters * count
    return result


def word(number: int) -> str:
    if number < 20:
        return _ENGLISH[number]
    tens, ones = divmod(number, 10)
    return _ENGLISH_TENS[tens - 2] + (f"-{_ENGLISH[ones].lower()}" if ones else "")
