"""Which fonts this machine has, as fontconfig knows them.

`fc-list` answers from fontconfig's cache in about 15 ms, character sets included, and it is
the same knowledge that Pango chooses glyphs by; reading the fonts ourselves would take
seconds and could disagree with it.
"""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from builder.core.errors import DependencyError

LIST_TIMEOUT_SECONDS = 60  # the first call on a new machine builds fontconfig's cache
_FORMAT = "%{file}\t%{index}\t%{weight}\t%{slant}\t%{family}\t%{charset}\n"


@dataclass(frozen=True, slots=True)
class Face:
    """One face of one font file.

    `index` is the face's place in a collection, 0 elsewhere. `weight` and `slant` are on
    fontconfig's scales (80 regular, 200 bold; 0 upright). `ranges` are the code points it has
    glyphs for, each pair `(first, last)`.
    """

    families: tuple[str, ...]
    path: Path
    index: int
    weight: float
    slant: int
    ranges: tuple[tuple[int, int], ...] = field(repr=False)

    def covers(self, character: str) -> bool:
        """Whether the face has a glyph for `character`."""
        return any(first <= ord(character) <= last for first, last in self.ranges)


@cache
def installed_faces() -> tuple[Face, ...]:
    """Every face installed, in a stable order. Raises DependencyError F003 without fontconfig."""
    return tuple(sorted(_faces(_listing()), key=lambda face: (str(face.path), face.index)))


def faces_of(family: str) -> tuple[Face, ...]:
    """The installed faces of one family, by its name in any language; case does not matter."""
    wanted = family.casefold()
    return tuple(
        face
        for face in installed_faces()
        if any(name.casefold() == wanted for name in face.families)
    )


def _listing() -> str:
    try:
        finished = subprocess.run(
            ["fc-list", "--format", _FORMAT],
            capture_output=True,
            check=True,
            timeout=LIST_TIMEOUT_SECONDS,
        )
    except (OSError, subprocess.SubprocessError) as problem:
        raise DependencyError("F003", reason=str(problem)) from problem
    return finished.stdout.decode("utf-8", errors="surrogateescape")


def _faces(listing: str) -> Iterator[Face]:
    for line in listing.splitlines():
        path, index, weight, slant, families, characters = line.split("\t")
        if not characters:
            continue
        yield Face(
            families=tuple(families.split(",")),
            path=Path(path),
            # The high half tells the instance of a variable font.
            index=int(index) & 0xFFFF,
            weight=_lowest(weight),
            slant=int(_lowest(slant)),
            ranges=_ranges(characters),
        )


def _lowest(value: str) -> float:
    """A number of fontconfig's; a variable font has a range, `[40 210]`, and then its start."""
    return float(value.strip("[]").split()[0]) if value else 0.0


@cache
def _ranges(characters: str) -> tuple[tuple[int, int], ...]:
    """The ranges of a character set written like `20-7e a0 4e00-9fff`, in hexadecimal.

    The faces of one family mostly have one set, and sets of Han are long: each is read once.
    """
    items = (item.partition("-") for item in characters.split())
    return tuple((int(first, 16), int(last or first, 16)) for first, _, last in items)
