"""Readings beside the line (ruby): pinyin and 注音 over a line, at the right of a column.

A reading is centred on its base. One that is longer than its base hangs over neighbours that have
none of their own, by half an em of its own size, and widens its base for the rest; two readings
never touch. Whole words are split: 中文 with `zhōng wén` is two characters with one syllable each.
注音 is a little column at the right of each character in lines as in columns, its tone beside it.

Everything here is logical: `x` along the line, `y` across it, which in columns is the axis of
the column (paint and columns turn it into places on paper).
Source: W3C clreq, #positioning_of_pinyin, #positioning_of_bopomofo.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from builder.press.face import Faces
from builder.press.frame import TextStyle
from builder.press.setting import Copy, Line, Run

# Example: ㄓㄨㄥ, ㄇㄚˇ, ˙ㄇㄜ. Counter-example: zhōng.
_BOPOMOFO = re.compile("[˙]?[\u3105-\u312f\u31a0-\u31bf]+[ˊˇˋ˙]?")
_TONES = "ˊˇˋ"
# Of the base's size: three symbols of 注音 stand beside one character. Their ink fills half of
# their own em box in most fonts, so that box is larger than the room of a symbol.
_PITCH_EM = 0.32
_SYMBOL_EM = 0.5
_SYMBOL_INK_EM = 0.3
_TONE_EM = 0.15  # how far the tone stands out
_OVERHANG_EM = 0.5  # of the reading's size
_APART_EM = 0.25  # between two readings
_CLEAR_EM = 0.06  # of the base's size: between a base and its reading


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a reading, ready to be shown: a copy of one line, where it starts, its length."""

    copy: Copy
    line: Line
    x: float
    y: float


def parted(copy: Copy) -> Copy:
    """The copy with a ruby run for each character, wherever a reading has a syllable for each."""
    if not any(run.kind == "ruby" and run.end - run.start > 1 for run in copy.runs):
        return copy
    return replace(copy, runs=tuple(part for run in copy.runs for part in _syllables(run)))


def _syllables(run: Run) -> Iterator[Run]:
    syllables = run.extra.split() if run.kind == "ruby" else []
    if len(syllables) != run.end - run.start:
        yield run
        return
    for index, syllable in enumerate(syllables, run.start):
        yield replace(run, start=index, end=index + 1, extra=syllable)


def is_bopomofo(reading: str) -> bool:
    """Whether a reading is one syllable of 注音."""
    return _BOPOMOFO.fullmatch(reading) is not None


def room(copy: Copy, run: Run, faces: Faces, *, in_columns: bool) -> float:
    """How much of the line a base takes with its reading, in points."""
    base = _length(copy.text[run.start : run.end], run.style, faces, in_columns=in_columns)
    if is_bopomofo(run.extra):
        symbols, tone = _parts(run.extra)
        if in_columns:
            return max(base, len(symbols) * _PITCH_EM * run.style.size)
        return base + _beside(run, tone)
    style = _reading_style(run)
    wanted = _length(run.extra, style, faces, in_columns=in_columns) + _APART_EM * style.size
    return max(base, wanted - 2 * _overhang(copy, run) * style.size)


def pieces(
    copy: Copy, run: Run, faces: Faces, at: float, *, in_columns: bool
) -> tuple[float, tuple[Piece, ...]]:
    """The room of a base and its reading, and what is shown: the base first.

    The base starts `at` points into the measure, which no reading leaves; places are relative to
    it: `x` of a reading may be negative, `y` is.
    """
    width = room(copy, run, faces, in_columns=in_columns)
    base = _base(copy, run, faces, width, in_columns=in_columns)
    return width, (
        base,
        *(
            replace(piece, x=max(-at, min(piece.x, copy.measure - at - piece.line.width)))
            for piece in _readings(run, faces, width, in_columns=in_columns)
        ),
    )


def _base(copy: Copy, run: Run, faces: Faces, width: float, *, in_columns: bool) -> Piece:
    """The characters of a base, spread inside its room."""
    words = copy.text[run.start : run.end]
    own = _length(words, run.style, faces, in_columns=in_columns)
    if is_bopomofo(run.extra) and not in_columns:
        width = own  # the rest of the room is its reading's
    spread = (width - own) / len(words)
    shown = replace(run, start=0, end=len(words), kind="text", extra="", beside=None)
    line = Line(0, len(words), spread / 2, width, spread)
    return Piece(Copy(words, (shown,), width, align="start", element=copy.element), line, 0.0, 0.0)


