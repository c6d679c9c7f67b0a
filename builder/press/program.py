"""A font as the PDF gets it: which of its glyphs were used, and what each of them is called.

The codes of a font in a content stream count its glyphs in the order of first use, two bytes each,
so that the commonest are the smallest (which a page's deflated content likes: 15 % less), and
none has a byte that means something in a string. So a text is shown by
`text.translate(face.codes).encode("utf-16-be", "surrogatepass")`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from builder.fonts.metrics import Metrics

NOTDEF = 0  # the glyph of what a font lacks, and its code
# Line ends, brackets and the solidus that strings are written with; surrogates.
_SPECIAL = frozenset(b"\n\r()\\")
_SURROGATES = range(0xD8, 0xE0)


@dataclass(frozen=True, slots=True)
class FontFile:
    """A face of a font file; `axes` fix a variable font, as `fonts.metrics.axes_of` has them."""

    path: Path
    index: int = 0
    axes: tuple[tuple[str, float], ...] = ()


def plain_codes() -> Iterator[int]:
    """All codes that need no escaping in a string, in order, from 1 on."""
    for first in range(0x100):
        if first not in _SURROGATES and first not in _SPECIAL:
            for second in range(0x100):
                if second not in _SPECIAL and (first or second):
                    yield first << 8 | second


@dataclass(slots=True, eq=False)
class Program:
    """A font as the PDF gets it. `name` is its resource name (F1, F2 …).

    `readings` has every glyph used so far, in the order of first use, with the character that it
    stands for when read back; `codes` what each is called in content streams. `is_columnar` once
    columns were set in it.
    """

    name: str
    file: FontFile
    metrics: Metrics = field(repr=False)
    readings: dict[int, str] = field(default_factory=dict, repr=False)
    codes: dict[int, int] = field(default_factory=lambda: {NOTDEF: 0}, repr=False)
    is_columnar: bool = False
    _unused: Iterator[int] = field(default_factory=plain_codes, repr=False)

    def read_as(self, glyph: int, characters: str) -> bool:
        """Note that a glyph is used; whether it will be read back as `characters`."""
        if glyph not in self.codes:
            self.codes[glyph] = next(self._unused)
        return self.readings.setdefault(glyph, characters) == characters

    def shown(self, glyph: int) -> str:
        """A used glyph as `str.translate` writes it."""
        return chr(self.codes[glyph])

    @property
    def texts(self) -> dict[int, str]:
        """What each code reads as."""
        return {self.codes[glyph]: text for glyph, text in self.readings.items()}
