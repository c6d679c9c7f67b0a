"""The characters of a face as lines need them: kinds, widths, how much blank marks have.

How much a mark can lose is read off its ink, so the marks of the mainland, centred ones and
those of any font are each treated as they are drawn.
"""

import re
from codecs import charmap_build, charmap_encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Protocol

from builder.press.asked import Asked
from builder.press.frame import FaceKey
from builder.press.marks import Laws, kind_of, shows

EM = 1000
# What neighbouring marks lose: two take 1½ em. Source: clreq, adjacent punctuation marks.
HALF = 500
# Blank on a side from which a mark can do with half its em; fonts draw a ？ nearly that wide.
_NEARLY_HALF = 480
_NEARLY_QUARTER = 240
_PLANE, _UNKNOWN = 0x10000, "\x7f"
_EVERY_UNKNOWN = re.compile(_UNKNOWN)
_LAST = "\uffff"  # of the first plane
_REPLACEMENT, _NOWHERE = "?", "\ufffe"  # of the codecs of code pages
_NARROW_FEATURE = "pwid"


class Face(Protocol):
    """What of a `press.face.Face` lines and painting ask; a square font in tests, too."""

    name: str
    key: FaceKey
    advances: dict[str, int]
    column_advances: dict[str, int]
    inks: dict[str, tuple[int, int]]
    column_inks: dict[str, tuple[int, int]]
    codes: dict[int, str]
    column_codes: dict[int, str]
    misread: set[str]
    turned: set[str]
    kept: dict[str, object]

    def covers(self, text: str, /) -> bool: ...
    def fallback(self, character: str, /) -> "Face": ...


class Faces(Protocol):
    """What gives the faces of a book."""

    def face(self, key: FaceKey, /) -> Face: ...


class Sorts:
    """The characters of one face under the laws: kinds, widths, blank beside marks.

    `pairs` has what two neighbours lose (negative), `blanks` how much room a mark has to give
    on its left and right, `trails` what one gives up at the end of a line. All ask when looked
    up with [].
    """

    def __init__(self, face: Face, laws: Laws, *, in_columns: bool) -> None:
        self.face = face
        self._in_columns = in_columns
        # Of all characters of the first plane: a list translates nearly twice as fast as a dict.
        self._plane = [_UNKNOWN] * _PLANE
        self._kinds: dict[int, str] = Asked(self._kind)
        self.pairs: dict[str, int] = Asked(self._lost)
        self.blanks: dict[str, tuple[int, int]] = Asked(self._blank)
        self.trails: dict[str, int] = Asked(self._trail)
        self.advances: dict[str, int] = Asked(self._advance)
        self._laws = laws
        # Of `kinds_of_read`: how many characters it was told of, and those that are not H.
        self._count = 0
        self._others: list[str] = []
        self._page: Callable[[str], str] | None = None

    def kinds(self, text: str) -> str:
        """The kinds of the characters of a text."""
        kinds = text.translate(self._plane)
        if _UNKNOWN not in kinds and kinds.isascii():
            return kinds
        unknown = {text[found.start()] for found in _EVERY_UNKNOWN.finditer(kinds)}
        # Asked together, ideographs cost a tenth of what each of them costs alone.
        self._learn("".join([one for one in unknown if "\u4e00" <= one <= "\u9fff"]))
        for character in unknown:
            self._plane[ord(character)] = self._kinds[ord(character)]
        kinds = text.translate(self._plane)
        return kinds if kinds.isascii() else text.translate(self._kinds)

    def kinds_of_read(self, text: str, read: Sequence[str]) -> str:
        """The kinds of a text, in a quarter of the time; `read` are all characters ever read in
        this face, those of the text among them.

        Most characters are H. A character map of the standard library, which is meant for code
        pages, finds the up to 255 others; a question mark comes out where it has none.
        """
        if self._count != len(read):
            unknown = set(read[self._count :])
            self._learn("".join([one for one in unknown if "\u4e00" <= one <= "\u9fff"]))
            self._others += [one for one in unknown if self._kinds[ord(one)] != "H" or one > _LAST]
            self._count = len(read)
            self._page = _code_page(self._others, self._kinds)
        if self._page is None or _REPLACEMENT in text:
            return self.kinds(text)
        return self._page(text)

    def _learn(self, ideographs: str) -> None:
        """Note the kinds of ideographs, if all of them are this face's."""
        if self.face.covers(ideographs):
            advances = self.face.column_advances if self._in_columns else self.face.advances
            for one in ideographs:
                self.advances[one] = advance = advances[one]
                self._kinds[ord(one)] = "H" if advance == EM else "h"

    def _of(self, character: str) -> Face:
        return self.face if self.face.covers(character) else self.face.fallback(character)

    def _advance(self, character: str) -> int:
        if not shows(character):
            return 0
        face = self._of(character)
        return (face.column_advances if self._in_columns else face.advances)[character]

    def _kind(self, code_point: int) -> str:
        character = chr(code_point)
        kind = kind_of(character)
        if kind.isupper() and self.advances[character] != EM:
            return kind.lower()
        return kind

    def _blank(self, mark: str) -> tuple[int, int]:
        if self._laws.squeeze == "none" or self.advances[mark] != EM:
            return 0, 0
        face = self._of(mark)
        first, last = (face.column_inks if self._in_columns else face.inks)[mark]
        before, after = first, EM - last
        if after >= _NEARLY_HALF and after >= before:
            return 0, HALF
        if before >= _NEARLY_HALF:
            return HALF, 0
        if min(before, after) >= _NEARLY_QUARTER:
            return HALF // 2, HALF // 2
        return 0, 0

    def _trail(self, mark: str) -> int:
        after = self.blanks[mark][1]
        return after if after >= HALF else 0

    def _lost(self, pair: str) -> int:
        blank = self.blanks[pair[0]][1] + self.blanks[pair[1]][0]
        return -blank if self._laws.squeeze == "tight" else -min(blank, HALF)


def _code_page(others: Sequence[str], kinds: Mapping[int, str]) -> Callable[[str], str] | None:
    """What gives the kinds of a text in which all but some characters are H; None when those do
    not fit on a code page.
    """
    page = [_NOWHERE] * 256
    page[0], page[ord(_REPLACEMENT)] = "\0", _REPLACEMENT
    free = [place for place, one in enumerate(page) if one == _NOWHERE]
    others = [one for one in others if one != _REPLACEMENT]
    if len(others) > len(free) or any(one > _LAST for one in others):
        return None
    letters = bytearray(b"H" * len(page))
    for place, one in zip(free, others, strict=False):
        page[place], letters[place] = one, ord(kinds[ord(one)])
    places = charmap_build("".join(page))

    def kinds_of(text: str) -> str:
        return charmap_encode(text, "replace", places)[0].translate(letters).decode("ascii")

    return kinds_of


@cache
def narrow_key(key: FaceKey) -> FaceKey:
    """The key of the same face with narrow quotation marks."""
    if _NARROW_FEATURE in key.features:
        return key
    return replace(key, features=(*key.features, _NARROW_FEATURE))
