"""What a design gets to work with, and the pieces that most designs share."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from builder.core.colours import RGB
from builder.covers.breaking import Fitted, fitted
from builder.covers.canvas import Box, Canvas
from builder.covers.lettering import (
    Align,
    Pen,
    column_length_em,
    draw_column,
    draw_columns,
    draw_line,
    draw_lines,
    line_length_em,
)
from builder.covers.palette import Palette
from builder.covers.typefaces import Style, Typeface, Weight
from builder.covers.wording import CoverWords

# Print trims a few per cent of a cover that has another shape; nothing to read stands there.
MARGIN = 150


@dataclass(frozen=True, slots=True)
class Brief:
    """`in_columns` says how the title runs. `face` gives a typeface of the book's language."""

    words: CoverWords
    palette: Palette
    rng: Random
    face: Callable[[Style, Weight], Typeface]
    in_columns: bool


@dataclass(frozen=True, slots=True)
class TitleStyle:
    """How a title is set: the letter, its largest size, how lines stand in their box."""

    typeface: Typeface
    colour: RGB
    max_size_px: int
    pitch_em: float = 1.3
    spacing_em: float = 0.08
    align: Align = "middle"
    max_lines: int = 8


def title_in_lines(canvas: Canvas, text: str, box: Box, style: TitleStyle) -> Box:
    """Set a title in lines from the top of `box`; the box that it fills comes back."""
    title = fit_lines(text, box, style)
    size = title.size_px
    pen = Pen(style.typeface, size, style.colour, style.spacing_em)
    x = {"start": box.left, "middle": box.middle, "end": box.right}[style.align]
    top = (x, box.top + size / 2)
    draw_lines(canvas, title, top, pen, pitch_em=style.pitch_em, align=style.align)
    height = size * (1 + (len(title.lines) - 1) * style.pitch_em)
    return Box(box.left, box.top, box.right, box.top + height)


def title_in_columns(canvas: Canvas, text: str, box: Box, style: TitleStyle) -> Box:
    """Set a title in columns; the box that it fills comes back.

    The columns stand at the right of `box` ("start"), in its middle or at its left ("end").
    """
    title = fit_columns(text, box, style)
    size = title.size_px
    pen = Pen(style.typeface, size, style.colour, style.spacing_em)
    width = size * (1 + (len(title.lines) - 1) * style.pitch_em)
    right = {
        "start": box.right,
        "middle": box.middle + width / 2,
        "end": box.left + width,
    }[style.align]
    draw_columns(canvas, title, (right - size / 2, box.top), pen, pitch_em=style.pitch_em)
    longest = max((column_px(line, pen) for line in title.lines), default=0.0)
    return Box(right - width, box.top, right, box.top + longest)


def fit_lines(text: str, box: Box, style: TitleStyle) -> Fitted:
    """How a title goes into a box in lines."""
    return fitted(
        text,
        lambda piece: line_length_em(piece, style.typeface, style.spacing_em),
        length_px=box.width,
        depth_px=box.height,
        max_size_px=style.max_size_px,
        pitch_em=style.pitch_em,
        spacing_em=style.spacing_em,
        max_lines=style.max_lines,
    )


def fit_columns(text: str, box: Box, style: TitleStyle) -> Fitted:
    """How a title goes into a box in columns."""
    return fitted(
        text,
        lambda piece: column_length_em(piece, style.typeface, style.spacing_em),
        length_px=box.height,
        depth_px=box.width,
        max_size_px=style.max_size_px,
        pitch_em=style.pitch_em,
        spacing_em=style.spacing_em,
        max_lines=style.max_lines,
        line_toll=0.16,
    )


def columns_width(text: str, box: Box, style: TitleStyle) -> float:
    """How wide a title in columns will be."""
    title = fit_columns(text, box, style)
    return title.size_px * (1 + (len(title.lines) - 1) * style.pitch_em)


def column_px(text: str, pen: Pen) -> float:
    """How tall a column is, spacing included."""
    return column_length_em(text, pen.typeface, pen.spacing_em) * pen.size_px


def small_lines(
    canvas: Canvas,
    lines: tuple[str, ...],
    at: tuple[float, float],
    pen: Pen,
    *,
    width: float,
    align: Align = "middle",
) -> float:
    """Set short lines from `at`, made smaller where they are too wide; the height used."""
    y = at[1]
    for line in lines:
        length = line_length_em(line, pen.typeface, pen.spacing_em)
        size = int(min(pen.size_px, width / max(0.1, length)))
        draw_line(
            canvas,
            line,
            (at[0], y + size / 2),
            Pen(pen.typeface, size, pen.colour, pen.spacing_em),
            align=align,
        )
        y += size * 1.55
    return y - at[1]


def small_columns(
    canvas: Canvas,
    lines: tuple[str, ...],
    at: tuple[float, float],
    pen: Pen,
    *,
    height: float,
    align: Align = "start",
) -> float:
    """Set short columns from `at` to the left, made smaller where too long; the width used."""
    x = at[0]
    for line in lines:
        length = column_length_em(line, pen.typeface, pen.spacing_em)
        size = int(min(pen.size_px, height / max(0.1, length)))
        smaller = Pen(pen.typeface, size, pen.colour, pen.spacing_em)
        draw_column(canvas, line, (x - size / 2, at[1]), smaller, align=align)
        x -= size * 1.5
    return at[0] - x
