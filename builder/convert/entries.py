"""Where the entries of a glossary stand in a text.

OpenCC itself finds them: they go into a copy of its configuration, each leading to a marker,
and where a marker comes out the entry stood (docs/decisions/0007). So an entry holds against
every phrase that begins at the same place. Where a phrase begins further left, `cutting` decides:
终于小明来了 has no 于小明 in it, but 鸡只有 has 只有. Two kinds of entries are found without OpenCC: those
with characters that it never sees (𠮷), and single characters, which hold everywhere else.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from builder.convert.cutting import holds
from builder.convert.opencc import Entries, is_seen, marked_lines, untouched_in

# The private use planes: no text should have them, and no dictionary does.
FIRST_MARKER, LAST_MARKER = 0xF0000, 0x10FFFD
_MARKERS = re.compile("[\U000f0000-\U0010fffd]")


@dataclass(frozen=True, slots=True)
class Found:
    """`[start, end)` of a line is an entry that becomes `target`."""

    start: int
    end: int
    target: str


@dataclass(frozen=True, slots=True)
class _Sorted:
    """Entries by how they are found."""

    words: Entries
    unseen: dict[str, str]
    characters: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Search:
    """What looks for the entries that OpenCC does not find.

    `by_first` are the words of each first character, the longest first.
    """

    targets: dict[str, str]
    by_first: dict[str, tuple[str, ...]]
    firsts: re.Pattern[str]
    unseen: re.Pattern[str]
    characters: re.Pattern[str]

    @classmethod
    def of(cls, by_kind: _Sorted) -> "_Search":
        by_first: dict[str, tuple[str, ...]] = {}
        for source, _ in sorted(by_kind.words, key=lambda entry: -len(entry[0])):
            by_first[source[0]] = (*by_first.get(source[0], ()), source)
        targets = dict(by_kind.words) | by_kind.unseen | by_kind.characters
        return cls(
            targets,
            by_first,
            _any_of(by_first),
            _any_of(by_kind.unseen),
            _any_of(by_kind.characters),
        )


def find_entries(lines: Sequence[str], config: str, entries: Entries) -> list[tuple[Found, ...]]:
    """The entries in each line, in order and apart. `config` keeps the length of every line."""
    by_kind = _sorted(entries)
    marked: Sequence[str] = lines
    markers: dict[str, tuple[str, str]] = {}
    if by_kind.words:
        free = _free_markers(lines)
        markers = {next(free): entry for entry in by_kind.words}
        to_markers = tuple((source, marker) for marker, (source, _) in markers.items())
        marked = marked_lines(lines, config, to_markers)
    search = _Search.of(by_kind)
    return [
        tuple(_in_line(line, result, markers, search))
        for line, result in zip(lines, marked, strict=True)
    ]


def _in_line(
    line: str, result: str, markers: dict[str, tuple[str, str]], search: _Search
) -> list[Found]:
    found = list(_marked(line, result, markers)) if result is not line else []
    found = _with(found, _left(line, search, found))
    found = _with(found, [_found(match, search) for match in search.unseen.finditer(line)])
    more = [_found(match, search) for match in search.characters.finditer(line)]
    if more:
        kept = _untouched(line)
        more = [one for one in more if one.start not in kept or not is_seen(line[one.start])]
        found = _with(found, more)
    return found


def _left(line: str, search: _Search, found: Sequence[Found]) -> list[Found]:
    """The words that a phrase further left has taken, and that are words there all the same."""
    taken = {at for one in found for at in range(one.start, one.end)}
    more: list[Found] = []
    kept: frozenset[int] | None = None
    for match in search.firsts.finditer(line):
        start = match.start()
        for word in search.by_first[match.group()]:
            end = start + len(word)
            if not line.startswith(word, start) or not taken.isdisjoint(range(start, end)):
                continue
            kept = _untouched(line) if kept is None else kept
            if kept.isdisjoint(range(start, end)) and holds(line, start, end):
                more.append(Found(start, end, search.targets[word]))
                taken.update(range(start, end))
                break
    return more


def _sorted(entries: Entries) -> _Sorted:
    words = tuple(entry for entry in entries if len(entry[0]) > 1 and is_seen(entry[0]))
    return _Sorted(
        words,
        {source: target for source, target in entries if len(source) > 1 and not is_seen(source)},
        {source: target for source, target in entries if len(source) == 1},
    )


def _free_markers(lines: Sequence[str]) -> Iterator[str]:
    """Markers that the text does not have."""
    taken = {marker for line in lines for marker in _MARKERS.findall(line)}
    every = map(chr, range(FIRST_MARKER, LAST_MARKER))
    return (marker for marker in every if marker not in taken)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """The longest of the words at a place. Example: 𠮷田 of 𠮷 and 𠮷田. Of no words, nothing."""
    longest_first = sorted(words, key=len, reverse=True)
    if longest_first and len(longest_first[0]) == 1:
        return re.compile(f"[{re.escape(''.join(longest_first))}]")
    return re.compile("|".join(map(re.escape, longest_first)) or "(?!)")


def _found(match: re.Match[str], search: _Search) -> Found:
    return Found(match.start(), match.end(), search.targets[match.group()])


def _marked(line: str, result: str, markers: dict[str, tuple[str, str]]) -> Iterator[Found]:
    """Each marker's place in the line: everything else kept its length."""
    growth = 0
    for match in _MARKERS.finditer(result):
        entry = markers.get(match.group())
        if entry is None:
            continue
        source, target = entry
        start = match.start() + growth
        if not line.startswith(source, start):
            return
        yield Found(start, start + len(source), target)
        growth += len(source) - 1


def _with(found: list[Found], more: list[Found]) -> list[Found]:
    """Both, in order; where they overlap, what was found first holds."""
    if not more:
        return found
    taken = {at for one in found for at in range(one.start, one.end)}
    added = [one for one in more if taken.isdisjoint(range(one.start, one.end))]
    return sorted([*found, *added], key=lambda one: one.start)


def _untouched(line: str) -> frozenset[int]:
    """The places of a line that no conversion may touch."""
    return frozenset(at for start, end in untouched_in(line) for at in range(start, end))
