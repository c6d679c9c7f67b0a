"""A page's content, interpreted: where its ink lies and what it is.

Text, paths, pictures, shadings and forms, with clipping by boxes. Whatever a damaged file holds
instead of what an operator wants is passed over, as viewers do.
Source: ISO 32000-1, 8 (graphics), 9 (text).
"""

from itertools import pairwise
from math import hypot, isfinite
from typing import TYPE_CHECKING, Any

from builder.check.preflight.colours import space_of
from builder.check.preflight.geometry import (
    Box,
    around,
    around_points,
    grown,
    height,
    is_inside,
    moved,
    overlap,
    reach,
    upright,
    width,
)
from builder.check.preflight.glyphs import Typeface
from builder.check.preflight.ink import Colour, Kind, Mark, PageInk, Picture, Space
from builder.check.preflight.leaves import Leaf
from builder.check.preflight.operators import BROKEN, Stream
from builder.check.preflight.state import Path, State
from builder.check.typography.fonts import EM
from builder.check.unpacking import MAX_BYTES, size_of
from builder.core.matrix import Matrix, multiply

if TYPE_CHECKING:
    import pikepdf

# Forms inside forms, before it is taken for a loop; operators a page may take in all.
MAX_DEPTH = 12
MAX_OPERATORS = 1_500_000
# And a file: two minutes' work. Text takes time by its length, operators by their number.
MAX_OPERATORS_IN_ALL = 40_000_000
_BYTES_AN_OPERATOR = 16
MAX_MARKS = 20_000
_INVISIBLE = frozenset({3, 7})
# A filled strip this much longer than wide is a line; borders are drawn so.
_STRIP = 8
_UNIT_BOX: Box = (0.0, 0.0, 1.0, 1.0)
_HAIR_PT = 0.7
_HAIRLINE_PT = 0.01


class InkReader:
    """Reads the pages of one file; remembers its fonts and the kinds of its colour spaces."""

    def __init__(self, *, keeps_glyphs: bool = False) -> None:
        self.faces: dict[tuple[int, int], Typeface | None] = {}
        self.sources: dict[tuple[int, int], pikepdf.Object] = {}
        self.images: dict[tuple[int, int], pikepdf.Object] = {}
        self.keeps_glyphs = keeps_glyphs
        self.left = MAX_OPERATORS_IN_ALL

    def read(self, page: "pikepdf.Page", leaf: Leaf, safe: Box) -> PageInk:
        """What is on a page; marks are kept where they leave `safe`."""
        painter = Painter(self, leaf, safe)
        painter.paint(
            page.obj,
            page.obj.get("/Contents"),
            _resources(page),
            State(leaf.matrix, leaf.media),
            0,
        )
        return painter.page

    def face(self, font: "pikepdf.Object") -> tuple[tuple[int, int], Typeface | None]:
        """A font by its resource; None for one that cannot be read."""
        key = font.objgen
        if key == (0, 0):
            # It stands in the resources themselves, so it is known by what it says.
            key = (0, hash(font.unparse()))
        if key not in self.faces:
            self.sources[key] = font
            try:
                self.faces[key] = Typeface(font)
            except BROKEN:
                self.faces[key] = None
        return key, self.faces[key]


def _resources(page: "pikepdf.Page") -> "pikepdf.Object":
    import pikepdf

    try:
        return page.resources
    except (*BROKEN, pikepdf.PdfError):
        return pikepdf.Dictionary()


