"""Numbers in the counter styles of CSS that a Chinese book may ask for: folios (页码), and the
marks of lists.
"""

from builder.core.numerals import to_chinese, to_number, to_roman

_HAN_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_CHINESE = frozenset({"simp-chinese-informal", "trad-chinese-informal", "cjk-ideographic"})
# Every style that `folio_in` knows; of others the press says that it does not follow them.
FOLIO_STYLES = _CHINESE | {
    "decimal", "cjk-decimal", "lower-roman", "upper-roman", "lower-alpha", "upper-alpha",
}  # fmt: skip
_LETTERS = 26
_LARGEST_ROMAN = 3999


def folio_in(label: str, style: str) -> str:
    """The number of a page in a counter style; `label` is the number in any other (12, xii).

    Example: ("12", "cjk-decimal") → 一二; ("iv", "decimal") → 4.
    """
    if style == "decimal" and label.isdecimal():
        return label
    number = to_number(label)
    if number is None:
        return label
    match style:
        case "lower-roman" if number <= _LARGEST_ROMAN:
            return to_roman(number).lower()
        case "upper-roman" if number <= _LARGEST_ROMAN:
            return to_roman(number)
        case "cjk-decimal":
            return str(number).translate(_HAN_DIGITS)
        case "lower-alpha":
            return _letters(number)
        case "upper-alpha":
            return _letters(number).upper()
        case _ if style in _CHINESE:
            return to_chinese(number)
        case _:
            return str(number)


_BULLETS = {"disc": "•", "circle": "◦", "square": "▪"}


def marker_words(number: int, style: str) -> str:
    """What stands before an item of a list: `• `, `3. `, `三、`; nothing in the style `none`."""
    if style == "none":
        return ""
    if style in _BULLETS:
        return f"{_BULLETS[style]} "
    words = folio_in(str(number), style) if number > 0 else str(number)
    return f"{words}、" if style in _CHINESE | {"cjk-decimal"} else f"{words}. "


def _letters(number: int) -> str:
    """1 is a, 26 is z, 27 is aa."""
    letters = ""
    while number > 0:
        number, last = divmod(number - 1, _LETTERS)
        letters = chr(ord("a") + last) + letters
    return letters
