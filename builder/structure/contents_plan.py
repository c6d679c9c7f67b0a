"""The contents of a book as a file that people edit and `build` obeys (docs/plan.md).

    volume  第一卷　雾港 @ 渡口.txt:3
      chapter  第一章　灯下 @ 渡口.txt:5

One line a section: its level or role, its heading, its place in the source: file and line, and
where one line of a file holds several of the text, as in HTML, the column. Indents are for the
eye. `plan_of` writes such a file, `read_plan` reads it, planning.py obeys it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import get_args

from builder.core.book import Book, Role, Section, heading_of
from builder.core.catalogue import say
from builder.core.diagnostic import Location
from builder.core.errors import ConfigError
from builder.core.manuscript import Manuscript
from builder.core.traversal import walk
from builder.structure.families import CHAPTER, DIVISION, PART, SUBCHAPTER, VOLUME

# chapter  第一章　灯下 @ 渡口.txt:5, or 渡口.html:5:120; but not a comment.
ENTRY = re.compile(
    r"\s*+(?P<word>[a-z]++)(?:\s++(?P<heading>[^@]*+))?@\s*+(?P<file>.+?):(?P<line>[0-9]{1,9})"
    r"(?::(?P<column>[0-9]{1,9}))?\s*"
)
RANK_WORDS = {
    "part": PART, "volume": VOLUME, "division": DIVISION, "chapter": CHAPTER, "section": SUBCHAPTER,
}  # fmt: skip
COUNTED_ROLES = frozenset({"part", "volume", "chapter", "subchapter"})
MATTER_WORDS: dict[str, Role] = {role: role for role in get_args(Role) if role not in COUNTED_ROLES}
MATTER_WORDS |= {"front": "foreword", "back": "afterword"}


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A plan as it stands on disk; `name` is what errors call it."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """One section: `role` is set for matter only. `place` is in the source, `where` in the plan."""

    rank: int
    role: Role | None
    heading: str
    place: Location
    where: Location


def plan_of(book: Book, manuscript: Manuscript) -> str:
    """The contents of a book as a plan: `build` with it gives the same book again."""
    lines = [f"# {line}".rstrip() for line in say("plan.head").split("\n")]
    short = manuscript.short_paths()
    for depth, section, word in _worded(book):
        place = place_of(manuscript.text, section.span.start, manuscript.origin)
        place = replace(place, file=short.get(place.file, place.file))
        heading = heading_of(section.label, section.title)
        lines.append(f"{'  ' * depth}{word}  {heading} @ {place}".replace("   @", "  @"))
    return "\n".join(lines) + "\n"


def place_of(text: str, start: int, origin: Callable[[int], Location]) -> Location:
    """The place of the line at `start` of a text, as a plan names it.

    It has a column when the line before it comes from the same line of the file.
    """
    place = origin(start)
    last = start - 1
    while last >= 0 and text[last].isspace():
        last -= 1
    if last >= 0:
        above = origin(text.rfind("\n", 0, last) + 1)
        if (above.file, above.line) == (place.file, place.line):
            return place
    return replace(place, column=0)


def _worded(book: Book) -> Iterator[tuple[int, Section, str]]:
    for depth, section in walk(book.sections):
        word: str = section.role
        if word == "subchapter":
            word = "section"
        elif word == "part" and depth:
            word = "division"
        yield depth, section, word


def read_plan(plan: PlanFile) -> tuple[PlanEntry, ...]:
    """The entries of a plan. Raises ConfigError S202 at a line that is none."""
    entries: list[PlanEntry] = []
    for number, line in enumerate(plan.text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        where = Location(plan.name, number)
        match = ENTRY.fullmatch(line)
        word = match["word"] if match else ""
        if match is None or (word not in RANK_WORDS and word not in MATTER_WORDS):
            raise ConfigError("S202", location=where, line=line.strip())
        entries.append(
            PlanEntry(
                RANK_WORDS.get(word, CHAPTER),
                MATTER_WORDS.get(word),
                (match["heading"] or "").strip(),
                _place(match),
                where,
            )
        )
    return tuple(entries)


def _place(entry: re.Match[str]) -> Location:
    return Location(entry["file"], int(entry["line"]), int(entry["column"] or 0))


def plan_rows(text: str) -> Iterator[tuple[int, str, str, Location]]:
    """The rows of a plan that `plan_of` wrote: depth, word, heading, place."""
    for line in text.splitlines():
        if entry := ENTRY.fullmatch(line):
            depth = (len(line) - len(line.lstrip(" "))) // 2
            yield depth, entry["word"], (entry["heading"] or "").strip(), _place(entry)
