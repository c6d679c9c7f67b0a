"""A PDF as its reader sees it: pages, numbers, chapters, the way it is bound, and pictures of pages.

The only importer of pypdfium2; qpdf is asked why a file cannot be opened. What a page shows is what will be left of it when it is cut: its
TrimBox. However large a page says it is, its picture is as large as was asked.
"""

import ctypes
import io
import logging
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from builder.core.diagnostic import Location
from builder.core.errors import SourceError
from builder.core.files import regular_file

if TYPE_CHECKING:
    import pypdfium2
    from PIL.Image import Image

# What builder.impose says of its sheets; rooms beside each other do not import each other.
_SHEETS = "builder impose"
# More chapters than any book has; an outline may also be made to never end.
_MOST_CHAPTERS = 20_000
# A name among the preferences of a viewer is L2R or R2L.
_NAME_BYTES = 32
_HEAD_CHARS = 40
# Drawn at most this much finer than asked: a page a thousand times as long as wide stays small.
_MOST_SCALE = 50.0


@dataclass(frozen=True, slots=True)
class Chapter:
    """An entry of the outline: its title, its page, from 0, and how deep it stands."""

    title: str
    page: int
    level: int = 0


class Document:
    """An open PDF; pages count from 0."""

    def __init__(self, pdf: "pypdfium2.PdfDocument") -> None:
        self._pdf = pdf
        self._chapters: tuple[Chapter, ...] | None = None
        self.page_count = len(pdf)

    @property
    def is_right_bound(self) -> bool:
        """Whether the file says that its pages turn from left to right."""
        import pypdfium2.raw as pdfium

        name = ctypes.create_string_buffer(_NAME_BYTES)
        pdfium.FPDF_VIEWERREF_GetName(self._pdf, b"Direction", name, _NAME_BYTES)
        return name.value == b"R2L"

    @property
    def is_sheets(self) -> bool:
        """Whether the pages are sheets with several pages each, which no book opens at."""
        return bool(self._pdf.get_metadata_value("Producer").startswith(_SHEETS))

    def label(self, page: int) -> str:
        """What a page calls itself, such as iv or 12; its number when it says nothing."""
        try:
            return self._pdf.get_page_label(page) or str(page + 1)
        except UnicodeDecodeError:
            return str(page + 1)

    def chapters(self) -> tuple[Chapter, ...]:
        """The outline in its order, without what leads nowhere."""
        if self._chapters is None:
            self._chapters = tuple(islice(self._outline(), _MOST_CHAPTERS))
        return self._chapters

    def _outline(self) -> Iterator[Chapter]:
        for entry in self._pdf.get_toc():
            goal = entry.get_dest()
            page = goal.get_index() if goal else None
            if page is None or not 0 <= page < self.page_count:
                continue
            try:
                title = entry.get_title()
            except UnicodeDecodeError:
                # A chapter begins there, whatever it is called.
                title = ""
            yield Chapter(title, page, entry.level)

    def head(self, page: int) -> str:
        """The first characters of a page, without spaces; empty when it has none."""
        import pypdfium2

        try:
            text = self._pdf[page].get_textpage().get_text_range(0, 2 * _HEAD_CHARS)
        except pypdfium2.PdfiumError:
            return ""
        return "".join(text.split())[:_HEAD_CHARS]

    def has_picture(self, page: int) -> bool:
        """Whether a picture stands on a page."""
        import pypdfium2
        import pypdfium2.raw as pdfium

        try:
            kinds = [pdfium.FPDF_PAGEOBJ_IMAGE]
            return any(True for _ in self._pdf[page].get_objects(filter=kinds, max_depth=4))
        except pypdfium2.PdfiumError:
            return False

    def size(self, page: int) -> tuple[float, float] | None:
        """Width and height as the page is seen, in points; None when it has none."""
        import pypdfium2

        try:
            return self._size(self._trimmed(page))
        except pypdfium2.PdfiumError:
            return None

    def picture(self, page: int, width: int, height: int) -> "Image | None":
        """A page as large as it goes into so many pixels; None when it cannot be drawn."""
        import pypdfium2

        try:
            opened = self._trimmed(page)
            size = self._size(opened)
            if size is None:
                return None
            scale = min(width / size[0], height / size[1], _MOST_SCALE)
            picture: Image = opened.render(scale=scale, draw_annots=True).to_pil().convert("RGB")
        except (pypdfium2.PdfiumError, ValueError, MemoryError):
            return None
        return picture

    def _trimmed(self, page: int) -> "pypdfium2.PdfPage":
        """A page that shows its TrimBox alone."""
        opened: pypdfium2.PdfPage = self._pdf[page]
        trim, shown = opened.get_trimbox(), opened.get_cropbox()
        if trim == shown or not _is_inside(trim, opened.get_mediabox()):
            return opened
        opened.set_cropbox(*trim)
        # Its size is read when a page is loaded, so it is loaded once more.
        opened.close()
        anew: pypdfium2.PdfPage = self._pdf[page]
        return anew

    def _size(self, page: "pypdfium2.PdfPage") -> tuple[float, float] | None:
        width, height = page.get_size()
        is_sound = all(math.isfinite(side) and side > 0 for side in (width, height))
        return (width, height) if is_sound else None


@contextmanager
def opened(pdf: Path | bytes, name: str) -> Iterator[Document]:
    """The PDF at a path, or the bytes of one; `name` is what messages call it.

    Raises SourceError V001 (no PDF), V002 (it wants a password) or V003 (no pages).
    """
    import pypdfium2

    place = Location(name)
    try:
        # What they have to say beside their answers is not for the person who looks.
        for library in ("pypdfium2", "pikepdf"):
            logging.getLogger(library).addHandler(logging.NullHandler())
        if isinstance(pdf, Path):
            with regular_file(pdf):  # pypdfium2 says less of why a file cannot be read
                pass
        content = pypdfium2.PdfDocument(pdf)
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise SourceError("V001", location=place, reason=reason) from problem
    except pypdfium2.PdfiumError as problem:
        raise _refused(pdf, place, str(problem)) from problem
    try:
        if len(content) == 0:
            raise SourceError("V003", location=place)
        yield Document(content)
    finally:
        content.close()


def _refused(pdf: Path | bytes, place: Location, said: str) -> SourceError:
    """Why a PDF cannot be opened.

    PDFium tells the last error it had, which may be that of another file; qpdf tells this one's.
    """
    import pikepdf

    try:
        with pikepdf.open(pdf if isinstance(pdf, Path) else io.BytesIO(pdf)) as opened:
            has_pages = len(opened.pages) > 0
    except pikepdf.PasswordError:
        return SourceError("V002", location=place)
    except (pikepdf.PdfError, RuntimeError, ValueError) as problem:
        reason = str(problem).removeprefix(f"{pdf!s}: ")
        return SourceError("V001", location=place, reason=reason)
    if has_pages:
        return SourceError("V001", location=place, reason=said)
    return SourceError("V003", location=place)


_Corners = tuple[float, float, float, float]


def _is_inside(trim: _Corners, media: _Corners) -> bool:
    left, bottom, right, top = trim
    return (
        min(media[0], media[2]) - 1 <= left < right <= max(media[0], media[2]) + 1
        and min(media[1], media[3]) - 1 <= bottom < top <= max(media[1], media[3]) + 1
    )
