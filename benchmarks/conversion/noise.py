"""Where a reference text is not to be trusted: places that count for no converter.

`noise.txt` says which characters of which text, and why. Every score is shown twice, with
these places and without them, and they are left out of both sides alike.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

NOISE = Path(__file__).with_name("noise.txt")
EVERY_TEXT = "*"


@dataclass(frozen=True, slots=True)
class Noise:
    """`characters` of the reference of `text` (or of every text) say nothing, for `reason`."""

    text: str
    characters: str
    reason: str


@cache
def listed() -> tuple[Noise, ...]:
    """The lines of the list."""
    lines = NOISE.read_text(encoding="utf-8").splitlines()
    return tuple(Noise(*line.split("  ")) for line in lines if line and not line.startswith("#"))


def noise_of(text: str, wanted: str) -> frozenset[int]:
    """The places of `wanted`, the reference of the text of this name, that do not count."""
    here = [noise for noise in listed() if noise.text in (text, EVERY_TEXT)]
    characters = frozenset("".join(noise.characters for noise in here))
    return frozenset(at for at, character in enumerate(wanted) if character in characters)
