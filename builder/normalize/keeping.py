"""Words that stay: what `[normalize] keep` names, found before any rule runs.

An entry is the words of a line as the source has them, `求月票，明天更新。`; behind an @, as in a
plan, stands which of several is meant: `求月票，明天更新。 @ 01.txt:120`. Words say what is kept, not
numbers, because lines move whenever somebody edits a file: of equal words the nearest are kept.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from builder.core.catalogue import say
from builder.core.diagnostic import Diagnostic, Location, warning
from builder.core.line_ends import line_ends
from builder.core.manuscript import Manuscript
from builder.normalize.rule import Stretch, merged
from builder.normalize.rules import Place

# A file's name may hold an @, but not between spaces.
_PLACE = (
    r"(?P<file>[^\s@](?:[^@]|@(?!\s)|(?<!\s)@(?=\s))*?):"
    r"(?P<line>[0-9]{1,9})(?::(?P<column>[0-9]{1,9}))?"
)
# 求月票。 @ 01.txt:120, or 01.html:1:120 where a line of the file has several of the text; but not
# 求月票 @ 晚上.
AT_PLACE = re.compile(rf"(?P<words>.*\S)\s++@\s++{_PLACE}\s*+", re.DOTALL)
# 01.txt:120 alone, which is no words.
PLACE_ALONE = re.compile(rf"(?:@\s*)?{_PLACE}")
LONGEST_SHOWN = 60


class _Fold(dict[int, str]):
    """What is compared of each character: nothing of spaces and of what nobody sees."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKC", chr(code))
        self[code] = "".join(
            one for one in plain if not one.isspace() and unicodedata.category(one) not in _UNSEEN
        )
        return self[code]


_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_FOLD = _Fold()


def folded(words: str) -> str:
    """Words as they are compared: no spaces, nothing invisible, one form of each character."""
    return words.translate(_FOLD)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """An entry: its words, folded, and the place that it names."""

    entry: str
    words: str
    place: Location | None


class _Lines:
    """The lines of a manuscript, to be found by their words."""

    def __init__(self, manuscript: Manuscript) -> None:
        self._manuscript = manuscript
        text = manuscript.text
        ends = [*line_ends(text, 0, len(text)), len(text)]
        self.spans = list(zip([0, *ends], ends, strict=False))
        self.folded = [folded(text[start:end]) for start, end in self.spans]
        self._whole = "\n".join(self.folded)
        self._starts: list[int] = []
        at = 0
        for line in self.folded:
            self._starts.append(at)
            at += len(line) + 1
        self._saying: dict[str, list[int]] = {}
        self._places: dict[int, Location] = {}

    def saying(self, words: str) -> list[int]:
        """The lines in which these words stand."""
        if words not in self._saying:
            found: list[int] = []
            at = self._whole.find(words)
            while at >= 0:
                found.append(bisect_right(self._starts, at) - 1)
                following = self._starts[found[-1]] + len(self.folded[found[-1]])
                at = self._whole.find(words, following)
            self._saying[words] = found
        return self._saying[words]

    def nearest(self, words: str, place: Location) -> list[int]:
        """Of the lines of one file in which these words stand, the one nearest to a place."""
        here = [at for at in self.saying(words) if is_file(self.place(at).file, place.file)]

        def distance(at: int) -> tuple[int, int]:
            found = self.place(at)
            return abs(found.line - place.line), abs(found.column - place.column)

        return sorted(here, key=distance)[:1]

    def place(self, at: int) -> Location:
        """Where a line stands in the source."""
        if at not in self._places:
            self._places[at] = self._manuscript.origin(self.spans[at][0])
        return self._places[at]

    def stretches(self, at: int, words: str) -> Iterator[Stretch]:
        """Where in the text these words of a line stand."""
        start, end = self.spans[at]
        origins = [
            start + index
            for index, character in enumerate(self._manuscript.text[start:end])
            for _ in folded(character)
        ]
        first = self.folded[at].find(words)
        while first >= 0:
            yield origins[first], origins[first + len(words) - 1] + 1
            first = self.folded[at].find(words, first + len(words))


def is_file(path: str, named: str) -> bool:
    """Whether a path is the file that an entry names: all of it, or its end."""
    path, named = path.replace("\\", "/"), named.replace("\\", "/")
    return path == named or path.endswith(f"/{named}")


def with_kept(
    manuscript: Manuscript, entries: Sequence[str], place: Place
) -> tuple[Manuscript, tuple[Diagnostic, ...]]:
    """A manuscript that no rule has changed, with what the entries keep of it.

    N111 is told of an entry whose words nothing says; `place` tells where it was written.
    """
    if not entries:
        return manuscript, ()
    lines = _Lines(manuscript)
    kept: set[Stretch] = set()
    missing: list[Diagnostic] = []
    for wanted in map(_wanted, entries):
        found = _found(lines, wanted)
        if not found:
            way_out = _way_out(manuscript, wanted)
            told = _short(wanted.entry)
            missing.append(
                warning("N111", place("keep", wanted.entry), words=told, way_out=way_out)
            )
        for at in found:
            kept.update(lines.stretches(at, wanted.words))
    return replace(manuscript, kept=merged(kept)), tuple(missing)


def whole_lines(manuscript: Manuscript) -> Iterator[Stretch]:
    """Kept words that are all of their line, with the line ends around it: it stays a line."""
    text = manuscript.text
    for start, end in manuscript.kept:
        first = text.rfind("\n", 0, start)
        last = text.find("\n", end)
        last = len(text) if last < 0 else last
        if not (text[first + 1 : start] + text[end:last]).strip():
            yield max(first, 0), last + 1


def _wanted(entry: str) -> _Wanted:
    if at := AT_PLACE.fullmatch(entry):
        return _Wanted(entry, folded(at["words"]), _location(at))
    return _Wanted(entry, folded(entry), None)


def _location(at: re.Match[str]) -> Location:
    return Location(at["file"], int(at["line"]), int(at["column"] or 0))


def _found(lines: _Lines, wanted: _Wanted) -> list[int]:
    """The lines that an entry means: those that say just this, if any does."""
    if not wanted.words:
        return []
    if wanted.place is not None:
        return lines.nearest(wanted.words, wanted.place)
    found = lines.saying(wanted.words)
    return [at for at in found if lines.folded[at] == wanted.words] or found


def _way_out(manuscript: Manuscript, wanted: _Wanted) -> str:
    """What helps whoever wrote the entry: what the place that it names says now."""
    alone = None if wanted.place else PLACE_ALONE.fullmatch(wanted.entry.strip())
    place = _location(alone) if alone else wanted.place
    says = _line_at(manuscript, place) if place else ""
    if place is None or not says:
        return say("keep.copy")
    return say("keep.place" if alone else "keep.changed", place=str(place), says=says)


def _line_at(manuscript: Manuscript, place: Location) -> str:
    """What a line of the source says; "" for one that is not there."""
    for file in manuscript.files:
        if is_file(file.path, place.file):
            decoded = manuscript.decoded
            starts = [file.start, *line_ends(decoded, file.start, file.end), file.end]
            if 0 < place.line < len(starts):
                line = decoded[starts[place.line - 1] : starts[place.line]]
                return _short(" ".join(line.split()))
    return ""


def _short(words: str) -> str:
    return words if len(words) <= LONGEST_SHOWN else f"{words[:LONGEST_SHOWN]}…"
