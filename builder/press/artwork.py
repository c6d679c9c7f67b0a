"""A drawn sheet → a PDF of one page: pictures, fields of colour, type in embedded fonts.

Type stays type: glyphs of fonts cut down to them, each with the character it is read as, so that
the words of a spine can be searched and selected. No transparency, no annotations, nothing but
the sheet and its bleed, and outside of that the guides that were asked for.
Source: ISO 32000-1, 8.9.5 (pictures), 9.4 (text), 14.11.2 (page boxes).
"""

import hashlib
from typing import assert_never

from builder.core.artwork import Fields, Frame, Lettering, Picture, Sheet
from builder.core.colours import RGB
from builder.fonts.metrics import metrics
from builder.prepress import BLACK, Colour, Ink, inked_picture, mixed, operator
from builder.prepress.samples import Samples
from builder.press.about import About, information, xmp
from builder.press.codes import literal
from builder.press.font_objects import put_font
from builder.press.program import FontFile, Program
from builder.press.syntax import name, number, numbers, text_string
from builder.press.writer import Writer

_PT_PER_MM = 72 / 25.4
# The guides stand clear of the bleed, and are as thin as a plate shows.
_GUIDE_GAP_MM, _GUIDE_MM, _GUIDE_WIDTH_PT = 2.0, 5.0, 0.25
_FULL = 255
_DARKEST = 110  # of letters that are meant to be black, with a breath of the cover's colour
_SPACES = {"grey": "/DeviceGray", "rgb": "/DeviceRGB", "cmyk": "/DeviceCMYK"}


def press_artwork(sheet: Sheet, about: About, *, ink: Ink) -> bytes:
    """The PDF. The same sheet gives the same bytes.

    Raises ComposeError P022 for a font whose licence forbids to embed it.
    """
    return _Plate(sheet, about, ink).pdf()


