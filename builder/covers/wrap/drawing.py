"""A whole wrap: the design around the book, its words as type, the barcode on top."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from random import Random

from PIL import Image, ImageStat

from builder.core.artwork import Fields, Frame, Item, Lettering, Picture, Sheet
from builder.core.book import Metadata
from builder.core.colours import RGB
from builder.core.config import CoverConfig
from builder.core.diagnostic import Diagnostic, warning
from builder.core.language import is_traditional
from builder.covers.brief import Brief
from builder.covers.canvas import HEIGHT, Box, Canvas
from builder.covers.designs import Design
from builder.covers.drawing import (
    Chance,
    chance_of,
    design_of,
    digest,
    is_in_columns,
    palette_of,
    told,
)
from builder.covers.lettering import Pen, draw_line, line_length_em
from builder.covers.palette import Palette
from builder.covers.typefaces import Style, Typeface, Weight, typeface
from builder.covers.wording import CoverWords, words_of
from builder.covers.wrap.barcode import SCALES, Barcode, isbn_of
from builder.covers.wrap.blurb import BlurbStyle, blurb_depth, draw_blurb, fit_blurb
from builder.covers.wrap.form import SMALLEST_SPINE_TYPE_MM, WrapForm
from builder.covers.wrap.own import OwnCover, own_cover
from builder.covers.wrap.spine import Spine, SpineFaces, letter_spine

JPEG_QUALITY = 95
_MM_PER_PT = 25.4 / 72
# A description's sizes, in points; below the last it is cut.
_BLURB_PT = (11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5)
_BLURB_PITCH_EM = 1.75
_LARGEST_SPINE_TYPE = 0.05  # of the height
_TOP_SHARE = 0.085  # of the height, above the words of spine and back
_BOUND_SHARE = 0.098
_SIDE_SHARE = 0.105  # of a panel's width, beside the words of the back
_PUBLISHED_PT, _PUBLISHED_PITCH_EM = 8.5, 1.6
_PRICE = ("定价：", "定價：")
_SHELF = ("上架建议：", "上架建議：")
_MAX_SUBJECTS = 3


@dataclass(frozen=True, slots=True)
class Wrap:
    """A wrap ready for the press; `design` is empty for a book with a cover picture of its own."""

    sheet: Sheet = field(repr=False)
    design: str
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class WrapWords:
    """What stands on a wrap beside the words of a cover."""

    description: str = ""
    isbn: str = ""
    price: str = ""
    subjects: tuple[str, ...] = ()


def draw_wrap(
    metadata: Metadata,
    settings: CoverConfig,
    form: WrapForm,
    *,
    named: Metadata | None = None,
    picture: bytes = b"",
    price: str = "",
    vertical: bool = False,
) -> Wrap:
    """The wrap of a book; `named`, `vertical` and `settings` as in `draw_cover`.

    `picture` is the book's own cover, empty to have one drawn. Raises ConfigError E050 for an
    ISBN that is none, ComposeError E001 or E002 for a picture that cannot be used,
    DependencyError F001 or F003. Diagnostics: E041, E053 to E056, E059.
    """
    return _Drawing(metadata, settings, form, named or metadata, vertical=vertical).wrap(
        picture, WrapWords(metadata.description, metadata.isbn, price, metadata.subjects)
    )


class _Drawing:
    """A wrap on its way: a canvas, and the words on it."""

    def __init__(
        self,
        metadata: Metadata,
        settings: CoverConfig,
        form: WrapForm,
        named: Metadata,
        *,
        vertical: bool,
    ) -> None:
        self.form = form
        self.words: CoverWords = words_of(metadata)
        chance: Chance = chance_of(named, metadata)
        self.design: Design = design_of(self.words, settings, chance)
        self.canvas: Canvas = form.canvas(Random(digest(chance.seed, "beyond")))  # noqa: S311  (it decorates)
        self.faces: dict[tuple[Style, Weight], Typeface] = {}
        self.found: list[Diagnostic] = []
        self.brief = Brief(
            words=self.words,
            palette=palette_of(self.design, settings, chance),
            rng=Random(digest(chance.seed, self.design.name, str(chance.volume))),  # noqa: S311
            face=self.face,
            in_columns=is_in_columns(self.design, self.words, settings, vertical=vertical),
        )
        self.palette = self.brief.palette
        self.calm_foot, self.binding = self.design.calm_foot, self.design.binding
        self._label: Callable[[Box], None] | None = None

    def face(self, style: Style, weight: Weight) -> Typeface:
        if (style, weight) not in self.faces:
            self.faces[style, weight] = typeface(style, weight, self.words.language, embeds=True)
        return self.faces[style, weight]

    def wrap(self, picture: bytes, words: WrapWords) -> Wrap:
        own = own_cover(picture, self.form) if picture else None
        if own:
            self._own_ground(own)
        else:
            self._drawn_ground()
        self._spine()
        over = self._back(words)
        letters = tuple(self._lettering())
        missing = {one: None for used in self.faces.values() for one in used.missing}
        sheet = Sheet(
            width=self.form.width,
            height=self.form.height,
            bleed=self.form.bleed,
            items=(*self._grounds(own), *letters, *over),
            folds=self.form.folds,
            is_right_bound=not self.form.is_left_bound,
        )
        return Wrap(sheet, "" if own else self.design.name, (*self.found, *told(missing)))

    # --- grounds ------------------------------------------------------------------------------

    def _drawn_ground(self) -> None:
        self.design.draw(self.canvas, self.brief)
        if self.design.spine_label:
            self._label = partial(self.design.spine_label, self.canvas, self.brief)
        self._tell_resolution(self.form.dpi)

    def _own_ground(self, own: OwnCover) -> None:
        """The picture on the front, its colour on spine and back."""
        self.palette, self.calm_foot, self.binding = Palette(own.ground), HEIGHT, 0.0
        self.canvas.image.paste(own.ground, (0, 0, *self.canvas.image.size))
        self._tell_resolution(own.dpi)

    def _grounds(self, own: OwnCover | None) -> tuple[Item, ...]:
        """What lies below the words, once all of it is drawn."""
        if own is None:
            return (self._picture(self.canvas.image, self._whole()),)
        return Fields((self._whole(),), own.ground), self._picture(own.image, own.frame)

    def _tell_resolution(self, dpi: float) -> None:
        least = self.form.printer.min_image_dpi or 300
        if dpi < least - 0.5:
            self.found.append(warning("E056", dpi=round(dpi), least=least))

    def _whole(self) -> Frame:
        bleed = self.form.bleed
        width, height = self.form.width + 2 * bleed, self.form.height + 2 * bleed
        return Frame(-bleed, -bleed, width, height)

    def _picture(self, image: Image.Image, frame: Frame) -> Picture:
        content = BytesIO()
        image.save(content, "JPEG", quality=JPEG_QUALITY, subsampling=0)
        return Picture(content.getvalue(), image.width, image.height, frame)

    def _colour_on(self, box: Box) -> RGB:
        """The colour for letters on a part of the ground: dark or light, whichever can be read."""
        return self.palette.on(self._mean(box))

    def _mean(self, box: Box) -> RGB:
        left, top = self.canvas.px((box.left, box.top))
        right, bottom = self.canvas.px((box.right, box.bottom))
        part = self.canvas.image.crop((int(left), int(top), int(right) + 1, int(bottom) + 1))
        red, green, blue = (round(mean) for mean in ImageStat.Stat(part).mean)
        return red, green, blue

    # --- words --------------------------------------------------------------------------------

    def _spine(self) -> None:
        form = self.form
        if not form.has_spine_words:
            self.found.append(warning("E053", spine=f"{form.spine:.1f}", pages=form.pages))
            return
        frame, clear = form.spine_frame, form.spine_clear
        # Above the thread of a bound book as well, where there is one.
        safe = max(form.safe, form.height * (_BOUND_SHARE if self.binding else _TOP_SHARE * 0.8))
        strip = form.on_canvas(
            self.canvas,
            Frame(frame.left + clear, safe, frame.width - 2 * clear, form.height - 2 * safe),
        )
        faces = SpineFaces(
            self.face(self.design.title_style, "bold"), self.face(self.design.text_style, "regular")
        )
        spine = Spine(
            strip=strip,
            calm_foot=min(strip.bottom, self.calm_foot),
            foot_is_calm=self.calm_foot >= HEIGHT,
            label=self._label,
            largest=int(form.height * _LARGEST_SPINE_TYPE / form.unit),
            smallest=max(1, -int(-SMALLEST_SPINE_TYPE_MM // form.unit)),
        )
        if letter_spine(self.canvas, self.words, faces, spine, self._colour_on):
            self.found.append(warning("E054", title=self.words.title))

    @property
    def _page(self) -> Frame:
        """The back without what the binding takes of it."""
        back, taken = self.form.back, self.binding * self.form.unit
        left = back.left if self.form.is_left_bound else back.left + taken
        return Frame(left, 0, back.width - taken, back.height)

    def _back(self, words: WrapWords) -> tuple[Item, ...]:
        """The description, what is known of the book below it, the barcode in its corner."""
        form, back = self.form, self._page
        side, top = (
            max(form.safe, back.width * _SIDE_SHARE),
            max(form.safe, form.height * _TOP_SHARE),
        )
        corner, items = self._barcode(words, side)
        published = self._published(words, side, corner)
        if words.description.strip():
            calm = (self.calm_foot / HEIGHT) * form.height
            foot = min(calm, corner.top - side / 2, published - side / 2)
            self._blurb(
                words.description, Frame(back.left + side, top, back.width - 2 * side, foot - top)
            )
        return items

    def _blurb(self, text: str, frame: Frame) -> None:
        in_columns = not self.form.is_left_bound
        style = BlurbStyle(
            typeface=self.face(self.design.text_style, "regular"),
            sizes=tuple(max(1, round(pt * _MM_PER_PT / self.form.unit)) for pt in _BLURB_PT),
            pitch_em=_BLURB_PITCH_EM,
            is_traditional=is_traditional(self.words.language),
            in_columns=in_columns,
        )
        box = self.form.on_canvas(self.canvas, frame)
        blurb = fit_blurb(text, box, style)
        if blurb.is_cut:
            self.found.append(warning("E055"))
        length, depth = blurb.measure_em * blurb.size, blurb_depth(blurb, style)
        used = (
            Box(box.right - depth, box.top, box.right, box.top + length)
            if in_columns
            else Box(box.middle - length / 2, box.top, box.middle + length / 2, box.top + depth)
        )
        pen = Pen(style.typeface, blurb.size, self._colour_on(used))
        start = (used.right, used.top) if in_columns else (used.left, used.top)
        draw_blurb(self.canvas, blurb, start, pen, style=style)

    def _barcode(self, words: WrapWords, side: float) -> tuple[Frame, tuple[Item, ...]]:
        """The corner that the barcode takes, or the printer's own will, and what stands there."""
        form, back, printer = self.form, self._page, self.form.printer
        clear = max(printer.barcode_clear_mm or 0.0, side)
        right, bottom = back.right - clear, back.bottom - clear
        nothing = Frame(right, bottom, 0.0, 0.0)
        if not words.isbn:
            if printer.barcode_area_mm is None:
                return nothing, ()
            width, height = printer.barcode_area_mm
            return Frame(right - width, bottom - height, width, height), ()
        isbn, price = isbn_of(words.isbn), words.price.strip()
        mark = _PRICE[is_traditional(self.words.language)]
        lines = (f"{mark}{price}",) if price else ()
        for scale in SCALES:
            barcode = Barcode(isbn, lines, self.face("sans", "regular"), scale)
            room = Frame(
                back.left + form.safe, form.safe, right - back.left - form.safe, bottom - form.safe
            )
            if barcode.width <= room.width and barcode.height <= room.height / 2:
                left, top = right - barcode.width, bottom - barcode.height
                return Frame(left, top, barcode.width, barcode.height), barcode.items(left, top)
        self.found.append(warning("E059", width=round(back.width), height=round(back.height)))
        return nothing, ()

    def _published(self, words: WrapWords, side: float, corner: Frame) -> float:
        """Publisher and shelf in the other corner, ending where the barcode ends; their top.

        Only where the ground is calm down there, and there is room.
        """
        form, back = self.form, self._page
        shelf = "/".join(words.subjects[:_MAX_SUBJECTS])
        mark = _SHELF[is_traditional(self.words.language)]
        size = max(1, round(_PUBLISHED_PT * _MM_PER_PT / form.unit))
        typeface = self.face(self.design.text_style, "regular")
        room = min(corner.left, back.right - side) - back.left - 1.5 * side
        lines = [
            line
            for line in (self.words.publisher, f"{mark}{shelf}" if shelf else "")
            if line and line_length_em(line, typeface, 0.0) * size * form.unit <= room
        ]
        if self.calm_foot < HEIGHT or not lines:
            return back.bottom - side
        depth = size * form.unit * _PUBLISHED_PITCH_EM * len(lines)
        top = back.bottom - side - depth
        box = form.on_canvas(self.canvas, Frame(back.left + side, top, room, depth))
        pen = Pen(typeface, size, self._colour_on(box))
        for number, line in enumerate(lines):
            y = box.top + size * (_PUBLISHED_PITCH_EM * (number + 1) - 0.5)
            draw_line(self.canvas, line, (box.left, y), pen, align="start")
        return top

    def _lettering(self) -> list[Lettering]:
        found = []
        for letter in self.canvas.letters or ():
            x, y = self.form.on_paper(self.canvas, letter.x, letter.y)
            found.append(
                Lettering(
                    text=letter.text,
                    reading=letter.reading,
                    path=letter.face.path,
                    index=letter.face.index,
                    x=x,
                    y=y,
                    size=letter.size * self.form.unit,
                    colour=letter.colour,
                    is_turned=letter.is_turned,
                )
            )
        return found
