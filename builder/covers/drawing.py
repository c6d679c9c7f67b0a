"""From a book's metadata to a cover, and to a sheet that shows every design."""

import hashlib
from dataclasses import dataclass, field, replace
from io import BytesIO
from random import Random

from PIL import Image

from builder.core.book import Asset, Book, Metadata
from builder.core.colours import COLOURS, RGB, colour_of
from builder.core.config import Config, CoverConfig
from builder.core.diagnostic import Diagnostic, warning
from builder.core.errors import DependencyError
from builder.covers.brief import Brief
from builder.covers.canvas import SIZE, Canvas
from builder.covers.designs import DESIGNS, Design
from builder.covers.lettering import Pen, draw_line
from builder.covers.page import CoverPage
from builder.covers.palette import INK, PAPER, Palette
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


@dataclass(frozen=True, slots=True)
class Chance:
    """What chance hangs on: the name of the book or its series, and which of its volumes this is.

    The volumes of a series share a design, and each has a colour of its own.
    """

    seed: str
    volume: int
    subjects: tuple[str, ...]


def chance_of(named: Metadata, metadata: Metadata) -> Chance:
    """What a book that is known as `named` leaves to chance."""
    position = metadata.series.position if metadata.series else None
    seed = named.series.name if named.series else named.title
    return Chance(seed, int(position or 0), named.subjects)


def draw_cover(
    metadata: Metadata,
    settings: CoverConfig,
    *,
    named: Metadata | None = None,
    vertical: bool = False,
    page: CoverPage | None = None,
) -> Cover:
    """The cover of a book, 1600 × 2400 pixels; for a `page` of paper as large as printing wants.

    Design and colour follow from `named`, as which the book is known whatever its script and
    its volumes, unless `settings` name them. `vertical` is for an edition in columns. Raises DependencyError F001 when there is no
    Chinese font, F003 without fontconfig.
    """
    words, chance = words_of(metadata), chance_of(named or metadata, metadata)
    design = design_of(words, settings, chance)
    image, missing = _drawn(design, words, settings, chance, vertical=vertical, page=page)
    return Cover(_jpeg(image), design.name, told(missing))


def with_cover(
    book: Book,
    config: Config,
    *,
    named: Metadata | None = None,
    page: CoverPage | None = None,
) -> tuple[Book, tuple[Diagnostic, ...]]:
    """`book` with a cover: its own, or one that is drawn.

    Where no cover can be drawn it comes back as it is, with E040 to say why.
    """
    settings = config.cover
    if book.cover or settings.design == "none":
        return book, ()
    vertical = config.typography.vertical
    try:
        cover = draw_cover(book.metadata, settings, named=named, vertical=vertical, page=page)
    except DependencyError as problem:
        return book, (warning("E040", reason=problem.message),)
    name = _free_name({asset.name for asset in book.assets})
    asset = Asset(name, "image/jpeg", cover.jpeg)
    return replace(book, assets=(*book.assets, asset), cover=name), cover.diagnostics


def is_drawn(content: bytes) -> bool:
    """Whether a picture was drawn here, so that no work of a person is lost with it."""
    return MADE_BY in content[:1024]