class _Plate:
    """A sheet on its way into a file."""

    def __init__(self, sheet: Sheet, about: About, ink: Ink) -> None:
        self._sheet, self._about, self._ink = sheet, about, ink
        self._margin = sheet.bleed + (_GUIDE_GAP_MM + _GUIDE_MM if sheet.folds else 0.0)
        self._writer = Writer()
        self._programs: dict[FontFile, Program] = {}
        self._pictures: dict[str, int] = {}

    def pdf(self) -> bytes:
        sheet, writer = self._sheet, self._writer
        operators = [words for item in sheet.items for words in self._item(item)]
        operators += self._guides()
        content = writer.add_deflated("", "\n".join(operators).encode("latin-1"))
        fonts = "".join(
            f"{name(key)} {at} 0 R"
            for program in self._programs.values()
            for key, at in put_font(writer, program).numbers.items()
        )
        pictures = "".join(f"{name(key)} {at} 0 R" for key, at in self._pictures.items())
        pages = writer.reserve()
        trim = Frame(0, 0, sheet.width, sheet.height)
        page = writer.add(
            f"<</Type/Page/Parent {pages} 0 R/MediaBox{self._box(trim, self._margin)}"
            f"/BleedBox{self._box(trim, sheet.bleed)}/TrimBox{self._box(trim, 0)}"
            f"/Contents {content} 0 R/Resources<</Font<<{fonts}>>/XObject<<{pictures}>>>>>>"
        )
        writer.put(pages, f"<</Type/Pages/Kids[{page} 0 R]/Count 1>>")
        direction = "/Direction/R2L" if sheet.is_right_bound else ""
        metadata = writer.add_stream("/Type/Metadata/Subtype/XML", xmp(self._about, ()))
        root = writer.add(
            f"<</Type/Catalog/Pages {pages} 0 R/Lang{text_string(self._about.language)}"
            f"/Metadata {metadata} 0 R/ViewerPreferences<</DisplayDocTitle true{direction}>>>>"
        )
        info = writer.add(information(self._about))
        identifier = hashlib.sha256(self._about.identifier.encode()).digest()[:16]
        return writer.finish(root=root, info=info, identifier=identifier)

    # --- what lies on the sheet ---------------------------------------------------------------

    def _item(self, item: Picture | Fields | Lettering) -> list[str]:
        match item:
            case Picture():
                return [self._picture(item)]
            case Fields():
                frames = " ".join(f"{self._rectangle(frame)} re" for frame in item.frames)
                return [operator(self._colour(item.colour)), f"{frames} f"]
            case Lettering():
                return [self._lettering(item)]
            case _:
                assert_never(item)

    def _picture(self, item: Picture) -> str:
        drawn = Samples(item.width_px, item.height_px, "rgb", item.jpeg, is_jpeg=True)
        samples = inked_picture(drawn, self._ink)
        if samples is None:
            raise ValueError("a drawn picture cannot be read")
        inverted = "/Decode[1 0 1 0 1 0 1 0]" if samples.is_inverted else ""
        key = f"I{len(self._pictures) + 1}"
        self._pictures[key] = self._writer.add_stream(
            f"/Type/XObject/Subtype/Image/Width {samples.width}/Height {samples.height}"
            f"/ColorSpace{_SPACES[samples.space]}/BitsPerComponent 8{inverted}/Filter/DCTDecode",
            samples.data,
        )
        left, bottom, width, height = self._rectangle(item.frame).split()
        return f"q {width} 0 0 {height} {left} {bottom} cm /{key} Do Q"

    def _lettering(self, item: Lettering) -> str:
        """Each character from its own place, as far along as those before it reach.

        A glyph that is read as another character elsewhere, as “ and 「 are in columns, says here
        what it stands for.
        """
        program = self._program(FontFile(item.path, item.index))
        codes, is_misread = [], False
        one_by_one = len(item.text) == len(item.reading)
        readings = item.reading if one_by_one else item.reading[:1] * len(item.text)
        for character, reading in zip(item.text, readings, strict=True):
            glyph = program.metrics.glyph(character, self._about.language)
            if glyph is not None:
                is_misread |= not program.read_as(glyph.number, reading)
                codes.append(program.shown(glyph.number))
        x, y = self._point(item.x, item.y)
        turn = "0 -1 1 0" if item.is_turned else "1 0 0 1"
        size = number(item.size * _PT_PER_MM)
        shown = (
            f"BT {operator(self._letter_colour(item.colour))} /{program.name} {size} Tf"
            f" {turn} {number(x)} {number(y)} Tm ({literal(''.join(codes))})Tj ET"
        )
        if not is_misread:
            return shown
        return f"/Span<</ActualText{text_string(item.reading)}>>BDC {shown} EMC"

    def _program(self, file: FontFile) -> Program:
        if file not in self._programs:
            key = f"F{len(self._programs) + 1}"
            self._programs[file] = Program(key, file, metrics(file.path, file.index, file.axes))
        return self._programs[file]

    def _guides(self) -> list[str]:
        """Where to fold: strokes above and below the bleed."""
        sheet, lines = self._sheet, []
        reach = sheet.bleed + _GUIDE_GAP_MM
        for fold in sheet.folds:
            for start, end in (
                (-reach - _GUIDE_MM, -reach),
                (sheet.height + reach, sheet.height + reach + _GUIDE_MM),
            ):
                (x, first), (_, second) = self._point(fold, start), self._point(fold, end)
                lines.append(f"{number(x)} {number(first)} m {number(x)} {number(second)} l")
        if not lines:
            return []
        black = operator(BLACK["cmyk" if self._ink == "cmyk" else "grey"], stroke=True)
        return [f"q {_GUIDE_WIDTH_PT} w {black}", *lines, "S Q"]

    # --- measures -------------------------------------------------------------------------------

    def _colour(self, colour: RGB | None) -> Colour:
        if colour is None:
            return BLACK["cmyk" if self._ink == "cmyk" else "grey"]
        red, green, blue = colour
        return mixed((red / _FULL, green / _FULL, blue / _FULL), self._ink)

    def _letter_colour(self, colour: RGB | None) -> Colour:
        """Dark letters are black ink alone on paper: small strokes show every plate that is off."""
        is_dark = colour is not None and max(colour) <= _DARKEST
        return self._colour(None if is_dark and self._ink != "rgb" else colour)

    def _point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the sheet as PDF counts: points from the lower left corner of the media."""
        return (
            (x + self._margin) * _PT_PER_MM,
            (self._sheet.height + self._margin - y) * _PT_PER_MM,
        )

    def _rectangle(self, frame: Frame) -> str:
        x, y = self._point(frame.left, frame.bottom)
        sides = (x, y, frame.width * _PT_PER_MM, frame.height * _PT_PER_MM)
        return " ".join(map(number, sides))

    def _box(self, frame: Frame, reach: float) -> str:
        left, bottom = self._point(frame.left - reach, frame.bottom + reach)
        right, top = self._point(frame.right + reach, frame.top - reach)
        return numbers((left, bottom, right, top))
