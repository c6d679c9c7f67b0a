"""What the whole text is, before any block is built: its lines, its outline, its notes."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import accumulate

from builder.core.config import Config
from builder.core.errors import SourceError
from builder.core.manuscript import Manuscript, Mark, MarkKind
from builder.core.source import BookSource
from builder.structure import trace
from builder.structure.blocks import BLOCK_KINDS
from builder.structure.candidates import Candidate, candidates_of
from builder.structure.choice import Choice, choose
from builder.structure.contents_plan import PlanFile, read_plan
from builder.structure.couplets import with_couplets
from builder.structure.cutting import (
    LONGEST_SECTION,
    made_opening,
    sections_of_sensible_length,
    without_giants,
)
from builder.structure.endnotes import linked
from builder.structure.folders import volumes_of
from builder.structure.glued_lines import with_headings_apart
from builder.structure.lines import Line, is_spaced, lines_of
from builder.structure.loose_titles import LONGEST_LOOSE_TITLE, PUNCTUATION, with_loose_titles
from builder.structure.metadata import (
    NOTHING_SAID,
    FirstLines,
    are_told,
    author_of_line,
    title_of_line,
)
from builder.structure.note_lists import NoteList, note_lists
from builder.structure.note_sections import with_end_notes, with_lists_apart
from builder.structure.notes import NoteText, SectionNotes, notes_of, without_own_marks
from builder.structure.outline import Opening, openings_of
from builder.structure.own_patterns import own_patterns
from builder.structure.planning import obeyed
from builder.structure.scenes import scene_starts
from builder.structure.trace import Claim
from builder.structure.tree import Node, Outline, nested

LONGEST_TITLE_PAGE = 4  # lines
# The Complete Tang Poems are 49,000, each a section; a hundred thousand take a minute to set.
MAX_SECTIONS = 60_000
# Lines that look like headings, among them the numbers of lists.
MAX_CANDIDATES = 150_000


@dataclass(frozen=True, slots=True)
class Plan:
    """Lines, outline and notes of a manuscript, all by index and offset.

    `notes` go by section id. `marked_notes` are the notes that mark-up says, by the id it
    uses. `title_lines` are the title and author that the text begins with. `contents_lists` are
    the lengths, in lines, of the contents lists that were left out. `refused_notes` are lists of
    notes that do not fit the marks: where, how many notes, how many marks. `lone_notes` are
    notes without a mark in lists that do fit. Before the lines that start at `scenes` a scene
    ends, without a sign of it.
    """

    lines: tuple[Line, ...]
    spaced: tuple[bool, ...]
    outline: Outline
    notes: dict[str, SectionNotes]
    marked_notes: dict[str, NoteText]
    title_lines: FirstLines = NOTHING_SAID
    claims: tuple[Claim, ...] = ()
    contents_lists: tuple[int, ...] = ()
    refused_notes: tuple[tuple[int, int, int], ...] = ()
    lone_notes: tuple[tuple[int, str], ...] = ()
    scenes: frozenset[int] = frozenset()


def survey(
    manuscript: Manuscript, config: Config, source: BookSource, *, contents: PlanFile | None = None
) -> Plan:
    """Find the outline and the notes; `contents` is a plan that overrules what is found.

    Raises ConfigError for a plan that cannot be obeyed, SourceError S206 for more headings than a
    book has.
    """
    text = manuscript.text
    lines = lines_of(text, manuscript.boundaries(), manuscript.marks)
    if not manuscript.marks:
        lines = with_headings_apart(text, lines)
    lines, marked_notes = _without_marked_notes(lines, manuscript.marks)
    marked_notes, note_claims = without_own_marks(text, marked_notes, manuscript.marks)
    own = own_patterns(config.structure)
    spaced = is_spaced(lines, max(len(manuscript.files), 1))
    candidates = candidates_of(
        text, lines, manuscript.marks, spaced=spaced, own=own, most=MAX_CANDIDATES
    )
    _require_few([lines[one.line].start for one in candidates], MAX_CANDIDATES, manuscript)
    note_list = note_lists(text, lines, candidates, files=manuscript.files)
    choice = choose(
        text,
        lines,
        _without_listed(lines, candidates, note_list),
        volume_files=frozenset(volumes_of(manuscript.files)),
        plain_files=_plain_files(manuscript),
    )
    listed = [lines[first:last] for first, last in choice.contents_lists]
    lines, chosen = _without(lines, choice)
    known = tuple(
        name
        for name in (config.book.title, source.title, dict(manuscript.hints).get("title", ""))
        if name
    )
    start, title_lines, claims, chosen = _head(
        text, lines, chosen, known,
        is_told=lambda said: are_told(said, config.book, dict(manuscript.hints), source),
    )  # fmt: skip
    parting = _parting_breaks(lines, start, chosen, manuscript.marks)
    start += len(parting)
    claims += tuple(Claim(line.start, line.end, trace.SCENE_BREAK) for line in parting)
    claims += tuple(
        Claim(entries[0].start, entries[-1].end, trace.CONTENTS_LIST) for entries in listed
    )
    title = next((name for name in (*known, title_lines[0], source.slug) if name), "")
    if not chosen and len(manuscript.files) < 2:
        lines = without_giants(text, lines)
    openings = openings_of(
        text, lines, chosen, start=start, files=manuscript.files, kept=manuscript.kept
    )
    found = bool(openings)
    _require_few([lines[one.line].start for one in openings], MAX_SECTIONS, manuscript)
    openings = _with_preamble(lines, openings, start=start, title=title)
    openings = with_couplets(text, lines, with_loose_titles(text, lines, openings))
    if contents is not None:
        entries = read_plan(contents)
        openings = obeyed(openings, entries, lines=lines, manuscript=manuscript, start=start)
        found = True
    end_notes = linked(text, lines, openings, note_list, marks=manuscript.marks)
    if contents is None:
        openings = with_lists_apart(text, lines, openings, end_notes)
    outline = nested(openings, found=found, is_planned=contents is not None)
    gone = frozenset(claim.start for opening in openings for claim in opening.claims)
    gone |= end_notes.taken
    settled = end_notes.known
    notes = {
        node.id: with_end_notes(
            notes_of(text, _text_lines(lines, node.opening, gone), node.id, known=settled),
            end_notes,
            opening=node.opening,
            section_id=node.id,
        )
        for node in nodes_of(outline.nodes)
    }
    scenes: frozenset[int] = frozenset()
    if not any(
        mark.kind in BLOCK_KINDS and mark.kind is not MarkKind.HEADING for mark in manuscript.marks
    ):
        scenes = scene_starts(text, (one.lines for one in notes.values()), spaced)
    return Plan(
        lines, spaced, outline, notes, marked_notes, title_lines,
        (*note_claims, *claims, *end_notes.claims), tuple(len(entries) for entries in listed),
        tuple(end_notes.refused), tuple(end_notes.lone_notes), scenes,
    )  # fmt: skip


def _plain_files(manuscript: Manuscript) -> frozenset[int]:
    """The files in which nothing is marked up: 00_序.txt among pages of HTML."""
    starts = manuscript.boundaries()
    marked = {bisect_right(starts, mark.start) - 1 for mark in manuscript.marks}
    return frozenset(range(len(starts))) - marked


def _without_listed(
    lines: Sequence[Line], candidates: Sequence[Candidate], note_list: Sequence[NoteList]
) -> Sequence[Candidate]:
    """The candidates that do not stand in a list of notes; what mark-up says of 注释 stays."""
    listed = {line.start for one in note_list for line in one.lines if line != one.heading}
    if not listed:
        return candidates
    return [one for one in candidates if lines[one.line].start not in listed]


def _text_lines(
    lines: tuple[Line, ...], opening: Opening, gone: frozenset[int]
) -> tuple[Line, ...]:
    """The lines of a section but for its heading, the repeats of it, and notes that moved."""
    text_lines = lines[opening.body : opening.end]
    if gone.isdisjoint(line.start for line in text_lines):
        return text_lines
    return tuple(line for line in text_lines if line.start not in gone)


def nodes_of(nodes: tuple[Node, ...]) -> Iterator[Node]:
    """Every node of a tree in reading order."""
    for node in nodes:
        yield node
        yield from nodes_of(node.children)


def _without(
    lines: tuple[Line, ...], choice: Choice
) -> tuple[tuple[Line, ...], tuple[Candidate, ...]]:
    """The lines and the chosen candidates without the contents lists."""
    kept: list[Line] = []
    position = 0
    ends: list[int] = []
    for first, last in choice.contents_lists:
        kept.extend(lines[position:first])
        position = last
        ends.append(last)
    kept.extend(lines[position:])
    removed = [0, *accumulate(last - first for first, last in choice.contents_lists)]
    chosen = tuple(
        replace(one, line=one.line - removed[bisect_right(ends, one.line)]) for one in choice.chosen
    )
    return tuple(kept), chosen


def _without_marked_notes(
    lines: tuple[Line, ...], marks: Sequence[Mark]
) -> tuple[tuple[Line, ...], dict[str, NoteText]]:
    """The lines that are no note's, and the notes that mark-up says, in order."""
    notes: dict[str, NoteText] = {}
    taken: set[Line] = set()
    starts = [line.start for line in lines]
    for mark in sorted((m for m in marks if m.kind is MarkKind.NOTE), key=lambda m: m.start):
        inside = lines[bisect_left(starts, mark.start) : bisect_left(starts, mark.end)]
        if inside and mark.value not in notes and taken.isdisjoint(inside):
            notes[mark.value] = NoteText(note_id(mark.value), inside)
            taken.update(inside)
    return tuple(line for line in lines if line not in taken), notes


