"""Which fonts this machine has, as fontconfig knows them.

`fc-list` answers from fontconfig's cache in about 15 ms, character sets included, and it is
the same knowledge that Pango chooses glyphs by; reading the fonts ourselves would take
seconds and could disagree with it.
"""

import re
import subprocess
import sys
import threading
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from builder.core.errors import DependencyError
from builder.fonts.libraries import harfbuzz

# fontconfig's weights, and OpenType's (OS/2.usWeightClass) that stand for them.
REGULAR, BOLD = 80.0, 200.0
_WEIGHT_CLASSES = {100: 0.0, 200: 40.0, 300: 50.0, 400: REGULAR, 500: 100.0, 600: 180.0, 700: BOLD}
_HEAVIEST = 210.0
_WEIGHT_CLASS_AT = 4  # the offset of usWeightClass in the OS/2 table
_SELECTION_AT = 62  # that of fsSelection, whose lowest bit says italic
_ITALIC = 100  # fontconfig's slant of an italic
_FAMILY_NAMES = (16, 1)  # name IDs: the typographic family, then the one for old programs

LIST_TIMEOUT_SECONDS = 60  # the first call on a new machine builds fontconfig's cache
_FORMAT = "%{file}\t%{index}\t%{weight}\t%{slant}\t%{family}\t%{charset}\n"


@dataclass(frozen=True, slots=True)
class Face:
    """One face of one font file.

    `index` is the face's place in a collection, 0 elsewhere. `weight` and `slant` are on
    fontconfig's scales (80 regular, 200 bold; 0 upright). `characters` is the set that it has
    glyphs for, as fontconfig writes it: `20-7e a0 4e00-9fff`, hexadecimal and in order.
    """

    families: tuple[str, ...]
    path: Path
    index: int
    weight: float
    slant: int
    characters: str = field(repr=False)

    @property
    def ranges(self) -> tuple[tuple[int, int], ...]:
        """The code points it has glyphs for, each pair `(first, last)`, in order."""
        return _ranges(self.characters)

    def covers(self, character: str) -> bool:
        """Whether the face has a glyph for `character`."""
        return is_within(ord(character), self.ranges)


_COLUMNS = 6
_LONGEST_NAME = 200
# Example: a line feed, an escape. Counter-example: a space, 宋.
_UNSHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def is_within(code_point: int, ranges: Sequence[tuple[int, int]]) -> bool:
    """Whether one of the ranges, which are in order, has the code point."""
    at = bisect_right(ranges, (code_point, sys.maxunicode)) - 1
    return at >= 0 and code_point <= ranges[at][1]


def installed_faces() -> tuple[Face, ...]:
    """Every face installed, in a stable order. Raises DependencyError F003 without fontconfig."""
    with _ONE_AT_A_TIME:
        return _installed()


_ONE_AT_A_TIME = threading.Lock()
_GAVE_NO_ANSWER: list[subprocess.TimeoutExpired] = []


@cache
def _installed() -> tuple[Face, ...]:
    return tuple(sorted(_faces(_listing()), key=lambda face: (str(face.path), face.index)))


def forget_faces() -> None:
    """Ask fontconfig anew when the faces are wanted next."""
    _installed.cache_clear()
    _GAVE_NO_ANSWER.clear()


def list_beside() -> None:
    """Have the faces listed while the caller does something else: `fc-list` is another program,
    for which Python would only wait. Without fontconfig, who wants them is told.
    """

    def listed() -> None:
        with suppress(DependencyError):
            installed_faces()

    threading.Thread(target=listed).start()


def faces_of(family: str) -> tuple[Face, ...]:
    """The installed faces of one family, by its name in any language; case does not matter."""
    wanted = family.casefold()
    return tuple(
        face
        for face in installed_faces()
        if any(name.casefold() == wanted for name in face.families)
    )


