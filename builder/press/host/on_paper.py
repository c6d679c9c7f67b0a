"""WeasyPrint's own file for the press room: its colours in inks, boxes, marks outside its pages.

What is rewritten goes back into its list of objects as the bytes that it will be. One function
of WeasyPrint is replaced, for the whole process: neutral colours are written as grey, since many
a printer makes four inks of black that is said to be RGB.
"""

from collections.abc import Callable

import pydyf
import weasyprint
from weasyprint.pdf.stream import Stream

from builder.prepress import (
    MARKS_SPACE,
    OnPaper,
    PageBoxes,
    PdfObject,
    boxes_of,
    clip_content,
    marks_content,
    operator,
)
from builder.press.host.handover import written_object

_PX_TO_PT = 0.75


class _WrittenStream(pydyf.Stream):
    """A stream that is as it will be in the file."""

    def __init__(self, entries: str, content: bytes) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # pydyf has no types
        head = f"<<{entries}/Length {len(content)}>>\nstream\n".encode("latin-1")
        self._written = b"".join((head, content, b"\nendstream"))

    @property
    def data(self) -> bytes:
        """The stream with its dictionary."""
        return self._written


class _Written(pydyf.Object):
    """Any other object that is as it will be in the file."""

    def __init__(self, text: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # pydyf has no types
        self._written = text.encode("latin-1")

    @property
    def data(self) -> bytes:
        """The object."""
        return self._written


def put_on_paper(document: weasyprint.Document, pdf: pydyf.PDF, wanted: OnPaper) -> int:
    """Change a finished file; gives how many pictures are blank now, because nobody can read them.

    To be called last: pages are only bytes after it.
    """
    pages = [item for item in pdf.objects if _is_page(item)]
    unread = 0
    if wanted.ink != "rgb":
        from builder.prepress import inked_objects

        spaces = _spaces(pages, pdf)
        contents = {int(page["Contents"].split()[0]) for page in pages}
        found = [written_object(item) for item in pdf.objects[1:] if item.number]
        made = inked_objects(found, wanted.ink, contents=contents)
        unread = made.unread
        for old, new in zip(found, made.objects, strict=True):
            if new != old:
                _put(pdf, new)
        if wanted.ink == "cmyk" and "registration" in wanted.marks:
            _put(pdf, PdfObject(spaces, f"<</{MARKS_SPACE[0]} {MARKS_SPACE[1]}>>"))
        # A profile of the sheet's own says which RGB or CMYK is meant, of which there is none now.
        if wanted.ink == "grey":
            pdf.catalog.pop("OutputIntents", None)
    known: dict[PageBoxes, tuple[bytes, bytes]] = {}
    for item, page in zip(pages, document.pages, strict=True):
        _put_edges(pdf, item, _boxes(page, wanted), wanted, known)
    return unread


def _put_edges(
    pdf: pydyf.PDF,
    page: pydyf.Dictionary,
    boxes: PageBoxes,
    wanted: OnPaper,
    known: dict[PageBoxes, tuple[bytes, bytes]],
) -> None:
    """The boxes of a page, and what stands before and after its contents."""
    page["MediaBox"] = pydyf.Array(boxes.media)
    page["BleedBox"] = pydyf.Array(boxes.bleed)
    page["TrimBox"] = pydyf.Array(boxes.trim)
    if boxes.media == boxes.trim:
        return
    if boxes not in known:
        before = _WrittenStream("", clip_content(boxes))
        after = _WrittenStream("", b"Q\n" + marks_content(boxes, wanted.marks, wanted.ink))
        pdf.add_object(before)
        pdf.add_object(after)
        known[boxes] = before.reference, after.reference
    before_page, after_page = known[boxes]
    page["Contents"] = pydyf.Array([before_page, page["Contents"], after_page])


def _boxes(page: weasyprint.Page, wanted: OnPaper) -> PageBoxes:
    bleed = page.bleed
    left, bottom, right, top = (
        round(bleed[edge] * _PX_TO_PT, 4) for edge in ("left", "bottom", "right", "top")
    )
    return boxes_of(
        round(page.width * _PX_TO_PT, 4),
        round(page.height * _PX_TO_PT, 4),
        bleed=(left, bottom, right, top),
        marks=wanted.marks,
    )


def _spaces(pages: list[pydyf.Dictionary], pdf: pydyf.PDF) -> int:
    """The number of the object that names the spaces of colour of all pages."""
    resources = pdf.objects[int(pages[0]["Resources"].split()[0])]
    return int(resources["ColorSpace"].split()[0])


def _put(pdf: pydyf.PDF, new: PdfObject) -> None:
    item = _Written(new.body) if new.data is None else _WrittenStream(new.body, new.data)
    item.number = new.number
    pdf.objects[new.number] = item


def _is_page(item: object) -> bool:
    return isinstance(item, pydyf.Dictionary) and item.get("Type") == "/Page"


# --- a change that holds for the whole process ----------------------------------------------

_set_rgb: Callable[..., None] = Stream.set_color_rgb


def _set_grey_or_rgb(
    stream: Stream,
    red: float,
    green: float,
    blue: float,
    stroke: bool = False,  # noqa: FBT001, FBT002  (its signature)
) -> None:
    if red == green == blue:
        stream.stream.append(operator((red,), stroke=stroke).encode("ascii"))
    else:
        _set_rgb(stream, red, green, blue, stroke)


def _replace(owner: object, name: str, value: object) -> None:
    setattr(owner, name, value)


_replace(Stream, "set_color_rgb", _set_grey_or_rgb)