class Painter:
    """One page while it is read."""

    def __init__(self, reader: InkReader, leaf: Leaf, safe: Box) -> None:
        self.page = PageInk()
        self._reader = reader
        self._safe = safe
        # How far text stands out of the safe part, side by side; 0 where none does.
        self._nearest = [0.0, 0.0, 0.0, 0.0]
        # Printers' marks beside the page may be as thin as they like.
        self._trim = leaf.trim
        self._left = MAX_OPERATORS

    def paint(
        self,
        holder: "pikepdf.Object",
        content: "pikepdf.Object | None",
        resources: "pikepdf.Object",
        state: State,
        depth: int,
    ) -> None:
        """Interpret one content stream; `holder` is the page or the form."""
        import pikepdf

        if content is None:
            return
        size = size_of(content)
        if size > MAX_BYTES or self._reader.left < 0:
            self.page.is_cut_short = True
            return
        try:
            instructions = pikepdf.parse_content_stream(holder)
        except (*BROKEN, pikepdf.PdfError):
            self.page.is_cut_short = True
            return
        self._left -= len(instructions)
        self._reader.left -= len(instructions) + size // _BYTES_AN_OPERATOR
        if self._left < 0:
            self.page.is_cut_short = True
            return
        Stream(self, resources, state, depth).run(instructions)

    def face(self, font: "pikepdf.Object") -> Typeface | None:
        """A font that the page uses from here on."""
        key, face = self._reader.face(font)
        self.page.fonts.add(key)
        return face

    # --- what the parts of a stream leave on the paper --------------------------------------

    def mark(
        self, kind: Kind, box: Box, state: State, colour: Colour, *, is_line: bool = False
    ) -> None:
        """Ink on the leaf, unless it is white, clear, clipped away or off the sheet."""
        page = self.page
        if colour.is_white and kind is not Kind.TEXT:
            return
        seen = overlap(box, state.clip)
        if seen is None or not isfinite(sum(seen)):
            return
        opacity = state.line_opacity if is_line else state.opacity
        if opacity <= 0:
            return
        page.has_ink = True
        page.transparencies |= state.effects
        if opacity < 1:
            page.transparencies.add("opacity")
        if kind is Kind.TEXT:
            page.text_colours.add(colour.space)
            page.has_rich_text = page.has_rich_text or colour.is_rich_black
        elif kind is not Kind.PICTURE:
            page.colours.add(colour.space)
        page.most_ink = max(page.most_ink, colour.coverage)
        if not is_inside(seen, self._safe) and len(page.marks) < MAX_MARKS:
            page.marks.append(Mark(kind, seen))

    def fill(self, path: Path, state: State) -> None:
        for part in path.parts:
            box = around_points(part)
            kind = Kind.ART
            short, long = sorted((width(box), height(box)))
            if len(part) <= 5 and long > _STRIP * short:
                kind = Kind.LINE
                # What has no area at all is a dot or nothing, as the device likes.
                if short > 0:
                    self._thin(short, box, state, state.fill)
            self.mark(kind, box, state, state.fill)

    def stroke(self, path: Path, state: State) -> None:
        a, b, c, d, _, _ = state.ctm
        thickness = state.line_width * abs(a * d - b * c) ** 0.5
        for part in path.parts:
            pairs = list(pairwise(part)) or [(part[0], part[0])]
            for pair in pairs:
                box = grown(around_points(pair), thickness / 2)
                self._thin(thickness, box, state, state.stroke)
                self.mark(Kind.LINE, box, state, state.stroke, is_line=True)

    def _thin(self, thickness: float, box: Box, state: State, colour: Colour) -> None:
        page = self.page
        thickness = max(thickness, _HAIRLINE_PT)
        if page.thinnest_pt and thickness >= page.thinnest_pt:
            return
        seen = overlap(box, state.clip)
        if not colour.is_white and seen and overlap(seen, self._trim):
            page.thinnest_pt = thickness

    def shade(self, shading: Any, state: State) -> None:
        colour = Colour(space_of(shading.get("/ColorSpace")))
        self.mark(Kind.ART, state.clip, state, colour)

    def image(self, image: Any, state: State, resources: "pikepdf.Object") -> None:
        """A picture: an XObject, in the unit square of its own coordinates."""
        pixels = (int(image.get("/Width", 0)), int(image.get("/Height", 0)))
        is_stencil = bool(image.get("/ImageMask", False))
        if is_stencil:
            space = state.fill.space
        elif "/ColorSpace" in image:
            space = space_of(image.get("/ColorSpace"), resources)
        else:
            # JPEG 2000 carries its colours inside.
            space = Space.PATTERN
        if space is Space.CMYK and not is_stencil:
            self._reader.images[image.objgen] = image
        if "/SMask" in image:
            self.page.transparencies.add("mask")
        self.place(pixels, space, state, is_stencil=is_stencil, key=image.objgen)

    def place(
        self,
        pixels: tuple[int, int],
        space: Space,
        state: State,
        *,
        is_stencil: bool,
        key: tuple[int, int] = (0, 0),
    ) -> None:
        box = moved(_UNIT_BOX, state.ctm)
        a, b, c, d, _, _ = state.ctm
        wide, high = hypot(a, b), hypot(c, d)
        seen = overlap(box, state.clip)
        if seen is None or not wide or not high or not isfinite(sum(seen)):
            return
        colour = state.fill if is_stencil else Colour(space)
        self.mark(Kind.PICTURE, box, state, colour)
        dpi = min(pixels[0] / wide, pixels[1] / high) * 72
        self.page.pictures.append(Picture(seen, pixels, dpi, space, is_stencil, key))

    def show(self, items: Any, state: State, matrix: Matrix) -> Matrix:
        """Text on one baseline; the text matrix after it."""
        import pikepdf

        face = state.face
        if face is None:
            # Text of a font that cannot be read stands nobody knows where.
            self.page.has_ink = self.page.is_cut_short = True
            return matrix
        font = face.font
        advances, default = font.advances, font.default_advance
        wide, down = font.code_bytes == 2, font.is_vertical
        stretch = 1.0 if down else state.stretch
        unit = state.size / EM
        pen, pieces = 0.0, []
        for item in items:
            if not isinstance(item, pikepdf.Object):
                pen -= float(item) * unit * stretch
                continue
            shown = bytes(item)
            codes = _codes(shown) if wide else shown
            pieces.append((pen, codes, shown))
            length = sum([advances.get(code, default) for code in codes])
            pen += (length * unit + len(codes) * state.spacing) * stretch
            if state.word_spacing and not wide:
                pen += shown.count(b" ") * state.word_spacing * stretch
        if state.mode not in _INVISIBLE and pieces:
            self._ink_of_text(pieces, (pen, stretch, unit), state, matrix)
        if down:
            return (*matrix[:4], matrix[4] + pen * matrix[2], matrix[5] + pen * matrix[3])
        return (*matrix[:4], matrix[4] + pen * matrix[0], matrix[5] + pen * matrix[1])

    def _ink_of_text(
        self, pieces: Any, geometry: tuple[float, float, float], state: State, matrix: Matrix
    ) -> None:
        pen, _, unit = geometry
        face = state.face
        assert face is not None  # noqa: S101  # show has looked
        whole = multiply(matrix, state.ctm)
        bottom, top = face.bottom * unit + state.rise, face.top * unit + state.rise
        if face.font.is_vertical:
            half = EM * unit / 2
            rough = moved((-half, min(pen, 0.0), half, max(pen, 0.0)), whole)
        else:
            rough = moved((min(pen, 0.0), bottom, max(pen, 0.0), top), whole)
        colour = state.stroke if state.mode == 1 else state.fill
        if self._is_new_size(abs(state.size) * hypot(whole[2], whole[3]), pieces, face):
            self.page.smallest_pt = abs(state.size) * hypot(whole[2], whole[3])
        if is_inside(rough, self._safe) and is_inside(rough, state.clip):
            page = self.page
            is_plain = state.opacity == 1 and not state.effects
            if is_plain and colour.space in page.text_colours and colour.space is not Space.CMYK:
                return
            if not all(face.is_blank(shown) for _, _, shown in pieces):
                self.mark(Kind.TEXT, rough, state, colour)
            return
        if self._is_known(rough):
            return
        boxes = self._glyph_boxes(pieces, geometry, state, whole)
        if self._reader.keeps_glyphs:
            for box in boxes:
                self.mark(Kind.TEXT, box, state, colour)
        elif boxes:
            outside = around([box for box in boxes if not is_inside(box, self._safe)] or boxes)
            self.mark(Kind.TEXT, outside, state, colour)
            seen = overlap(outside, state.clip) or outside
            self._nearest = [
                min(known, reach(seen, self._safe, side))
                for side, known in enumerate(self._nearest)
            ]

    def _is_known(self, rough: Box) -> bool:
        """Whether text stands out no farther, at any side, than other text of the page does.

        The line's rough box is a little larger than its glyphs, so what is a hair nearer is passed
        over: a page that is at fault is at fault by as much.
        """
        return not self._reader.keeps_glyphs and all(
            reach(rough, self._safe, side) >= (known - _HAIR_PT if known < 0 else 0)
            for side, known in enumerate(self._nearest)
        )

    def _is_new_size(self, size: float, pieces: Any, face: Typeface) -> bool:
        smallest = self.page.smallest_pt
        if smallest and size >= smallest:
            return False
        return size > 0 and not all(face.is_blank(shown) for _, _, shown in pieces)

    def _glyph_boxes(
        self, pieces: Any, geometry: tuple[float, float, float], state: State, whole: Matrix
    ) -> "list[Box]":
        _, stretch, unit = geometry
        face = state.face
        assert face is not None  # noqa: S101  # show has looked
        font, found = face.font, []
        advances, default = font.advances, font.default_advance
        for start, codes, _ in pieces:
            pen = start
            for code in codes:
                ink = face.box(code)
                advance = advances.get(code, default) * unit
                if ink is not None:
                    found.append(moved(_glyph_at(ink, pen, state, (unit, stretch), font), whole))
                pen += (advance + state.spacing) * stretch
                if code == 32 and font.code_bytes == 1:
                    pen += state.word_spacing * stretch
        return found

    def form(self, form: Any, resources: "pikepdf.Object", state: State, depth: int) -> None:
        if depth >= MAX_DEPTH:
            return
        inner = state.copy()
        if "/Matrix" in form:
            a, b, c, d, e, f = (float(number) for number in form.Matrix)
            inner.ctm = multiply((a, b, c, d, e, f), inner.ctm)
        box = upright(form.get("/BBox", [])) if "/BBox" in form else None
        if box:
            clip = overlap(inner.clip, moved(box, inner.ctm))
            if clip is None:
                return
            inner.clip = clip
        self.paint(form, form, form.get("/Resources", resources), inner, depth + 1)


def _glyph_at(ink: Box, pen: float, state: State, scale: tuple[float, float], font: Any) -> Box:
    """The box of a glyph in text space, its pen point `pen` along the line."""
    unit, stretch = scale
    left, bottom, right, top = (number * unit for number in ink)
    if font.is_vertical:
        # The pen runs down the middle of the em, from its top edge.
        half, over = EM / 2 * unit, 880.0 * unit
        return (left - half, pen + bottom - over, right - half, pen + top - over)
    return (
        pen + left * stretch, bottom + state.rise, pen + right * stretch, top + state.rise,
    )  # fmt: skip


def _codes(shown: bytes) -> "list[int]":
    return [shown[at] << 8 | shown[at + 1] for at in range(0, len(shown) - 1, 2)]