def faces_in(path: Path) -> tuple[Face, ...]:
    """The faces of a font file that need not be installed; none when it is no font."""
    hb = harfbuzz()
    try:
        blob = hb.Blob.from_file_path(str(path))
    except hb.HarfBuzzError:
        return ()  # it may not be read
    faces = (hb.Face(blob, index) for index in range(hb.Face(blob).count))
    return tuple(
        _face_in(opened, path) for opened in faces if opened.glyph_count and opened.unicodes
    )


def has_characters(content: bytes) -> bool:
    """Whether the bytes of an OTF or TTF have a glyph for at least one character."""
    hb = harfbuzz()
    opened = hb.Face(hb.Blob(content))
    return bool(opened.glyph_count and opened.unicodes)


def _face_in(opened: Any, path: Path) -> Face:
    named = sorted(opened.list_names(), key=lambda entry: (entry.language != "en", entry.language))
    said = (
        opened.get_name(entry.name_id, entry.language) or ""
        for name_id in _FAMILY_NAMES
        for entry in named
        if entry.name_id == name_id
    )
    # A stranger's font may be called nothing, a page of text, or something with line feeds.
    families = [" ".join(_UNSHOWN.sub(" ", name[:_LONGEST_NAME]).split()) for name in said]
    table = opened.reference_table("OS/2").data
    weight_class = int.from_bytes(table[_WEIGHT_CLASS_AT : _WEIGHT_CLASS_AT + 2], "big")
    is_italic = int.from_bytes(table[_SELECTION_AT : _SELECTION_AT + 2], "big") & 1
    return Face(
        families=tuple(dict.fromkeys(filter(None, families))) or (path.stem,),
        path=path,
        index=opened.index,
        weight=_WEIGHT_CLASSES.get(round(weight_class, -2), _HEAVIEST),
        slant=_ITALIC if is_italic else 0,
        characters=" ".join(f"{first:x}-{last:x}" for first, last in _ranges_of(opened.unicodes)),
    )


def _ranges_of(code_points: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Code points as the ranges that hold them."""
    ranges: list[tuple[int, int]] = []
    for code_point in sorted(code_points):
        if ranges and ranges[-1][1] == code_point - 1:
            ranges[-1] = (ranges[-1][0], code_point)
        else:
            ranges.append((code_point, code_point))
    return tuple(ranges)


def _listing() -> str:
    """What fontconfig lists. When it gave no answer in its time, nobody waits for it again."""
    try:
        if _GAVE_NO_ANSWER:
            raise _GAVE_NO_ANSWER[0]
        finished = subprocess.run(
            ["fc-list", "--format", _FORMAT],
            capture_output=True,
            check=True,
            timeout=LIST_TIMEOUT_SECONDS,
        )
    except (OSError, subprocess.SubprocessError) as problem:
        if isinstance(problem, subprocess.TimeoutExpired) and not _GAVE_NO_ANSWER:
            _GAVE_NO_ANSWER.append(problem)
        raise DependencyError("F003", reason=str(problem)) from problem
    return finished.stdout.decode("utf-8", errors="surrogateescape")


def _faces(listing: str) -> Iterator[Face]:
    for line in listing.splitlines():
        parts = line.split("\t")
        # A font may have a tab in its name, and then is not known by it.
        if len(parts) != _COLUMNS or not parts[-1]:
            continue
        path, index, weight, slant, families, characters = parts
        yield Face(
            families=tuple(families.split(",")),
            path=Path(path),
            # The high half tells the instance of a variable font.
            index=int(index) & 0xFFFF,
            weight=_lowest(weight),
            slant=int(_lowest(slant)),
            characters=characters,
        )


def _lowest(value: str) -> float:
    """A number of fontconfig's; a variable font has a range, `[40 210]`, and then its start."""
    return float(value.strip("[]").split()[0]) if value else 0.0


@cache
def _ranges(characters: str) -> tuple[tuple[int, int], ...]:
    """The ranges of a character set, which are up to 2,000: of most faces nobody asks."""
    items = (item.partition("-") for item in characters.split())
    return tuple((int(first, 16), int(last or first, 16)) for first, _, last in items)