def note_id(value: str) -> str:
    """An id for a note that mark-up calls `value`."""
    if value.isascii() and value.replace("-", "").isalnum():
        return f"note-{value}"
    return f"note-{sha256(value.encode()).hexdigest()[:8]}"


def _require_few(starts: Sequence[int], limit: int, manuscript: Manuscript) -> None:
    """Raise SourceError S206 for more headings, each by where it starts, than a book has."""
    if len(starts) > limit:
        place = manuscript.origin(starts[limit])
        raise SourceError("S206", location=place, limit=f"{limit:,}")


def _head(
    text: str,
    lines: tuple[Line, ...],
    chosen: tuple[Candidate, ...],
    known: tuple[str, ...],
    *,
    is_told: Callable[[FirstLines], bool],
) -> tuple[int, FirstLines, tuple[Claim, ...], tuple[Candidate, ...]]:
    """Where the text itself begins: after the lines that say title and author.

    They are the title page's and are not printed twice; what it does not tell stays text.
    """
    before_first = chosen[0].line if chosen else len(lines)
    first = _words(text, lines, 0)
    said, start = NOTHING_SAID, 0
    if chosen and chosen[0].line == 0 and _is_book_heading(chosen, first, known):
        named = (title_of_line(first) or FirstLines(first))._replace(is_sure=True)
        if is_told(named):
            said, start, chosen = named, 1, chosen[1:]
            before_first = chosen[0].line if chosen else len(lines)
    while start < min(before_first, LONGEST_TITLE_PAGE):
        is_lone = _words(text, lines, start) in known or _is_lone_title(
            text, lines[start:before_first]
        )
        more = _also_said(said, _words(text, lines, start), is_lone=is_lone)
        if more is None or not is_told(more):
            break
        said = more
        start += 1
    claims = tuple(Claim(line.start, line.end, trace.TITLE_LINE) for line in lines[:start])
    return start, said, claims, chosen


