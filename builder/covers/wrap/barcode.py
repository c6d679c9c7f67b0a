"""The ISBN on a back, as scanners and people read it: EAN-13 bars in black on a white box.

Source: ISO/IEC 15420 (EAN/UPC): 95 modules, quiet zones of 11 and 7, guards 5 modules longer,
80 to 120 % of a module of 0.33 mm; ISO 2108 (ISBN in human-readable form above the bars).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from builder.core.artwork import Fields, Frame, Item, Lettering
from builder.core.errors import ConfigError
from builder.covers.palette import WHITE
from builder.covers.typefaces import Typeface

_MODULE_MM = 0.33
_BARS_MM = 22.85
_GUARD_MODULES = 5
_QUIET_LEFT, _QUIET_RIGHT = 11, 7
_MODULES = 95
SCALES = (1.0, 0.9, 0.8)  # of the nominal size; smaller ones may not be read
_PAD_MM = 1.2  # white around bars and words
_DIGIT_MM = 2.9  # of the figures below the bars
_ISBN_MM = 2.7  # and of the line above
_GAP_MM = 0.9
_CAP_EM = 0.74  # how high figures are
# The figures below the bars: the first stands before them, six below each half.
_FIRST_DIGIT_AT = -6.0
_LEFT_HALF_AT, _RIGHT_HALF_AT, _DIGIT_MODULES = 3, 50, 7
_LONG, _DARK = "G", "1"


@dataclass(frozen=True, slots=True)
class Isbn:
    """`digits` are 13, `written` has its hyphens where its publisher's number ends."""

    digits: str
    written: str


def isbn_of(text: str) -> Isbn:
    """The ISBN that `text` says, with 13 digits. Raises ConfigError E050 when it is none."""
    from stdnum import isbn
    from stdnum.exceptions import ValidationError

    try:
        digits = isbn.compact(isbn.to_isbn13(isbn.validate(text)))
    except ValidationError as problem:
        raise ConfigError("E050", isbn=text) from problem
    return Isbn(digits, isbn.format(digits))


@dataclass(frozen=True, slots=True)
class Barcode:
    """A white box with bars, figures, and the lines below them; sizes in mm."""

    isbn: Isbn
    lines: tuple[str, ...]
    typeface: Typeface
    scale: float = 1.0

    @property
    def width(self) -> float:
        return (_QUIET_LEFT + _MODULES + _QUIET_RIGHT) * self._module + 2 * _PAD_MM

    @property
    def height(self) -> float:
        lines = len(self.lines) * (_ISBN_MM * self.scale + _GAP_MM)
        return 2 * _PAD_MM + self._head + self._bars + self._foot + lines

    def items(self, left: float, top: float) -> tuple[Item, ...]:
        """The box with its upper left corner there, from the ground up."""
        box = Frame(left, top, self.width, self.height)
        return (
            Fields((box,), WHITE),
            Fields(tuple(self._dark(left, top))),
            *self._words(left, top),
        )

    @property
    def _module(self) -> float:
        return _MODULE_MM * self.scale

    @property
    def _bars(self) -> float:
        return _BARS_MM * self.scale

    @property
    def _head(self) -> float:
        return _ISBN_MM * self.scale * _CAP_EM + _GAP_MM

    @property
    def _foot(self) -> float:
        """What stands below the short bars: figures between the guards."""
        return _GAP_MM / 2 + _DIGIT_MM * self.scale * _CAP_EM

    def _start(self, left: float) -> float:
        return left + _PAD_MM + _QUIET_LEFT * self._module

    def _dark(self, left: float, top: float) -> Iterator[Frame]:
        """The bars, neighbours of one length as one."""
        from barcode.ean import EuropeanArticleNumber13

        (pattern,) = EuropeanArticleNumber13(self.isbn.digits[:-1], guardbar=True).build()
        at, first = 0, top + _PAD_MM + self._head
        for kind, group in groupby(pattern):
            count = len(list(group))
            if kind in {_LONG, _DARK}:
                longer = _GUARD_MODULES * self._module if kind == _LONG else 0.0
                x = self._start(left) + at * self._module
                yield Frame(x, first, count * self._module, self._bars + longer)
            at += count

    def _words(self, left: float, top: float) -> Iterator[Lettering]:
        size = _ISBN_MM * self.scale
        middle = left + self.width / 2
        baseline = top + _PAD_MM + size * _CAP_EM
        yield from self._line(f"ISBN {self.isbn.written}", middle, baseline, size)
        digit = _DIGIT_MM * self.scale
        below = top + _PAD_MM + self._head + self._bars + self._foot
        for number, character in enumerate(self.isbn.digits):
            if number == 0:
                module = _FIRST_DIGIT_AT
            elif number <= 6:
                module = _LEFT_HALF_AT + (number - 0.5) * _DIGIT_MODULES
            else:
                module = _RIGHT_HALF_AT + (number - 6.5) * _DIGIT_MODULES
            x = self._start(left) + module * self._module
            yield from self._line(character, x, below, digit)
        for number, line in enumerate(self.lines, start=1):
            baseline = below + number * (size + _GAP_MM)
            yield from self._line(line, middle, baseline, size)

    def _line(self, text: str, middle: float, baseline: float, size: float) -> Iterator[Lettering]:
        """A line of words around its middle, made smaller where it is wider than the box."""
        from builder.covers.lettering import line_units

        widths = [(unit.text, self._width_em(unit.text)) for unit in line_units(text)]
        length = sum(width for _, width in widths)
        size = min(size, (self.width - 2 * _PAD_MM) / max(length, 0.1))
        x = middle - length * size / 2
        for word, width in widths:
            if word != " ":
                shown = self.typeface.shown(word[0]) + word[1:]
                face = self.typeface.face(shown)
                yield Lettering(shown, word, face.path, face.index, x, baseline, size)
            x += width * size

    def _width_em(self, text: str) -> float:
        return (
            0.3 if text == " " else self.typeface.width_em(self.typeface.shown(text[0]) + text[1:])
        )
