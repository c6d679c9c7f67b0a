"""Lists of notes tied to their marks: which ［3］ in which chapter the third note belongs to.

A list may stand under its own chapter, at the end of a volume, or at the end of the book. Its
notes count through, or start again for each chapter, with the chapter's heading above them or
without. A list is believed when half of its notes find a mark; what finds none stays text.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from builder.core.manuscript import Mark, MarkKind
from builder.structure import trace
from builder.structure.lines import Line
from builder.structure.note_lists import MARK, Entry, Group, NoteList, number_of
from builder.structure.outline import Opening
from builder.structure.repeats import words_of
from builder.structure.trace import Claim

LEAST_LINKED = 0.5
MOST_BACK = 0.1  # of the steps from mark to mark may lead back to an earlier note
FARTHEST_RUN = 8  # chapters without notes between two that have some


class Reference(NamedTuple):
    """A mark `[start, end)` in the text of the opening with index `opening`."""

    opening: int
    number: int
    start: int
    end: int


class LinkedNote(NamedTuple):
    """A note's lines, without its mark, and the marks that refer to it."""

    lines: tuple[Line, ...]
    references: tuple[Reference, ...]


@dataclass(slots=True)
class EndNotes:
    """What the lists of notes come to.

    `notes` and `lone_marks` go by the first line of the section's text that mentions them. `taken` are the starts of
    lines that are text no longer. `refused` are lists that do not fit: where, how many notes
    and how many marks; their lines are `kept` as text. `apart` are the lists whose leftovers deserve a section of their own.
    """

    notes: dict[int, list[LinkedNote]] = field(default_factory=lambda: defaultdict(list))
    taken: set[int] = field(default_factory=set)
    claims: list[Claim] = field(default_factory=list)
    lone_marks: dict[int, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    lone_notes: list[tuple[int, str]] = field(default_factory=list)
    refused: list[tuple[int, int, int]] = field(default_factory=list)
    kept: set[int] = field(default_factory=set)
    apart: list[NoteList] = field(default_factory=list)

    @property
    def known(self) -> frozenset[int]:
        """The starts of all marks, and of all lines, of which these lists know what they are."""
        return frozenset(self.kept) | {
            mark.start
            for notes in self.notes.values()
            for note in notes
            for mark in note.references
        }


def linked(
    text: str,
    lines: Sequence[Line],
    openings: Sequence[Opening],
    lists: Sequence[NoteList],
    *,
    marks: Sequence[Mark] = (),
) -> EndNotes:
    """The notes of the lists with their marks; `marks` are those that mark-up knows already."""
    result = EndNotes()
    if not lists:
        return result
    linking = _Linking(text, lines, openings, lists, marks)
    for one in lists:
        linking.link(one, result)
    return result


class _Linking:
    """Links one list after another; the next one's marks begin where a list has ended."""

    def __init__(
        self,
        text: str,
        lines: Sequence[Line],
        openings: Sequence[Opening],
        lists: Sequence[NoteList],
        marks: Sequence[Mark],
    ) -> None:
        self._text = text
        self._lines = lines
        self._openings = openings
        self._first = 0
        listed = {line.start for one in lists for line in one.lines}
        known = {mark.start for mark in marks if mark.kind is MarkKind.NOTE_REF}
        self._styles: dict[str, list[Reference]] = defaultdict(list)
        for index, opening in enumerate(openings):
            for line in lines[opening.body : opening.end]:
                if line.start not in listed:
                    for style, reference in self._references(index, line):
                        if reference.start not in known:
                            self._styles[style].append(reference)

    def _references(self, opening: int, line: Line) -> Iterator[tuple[str, Reference]]:
        for match in MARK.finditer(self._text, line.start, line.end):
            number = number_of(match)
            if number is not None and match.start() > line.start:
                yield match.lastgroup or "", Reference(opening, number, *match.span())

    def link(self, one: NoteList, result: EndNotes) -> None:
        """Link a list with the marks of its own section, else with all since the last list."""
        start = one.lines[0].start
        own = max((at for at, o in enumerate(self._openings) if self._begin(o) <= start), default=0)
        entries = one.entries
        near, _ = self._best(one, own, start)
        if len(near) == len(entries):
            if any(self._differs(entries[index], near[index]) for index in near):
                self._keep(one, near, result)
            self._first = own
            return
        far, style = self._best(one, self._first, start)
        if not far or len(far) < LEAST_LINKED * len(entries):
            self._refuse(one, own, result)
            return
        self._keep(one, far, result)
        linked_marks = {mark.start for marks in far.values() for mark in marks}
        for mark in self._within(self._first, start)[style]:
            if mark.start not in linked_marks:
                words = self._text[mark.start : mark.end]
                result.lone_marks[self._openings[mark.opening].body].append((mark.start, words))
        self._first = own + 1
        if len(far) < len(entries):
            result.apart.append(one)

    def _refuse(self, one: NoteList, own: int, result: EndNotes) -> None:
        """Leave a list as text; it is told of when it is not the own section's alone."""
        start = one.lines[0].start
        marks = max(self._within(self._first, start).values(), key=len, default=[])
        others = sum(mark.opening != own for mark in marks)
        if not others or others * 2 < len(marks):
            return
        result.refused.append((start, len(one.entries), len(marks)))
        result.kept.update(line.start for line in one.lines)
        if len(one.groups) > 1:
            result.apart.append(one)

    def _begin(self, opening: Opening) -> int:
        at = min(opening.line, len(self._lines) - 1)
        return self._lines[at].start

    def _differs(self, entry: Entry, marks: Sequence[Reference]) -> bool:
        """Whether a mark is written unlike its note: notes.py would not know them for a pair."""
        return any(self._text[mark.start : mark.end] != entry.mark for mark in marks)

    def _within(self, first: int, end: int) -> dict[str, list[Reference]]:
        """The marks of each style from an opening on, up to an offset."""
        found = {
            style: [mark for mark in marks if mark.opening >= first and mark.start < end]
            for style, marks in self._styles.items()
        }
        return {style: marks for style, marks in found.items() if marks}

    def _best(self, one: NoteList, first: int, end: int) -> tuple[dict[int, list[Reference]], str]:
        """The marks of each note, by its index in the list, in the style that links most."""
        best: dict[int, list[Reference]] = {}
        best_style = ""
        for style, marks in sorted(self._within(first, end).items()):
            found = self._linked(one, marks)
            if len(found) > len(best):
                best, best_style = found, style
        return best, best_style

    def _linked(self, one: NoteList, marks: Sequence[Reference]) -> dict[int, list[Reference]]:
        headed = self._by_headings(one.groups)
        if headed and len(headed) * 2 >= len(one.groups):
            pairs = [
                (group, [mark for mark in marks if headed[at][0] <= mark.opening < headed[at][1]])
                for at, group in enumerate(one.groups)
                if at in headed
            ]
            return _by_number(one, pairs)
        numbers = Counter(entry.number for entry in one.entries)
        if numbers.most_common(1)[0][1] == 1:
            steps = [b.number < a.number for a, b in pairwise(marks)]
            if sum(steps) > MOST_BACK * len(marks):
                return {}
            return _by_number(one, [(group, marks) for group in one.groups])
        return _by_number(one, list(_by_runs(one.groups, marks)))

    def _by_headings(self, groups: Sequence[Group]) -> dict[int, tuple[int, int]]:
        """For each group with a heading, the openings `[first, last)` that it belongs to."""
        found: dict[int, tuple[int, int]] = {}
        position = 0
        for at, group in enumerate(groups):
            for heading in group.headings:
                words = words_of(self._text[heading.start : heading.end])
                index = next(
                    (i for i in range(position, len(self._openings)) if self._is_named(i, words)),
                    -1,
                )
                if index >= 0:
                    position = index
                    found[at] = (index, self._end_of(index))
        return found

    def _is_named(self, index: int, words: str) -> bool:
        one = self._openings[index]
        label, title = words_of(one.label), words_of(one.title)
        return words in {label + title, label, title} - {""}

    def _end_of(self, index: int) -> int:
        """The index behind the sections that an opening holds."""
        rank = self._openings[index].rank
        end = index + 1
        while end < len(self._openings) and self._openings[end].rank > rank:
            end += 1
        return end

    def _keep(self, one: NoteList, found: dict[int, list[Reference]], result: EndNotes) -> None:
        """Take the linked notes out of the text, and the headings that stand above none now."""
        index = 0
        is_whole = True
        for group in one.groups:
            group_is_whole = True
            for entry in group.entries:
                marks = found.get(index)
                if marks:
                    self._take(entry, marks, result)
                else:
                    group_is_whole = False
                    result.lone_notes.append((entry.lines[0].start, entry.mark))
                index += 1
            if group_is_whole:
                _leave_out(group.headings, result)
            is_whole = is_whole and group_is_whole
        if is_whole and one.heading:
            _leave_out((one.heading,), result)

    def _take(self, entry: Entry, marks: Sequence[Reference], result: EndNotes) -> None:
        first = entry.lines[0]
        result.claims.append(Claim(first.start, entry.words, trace.NOTE_MARK))
        lines = (first._replace(start=entry.words), *entry.lines[1:])
        result.taken.update(line.start for line in entry.lines)
        result.notes[self._openings[marks[0].opening].body].append(LinkedNote(lines, tuple(marks)))


def _leave_out(headings: Sequence[Line], result: EndNotes) -> None:
    for line in headings:
        result.claims.append(Claim(line.start, line.end, trace.NOTES_HEADING))
        result.taken.add(line.start)


def _by_number(
    one: NoteList, pairs: Sequence[tuple[Group, Sequence[Reference]]]
) -> dict[int, list[Reference]]:
    """The marks of each note, given the marks that belong to its group."""
    index_of = {entry.lines[0].start: index for index, entry in enumerate(one.entries)}
    found: dict[int, list[Reference]] = {}
    for group, marks in pairs:
        numbered: dict[int, list[Reference]] = defaultdict(list)
        for mark in marks:
            numbered[mark.number].append(mark)
        for entry in group.entries:
            if entry.number in numbered:
                found[index_of[entry.lines[0].start]] = numbered[entry.number]
    return found


def _by_runs(
    groups: Sequence[Group], marks: Sequence[Reference]
) -> Iterator[tuple[Group, Sequence[Reference]]]:
    """Each group with the marks of one chapter, in order; chapters without notes are passed by."""
    runs: list[list[Reference]] = []
    for mark in marks:
        is_next = bool(runs) and mark.opening != runs[-1][-1].opening and mark.number == 1
        if not runs or is_next:
            runs.append([])
        runs[-1].append(mark)
    position = 0
    for group in groups:
        wanted = {entry.number for entry in group.entries}
        ahead = runs[position : position + (1 if len(runs) == len(groups) else FARTHEST_RUN)]
        likeness = [_likeness(wanted, {mark.number for mark in run}) for run in ahead]
        if likeness and max(likeness) >= LEAST_LINKED:
            at = position + likeness.index(max(likeness))
            yield group, runs[at]
            position = at + 1
        elif len(runs) == len(groups):
            position += 1


def _likeness(one: set[int], other: set[int]) -> float:
    return len(one & other) / len(one | other)