def _readings(run: Run, faces: Faces, base: float, *, in_columns: bool) -> Iterator[Piece]:
    if is_bopomofo(run.extra):
        yield from _bopomofo(run, faces, base, in_columns=in_columns)
        return
    style = _reading_style(run)
    length = _length(run.extra, style, faces, in_columns=in_columns)
    x = (base - length) / 2
    y = -_distance(run.style.size, style.size, in_columns=in_columns)
    yield _piece(run, run.extra, style, length, x, y)


def _overhang(copy: Copy, run: Run) -> float:
    """How many ems of its own a reading may reach over what stands on each side of its base.

    Readings stand in the middle of their room, so the side that has less decides.
    """
    runs = copy.runs
    at = bisect_left(runs, run.start, key=lambda other: other.start)
    around = runs[max(at - 1, 0) : at] + runs[at + 1 : at + 2]
    return 0.0 if any(other.kind == "ruby" for other in around) else _OVERHANG_EM


def _bopomofo(run: Run, faces: Faces, room: float, *, in_columns: bool) -> Iterator[Piece]:
    symbols, tone = _parts(run.extra)
    full = run.style.size
    style = _reading_style(run)
    size = full * _symbol_size(symbols, style, faces)
    pitch = full * _PITCH_EM
    style = replace(style, size=size, spacing=0.0)
    length, aside = len(symbols) * pitch, (pitch - size) / 2
    if in_columns:
        x, y = (room - length) / 2 + aside, -(0.5 + _CLEAR_EM) * full - pitch / 2
        spaced = replace(style, spacing=pitch - size)
        yield _piece(run, symbols, spaced, length, x, y)
        if tone:
            last = x + (len(symbols) - 1) * pitch
            yield _piece(run, tone, style, size, last, y - pitch / 2 - full * _TONE_EM / 2, "cell")
        return
    # In a line each symbol is a line of its own, from the top of the base's em box down.
    start = room - _beside(run, tone) + aside
    top = full * 0.88 - (full - length) / 2
    for index, symbol in enumerate(symbols):
        y = -(top - pitch * index - aside - size * 0.88)
        yield _piece(run, symbol, style, size, start, y)
    if tone:
        yield _piece(run, tone, style, size, start + size * 0.72, -(top - length + size * 0.1))


def _beside(run: Run, tone: str) -> float:
    """The room at the right of a character of a line for its little column."""
    return run.style.size * (_PITCH_EM + _CLEAR_EM + (_TONE_EM if tone else 0.0))


def _symbol_size(symbols: str, style: TextStyle, faces: Faces) -> float:
    """The size of symbols, of their base's: as large as their ink allows."""
    face = faces.face(style.face)
    inks = ((face if face.covers(one) else face.fallback(one)).column_inks[one] for one in symbols)
    longest = max((end - start for start, end in inks), default=0) / 1000
    return min(_SYMBOL_EM, _SYMBOL_INK_EM / longest) if longest else _SYMBOL_EM


def _parts(reading: str) -> tuple[str, str]:
    """The symbols of a syllable and its tone; the neutral tone stands with the symbols."""
    if reading[-1] in _TONES:
        return reading[:-1], reading[-1]
    return reading, ""


def _piece(
    run: Run, words: str, style: TextStyle, length: float, x: float, y: float, kind: str = "text"
) -> Piece:
    element = run.element + 1 if run.element >= 0 else -1
    shown = Run(0, len(words), style, "cell" if kind == "cell" else "text", "", element)
    copy = Copy(words, (shown,), length, align="start", element=element)
    return Piece(copy, Line(0, len(words), 0.0, length), x, y)


def _distance(base: float, reading: float, *, in_columns: bool) -> float:
    """From the base's baseline to the reading's, or from axis to axis, in points."""
    clear = _CLEAR_EM * base
    if in_columns:
        return (base + reading) / 2 + clear
    return 0.88 * base + clear + 0.12 * reading


def _reading_style(run: Run) -> TextStyle:
    style = run.beside or replace(run.style, size=run.style.size / 2)
    # What is beside the base's characters is not beside those of its reading, too.
    return replace(style, emphasis="", underline="")


def _length(text: str, style: TextStyle, faces: Faces, *, in_columns: bool) -> float:
    """How long some words are on a line, in points."""
    first = faces.face(style.face)
    total = 0
    for character in text:
        face = first if first.covers(character) else first.fallback(character)
        total += (face.column_advances if in_columns else face.advances)[character]
    return total * style.size / 1000 + style.spacing * len(text)
