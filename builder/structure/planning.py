"""A book that obeys a plan: sections renamed, moved to another level, left out, put in.

The book's own outline comes first; an entry with the place of one of its sections is that
section. One whose place is another line of text starts a new section there. A section without
an entry is none: its heading becomes a line of text.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from builder.core.book import heading_of
from builder.core.diagnostic import Location
from builder.core.errors import ConfigError
from builder.core.manuscript import Manuscript
from builder.structure import trace
from builder.structure.contents_plan import PlanEntry
from builder.structure.families import CHAPTER
from builder.structure.headings import parse_heading
from builder.structure.lines import Line
from builder.structure.outline import HEADING_GAP, Opening
from builder.structure.trace import Piece, made


def obeyed(
    openings: Sequence[Opening],
    entries: Sequence[PlanEntry],
    *,
    lines: Sequence[Line],
    manuscript: Manuscript,
    start: int,
) -> tuple[Opening, ...]:
    """The openings that a plan's entries make of those that were found.

    `start` is the first line of the text itself. Raises ConfigError S203 for a place where no
    line of the text begins, S204 for one that stands before the entry above it.
    """
    line_at = _places(lines, manuscript)
    waiting: dict[int, list[Opening]] = {}
    for opening in openings:
        waiting.setdefault(opening.line, []).append(opening)
    made_openings: list[Opening] = []
    previous = start
    places = [line_at.get(entry.place, -1) for entry in entries]
    # How often each heading is still to come at each place: of several entries at one line, that
    # is a heading already, it is the one that says the same.
    coming = Counter((index, entry.heading) for entry, index in zip(entries, places, strict=True))
    for entry, index in zip(entries, places, strict=True):
        if index < start:
            raise ConfigError("S203", location=entry.where, place=str(entry.place))
        if index < previous:
            raise ConfigError("S204", location=entry.where, place=str(entry.place))
        previous = index
        coming[index, entry.heading] -= 1
        found = waiting.get(index)
        said = _said(found[0]) if found else ""
        if found and (entry.heading == said or not coming[index, said]):
            opening = _changed(found.pop(0), entry)
        else:
            last = made_openings[-1] if made_openings else None
            is_taken = last is not None and last.line == index and last.body > index
            may_be_line = not found and not is_taken
            opening = _added(entry, index, lines, manuscript, may_be_line=may_be_line)
            if is_taken:
                opening = replace(opening, body=index + 1)
        made_openings.append(opening)
    return _closed(made_openings, lines, start)


def _places(lines: Sequence[Line], manuscript: Manuscript) -> dict[Location, int]:
    """The lines by their places: with the column, and the first of each line of a file without."""
    line_at: dict[Location, int] = {}
    short = manuscript.short_paths()
    for index, line in enumerate(lines):
        place = manuscript.origin(line.start)
        for file in (place.file, short.get(place.file, place.file)):
            line_at.setdefault(Location(file, place.line), index)
            line_at.setdefault(Location(file, place.line, place.column), index)
    return line_at


def _said(opening: Opening) -> str:
    """The heading of an opening, as a plan has it."""
    return heading_of(opening.label, opening.title).strip()


def _closed(openings: Sequence[Opening], lines: Sequence[Line], start: int) -> tuple[Opening, ...]:
    """The openings with their ends; the text before the first becomes a section without a name."""
    result = list(openings)
    if start < len(lines) and (not result or result[0].line > start):
        first = result[0].line if result else len(lines)
        result.insert(
            0, Opening(CHAPTER, "foreword", None, "", "", (), start, start, first, is_made=True)
        )
    ends = [*(opening.line for opening in result[1:]), len(lines)][: len(result)]
    return tuple(
        replace(opening, end=max(end, opening.body))
        for opening, end in zip(result, ends, strict=True)
    )


def _changed(opening: Opening, entry: PlanEntry) -> Opening:
    """An opening with the level and the heading of its entry."""
    placed = replace(opening, rank=entry.rank, role=entry.role)
    label, title, number = _parts(entry.heading)
    if entry.heading == _said(opening):
        return placed
    kept = [piece for piece in opening.pieces if not piece.is_made]
    heading = HEADING_GAP.join(part for part in (label, title) if part)
    if not kept:
        fresh = (made(heading, trace.MADE_TITLE),) if heading else ()
        return replace(placed, label=label, title=title, number=number, pieces=fresh)
    start, end = kept[0].start, kept[-1].end
    if not heading:
        claims = (*opening.claims, trace.Claim(start, end, trace.PLANNED))
        return replace(placed, label="", title="", number=None, pieces=(), claims=claims)
    pieces = (Piece(start, end, heading, trace.PLANNED),)
    claims = tuple(one for one in opening.claims if one.end <= start or one.start >= end)
    return replace(placed, label=label, title=title, number=number, pieces=pieces, claims=claims)


def _added(
    entry: PlanEntry,
    index: int,
    lines: Sequence[Line],
    manuscript: Manuscript,
    *,
    may_be_line: bool,
) -> Opening:
    """A section that begins at a line: the line is its heading if it says the same.

    Not when another entry has that line already.
    """
    label, title, number = _parts(entry.heading)
    line = lines[index]
    words = manuscript.text[line.start : line.end]
    heading = HEADING_GAP.join(part for part in (label, title) if part)
    is_same = "".join(words.split()) == "".join(entry.heading.split())
    if may_be_line and is_same and heading:
        piece = Piece(line.start, line.end, heading, trace.HEADING_SPACE)
        own = (piece if words != heading else Piece(line.start, line.end),)
        return Opening(entry.rank, entry.role, number, label, title, own, index, index + 1)
    pieces = (made(heading, trace.MADE_TITLE),) if heading else ()
    return Opening(entry.rank, entry.role, number, label, title, pieces, index, index)


def _parts(heading: str) -> tuple[str, str, int | None]:
    """Label, title and number of a heading as the plan writes it."""
    found = parse_heading(heading, 0, len(heading))
    number = found[0].number if found else None
    label, gap, title = heading.partition(HEADING_GAP)
    if gap:
        return label, title, number
    if found and found[0].score > 0:
        label = heading[slice(*found[0].label)]
        label = label if found[0].family == "english" else label.replace(" ", "")
        return label, heading[slice(*found[0].title)], number
    return "", heading, None
