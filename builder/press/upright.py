"""How characters stand in a column: upright, on their side, or several in one room.

Chinese stands upright, with the forms that the font has for columns. Latin lies on its side, and
so do marks that a font has no form for (—— of LXGW WenKai would cross the column otherwise).
Short numbers, single capitals and pairs of ！？ stand upright in one character's room.
Source: W3C clreq, #mixed_text_composition_in_vertical_writing_mode; UAX 50 for what is neither.
"""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from builder.core.upright import has_candidates, upright_cells
from builder.press.setting import Copy, Run

# Marks that stand upright wherever they stand: Taiwan sets them in the middle of their room, the
# same along lines and columns, so that a font has no other form for columns.
_ALWAYS_UPRIGHT = frozenset("，。、；：？！·‧・•※☆★§©®±×÷¼½¾‖†‡‼⁇⁈⁉")
# Wide characters that follow the direction of the text: brackets, dashes, wavy lines.
_DIRECTED_CATEGORIES = frozenset({"Ps", "Pe", "Pi", "Pf", "Pd", "Pc"})
_DIRECTED = frozenset("～〜〰ー｜＝＿…￣")
# Symbols, circled numbers and Roman numerals stand upright even where they are not wide.
_SYMBOLS = frozenset({"So", "No", "Nl"})
_FIRST_SYMBOL = "\u2100"


def is_turned(character: str, *, has_own_form: bool) -> bool:
    """Whether a character lies on its side in a column.

    `has_own_form` says that the font draws it differently in columns: then it stands.
    """
    if has_own_form or character in _ALWAYS_UPRIGHT:
        return False
    category = unicodedata.category(character)
    if unicodedata.east_asian_width(character) in "WF":
        return category in _DIRECTED_CATEGORIES or character in _DIRECTED
    return not (category in _SYMBOLS and character >= _FIRST_SYMBOL)


def cells(copy: Copy) -> Copy:
    """The copy with a run of kind `cell` for each piece that stands upright in one room.

    Text and offsets stay the same; runs of words are parted around the cells.
    """
    if not has_candidates(copy.text):
        return copy
    found = list(upright_cells(copy.text))
    if not found:
        return copy
    return replace(copy, runs=tuple(run for whole in copy.runs for run in _parted(whole, found)))


def _parted(run: Run, found: list[tuple[int, int]]) -> Iterator[Run]:
    if run.kind != "text":
        yield run
        return
    at = run.start
    first, last = bisect_left(found, (run.start, 0)), bisect_left(found, (run.end, 0))
    for start, end in found[first:last]:
        if end > run.end:
            break
        if start > at:
            yield replace(run, start=at, end=start)
        yield replace(run, start=start, end=end, kind="cell")
        at = end
    if at < run.end:
        yield replace(run, start=at)
