"""直排内横排 (tate-chu-yoko): what stands upright in a column of Chinese, in one character's room.

A column turns Latin letters and digits on their side. Numbers of up to three digits, a capital
by itself (A 座, X 光) and a pair of ！？ are set upright and side by side instead. Words, years
and measures (English, 1984, 50%, -3) stay on their side, as do numbers among Latin words.
Source: W3C clreq, #mixed_text_composition_in_vertical_writing_mode.
"""

import re
from collections.abc import Iterator

# What parts a number from a word, a year or a formula: any visible ASCII, and Latin letters.
_LATIN = r"!-~\u00c0-\u024f"
# Example: 12 in 他12岁, A in A座, ！？ in 真的！？. Counter-example: 1984年, 3.5, 12 of, ！！！.
UPRIGHT = re.compile(
    rf"(?<![{_LATIN}])(?<![{_LATIN}]\N{{SPACE}})(?:[0-9]{{1,3}}|[A-Z])"
    rf"(?![{_LATIN}])(?!\N{{SPACE}}[{_LATIN}])"
    r"|(?<![!?！？])(?:[!?]{2}|[！？]{2})(?![!?！？])"
)
# Most lines have none, and this is found faster. Example: 3, A, ！. Counter-example: 灯.
_CANDIDATE = re.compile("[0-9A-Z!?！？]")


def has_candidates(text: str) -> bool:
    """Whether anything in `text` might stand upright."""
    return _CANDIDATE.search(text) is not None


def upright_cells(text: str) -> Iterator[tuple[int, int]]:
    """Where in `text` something stands upright in one character's room: (start, end) of each."""
    if has_candidates(text):
        for found in UPRIGHT.finditer(text):
            yield found.span()