def _free_name(taken: set[str]) -> str:
    names = ("cover.jpg", *(f"cover-{number}.jpg" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def draw_all(
    metadata: Metadata,
    settings: CoverConfig,
    *,
    named: Metadata | None = None,
    vertical: bool = False,
) -> Cover:
    """A sheet with the cover in every design, each with its name. Raises as `draw_cover`."""
    words, chance = words_of(metadata), chance_of(named or metadata, metadata)
    rows = -(-len(DESIGNS) // _SHEET_COLUMNS)
    cell = (_THUMB[0] + _GAP, _THUMB[1] + 2 * _GAP)
    sheet = Image.new("RGB", (cell[0] * _SHEET_COLUMNS + _GAP, cell[1] * rows + _GAP), PAPER)
    pen = Pen(typeface("sans", "regular", words.language), 30, INK)
    missing: dict[str, None] = {}
    for number, design in enumerate(DESIGNS):
        image, lacking = _drawn(design, words, settings, chance, vertical=vertical)
        missing |= lacking
        row, column = divmod(number, _SHEET_COLUMNS)
        corner = (_GAP + column * cell[0], _GAP + row * cell[1])
        sheet.paste(image.reduce(4), corner)
        draw_line(
            Canvas(sheet), design.name, (corner[0] + _THUMB[0] / 2, corner[1] + _THUMB[1] + 32), pen
        )
    return Cover(_jpeg(sheet), "", told(missing))


def design_of(words: CoverWords, settings: CoverConfig, chance: Chance) -> Design:
    """The design asked for, or of those that suit the words the one that the name ranks first;
    where some are pictures of what the name speaks of (a moon for 长夜), one of them.

    Each design gets a rank of its own, so that a design added later moves few books to it and
    no others.
    """
    named = [design for design in DESIGNS if design.name == settings.design]
    if named:
        return named[0]
    fitting = [design for design in DESIGNS if design.suits(words)]
    meant = [design for design in fitting if design.is_meant(chance.seed, chance.subjects)]
    return max(meant or fitting, key=lambda design: digest(chance.seed, design.name))


def _drawn(
    design: Design,
    words: CoverWords,
    settings: CoverConfig,
    chance: Chance,
    *,
    vertical: bool,
    page: CoverPage | None = None,
) -> tuple[Image.Image, dict[str, None]]:
    faces: dict[tuple[Style, Weight], Typeface] = {}

    def face(style: Style, weight: Weight) -> Typeface:
        if (style, weight) not in faces:
            faces[style, weight] = typeface(style, weight, words.language)
        return faces[style, weight]

    brief = Brief(
        words=words,
        palette=palette_of(design, settings, chance),
        rng=Random(digest(chance.seed, design.name, str(chance.volume))),  # noqa: S311  (it decorates, it hides nothing)
        face=face,
        in_columns=is_in_columns(design, words, settings, vertical=vertical),
    )
    canvas = page.canvas() if page else Canvas(Image.new("RGB", SIZE))
    design.draw(canvas, brief)
    return canvas.image, {character: None for used in faces.values() for character in used.missing}


def palette_of(design: Design, settings: CoverConfig, chance: Chance) -> Palette:
    """The colours of a cover."""
    return Palette(_colour(design, settings, chance))


def _colour(design: Design, settings: CoverConfig, chance: Chance) -> RGB:
    chosen = colour_of(settings.colour)
    if chosen:
        return chosen
    first = digest(chance.seed, design.name, "colour")
    return COLOURS[design.colours[(first + chance.volume) % len(design.colours)]]


def is_in_columns(
    design: Design, words: CoverWords, settings: CoverConfig, *, vertical: bool
) -> bool:
    """Whether the title runs down."""
    match settings.writing:
        case "vertical":
            return True
        case "horizontal":
            return False
        case "auto":
            longest = max(design.longest_column, 16 if vertical else 0)
            return not words.runs_across and len(words.title) <= longest


def digest(*parts: str) -> int:
    """A number that follows from some words."""
    joined = "\N{INFORMATION SEPARATOR ONE}".join(parts)
    return int.from_bytes(hashlib.sha256(joined.encode("utf-8", "surrogatepass")).digest()[:8])


def _jpeg(image: Image.Image) -> bytes:
    content = BytesIO()
    image.save(content, "JPEG", quality=JPEG_QUALITY, subsampling=0, comment=MADE_BY)
    return content.getvalue()


def told(missing: dict[str, None]) -> tuple[Diagnostic, ...]:
    """E041 about characters that no font has."""
    if not missing:
        return ()
    shown = sorted(missing)
    named = " ".join(f"{character} (U+{ord(character):04X})" for character in shown[:_MAX_NAMED])
    return (warning("E041", count=len(shown), characters=named),)
