"""What is printed with what: fonts, pictures, colours, transparency, fine detail."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from builder.check.preflight.findings import RICH_BLACK, Breach, Teller, mm, worst
from builder.check.preflight.glyphs import FONT_FILES
from builder.check.preflight.ink import PageInk, Space
from builder.check.preflight.painting import InkReader
from builder.check.preflight.separations import most_ink
from builder.core.catalogue import say
from builder.core.diagnostic import Diagnostic
from builder.core.printers import Printer

if TYPE_CHECKING:
    import pikepdf

# Rounding of pixels to sizes: a picture meant to have 300 dpi has 297 of them.
_ENOUGH = 0.985
_TOLERANCE_PT = 0.05
_INK_TOLERANCE = 1.0
# Colours that every press makes: kinds a printer may ask for, and what they are in a file.
_WANTED = {"grey": Space.GREY, "cmyk": Space.CMYK, "rgb": Space.RGB}
# Marks of the press and what cannot be told are judged elsewhere or not at all.
_UNJUDGED = frozenset({Space.REGISTRATION, Space.PATTERN})

Inks = Sequence[tuple[int, PageInk]]


def ink_findings(
    inks: Inks, reader: InkReader, printer: Printer, tell: Teller
) -> Iterator[Diagnostic]:
    """K411 to K415, K419, K420 and K424."""
    yield from _font_findings(inks, reader, tell)
    yield from _picture_findings(inks, printer, tell)
    yield from _colour_findings(inks, reader, printer, tell)
    if printer.wants_flat:
        layered = [Breach(number) for number, ink in inks if ink.transparencies]
        if layered:
            kinds = sorted({kind for _, ink in inks for kind in ink.transparencies})
            told = ", ".join(say(f"check.transparency.{kind}") for kind in kinds)
            yield tell.of("transparency", layered, kinds=told)
    if least := printer.min_text_pt:
        small = [
            Breach(number, ink.smallest_pt)
            for number, ink in inks
            if 0 < ink.smallest_pt < least - _TOLERANCE_PT
        ]
        if small:
            yield tell.of("small_text", small, found=mm(worst(small)), wanted=mm(least))
    if thin := printer.min_line_pt:
        lines = [
            Breach(number, ink.thinnest_pt)
            for number, ink in inks
            if 0 < ink.thinnest_pt < thin - _TOLERANCE_PT
        ]
        if lines:
            yield tell.of("thin_lines", lines, found=mm(worst(lines)), wanted=mm(thin))


def _font_findings(inks: Inks, reader: InkReader, tell: Teller) -> Iterator[Diagnostic]:
    """Each font that is used and not embedded, with the first page that uses it."""
    for key, font in reader.sources.items():
        if _is_embedded(font):
            continue
        pages = [Breach(number) for number, ink in inks if key in ink.fonts]
        yield tell.of("fonts", pages, font=str(font.get("/BaseFont", "")).removeprefix("/"))


def _is_embedded(font: "pikepdf.Object") -> bool:
    """Type 3 fonts are drawings of their own; a Type 0 font's program is its descendant's."""
    import pikepdf

    if str(font.get("/Subtype")) == "/Type3":
        return True
    holder = font
    descendants = font.get("/DescendantFonts")
    if isinstance(descendants, pikepdf.Array) and len(descendants):
        holder = descendants[0]
    descriptor = holder.get("/FontDescriptor")
    return isinstance(descriptor, pikepdf.Dictionary) and any(
        key in descriptor for key in FONT_FILES
    )


def _picture_findings(inks: Inks, printer: Printer, tell: Teller) -> Iterator[Diagnostic]:
    least = printer.min_image_dpi
    if not least:
        return
    coarse = [
        Breach(number, picture.dpi)
        for number, ink in inks
        for picture in ink.pictures
        # A picture of one row or column is a tint, however far it is stretched.
        if picture.dpi < least * _ENOUGH and min(picture.pixels) > 1
    ]
    if coarse:
        pages = list({breach.page: breach for breach in coarse}.values())
        yield tell.of(
            "resolution", pages, pictures=len(coarse), found=round(worst(coarse)), wanted=least
        )


def _colour_findings(
    inks: Inks, reader: InkReader, printer: Printer, tell: Teller
) -> Iterator[Diagnostic]:
    if printer.inks:
        wanted = {_WANTED[ink] for ink in printer.inks} | _UNJUDGED
        found = [(number, _used(ink) - wanted) for number, ink in inks]
        pages = [Breach(number) for number, spaces in found if spaces]
        if pages:
            kinds = sorted({space.value for _, spaces in found for space in spaces})
            yield tell.of("colour", pages, kinds=_told(kinds), wanted=_told(printer.inks))
    if printer.max_ink:
        pictures = {key: most_ink(image) for key, image in reader.images.items()}
        amounts = [
            (number, max([ink.most_ink, *(pictures.get(one.key, 0.0) for one in ink.pictures)]))
            for number, ink in inks
        ]
        heavy = [
            Breach(number, -amount)
            for number, amount in amounts
            if amount > printer.max_ink + _INK_TOLERANCE
        ]
        if heavy:
            yield tell.of("ink", heavy, found=round(-worst(heavy)), wanted=printer.max_ink)
    if "cmyk" in printer.inks:
        rich = [Breach(number) for number, ink in inks if ink.has_rich_text]
        if rich:
            yield tell.say(RICH_BLACK, rich, is_refused=False)


def _used(ink: PageInk) -> set[Space]:
    return ink.colours | ink.text_colours | {picture.space for picture in ink.pictures}


def _told(inks: Iterable[str]) -> str:
    return ", ".join(say(f"check.ink.{ink}") for ink in inks)
