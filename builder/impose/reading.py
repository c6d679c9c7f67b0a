"""The PDF whose pages are imposed: opened with care, and the shapes of its pages.

What comes from outside may be anything: each box is looked at before it is believed.
"""

import logging
import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from builder.core.catalogue import say
from builder.core.diagnostic import Location
from builder.core.errors import SourceError
from builder.core.files import regular_file
from builder.impose.placing import Box, PageShape

if TYPE_CHECKING:
    import pikepdf

# The longest text that is read, 30 million characters, has 75,000 pages.
MAX_PAGES = 100_000
# The largest page that every reader accepts, 5 m. Source: ISO 32000-1, annex C.2 (14,400 units).
MAX_POINTS = 14_400
# Smaller than this is no page but a mistake; the smallest bound books are larger.
MIN_POINTS = 3.0
_DEEP = 50  # levels of the page tree; writers make three or four


@contextmanager
def opened(path: Path) -> "Iterator[pikepdf.Pdf]":
    """The PDF at `path`.

    Raises SourceError Q001 (no PDF, or one too broken to be read), Q002 (it wants a password) or
    Q003 (no pages).
    """
    import pikepdf

    place = Location(str(path))
    # What qpdf mends is counted and told (Q023); what it says meanwhile is not for the person.
    logging.getLogger("pikepdf").addHandler(logging.NullHandler())
    try:
        with regular_file(path) as file, pikepdf.open(file) as pdf:
            if len(pdf.pages) == 0:
                raise SourceError("Q003", location=place)
            if len(pdf.pages) > MAX_PAGES:
                reason = say("impose.pages", pages=len(pdf.pages), most=MAX_PAGES)
                raise SourceError("Q001", location=place, reason=reason)
            yield pdf
    except pikepdf.PasswordError as problem:
        raise SourceError("Q002", location=place) from problem
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise SourceError("Q001", location=place, reason=reason) from problem
    # In a broken file any object may be missing or another than its place promises.
    except (
        pikepdf.PdfError, AttributeError, IndexError, KeyError, RuntimeError, TypeError, ValueError,
    ) as problem:  # fmt: skip
        reason = str(problem).removeprefix(f"{path}: ") or type(problem).__name__
        raise SourceError("Q001", location=place, reason=reason) from problem


def shape_of(page: "pikepdf.Page", path: Path, number: int) -> PageShape:
    """The shape of a page; `number` counts from 1. Raises SourceError Q004 when it has none."""
    media = _box(_inherited(page.obj, "/MediaBox"))
    if media is None:
        raise SourceError("Q004", location=Location(f"{path}#page={number}"))
    crop = _inside(_box(_inherited(page.obj, "/CropBox")), media) or media
    trim = _inside(_box(page.obj.get("/TrimBox")), media) or crop
    # Without a BleedBox, what lies outside the trimmed page is marks as likely as bleed.
    bleed = _inside(_box(page.obj.get("/BleedBox")), media) or trim
    turn, unit = _number(_inherited(page.obj, "/Rotate")), _number(page.obj.get("/UserUnit"))
    shape = PageShape(
        trim,
        _around(bleed, trim),
        turn=round(turn or 0) % 360 // 90 * 90,
        unit=unit if unit and unit > 0 else 1.0,
    )
    if min(shape.size) < MIN_POINTS or max(shape.size) > MAX_POINTS:
        raise SourceError("Q004", location=Location(f"{path}#page={number}"))
    return shape


def _inherited(page: "pikepdf.Object", key: str) -> "pikepdf.Object | None":
    """An attribute of a page, or of what it hangs from."""
    node = page
    for _ in range(_DEEP):
        value = node.get(key)
        if value is not None:
            return value
        above = node.get("/Parent")
        if above is None:
            return None
        node = above
    return None


def _box(value: "pikepdf.Object | None") -> Box | None:
    """A rectangle, its corners in order; None when it is none or has no area."""
    import pikepdf

    if not isinstance(value, pikepdf.Array) or len(value) != 4:
        return None
    numbers = [_number(item) for item in value]
    x0, y0, x1, y1 = (math.nan if number is None else number for number in numbers)
    box = Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    return box if box.width > 0 and box.height > 0 else None


def _number(value: object) -> float | None:
    """A finite number that a PDF holds; None for anything else."""
    import decimal

    if isinstance(value, bool) or not isinstance(value, int | float | decimal.Decimal):
        return None
    number = float(value)
    return number if math.isfinite(number) else None


def _inside(box: Box | None, media: Box) -> Box | None:
    """What of a box lies on the page; None when nothing does."""
    if box is None:
        return None
    common = box.within(media)
    return common if common.width > 0 and common.height > 0 else None


def _around(bleed: Box, trim: Box) -> Box:
    """The bleed reaches at least to the edges of the trimmed page."""
    return Box(
        min(bleed.x0, trim.x0),
        min(bleed.y0, trim.y0),
        max(bleed.x1, trim.x1),
        max(bleed.y1, trim.y1),
    )
