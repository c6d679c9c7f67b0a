"""A copy as its lines are shown: its style, its face, its codes, all of them at once.

Must not import pens, lines or pages.
"""

from dataclasses import dataclass

from builder.press.codes import NO_CODE, Table, tables_of
from builder.press.face import DASHES, Face, Faces
from builder.press.frame import TextStyle
from builder.press.setting import Copy

ATOMS = frozenset({"ruby", "note", "cell", "image"})


@dataclass(slots=True)
class Worn:
    """A paragraph as its lines are shown: `shown` are its `codes` as a literal string, two characters each.

    `plain` and `worded` are the codes of its face, for lines of Chinese and for those with words;
    `has_pair` says whether —— has a glyph of its own. A copy that is `is_uniform` has one style
    and nothing but words.
    """

    copy: Copy
    style: TextStyle
    face: Face
    plain: Table
    worded: Table
    has_pair: bool
    element: int = -1
    codes: str = ""
    shown: str = ""
    is_uniform: bool = False

    def may_show(self, start: int, end: int) -> bool:
        """Whether the codes from `start` to `end` are all there is to show of a line."""
        return self.is_uniform and self.codes.find(NO_CODE, start, end) < 0


Wardrobe = dict[int, Worn]


def worn_in(wardrobe: Wardrobe, copy: Copy, faces: Faces, element: int = -1) -> Worn:
    """A copy as lines need it, those of `element` if several share the copy. The wardrobe has the
    last copy of every style.
    """
    run = copy.runs[0]
    style = run.style
    # Copies that several elements share come back after others of the same style.
    hook = id(style) if element < 0 else ~id(style)
    found = wardrobe.get(hook)
    if found is None or found.style is not style:
        face = faces.face(style.face)
        has_pair = len(face.codes[ord(DASHES)]) == 1
        found = Worn(copy, style, face, *tables_of(face), has_pair=has_pair)
        wardrobe[hook] = found
    elif found.copy is copy:
        if element >= 0:
            found.element = element
        return found
    found.copy = copy
    found.is_uniform = (
        len(copy.runs) == 1 and run.kind not in ATOMS and not (style.emphasis or style.underline)
    )
    if found.is_uniform:
        if copy.text.isascii():  # a folio: all of it goes by words
            found.codes, found.shown = NO_CODE * len(copy.text), ""
        else:
            found.codes, found.shown = found.plain.read(copy.text)
    if element < 0:
        element = run.element if run.element >= 0 else copy.element
    found.element = element
    return found
