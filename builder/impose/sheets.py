"""Pages → sheets of a PDF: each page becomes a form, drawn where its place is.

The file is made over from inside, so that nothing is copied: content streams become forms as
they are, still compressed, and what the new pages do not use is left out when it is written.
Text keeps its fonts and characters. What points at pages (links, bookmarks) and what describes
their order (tags, page labels) would be wrong on sheets and is left out.
Source: ISO 32000-1, 7.7.3 (page tree), 8.10 (form XObjects), 12.2 (viewer preferences).
"""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from builder.core.version import __version__
from builder.impose.folding import Side
from builder.impose.placing import Box, Ground, PageShape, place_page
from builder.impose.plan import Place, Sheet

if TYPE_CHECKING:
    import pikepdf

Lost = Literal["bookmarks", "tags", "labels", "links"]
# What our own sheets say of themselves, so that they may be written over.
PRODUCER = "builder impose"
# What of the document stays: layers decide what is seen, output intents what colours mean.
_KEPT = frozenset({"/Type", "/Pages", "/Version", "/Lang", "/OCProperties", "/OutputIntents"})
_LEADING: dict[str, Lost] = {
    "/Outlines": "bookmarks",
    "/StructTreeRoot": "tags",
    "/PageLabels": "labels",
}
# Bytes that are unpacked at once, and how often: 64 MB, more than any page's operators.
_STEP, _MOST_STEPS = 1 << 20, 64
_SILENT_KINDS = frozenset({"/Link", "/Popup"})


class Forms:
    """The pages of a file as forms; each is made when it is first asked for."""

    def __init__(self, pdf: "pikepdf.Pdf") -> None:
        self._pdf = pdf
        self._pages = list(pdf.pages)
        self._made: dict[int, pikepdf.Object] = {}
        # Pages, from 0, of which not all can be read, and so not all will be printed.
        self.broken: list[int] = []
        self._taken: set[tuple[int, int]] = set()

    def form(self, at: int) -> "pikepdf.Object":
        """The page `at`, from 0, as a form in its own coordinates."""
        if at not in self._made:
            self._made[at] = self._form(at, self._pages[at])
        return self._made[at]

    def _form(self, at: int, page: "pikepdf.Page") -> "pikepdf.Object":
        import pikepdf

        stream = self._content(at, page)
        stream.Type = pikepdf.Name.XObject
        stream.Subtype = pikepdf.Name.Form
        stream.BBox = page.mediabox
        stream.Resources = page.resources
        if "/Group" in page.obj:
            stream.Group = page.obj.Group
        return stream

    def _content(self, at: int, page: "pikepdf.Page") -> "pikepdf.Stream":
        """One stream with what the page draws, which nothing else draws with."""
        import pikepdf

        content = page.obj.get("/Contents")
        if isinstance(content, pikepdf.Array):
            parts = [part for part in content if isinstance(part, pikepdf.Stream)]
            sound = [part for part in parts if is_sound(part)]
            if len(sound) < len(parts):
                self.broken.append(at)
            page.obj.Contents = pikepdf.Array(sound)
            page.contents_coalesce()
            content = page.obj.get("/Contents")
        elif isinstance(content, pikepdf.Stream) and not is_sound(content):
            # It is left as it is: a printer draws as far as it can be read.
            self.broken.append(at)
        if not isinstance(content, pikepdf.Stream):
            return self._pdf.make_stream(b"")
        # A stream that is a form already may be drawn by others, too, with resources of its own.
        if content.objgen in self._taken or "/Subtype" in content:
            return self._copied(content)
        self._taken.add(content.objgen)
        return content

    def _copied(self, stream: "pikepdf.Stream") -> "pikepdf.Stream":
        """A stream of its own with the same content, packed as it is."""
        packing = {key: stream[key] for key in ("/Filter", "/DecodeParms") if key in stream}
        return self._pdf.make_stream(stream.read_raw_bytes(), packing)


def is_sound(stream: "pikepdf.Stream") -> bool:
    """Whether a stream can be unpacked to its end, as far as we unpack it.

    In small steps, for a little packed may be much unpacked; only what is deflated is looked at.
    """
    if stream.get("/Filter") != "/FlateDecode" or "/DecodeParms" in stream:
        return True
    unpacking, rest = zlib.decompressobj(), stream.read_raw_bytes()
    if not rest:  # pikepdf and others write the content of a bare page so
        return True
    try:
        for _ in range(_MOST_STEPS):
            unpacking.decompress(rest, _STEP)
            rest = unpacking.unconsumed_tail
            if unpacking.eof or not rest:
                return unpacking.eof
    except zlib.error:
        return False
    return True


