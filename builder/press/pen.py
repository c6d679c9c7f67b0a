"""The content of one page: PDF operators, as few as can be.

A pen keeps what is set (font, spacing, colour, place, marked content) and writes only what
changes. Codes are written as literal strings, half as long as in hexadecimal. Operators are
gathered as strings in which every character is a byte. Must not import lines or pages.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache

from builder.prepress import Colour, operator
from builder.press.codes import NO_GLYPH, literal
from builder.press.frame import PageStyle, TextStyle
from builder.press.setting import Line
from builder.press.sorts import EM, Face
from builder.press.worn import Worn

NOTHING, ARTIFACT = -1, -2  # what `Pen.enter` takes beside elements
INFINITE = float("inf")
# More of them make a line longer, moved letter by letter, than words set apart.
_MANY_LETTERS = 24
_ROUNDED = 1000  # places on paper are whole thousandths of a point

Mark = Callable[[int], tuple[str, int]]
Point = tuple[float, float]
# (The number of a code, how many thousandths of the em more after it), in order.
Shifts = tuple[tuple[int, float], ...]
# A literal string of codes, and from which to which of them.
Codes = tuple[str, int, int]


class Pen:
    """Writes the content stream of one page.

    `mark(element)` gives the tag and the MCID of a new piece of marked content. `faces` are the
    resource names of the fonts used. `ornaments` are paths, painted after the text.
    """

    def __init__(
        self,
        style: PageStyle,
        *,
        mark: Mark,
        is_vertical: bool = False,
    ) -> None:
        self.ornaments: list[str] = []
        self.faces: dict[str, None] = {}
        self._dress: TextStyle | None = None
        self._face: Face | None = None
        self._style = style
        self._mark = mark
        self._is_vertical = is_vertical
        self._operators: list[str] = []
        self._write = self._operators.append
        self._element = NOTHING
        self._resume = NOTHING
        self._x: int | None = 0
        self._y = 0
        self._spacing = 0.0
        self._rise = 0.0
        self._colour: Colour = (0.0, 0.0, 0.0)
        self._font = ("", 0.0)

    # --- what is set ----------------------------------------------------------------------

    def enter(self, element: int) -> None:
        """Go on inside the marked content of an element, of ARTIFACT, or of NOTHING."""
        self._resume = NOTHING
        if element == self._element:
            return
        if self._element != NOTHING:
            self._write("EMC")
        self._element = element
        if element == ARTIFACT:
            self._write("/Artifact<</Type/Pagination>>BDC")
        elif element != NOTHING:
            tag, mcid = self._mark(element)
            self._write(f"/{tag}<</MCID {mcid}>>BDC")

    def place(self, x: float, y: float) -> Point:
        """Where on paper a logical point of the text area is, from the lower left corner."""
        style = self._style
        if self._is_vertical:
            return style.left + style.measure_x - y, style.height - style.top - x
        return style.left + x, style.height - style.top - y

    def from_top(self, x: float, y: float) -> Point:
        """Where on paper a point is that is counted from the upper left corner."""
        return x, self._style.height - y

    @contextmanager
    def on_paper(self) -> Iterator[Point]:
        """Inside, lines are horizontal; gives where the text area starts on paper."""
        is_vertical, self._is_vertical = self._is_vertical, False
        yield self._style.left, self._style.top
        self._is_vertical = is_vertical

    def colour(self, colour: Colour) -> None:
        """Fill with a colour from here on."""
        self._dress = None
        if colour != self._colour:
            self._colour = colour
            self._write(operator(colour))

    def font(self, name: str, size: float) -> None:
        """Show in a font from here on."""
        self._dress = None
        if (name, size) != self._font:
            self._font = name, size
            self.faces[name] = None
            self._write(f"/{name} {size:.6g} Tf")

    def spacing(self, points: float) -> None:
        """Add room after every glyph from here on."""
        points = round(points, 4) + 0.0  # never -0
        if points != self._spacing:
            self._spacing = points
            self._write(_room(points))

    def rise(self, points: float) -> None:
        """Lift glyphs from here on."""
        self._dress = None
        if points != self._rise:
            self._rise = points
            self._write(f"{points:.6g} Ts")

    def matrix(self, a: float, b: float, c: float, d: float, x: float, y: float) -> None:
        """Show under a matrix from here on, until the next place."""
        self._x = None
        self._write(f"{a:.6g} {b:.6g} {c:.6g} {d:.6g} {x:.3f} {y:.3f} Tm")

    def move(self, x: float, y: float) -> None:
        """Show upright text from a point on paper on."""
        across, up = round(x * _ROUNDED), round(y * _ROUNDED)
        if self._x is None:
            self._write(f"1 0 0 1 {_decimal(across)} {_decimal(up)} Tm")
        else:
            self._write(_moved(across - self._x, up - self._y))
        self._x, self._y = across, up

    # --- what is written ------------------------------------------------------------------

    def show(self, pieces: Sequence[tuple[str, float]]) -> None:
        """Show glyphs; after each piece the pen goes back by so many thousandths of the em."""
        if self._resume != NOTHING:
            self.enter(self._resume)
        if len(pieces) == 1 and not pieces[0][1]:
            self._write(f"({literal(pieces[0][0])})Tj")
            return
        shown: list[str] = []
        for codes, back in pieces:
            if codes:
                shown.append(f"({literal(codes)})")
            if back := round(back, 2):
                shown.append(_number(back))
        self._write("[" + "".join(shown) + "]TJ")

    @contextmanager
    def reading(self, text: str) -> Iterator[None]:
        """What is shown inside is read as `text`; as itself when that is empty."""
        element = self._element if self._resume == NOTHING else self._resume
        if not text:
            yield
            return
        actual = text.encode("utf-16-be", "replace").hex()
        if element in (NOTHING, ARTIFACT):
            self._write(f"/Span<</ActualText<FEFF{actual}>>>BDC")
            yield
            self._write("EMC")
            return
        # A piece of marked content of its own: after one inside another, poppler reads no more.
        if self._element != NOTHING:
            self._write("EMC")
        tag, mcid = self._mark(element)
        self._write(f"/{tag}<</MCID {mcid}/ActualText<FEFF{actual}>>>BDC")
        self._element, self._resume = element, NOTHING
        yield
        self._write("EMC")
        # Its element is entered anew when more is shown in it.
        self._element, self._resume = NOTHING, element

    def rule(
        self, start: Point, end: Point, width: float, colour: Colour = (0.0, 0.0, 0.0)
    ) -> None:
        """A line between two logical points, painted with the ornaments."""
        (x1, y1), (x2, y2) = self.place(*start), self.place(*end)
        self.ornaments.append(
            f"{operator(colour, stroke=True)} {width:.4g} w {x1:.3f} {y1:.3f} m {x2:.3f} {y2:.3f} l S\n"
        )

    def content(self) -> bytes:
        """The operators of the whole page."""
        self.enter(NOTHING)
        text = "BT\n" + "\n".join(self._operators) + "\nET\n" if self._operators else ""
        paths = "".join(self.ornaments)
        return (text + (f"/Artifact BMC\nq\n{paths}Q\nEMC\n" if paths else "")).encode("latin-1")

    # --- lines ----------------------------------------------------------------------------

    def dress(self, style: TextStyle, face: Face) -> None:
        """Show in a style from here on."""
        if style is not self._dress or face is not self._face:
            self.font(face.name, style.size)
            self.colour(style.colour)
            self.rise(style.raised)
            self._dress, self._face = style, face

    def line(
        self, worn: Worn, element: int, codes: Codes, shifts: Shifts, spread: float, at: Point
    ) -> None:
        """Show codes from a point on paper on, with `spread` after each of them."""
        shown, start, end = codes
        self._ready(worn, element)
        self.spacing(worn.style.spacing + spread)
        self.move(*at)
        if shifts:
            self._write(_shifted(shown, start * 2, end * 2, shifts))
        else:
            self._write(f"({shown[start * 2 : end * 2]})Tj")

    def _ready(self, worn: Worn, element: int) -> None:
        if element != self._element:
            self.enter(element)
        self.dress(worn.style, worn.face)

    def lines(
        self,
        worn: Worn,
        lines: Sequence[Line],
        elements: Sequence[int],
        at: Point,
        leading: float,
        odd: int,
    ) -> int:
        """Show the first lines of some from a logical point on, as long as they are plain; each
        belongs to an element.

        A line is plain when it is before `odd`, a character without a code (-1 for none), and no
        room is kept out of its words. Gives how many were shown. Most lines of a book pass through
        this loop; it says what `line` says, with everything at hand.
        """
        if odd < 0:
            odd = lines[-1].end
        if lines[0].end > odd or self._x is None:
            return 0
        x, y = at
        self._ready(worn, elements[0])
        write, shown, common, style = self._write, worn.shown, worn.style.spacing, self._style
        left, top = style.left + x, style.height - style.top - y
        last_x, last_y, across = self._x, self._y, 0
        current, offset, spread = elements[0], -INFINITE, -1.0
        count = 0
        for line, element in zip(lines, elements, strict=True):
            start, end = line.start * 2, line.end
            shifts = held(line, worn) if line.tight and line.spread else line.shifts
            if end > odd or shifts is None or shown.startswith(NO_GLYPH, end * 2):
                break
            if element != current:
                self.enter(element)
                current = element
            if line.spread != spread:
                spread = line.spread
                points = round(common + spread, 4)
                if points != self._spacing:
                    self._spacing = points
                    write(_room(points))
            if line.offset != offset:
                offset = line.offset
                across = round((left + offset) * _ROUNDED)
            up = round(top * _ROUNDED)
            write(_moved(across - last_x, up - last_y))
            if shifts:
                operator = _shifted(shown, start, end * 2, shifts)
            else:
                operator = f"({shown[start : end * 2]})Tj"
            write(operator.replace(NO_GLYPH, "") if NO_GLYPH in operator else operator)
            last_x, last_y = across, up
            top -= leading
            count += 1
        self._x, self._y = last_x, last_y
        return count


def held(line: Line, worn: Worn) -> Shifts | None:
    """The shifts of a line with those that take room back where none is spread, which is between
    all glyphs otherwise; None where words set apart are shorter.
    """
    if sum([last - first for first, last in line.tight]) > _MANY_LETTERS:
        return None
    back, shown, moves = line.spread * EM / worn.style.size, worn.shown, dict(line.shifts)
    for first, last in line.tight:
        for at in range(first, last - 1):
            if not shown.startswith(NO_GLYPH, at * 2 + 2):
                moves[at] = moves.get(at, 0.0) - back
    return tuple(sorted(moves.items()))


def _shifted(shown: str, start: int, end: int, shifts: Shifts) -> str:
    """The operator for codes from one place to another of a literal string."""
    parts, at = "[(", start
    for number, shift in shifts:
        after = number * 2 + 2
        parts += f"{shown[at:after]}){_number(-shift)}("
        at = after
    return f"{parts}{shown[at:end]})]TJ"


@lru_cache(maxsize=4096)
def _room(points: float) -> str:
    return f"{points:.6g} Tc"


@cache
def _moved(across: int, up: int) -> str:
    return f"{_decimal(across)} {_decimal(up)} Td"


@cache
def _decimal(thousandths: int) -> str:
    """A number of thousandths as PDF has it: 17850 is 17.85."""
    return f"{thousandths / _ROUNDED:.3f}".rstrip("0").rstrip(".")


@cache
def _number(value: float) -> str:
    """A number as PDF has it, to the hundredth: never 1e-05."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
