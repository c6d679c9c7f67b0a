"""A copy as its lines are shown: its style, its face, its codes, all of them at once.

Must not import pens, lines or pages.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from builder.press.codes import NO_CODE, Table, joined_table_of, tables_of
from builder.press.face import DASHES
from builder.press.frame import TextStyle
from builder.press.setting import Copy
from builder.press.sorts import Face, Faces

ATOMS = frozenset({"ruby", "note", "cell", "image"})


@dataclass(slots=True)
class Worn:
    """A copy as its lines are shown: `shown` are its `codes` as a literal string, two characters
    each; both are empty of a copy that is not `is_uniform`, of one style and nothing but words.

    `worded` has the codes of lines with words, `read` are the characters that were ever read for
    copies such as this; `has_pair` says whether —— has a glyph of its own.
    `element` is that of the copy.
    """

    style: TextStyle
    face: Face
    worded: Table
    element: int
    read: Sequence[str]
    has_pair: bool
    is_uniform: bool
    codes: str = ""
    shown: str = ""


def worn_of(copy: Copy, faces: Faces) -> Worn:
    """A copy as its lines are shown; worked out once."""
    worn = copy.worn
    if worn is None:
        worn = copy.worn = _worn(copy, faces)
    return worn


def _worn(copy: Copy, faces: Faces) -> Worn:
    run = copy.runs[0]
    style, face = run.style, faces.face(run.style.face)
    table, worded = tables_of(face)
    if copy.is_joined:
        table = joined_table_of(face)
    is_uniform = (
        len(copy.runs) == 1 and run.kind not in ATOMS and not (style.emphasis or style.underline)
    )
    codes = shown = ""
    if copy.text.isascii():  # a folio: all of it goes by words
        codes = NO_CODE * len(copy.text)
    elif is_uniform:
        codes, shown = table.read(copy.text)
    element = run.element if run.element >= 0 else copy.element
    has_pair = len(face.codes[ord(DASHES)]) == 1
    return Worn(style, face, worded, element, table.asked, has_pair, is_uniform, codes, shown)
