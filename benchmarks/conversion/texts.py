"""The texts a conversion is measured on: pairs, and Traditional originals for a round trip.

`par_*_s` and `par_*_t` are pairs of equal length, scored both ways. Every other `*_t` makes a
round trip: simplified by OpenCC's t2s, converted back, compared with itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from opencc import OpenCC

TRADITIONAL = "zh-Hant-TW"
SIMPLIFIED = "zh-Hans"
# Written after 1918, or translated. The others are vernacular novels of Ming and Qing.
MODERN = frozenset(("ahq", "gongmu", "ouyou", "rustbook", "ud_hk", "par_gsd", "par_bible"))


@dataclass(frozen=True, slots=True)
class Trial:
    """A text, what it should become, and in which language."""

    name: str
    tag: str
    source: str
    wanted: str

    @property
    def to_traditional(self) -> bool:
        return self.tag == TRADITIONAL


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s", include_tofu_risk_dictionaries=False)


def as_simplified(traditional: str) -> str:
    """Text as it is printed in Simplified: without the rare forms that no list of 2013 has."""
    return str(_simplifier().convert(traditional))


def trials(folder: Path) -> Iterator[Trial]:
    """All texts of a folder that say what is right, in the order of their names."""
    for path in sorted(folder.glob("*_t.txt")):
        traditional = path.read_text(encoding="utf-8")
        name = path.stem.removesuffix("_t")
        simplified = path.with_name(f"{name}_s.txt")
        if not name.startswith("par_"):
            yield from _round_trip(name, traditional)
        elif simplified.exists():
            pair = simplified.read_text(encoding="utf-8"), traditional
            yield Trial(name, TRADITIONAL, *pair)
            yield Trial(name, SIMPLIFIED, *reversed(pair))


def _round_trip(name: str, traditional: str) -> Iterator[Trial]:
    """Lines that Simplified writes with fewer characters have no places to compare."""
    lines = traditional.split("\n")
    simplified = as_simplified(traditional).split("\n")
    kept = [pair for pair in zip(simplified, lines, strict=True) if len(pair[0]) == len(pair[1])]
    yield Trial(name, TRADITIONAL, *("\n".join(side) for side in zip(*kept, strict=True)))
