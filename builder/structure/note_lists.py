"""Lists of notes in the text: 注释 on a line, and below it 1. …, ［1］ …, ① … in order.

Books have them at their end or at the end of each volume, numbered through or by chapter, with
the chapters' headings above their notes. Such a list is found by what it looks like, before
anything is known of the book, so that its numbers are not taken for chapters; endnotes.py then
says which marks it belongs to.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from builder.core.manuscript import SourceFile
from builder.core.numerals import to_number
from builder.structure.candidates import STRONG, Candidate
from builder.structure.lines import Line

_WORDS = (
    "注释", "註釋", "注解", "註解", "附注", "附註", "尾注", "尾註", "脚注", "腳注", "腳註", "脚註",
    "校注", "校註", "注文", "註文", "Notes", "NOTES", "Endnotes", "ENDNOTES",
)  # fmt: skip
# 注释, 【注释】, 全书注释：, 第一卷注释, but not 注释完了他就走.
LIST_HEADING = re.compile(
    "[【\\[［（(〔《]?(?:全[书書]|本[书書卷册冊章回]|各章|第[^\n]{1,4}[卷部册冊集篇])?[ 　]?"
    f"(?:{'|'.join(_WORDS)})[】\\]］）)〕》]?[：:]?"
)
LONGEST_LIST_HEADING = 16  # characters
HEADING_STARTS = frozenset("注註附尾脚腳校NE全本各第【[［（(〔《")
# The marks of notes by how they are written: ［1］ 〔注1〕, ①, 注1, （1）, ¹.
_STYLES = (
    "(?P<square>[［\\[〔【](?:注|註|注释|註釋)?[ 　]?(?P<square_number>[0-9０-９]{1,4})[］\\]〕】])"
    "|(?P<circled>[①-⑳㉑-㉟㊱-㊿])"
    "|(?P<named>[（(]?[注註](?P<named_number>[0-9]{1,3}|[一二三四五六七八九十百]{1,5}|[①-⑳])[）)]?)"
    "|(?P<round>[（(](?P<round_number>[0-9]{1,3})[）)])"
    "|(?P<raised>[¹²³⁰⁴-⁹]{1,4})"
)
MARK = re.compile(_STYLES)
# A note at the start of a line, with 1. and 1、 and 一、 besides the marks; not 3.14 or 12:30.
ENTRY = re.compile(
    f"(?:{_STYLES}"
    "|(?P<bare>(?P<bare_number>[0-9]{1,4}|[一二三四五六七八九十百]{1,5})(?:[.．、:：](?![0-9])|(?=[ \t　])))"
    ")[：:、.．]?[ \t　]{0,4}(?=[^\n])"
)
MOST_CONTINUED = 3  # lines of a note after its first
WIDEST_GAP = 3
MOST_HEADINGS = 2  # 第一卷 and 第一章 above a note
LEAST_WITHOUT_HEADING = 2
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


class Entry(NamedTuple):
    """A note: its number, its mark `[start, words)`, and its lines, the first one whole."""

    number: int
    mark: str
    words: int
    lines: tuple[Line, ...]


class Group(NamedTuple):
    """Notes that count together, below the headings of what they belong to, if any."""

    headings: tuple[Line, ...]
    entries: tuple[Entry, ...]


class NoteList(NamedTuple):
    """One list of notes; `heading` is the line 注释, unless the list has none."""

    heading: Line | None
    groups: tuple[Group, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All notes in order."""
        return tuple(entry for group in self.groups for entry in group.entries)

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines of the list in order."""
        found = [self.heading] if self.heading else []
        for group in self.groups:
            found.extend(group.headings)
            found.extend(line for entry in group.entries for line in entry.lines)
        return tuple(found)


def number_of(match: re.Match[str]) -> int | None:
    """What a mark counts; `match` is one of MARK or ENTRY."""
    kind = match.lastgroup or ""
    words = match[f"{kind}_number"] if f"{kind}_number" in match.re.groupindex else match[kind]
    return to_number(words.translate(_RAISED))


def note_lists(
    text: str,
    lines: Sequence[Line],
    candidates: Sequence[Candidate],
    *,
    files: Sequence[SourceFile] = (),
) -> tuple[NoteList, ...]:
    """The lists of notes in order; none overlaps another."""
    places = sorted({*_headed(text, lines), *_files_of_notes(lines, files)})
    headings: Mapping[int, Candidate] | None = None
    found: list[NoteList] = []
    end = 0
    for first in places:
        if first < end:
            continue
        headings = headings or {one.line: one for one in candidates}
        is_headed = bool(LIST_HEADING.fullmatch(text, lines[first].start, lines[first].end))
        reading = _Reading(text, lines, headings, first + is_headed)
        groups = reading.groups()
        if groups:
            found.append(NoteList(lines[first] if is_headed else None, groups))
            end = reading.at
    last = _at_the_end(text, lines)
    if end <= last < len(lines):
        groups = _Reading(text, lines, {}, last).groups()
        if sum(len(group.entries) for group in groups) >= LEAST_WITHOUT_HEADING:
            found.append(NoteList(None, groups))
    return tuple(found)


def _headed(text: str, lines: Sequence[Line]) -> list[int]:
    """The lines that say 注释 and nothing else."""
    return [
        index
        for index, line in enumerate(lines)
        if line.end - line.start <= LONGEST_LIST_HEADING
        and text[line.start : line.start + 1] in HEADING_STARTS
        and LIST_HEADING.fullmatch(text, line.start, line.end)
    ]


def _files_of_notes(lines: Sequence[Line], files: Sequence[SourceFile]) -> Iterator[int]:
    """The first lines of files that are called 注释."""
    if len(files) < 2:
        return
    for number, file in enumerate(files):
        stem = PurePosixPath(file.path).stem.lstrip("0123456789 _-.、")
        if LIST_HEADING.fullmatch(stem):
            index = bisect_right(lines, number - 1, key=_file)
            if index < len(lines) and lines[index].file == number:
                yield index


def _file(line: Line) -> int:
    return line.file


def _at_the_end(text: str, lines: Sequence[Line]) -> int:
    """Where the last lines begin that all start with the mark of a note."""
    index = len(lines)
    while index:
        match = ENTRY.match(text, lines[index - 1].start, lines[index - 1].end)
        if match is None or match.lastgroup == "bare":
            break
        index -= 1
    return index


class _Reading:
    """Reads one list from the line `at` on; afterwards `at` is the line behind it."""

    def __init__(
        self, text: str, lines: Sequence[Line], headings: Mapping[int, Candidate], at: int
    ) -> None:
        self._text = text
        self._lines = lines
        self._headings = headings
        self.at = at
        self._groups: list[tuple[list[Line], list[Entry]]] = []

    def groups(self) -> tuple[Group, ...]:
        """The notes from here on, as far as they go."""
        while self.at < len(self._lines):
            entry = self._entry(self.at)
            if entry and self._goes_on(entry.number):
                if not self._groups or (entry.number == 1 and self._groups[-1][1]):
                    self._groups.append(([], []))
                self._groups[-1][1].append(entry)
                self.at += 1
            elif count := self._headings_at(self.at):
                self._groups.append((list(self._lines[self.at : self.at + count]), []))
                self.at += count
            elif count := self._continued():
                entries = self._groups[-1][1]
                more = tuple(self._lines[self.at : self.at + count])
                entries[-1] = entries[-1]._replace(lines=(*entries[-1].lines, *more))
                self.at += count
            else:
                break
        return tuple(
            Group(tuple(above), tuple(entries)) for above, entries in self._groups if entries
        )

    def _entry(self, index: int) -> Entry | None:
        line = self._lines[index]
        match = ENTRY.match(self._text, line.start, line.end)
        number = number_of(match) if match else None
        if match is None or number is None or match.end() >= line.end:
            return None
        return Entry(number, match[0].strip(" \t　：:、.．"), match.end(), (line,))

    def _goes_on(self, number: int) -> bool:
        """Whether a note of this number may come next."""
        last = next((group[-1].number for _, group in reversed(self._groups) if group), 0)
        if number == 1 or not last:
            return True
        return last < number <= last + WIDEST_GAP

    def _headings_at(self, first: int) -> int:
        """How many headings stand here above a note that may come next; 0 if none does."""
        at = first
        while at in self._headings and self._entry(at) is None and at < first + MOST_HEADINGS:
            at += 1
        if at == first or at >= len(self._lines):
            return 0
        entry = self._entry(at)
        return at - first if entry and self._goes_on(entry.number) else 0

    def _continued(self) -> int:
        """How many lines go on with the last note, until the next one."""
        if not self._groups or not self._groups[-1][1]:
            return 0
        last = self._groups[-1][1][-1].number
        for count in range(1, MOST_CONTINUED + 1):
            at = self.at + count
            if at >= len(self._lines) or self._is_strong(at - 1):
                return 0
            entry = self._entry(at)
            if (entry and entry.number == last + 1) or self._headings_at(at):
                return count
        return 0

    def _is_strong(self, index: int) -> bool:
        found = self._headings.get(index)
        return found is not None and found.look >= STRONG
