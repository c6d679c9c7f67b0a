"""From a book's metadata to a cover, and to a sheet that shows every design."""

import hashlib
from dataclasses import dataclass, field, replace
from functools import cache
from io import BytesIO
from random import Random

from PIL import Image

from builder.core.book import Metadata
from builder.core.colours import COLOURS, colour_of
from builder.core.config import CoverConfig
from builder.core.diagnostic import Diagnostic, warning
from builder.covers.brief import Brief
from builder.covers.designs import DESIGNS, Design
from builder.covers.lettering import Pen, draw_line
from builder.covers.palette import INK, PAPER, Palette
from builder.covers.surfaces import HEIGHT, WIDTH
from builder.covers.typefaces import Style, Typeface, Weight, typeface
from builder.covers.wording import CoverWords, words_of

DESIGN_NAMES = tuple(design.name for design in DESIGNS)
JPEG_QUALITY = 86
# In the file, so that it can be told from a picture of the user's.
MADE_BY = b"ebook-builder cover"
_MAX_NAMED = 20
_THUMB = (400, 600)
_SHEET_COLUMNS = 4
_GAP = 40


@dataclass(frozen=True, slots=True)
class Cover:
    """A finished cover, the name of its design, and what could not be set (E041)."""

    jpeg: bytes = field(repr=False)
    design: str
    diagnostics: tuple[Diagnostic, ...] = ()


def draw_cover(
    metadata: Metadata, settings: CoverConfig, *, seed: str = "", vertical: bool = False
) -> Cover:
    """The cover of a book.

    Design and colour follow from `seed`, the title when it is empty, unless `settings` name
    them. `vertical` is for an edition in columns. Raises DependencyError F001 when there is no
    Chinese font, F003 without fontconfig.
    """
    words = words_of(metadata)
    seed = seed or metadata.title
    design = _design(words, settings, seed)
    image, missing = _drawn(design, words, settings, seed=seed, vertical=vertical)
    return Cover(_jpeg(image), design.name, _told(missing))


def draw_all(
    metadata: Metadata, settings: CoverConfig, *, seed: str = "", vertical: bool = False
) -> Cover:
    """A sheet with the cover in every design, each with its name. Raises as `draw_cover`."""
    words = words_of(metadata)
    seed = seed or metadata.title
    rows = -(-len(DESIGNS) // _SHEET_COLUMNS)
    cell = (_THUMB[0] + _GAP, _THUMB[1] + 2 * _GAP)
    sheet = Image.new("RGB", (cell[0] * _SHEET_COLUMNS + _GAP, cell[1] * rows + _GAP), PAPER)
    pen = Pen(typeface("sans", "regular", words.language), 30, INK)
    missing: dict[str, None] = {}
    for number, design in enumerate(DESIGNS):
        image, lacking = _drawn(design, words, settings, seed=seed, vertical=vertical)
        missing |= lacking
        row, column = divmod(number, _SHEET_COLUMNS)
        corner = (_GAP + column * cell[0], _GAP + row * cell[1])
        sheet.paste(image.reduce(4), corner)
        draw_line(sheet, design.name, (corner[0] + _THUMB[0] / 2, corner[1] + _THUMB[1] + 32), pen)
    return Cover(_jpeg(sheet), "", _told(missing))


def _design(words: CoverWords, settings: CoverConfig, seed: str) -> Design:
    """The design asked for, or of those that suit the words the one that the seed ranks first.

    Each design gets a rank of its own, so that a design added later moves few books to it and
    no others.
    """
    named = [design for design in DESIGNS if design.name == settings.design]
    if named:
        return named[0]
    fitting = [design for design in DESIGNS if design.suits(words)]
    return max(fitting, key=lambda design: _digest(seed, design.name))


def _drawn(
    design: Design, words: CoverWords, settings: CoverConfig, *, seed: str, vertical: bool
) -> tuple[Image.Image, dict[str, None]]:
    faces: dict[tuple[Style, Weight], Typeface] = {}

    def face(style: Style, weight: Weight) -> Typeface:
        if (style, weight) not in faces:
            faces[style, weight] = typeface(style, weight, words.language)
        return faces[style, weight]

    brief = Brief(
        words=words,
        palette=Palette(_colour(design, settings, seed)),
        rng=Random(_digest(seed, design.name, "chance")),  # noqa: S311  (it decorates, it hides nothing)
        face=face,
        in_columns=_in_columns(design, words, settings, vertical=vertical),
    )
    image = design.draw(brief)
    return image, {character: None for used in faces.values() for character in used.missing}


def _colour(design: Design, settings: CoverConfig, seed: str) -> tuple[int, int, int]:
    chosen = colour_of(settings.colour)
    if chosen:
        return chosen
    place = _digest(seed, design.name, "colour") % len(design.colours)
    return COLOURS[design.colours[place]]


def _in_columns(
    design: Design, words: CoverWords, settings: CoverConfig, *, vertical: bool
) -> bool:
    match settings.writing:
        case "vertical":
            return True
        case "horizontal":
            return False
        case "auto":
            longest = max(design.longest_column, 16 if vertical else 0)
            return not words.runs_across and len(words.title) <= longest


def _digest(*parts: str) -> int:
    joined = "\N{INFORMATION SEPARATOR ONE}".join(parts)
    return int.from_bytes(hashlib.sha256(joined.encode("utf-8", "surrogatepass")).digest()[:8])


def _jpeg(image: Image.Image) -> bytes:
    content = BytesIO()
    image.save(content, "JPEG", quality=JPEG_QUALITY, subsampling=0, comment=MADE_BY)
    return content.getvalue()


def _told(missing: dict[str, None]) -> tuple[Diagnostic, ...]:
    if not missing:
        return ()
    shown = sorted(missing)
    named = " ".join(f"{character} (U+{ord(character):04X})" for character in shown[:_MAX_NAMED])
    return (warning("E041", count=len(shown), characters=named),)
