"""What the value of a setting must be beyond its type: a date is a date, an ISBN adds up."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Literal

from builder.core.choices import THEMES
from builder.core.colours import colour_of
from builder.core.page_settings import grid_of, margins_mm
from builder.core.printers import PRINTERS, printer_named
from builder.core.trims import TRIMS, length_mm, trim_named

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
# How much room neighbouring marks lose, and what a line may start and end with: press/marks.py.
Squeeze = Literal["standard", "tight", "none"]
Kinsoku = Literal["basic", "gb", "strict"]

MAX_BLEED_MM = 25.0
# What is said of a book. The longest titles have a few hundred characters, blurbs 5,000.
MAX_WORDS, MAX_BLURB = 2_000, 20_000
MAX_SUBJECTS, MAX_CREATORS = 500, 1_000
PAPERS: tuple[str, ...] = tuple(
    dict.fromkeys(paper for printer in PRINTERS.values() for paper in printer.papers)
)
# The names that one may have meant, where a setting is more than a choice of names.
NAMES: Mapping[str, tuple[str, ...]] = {"pdf.trim": tuple(TRIMS), "pdf.paper": PAPERS}

# Texts that have no "nothing at all".
NEVER_EMPTY = frozenset({"pdf.trim"})

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


def named_as(path: str, value: str) -> str:
    """What a setting is called by that people call by other names, too: 图文店 is tuwen."""
    printer = printer_named(value) if path == "pdf.printer" else None
    return printer.name if printer else value


def _is_trim(value: object) -> bool:
    return trim_named(str(value)) is not None


def _is_grid(value: object) -> bool:
    return grid_of(str(value)) is not None


def _is_margin(value: object) -> bool:
    return margins_mm(str(value)) is not None


def _is_bleed(value: object) -> bool:
    length = length_mm(str(value))
    return length is not None and 0 <= length <= MAX_BLEED_MM


def _is_paper(value: object) -> bool:
    """One that a printer has, or the thickness of a leaf."""
    return value in PAPERS or bool(length_mm(str(value)))


def _is_words(value: object) -> bool:
    return len(str(value)) <= MAX_WORDS


def _is_folder(value: object) -> bool:
    return "\0" not in str(value)


def _is_blurb(value: object) -> bool:
    return len(str(value)) <= MAX_BLURB


def _are_subjects(value: object) -> bool:
    return isinstance(value, tuple) and len(value) <= MAX_SUBJECTS and all(map(_is_words, value))


def _are_creators(value: object) -> bool:
    """Each of them with role and sort form in a few words."""
    return isinstance(value, tuple) and len(value) <= MAX_CREATORS and all(map(_is_words, value))


# For each key its law, and the catalogue's word for what is wanted.
LAWS: dict[str, tuple[Law, str]] = {
    "book.title": (_is_words, "kind.words"),
    "book.file_as": (_is_words, "kind.words"),
    "book.subtitle": (_is_words, "kind.words"),
    "book.creators": (_are_creators, "kind.creators"),
    "book.identifier": (_is_words, "kind.words"),
    "book.price": (_is_words, "kind.words"),
    "book.publisher": (_is_words, "kind.words"),
    "book.rights": (_is_blurb, "kind.blurb"),
    "book.series": (_is_words, "kind.words"),
    "book.description": (_is_blurb, "kind.blurb"),
    "book.subjects": (_are_subjects, "kind.subjects"),
    "book.date": (_is_date, "kind.date"),
    "book.isbn": (_is_isbn, "kind.isbn"),
    "book.language": (_is_language, "kind.language"),
    "cover.colour": (_is_colour, "kind.colour"),
    "epub.contents_depth": (_is_positive, "kind.positive"),
    "epub.theme": (_is_theme, "kind.theme"),
    "output.dir": (_is_folder, "kind.folder"),
    "pdf.bleed": (_is_bleed, "kind.bleed"),
    "pdf.grid": (_is_grid, "kind.grid"),
    "pdf.margin": (_is_margin, "kind.margin"),
    "pdf.paper": (_is_paper, "kind.paper"),
    "pdf.trim": (_is_trim, "kind.trim"),
    "typography.latin_gap": (_is_gap, "kind.gap"),
    "structure.max_title": (_is_positive, "kind.positive"),
}


def wanted_instead(path: str, value: object) -> str:
    """The catalogue's key for what `table.key` wants when it cannot be `value`; empty when it can."""
    law, wanted = LAWS.get(path, (_is_positive, ""))
    is_left_out = value == "" and path not in NEVER_EMPTY
    return wanted if wanted and not is_left_out and not law(value) else ""