def lost_of(pdf: "pikepdf.Pdf") -> tuple[Lost, ...]:
    """What of a document cannot go onto sheets."""
    kinds = {kind for page in pdf.pages for kind in _annotation_kinds(page)}
    lost: list[Lost] = [name for key, name in _LEADING.items() if key in pdf.Root]
    return (*lost, "links") if "/Link" in kinds else tuple(lost)


def flatten(pdf: "pikepdf.Pdf") -> None:
    """Make what lies on pages (filled-in forms, stamps, notes) part of them, as it prints."""
    for page in pdf.pages:
        if _annotation_kinds(page) - _SILENT_KINDS:
            if "/AcroForm" in pdf.Root:
                pdf.generate_appearance_streams()
            pdf.flatten_annotations("print")
            return


def _annotation_kinds(page: "pikepdf.Page") -> set[str]:
    import pikepdf

    listed = page.obj.get("/Annots")
    if not isinstance(listed, pikepdf.Array):
        return set()
    return {str(one.get("/Subtype")) for one in listed if isinstance(one, pikepdf.Dictionary)}


class Press:
    """Makes the sides of sheets of one file; the file's own pages are gone once it is printed."""

    def __init__(
        self,
        pdf: "pikepdf.Pdf",
        shapes: Sequence[PageShape],
        ground: Ground,
        marks: Mapping[tuple[int, Side], bytes],
    ) -> None:
        self._pdf = pdf
        self._shapes = shapes
        self._ground = ground
        self._marks = marks
        self._forms = Forms(pdf)

    @property
    def broken(self) -> tuple[int, ...]:
        """Pages, from 0, of which not all can be read."""
        return tuple(sorted(self._forms.broken))

    def side(self, at: int, sheet: Sheet, side: Side) -> "pikepdf.Object":
        """One side of the sheet `at`, from 0, as a page."""
        from pikepdf import Array, Dictionary, Name

        forms = Dictionary()
        drawn: list[bytes] = []
        for place in sheet.side(side):
            if place.page is None:
                continue
            name = f"/P{place.page + 1}"
            forms[name] = self._forms.form(place.page)
            drawn.append(self._drawn(name, place, self._shapes[place.page]))
        drawn.append(self._marks.get((at, side), b""))
        ground = self._ground
        return self._pdf.make_indirect(
            Dictionary(
                Type=Name.Page,
                MediaBox=Array([0, 0, round(ground.width, 3), round(ground.height, 3)]),
                Resources=Dictionary(XObject=forms),
                Contents=self._pdf.make_stream(b"\n".join(filter(None, drawn))),
            )
        )

    def _drawn(self, name: str, place: Place, shape: PageShape) -> bytes:
        placed = place_page(self._ground, place, shape)
        matrix = " ".join(_number(part) for part in placed.matrix)
        return f"q {rectangle(placed.clip)} W n {matrix} cm {name} Do Q".encode()


def rectangle(box: Box) -> str:
    """The operator that makes a box the path."""
    parts = (box.x0, box.y0, max(box.width, 0), max(box.height, 0))
    return f"{' '.join(map(_number, parts))} re"


def _number(value: float) -> str:
    """A number as PDF writes it, fine enough for a matrix over 14,400 points."""
    return f"{value:.6f}".rstrip("0").rstrip(".") or "0"


def bind(pdf: "pikepdf.Pdf", pages: Sequence["pikepdf.Object"], duplex: str = "Simplex") -> None:
    """Let `pages` be the pages of the document, and nothing remain of the old ones.

    `duplex` is how a viewer is to print: Simplex, DuplexFlipShortEdge or DuplexFlipLongEdge.
    """
    from pikepdf import Array, Dictionary, Name

    root = pdf.Root
    for key in set(root.keys()) - _KEPT:
        del root[key]
    node = pdf.make_indirect(Dictionary(Type=Name.Pages, Kids=Array(pages), Count=len(pages)))
    for page in pages:
        page.Parent = node
    root.Pages = node
    root.ViewerPreferences = Dictionary(
        PrintScaling=Name("/None"), Duplex=Name(f"/{duplex}"), PickTrayByPDFSize=True
    )
    # A trailer that had to be mended lacks it; qpdf puts the number in, but not the key.
    if "/Size" not in pdf.trailer:
        pdf.trailer["/Size"] = 0
    title = pdf.docinfo.get("/Title")
    for key in list(pdf.docinfo.keys()):
        del pdf.docinfo[key]
    if title is not None:
        pdf.docinfo["/Title"] = title
    pdf.docinfo["/Producer"] = f"{PRODUCER} {__version__}"


def sides(sheets: Sequence[Sheet]) -> Iterator[tuple[int, Sheet, Side]]:
    """All sides in the order in which a duplex printer prints them."""
    for at, sheet in enumerate(sheets):
        yield at, sheet, "front"
        yield at, sheet, "back"