def _parting_breaks(
    lines: Sequence[Line], start: int, chosen: Sequence[Candidate], marks: Sequence[Mark]
) -> Sequence[Line]:
    """The marked breaks between the title and the first heading, if nothing else stands there."""
    between = lines[start : chosen[0].line] if chosen else ()
    breaks = {mark.start for mark in marks if mark.kind is MarkKind.BREAK} if between else set()
    return between if all(line.start in breaks for line in between) else ()


def _also_said(said: FirstLines, words: str, *, is_lone: bool) -> FirstLines | None:
    """What is said once this line is read, too; None when it is no line of a title page."""
    author, named = author_of_line(words), title_of_line(words)
    if author and not said.author:
        return said._replace(author=author)
    if named and not said.title:
        return named if named.author else named._replace(author=said.author)
    if not said.title and is_lone:
        return said._replace(title=words)
    return None


def _words(text: str, lines: Sequence[Line], index: int) -> str:
    return text[lines[index].start : lines[index].end] if index < len(lines) else ""


def _is_book_heading(chosen: tuple[Candidate, ...], words: str, known: tuple[str, ...]) -> bool:
    """Whether the first heading, said by mark-up, is the book's own title."""
    first = chosen[0].first
    return (
        first.family == "mark"
        and not chosen[0].is_own
        and (
            words in known
            or (len(chosen) > 1 and all(one.first.rank > first.rank for one in chosen[1:]))
        )
    )


def _is_lone_title(text: str, preamble: tuple[Line, ...]) -> bool:
    """Whether a first line is the title: alone before the first heading, or above the author."""
    words = [text[line.start : line.end] for line in preamble[:2]]
    is_short = len(words[0]) <= LONGEST_LOOSE_TITLE and not PUNCTUATION.search(words[0])
    return is_short and (len(words) < 2 or author_of_line(words[1]) != "")


def _with_preamble(
    lines: tuple[Line, ...], openings: tuple[Opening, ...], *, start: int, title: str
) -> tuple[Opening, ...]:
    """The openings, with one more for the text before the first; for all of it if none."""
    if start >= len(lines):
        return openings
    if openings:
        first = openings[0].line
        if first <= start:
            return openings
        # Nobody gave it a title, and a made one (前言) would say what the author did not.
        preamble = replace(made_opening("", start, first), pieces=(), role="foreword")
        return (preamble, *openings)
    if lines[-1].end - lines[start].start <= LONGEST_SECTION:
        return (made_opening(title, start, len(lines)),)
    return tuple(sections_of_sensible_length(lines, start))
