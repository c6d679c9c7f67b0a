"""The designs: one module each, all with the same verb."""

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from builder.covers.brief import Brief
from builder.covers.designs import blocks, landscape, minimal, moon, seal, stitched, waves, window
from builder.covers.wording import CoverWords


@dataclass(frozen=True, slots=True)
class Design:
    """`colours` are the names of main colours that suit it. `longest_column` is the longest title,
    in characters, that it sets in columns by itself.
    """

    name: str
    draw: Callable[[Brief], Image.Image]
    colours: tuple[str, ...]
    longest_column: int
    suits: Callable[[CoverWords], bool]


def _any(_words: CoverWords) -> bool:
    return True


def _is_chinese(words: CoverWords) -> bool:
    return not words.runs_across


def _fits_a_seal(words: CoverWords) -> bool:
    return words.is_han and words.han_count <= 6


def _fits_fields(words: CoverWords) -> bool:
    return 2 <= len(words.title) <= 8 and words.is_han


DESIGNS = (
    Design("stitched", stitched.draw, ("indigo", "pine", "umber", "slate"), 12, _is_chinese),
    Design("minimal", minimal.draw, ("vermilion", "indigo", "bamboo", "ochre", "slate"), 0, _any),
    Design("landscape", landscape.draw, ("slate", "pine", "indigo", "ink"), 10, _any),
    Design(
        "blocks", blocks.draw, ("vermilion", "pine", "plum", "ochre", "indigo"), 8, _fits_fields
    ),
    Design("seal", seal.draw, ("vermilion", "rouge"), 0, _fits_a_seal),
    Design("moon", moon.draw, ("indigo", "plum", "pine", "slate"), 10, _any),
    Design("waves", waves.draw, ("indigo", "pine", "rouge", "slate"), 10, _any),
    Design("window", window.draw, ("bamboo", "pine", "umber", "slate"), 8, _any),
)
