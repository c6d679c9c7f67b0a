"""What the value of a setting must be beyond its type: a date is a date, an ISBN adds up."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Literal, get_args

from builder.core.colours import colour_of

# The grammar of BCP 47 without its grandfathered tags: language, script, region, variants,
# extensions, private use. Example: zh-Hant-TW, zh, zh-Hant-x-phrases. Counter-example: 中文, zh-q.
LANGUAGE = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{3}){0,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-[0-9a-wyz](?:-[a-z0-9]{2,8})+)*"
    r"(?:-x(?:-[a-z0-9]{1,8})+)?",
    re.IGNORECASE,
)
ISBN_10 = re.compile("[0-9]{9}[0-9X]")
ISBN_13 = re.compile("97[89][0-9]{10}")
# What is missing of a year or of a year and a month.
FIRST_DAY = "0000-01-01"
# How a cover can be drawn; those but "auto" and "none" are the designs.
CoverDesign = Literal[
    "auto", "none", "stitched", "minimal", "landscape", "blocks", "seal", "moon", "waves", "window"
]
COVER_DESIGNS: tuple[str, ...] = get_args(CoverDesign)[2:]
# How much room neighbouring marks lose, and what a line may start and end with: press/marks.py.
Squeeze = Literal["standard", "tight", "none"]
Kinsoku = Literal["basic", "gb", "strict"]
# The looks in styles/themes/; [epub] theme may name a style sheet of the book instead.
THEMES = ("plain", "song", "kai", "sans", "vertical")

Law = Callable[[object], bool]


def _is_date(value: object) -> bool:
    """2024, 2024-05, 2024-05-01, also with a time."""
    text = str(value)
    try:
        datetime.fromisoformat(text + FIRST_DAY[len(text) :])
    except ValueError:
        return False
    return True


def _is_language(value: object) -> bool:
    return LANGUAGE.fullmatch(str(value)) is not None


def _is_isbn(value: object) -> bool:
    """Source: the check digits of ISO 2108; ISBN-10 weights 10 to 1, ISBN-13 1 and 3 in turn."""
    text = re.sub("[- ]", "", str(value)).upper()
    if ISBN_13.fullmatch(text):
        return sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(text)) % 10 == 0
    if ISBN_10.fullmatch(text):
        digits = (10 if digit == "X" else int(digit) for digit in text)
        return sum((10 - at) * digit for at, digit in enumerate(digits)) % 11 == 0
    return False


def _is_positive(value: object) -> bool:
    return isinstance(value, int) and value > 0


def _is_gap(value: object) -> bool:
    return isinstance(value, int | float) and 0 <= value <= 1


def _is_colour(value: object) -> bool:
    return colour_of(str(value)) is not None


def _is_theme(value: object) -> bool:
    return value in THEMES or str(value).lower().endswith(".css")


# For each key its law, and the catalogue's word for what is wanted.
LAWS: dict[str, tuple[Law, str]] = {
    "book.date": (_is_date, "kind.date"),
    "book.isbn": (_is_isbn, "kind.isbn"),
    "book.language": (_is_language, "kind.language"),
    "cover.colour": (_is_colour, "kind.colour"),
    "epub.contents_depth": (_is_positive, "kind.positive"),
    "epub.theme": (_is_theme, "kind.theme"),
    "typography.latin_gap": (_is_gap, "kind.gap"),
    "structure.max_title": (_is_positive, "kind.positive"),
}


def wanted_instead(path: str, value: object) -> str:
    """The catalogue's key for what `table.key` wants when it cannot be `value`; empty when it can."""
    law, wanted = LAWS.get(path, (_is_positive, ""))
    return wanted if wanted and value != "" and not law(value) else ""
