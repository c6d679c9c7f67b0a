"""Setting words on a cover, character by character, in lines and in columns.

In a column marks take their vertical forms, short numbers stand upright in one cell
(tate-chu-yoko), and longer Latin words lie on their side. A canvas that collects its letters
gets them noted, and nothing is painted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from PIL import Image, ImageDraw

from builder.core.colours import RGB
from builder.covers.breaking import WORD, Fitted
from builder.covers.canvas import Canvas, Letter
from builder.covers.typefaces import Typeface

# Unicode's presentation forms for vertical text: a picture has no text, only what it looks like.
VERTICAL_FORMS = {
    "，": "\ufe10", "、": "\ufe11", "。": "\ufe12", "：": "\ufe13", ":": "\ufe13", "；": "\ufe14",
    "！": "\ufe15", "？": "\ufe16", "…": "\ufe19", "—": "\ufe31", "（": "\ufe35", "）": "\ufe36",
    "(": "\ufe35", ")": "\ufe36", "〔": "\ufe39", "〕": "\ufe3a", "【": "\ufe3b", "】": "\ufe3c",
    "《": "\ufe3d", "》": "\ufe3e", "〈": "\ufe3f", "〉": "\ufe40", "「": "\ufe41", "」": "\ufe42",
    "[": "\ufe47", "]": "\ufe48", "［": "\ufe47", "］": "\ufe48", "『": "\ufe43", "』": "\ufe44", "“": "\ufe41", "”": "\ufe42", "‘": "\ufe43", "’": "\ufe44",
}  # fmt: skip
# Stand on their side where a font has no vertical form, and these always.
_SIDEWAYS = frozenset("～~-–－＝=ー")
# Example: 3, 12, 100, AI. Counter-example: 2046, Moon.
_COMBINED = re.compile("[0-9]{1,3}|[A-Z]{1,2}|[!?]{2}")
_COMBINED_EM = 0.92  # of the cell, so that two cells above each other do not touch

Align = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Unit:
    """What is set in one go, and how it stands in a column; `reading` where it is read otherwise."""

    text: str
    stance: Literal["upright", "combined", "sideways"] = "upright"
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Pen:
    """How words are set. `spacing_em` stands between two characters."""

    typeface: Typeface
    size_px: int
    colour: RGB | int
    spacing_em: float = 0.0


def line_units(text: str) -> Iterator[Unit]:
    """Words whole, everything else character by character."""
    at = 0
    while at < len(text):
        word = WORD.match(text, at)
        yield Unit(word[0] if word else text[at])
        at = word.end() if word else at + 1


def column_units(text: str, typeface: Typeface) -> Iterator[Unit]:
    """As `line_units`, each knowing how it stands."""
    for unit in line_units(text):
        form = VERTICAL_FORMS.get(unit.text, "")
        if form and typeface.has(form):
            yield Unit(form, reading=unit.text)
        elif form or unit.text in _SIDEWAYS:
            yield Unit(unit.text, "sideways")
        elif _COMBINED.fullmatch(unit.text):
            yield Unit(unit.text, "combined")
        elif WORD.fullmatch(unit.text):
            yield Unit(unit.text, "sideways" if len(unit.text) > 1 else "upright")
        else:
            yield unit


def line_length_em(text: str, typeface: Typeface, spacing_em: float) -> float:
    """How long `text` is in a line, with spacing after every character."""
    return sum(_width_em(unit.text, typeface) + spacing_em for unit in line_units(text))


def column_length_em(text: str, typeface: Typeface, spacing_em: float) -> float:
    """How long `text` is in a column, with spacing after every character."""
    units = column_units(text, typeface)
    return sum(_advance_em(unit, typeface) + spacing_em for unit in units)


def draw_line(
    canvas: Canvas, text: str, at: tuple[float, float], pen: Pen, *, align: Align = "middle"
) -> None:
    """Set one line; `at` is its start, middle or end, and its middle height."""
    units = list(line_units(text))
    advances = [_width_em(unit.text, pen.typeface) * pen.size_px for unit in units]
    gap = pen.spacing_em * pen.size_px
    whole = sum(advances) + gap * (len(units) - 1)
    x = at[0] - {"start": 0.0, "middle": whole / 2, "end": whole}[align]
    for unit, advance in zip(units, advances, strict=True):
        _draw_upright(canvas, unit, (x + advance / 2, at[1]), pen)
        x += advance + gap


def draw_column(
    canvas: Canvas, text: str, at: tuple[float, float], pen: Pen, *, align: Align = "start"
) -> None:
    """Set one column; `at` is its middle line and its top, middle or foot."""
    gap = pen.spacing_em * pen.size_px
    units = list(column_units(text, pen.typeface))
    advances = [_advance_em(unit, pen.typeface) * pen.size_px for unit in units]
    whole = sum(advances) + gap * (len(units) - 1)
    y = at[1] - {"start": 0.0, "middle": whole / 2, "end": whole}[align]
    for unit, advance in zip(units, advances, strict=True):
        draw_unit(canvas, unit, (at[0], y + advance / 2), pen)
        y += advance + gap


def draw_unit(canvas: Canvas, unit: Unit, middle: tuple[float, float], pen: Pen) -> None:
    """Set a unit around the middle of its cell, as it stands."""
    match unit.stance:
        case "upright":
            _draw_upright(canvas, unit, middle, pen)
        case "combined":
            _draw_combined(canvas, unit, middle, pen)
        case "sideways":
            _draw_sideways(canvas, unit, middle, pen)


def advance_em(unit: Unit, typeface: Typeface, *, down: bool) -> float:
    """How much of a line, or of a column, a unit takes."""
    return _advance_em(unit, typeface) if down else _width_em(unit.text, typeface)


def draw_lines(
    canvas: Canvas,
    title: Fitted,
    at: tuple[float, float],
    pen: Pen,
    *,
    pitch_em: float = 1.25,
    align: Align = "middle",
) -> None:
    """Set lines one below the other; `at` is the middle of the first line's height."""
    for number, line in enumerate(title.lines):
        draw_line(canvas, line, (at[0], at[1] + number * pitch_em * pen.size_px), pen, align=align)


