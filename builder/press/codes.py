"""Text → the codes of a face, a paragraph at a time: what most lines are painted with.

A table is a list, because `str.translate` reads a list in two thirds of the time that it takes
for a dictionary. Must not import lines or pages.
"""

import re
from collections.abc import Sequence

from builder.press.face import DASHES
from builder.press.marks import kind_of
from builder.press.sorts import Face

NO_CODE = "\0"  # stands in codes for what needs more thought
PAIR = "——"
# In paragraphs that share a copy: the one glyph of ——, and what stands in codes for its second
# half, which shows nothing: `NO_GLYPH` twice, a byte that no code has.
_FIRST, _SECOND = "\ufffe", "\uffff"
NO_GLYPH = "\n"
_NOTHING = chr(0x0A0A)
_UNASKED = "\ud800"  # no glyph has this number
_EVERY_UNASKED = re.compile(_UNASKED)
_PLANE = 0x10000  # characters beyond it are beyond the table's end, and stay as they are
# Kinds of characters in lines that go by words: spaces fall away at a line's end, others depend
# on their neighbours; beside letters, marks may be narrow.
_IN_LINES = "IDwgzj\n"
_IN_WORDS = _IN_LINES + "lnabuy"
_ON_LETTERS = "j"  # marks that may make one glyph with the letter before them


class Table:
    """The codes of a face; NO_CODE for what needs more than a code, as `others` (kinds) do.
    `asked` are the characters that were read so far.
    """

    def __init__(self, face: Face, others: str) -> None:
        self.asked: list[str] = []
        self._face = face
        self._others = others
        self._codes = [_UNASKED] * _PLANE

    def read(self, text: str) -> tuple[str, str]:
        """The codes of a text, one for each character, and the same as a literal string."""
        codes = text.translate(self._codes)
        if _UNASKED in codes:
            unasked = (text[found.start()] for found in _EVERY_UNASKED.finditer(codes))
            self._ask(tuple(dict.fromkeys(unasked)))
            codes = text.translate(self._codes)
        shown = literal(codes)
        if len(shown) != 2 * len(codes):
            self.asked += [one for one in codes if ord(one) >= _PLANE]
            codes = "".join([one if ord(one) < _PLANE else NO_CODE for one in codes])
            shown = literal(codes)
        return codes, shown

    def _ask(self, characters: Sequence[str]) -> None:
        """Find the codes of characters, in the order in which they come."""
        self.asked += characters
        # Asked together, ideographs cost a tenth of what each of them costs alone.
        self._face.covers("".join(characters))
        for character in characters:
            self._codes[ord(character)] = self._code(character)

    def _code(self, character: str) -> str:
        if kind_of(character) in self._others or not self._face.covers(character):
            return NO_CODE
        code = self._face.codes[ord(character)]
        is_misread = character in self._face.misread and character != DASHES
        return NO_CODE if len(code) != 1 or is_misread else code


class ColumnTable(Table):
    """The codes of a face for columns; NO_CODE for what does not simply stand upright, too."""

    def _code(self, character: str) -> str:
        face = self._face
        if kind_of(character) in self._others or not face.covers(character):
            return NO_CODE
        _ = face.column_advances[character]  # whether it is turned is known once it was measured
        if character in face.turned:
            return NO_CODE
        code = face.column_codes[ord(character)]
        return NO_CODE if len(code) != 1 or character in face.misread else code


class JoinedTable(Table):
    """The codes of a face for paragraphs in which no mark is narrow; —— is one glyph and nothing
    where the font has one.
    """

    def read(self, text: str) -> tuple[str, str]:
        if PAIR in text and len(self._face.codes[ord(DASHES)]) == 1:
            text = text.replace(PAIR, _FIRST + _SECOND)
        return super().read(text)

    def _ask(self, characters: Sequence[str]) -> None:
        super()._ask(characters)
        if _FIRST in characters:
            self.asked.append(PAIR[0])

    def _code(self, character: str) -> str:
        if character == _FIRST:
            return self._face.codes[ord(DASHES)]
        return _NOTHING if character == _SECOND else super()._code(character)


def tables_of(face: Face) -> tuple[Table, Table]:
    """The codes of a face for lines of Chinese, and for lines with words."""
    return _kept(face, "lines", _IN_WORDS), _kept(face, "words", _ON_LETTERS)


def joined_table_of(face: Face) -> Table:
    """The codes of a face for paragraphs in which no mark is narrow (`galley.stands_alone`)."""
    return _kept(face, "joined", _IN_LINES, JoinedTable)


def column_table_of(face: Face) -> Table:
    """The codes of a face for columns of nothing but Chinese."""
    return _kept(face, "columns", _IN_WORDS, ColumnTable)


def _kept(face: Face, name: str, others: str, kind: type[Table] = Table) -> Table:
    """A table that the face keeps: tables are large, and go when the book is done."""
    known = face.kept.get(name)
    if not isinstance(known, Table):
        known = face.kept[name] = kind(face, others)
    return known


def literal(codes: str) -> str:
    """Codes as a PDF's literal string has them, two bytes each, every byte a character.

    No code that a face gives has a byte that would have to be escaped (`face.Program`).
    """
    return codes.encode("utf-16-be", "surrogatepass").decode("latin-1")
