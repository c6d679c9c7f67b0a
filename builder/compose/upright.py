"""Tate-chu-yoko in the EPUB: a span around what stands upright in a column.

What does is said in `core.upright`.
"""

import re

from builder.core.upright import UPRIGHT, has_candidates

CLASS = "tcy"
# A tag, an element whose text stays as it is, or a run of text.
# Example: <p>, <rt>zhōng1</rt>, 他12岁. Counter-example: a < b, which markup writes as a &lt; b.
_PIECE = re.compile(
    r"<(?P<kept>rt|code|pre|title)\b[^<>]*+>.*?</(?P=kept)>|<[^<>]*+>|[^<]++", re.DOTALL
)


def upright(markup: str) -> str:
    """`markup` with a span of class `tcy` around what stands upright; its text stays the same."""
    return _PIECE.sub(lambda piece: _text(piece[0]), markup)


def _text(piece: str) -> str:
    if piece.startswith("<") or not has_candidates(piece):
        return piece
    return UPRIGHT.sub(rf'<span class="{CLASS}">\g<0></span>', piece)