def draw_columns(
    canvas: Canvas,
    title: Fitted,
    at: tuple[float, float],
    pen: Pen,
    *,
    pitch_em: float = 1.25,
    align: Align = "start",
) -> None:
    """Set columns from right to left; `at` is the middle line of the first and its top."""
    for number, line in enumerate(title.lines):
        place = (at[0] - number * pitch_em * pen.size_px, at[1])
        draw_column(canvas, line, place, pen, align=align)


def _width_em(text: str, typeface: Typeface) -> float:
    if text == " ":
        return 0.22
    return typeface.width_em(typeface.shown(text[0]) + text[1:])


def _advance_em(unit: Unit, typeface: Typeface) -> float:
    if unit.text == " ":
        return 0.35
    if unit.stance == "sideways" and len(unit.text) > 1:
        return _width_em(unit.text, typeface)
    return 1.0


def _draw_upright(
    canvas: Canvas, unit: Unit, middle: tuple[float, float], pen: Pen, smaller: int = 0
) -> None:
    if unit.text == " ":
        return
    text = pen.typeface.shown(unit.text[0]) + unit.text[1:]
    size = smaller or pen.size_px
    if canvas.letters is not None:
        _note(canvas, unit, middle, pen, size)
        return
    # Drawn units are whole pixels on a cover alone.
    size_px = max(1, canvas.length_px(size))
    font = pen.typeface.font(text, size_px)
    across, down = canvas.px(middle)
    x = across - font.getlength(text) / 2
    y = down + _drop(pen.typeface, size_px)
    ImageDraw.Draw(canvas.image).text((round(x), round(y)), text, pen.colour, font, anchor="ls")


def _drop(typeface: Typeface, size_px: int) -> float:
    """From the middle of a Chinese character down to the base line, as the font draws it."""
    _, top, _, bottom = typeface.font("国", size_px).getbbox("国", anchor="ls")
    return -(top + bottom) / 2


def _note(
    canvas: Canvas,
    unit: Unit,
    middle: tuple[float, float],
    pen: Pen,
    size: float,
    *,
    is_turned: bool = False,
) -> None:
    """Leave a unit to be set as type."""
    text = pen.typeface.shown(unit.text[0]) + unit.text[1:]
    half = pen.typeface.width_em(text) * size / 2
    drop = _drop(pen.typeface, _MEASURING_PX) / _MEASURING_PX * size
    across, down = (-drop, -half) if is_turned else (-half, drop)
    if canvas.letters is not None and not isinstance(pen.colour, int):
        canvas.letters.append(
            Letter(
                text=text,
                # What no font has is read as it is shown.
                reading=(unit.reading or unit.text) if text == unit.text else text,
                face=pen.typeface.face(text),
                x=middle[0] + across,
                y=middle[1] + down,
                size=size,
                colour=pen.colour,
                is_turned=is_turned,
            )
        )


_MEASURING_PX = 1000


def _draw_combined(canvas: Canvas, unit: Unit, middle: tuple[float, float], pen: Pen) -> None:
    width = _width_em(unit.text, pen.typeface)
    size = int(pen.size_px * min(1.0, _COMBINED_EM / width))
    _draw_upright(canvas, unit, middle, pen, size)


def _draw_sideways(canvas: Canvas, unit: Unit, middle: tuple[float, float], pen: Pen) -> None:
    if canvas.letters is not None:
        _note(canvas, unit, middle, pen, pen.size_px, is_turned=True)
        return
    size_px = max(1, canvas.length_px(pen.size_px))
    length = round(max(1.0, _width_em(unit.text, pen.typeface)) * size_px)
    mask = Image.new("L", (length, 2 * size_px))
    _draw_upright(Canvas(mask), unit, (length / 2, size_px), Pen(pen.typeface, size_px, 255))
    turned = mask.transpose(Image.Transpose.ROTATE_270)
    across, down = canvas.px(middle)
    corner = (round(across - turned.width / 2), round(down - turned.height / 2))
    canvas.image.paste(pen.colour, corner, turned)
