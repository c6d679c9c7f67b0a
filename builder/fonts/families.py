"""Which faces a Chinese book is set in, by what its language calls for.

The lists are in order of choice. `styles/print.css` names the same families, and a test keeps
the two alike. All of the first choices carry the Open Font License, so they may be embedded.
"""

from dataclasses import dataclass
from typing import Literal, assert_never


@dataclass(frozen=True, slots=True)
class Families:
    """`serif` (宋体/明體) for the text, `kai` (楷体) for verse and letters, `sans` (黑体)."""

    serif: tuple[str, ...]
    kai: tuple[str, ...]
    sans: tuple[str, ...]


_SIMPLIFIED = Families(
    serif=("Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "Songti SC", "SimSun"),
    kai=("LXGW WenKai", "Kaiti SC", "KaiTi"),
    sans=("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "PingFang SC"),
)
_TAIWAN = Families(
    serif=("Noto Serif CJK TC", "Source Han Serif TC", "Noto Serif TC", "Songti TC", "PMingLiU"),
    kai=("LXGW WenKai TC", "LXGW WenKai", "Kaiti TC", "DFKai-SB"),
    sans=("Noto Sans CJK TC", "Source Han Sans TC", "Noto Sans TC", "PingFang TC"),
)
_HONG_KONG = Families(
    serif=("Noto Serif CJK HK", "Source Han Serif HK", "Noto Serif HK", *_TAIWAN.serif),
    kai=_TAIWAN.kai,
    sans=("Noto Sans CJK HK", "Source Han Sans HK", "Noto Sans HK", *_TAIWAN.sans),
)

Kind = Literal["serif", "kai", "sans"]

# Fonts made for the characters that others lack, the better drawn first. Each is openly licensed.
RARE = (
    "Plangothic P1",
    "Plangothic P2",
    "Jigmo",
    "Jigmo2",
    "Jigmo3",
    "HanaMinA",
    "HanaMinB",
    "BabelStone Han",
    "TW-Sung-Ext-B",
)


def families_for(language: str) -> Families:
    """The families for a book in `language`, a BCP 47 tag; Simplified unless it says Hant."""
    subtags = language.split("-")
    if "Hant" not in subtags:
        return _SIMPLIFIED
    return _HONG_KONG if {"HK", "MO"} & set(subtags) else _TAIWAN


def family_names(language: str, kind: Kind) -> tuple[str, ...]:
    """The families of one kind for a book in `language`, in order of choice."""
    families = families_for(language)
    match kind:
        case "serif":
            return families.serif
        case "kai":
            return families.kai
        case "sans":
            return families.sans
        case _:
            assert_never(kind)
