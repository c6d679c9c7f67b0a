"""`builder why`: which rules changed a line of the source, from a ledger or from the book itself.

Chapter files of web novels are often one line of 10,000 characters, so a long line is told in
passages: a few words around each place that changed, or around the column that was asked for.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from builder.core.diagnostic import Location
from builder.core.errors import SourceError
from builder.core.explanation import Explanation, Step, explain
from builder.core.ledger import Edit
from builder.core.ledger_file import LedgerFile, LedgerSource, NotALedger, digest, load, record
from builder.pipeline import BuildOptions, inspect, turn

LEDGER_SUFFIX = ".ledger"
# A file list longer than this is cut in a hint.
FILES_NAMED = 8
# A line of more characters is told in passages: two rows of a terminal hold 80 Han.
LONG = 80
# The characters shown on either side of a change, and how far apart two changes may lie that are
# told together: some 60 characters in all.
AROUND = 20
# So many passages are told; a line with more says so.
PASSAGES = 8
# FILE:LINE or FILE:LINE:COLUMN. Example: a:b.txt:12. Counter-example: 12.
_PLACE = re.compile("(?P<name>.*?):[0-9]+(?::[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Passage:
    """What became of a stretch of the line. `column`, counted from 1, is that of its first change
    or the one asked for.
    """

    column: int
    explanation: Explanation
    is_cut_before: bool
    is_cut_after: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of `line` of `file`, which starts at `start` of the decoded source.

    `passages` are in order and share no edit; a short line is a single one. Of a line that changed
    in many places only the first are told, and `passages_left` counts the others. Without the
    source's text, `is_text_known` is false and only the edits can be told.
    """

    file: str
    line: int
    start: int
    explanation: Explanation
    passages: tuple[Passage, ...]
    passages_left: int
    is_text_known: bool


@dataclass(frozen=True, slots=True)
class _Place:
    """`column` is 0 when the whole line is asked for."""

    source: LedgerSource
    line: int
    column: int


def why(path: Path, place: str, options: BuildOptions) -> Answer:
    """Which rules changed the line `place` (FILE:LINE or FILE:LINE:COLUMN) of a book or ledger.

    A ledger answers without running any stage; a book is read anew, so the answer is about the
    files as they are. Raises SourceError B030, B031, B032 and whatever reading the book raises.
    """
    if path.suffix == LEDGER_SUFFIX:
        file, decoded = _load(path), ""
    else:
        understood = inspect(path, options)
        _, ledger, _ = turn(understood)
        file = record(understood.manuscript, ledger, str(understood.source.root))
        decoded = understood.manuscript.decoded
    asked = _find(file, place)
    source, line = asked.source, asked.line
    span = source.line_span(line)
    if span is None:
        location = Location(source.path)
        last = len(source.line_starts)
        raise SourceError("B031", location=location, file=source.path, line=line, last=last)
    text = decoded[source.start : source.end] if decoded else _text_of(path, source)
    start, end = span
    is_known = bool(text) or start == end
    # Without the text, one stand-in a character keeps every position right.
    shown = text[start - source.start : end - source.start] or "\N{REPLACEMENT CHARACTER}" * (
        end - start
    )
    shown = shown.removesuffix("\n").removesuffix("\r")
    length = len(shown)
    joined = _joined(file, source, text, (start, start + length))
    whole = _with_ends(explain(file.ledger, start, shown), joined, (0, length), length)
    if asked.column:
        stretches = [_around(asked.column - 1, length)]
    elif length <= LONG:
        stretches = [(0, 0, length)]
    else:
        stretches = list(_stretches(whole, start, length))
    passages = tuple(
        Passage(
            at + 1,
            _with_ends(
                explain(file.ledger, start + first, shown[first:last]),
                joined,
                (first, last),
                length,
            ),
            is_cut_before=first > 0,
            is_cut_after=last < length,
        )
        for first, at, last in stretches[:PASSAGES]
    )
    left = max(len(stretches) - PASSAGES, 0)
    return Answer(source.path, line, start, whole, passages, left, is_known)


def _joined(
    file: LedgerFile, source: LedgerSource, text: str, line: tuple[int, int]
) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
    """What joined the line to the one before it and to the one behind it: nothing, mostly.

    The line end between two lines belongs to both, when nothing of it is left.
    """
    first, last = line[0] - source.start, line[1] - source.start
    before = len(text[:first]) - len(text[:first].rstrip())
    after = len(text[last:]) - len(text[last:].lstrip())
    gaps = ((first - before, first), (last, last + after))
    return _join(file, source, text, gaps[0]), _join(file, source, text, gaps[1])


def _join(
    file: LedgerFile, source: LedgerSource, text: str, gap: tuple[int, int]
) -> tuple[Step, ...]:
    first, last = gap
    if "\n" not in text[first:last] or first == 0 or last == len(text):
        return ()
    told = explain(file.ledger, source.start + first, text[first:last])
    if "\n" in told.after:
        return ()
    # Where a paragraph moved away (a note) no lines are joined.
    return tuple(
        step for step in told.steps if "\n" in step.edit.before and step.stage != "structure"
    )


def _with_ends(
    told: Explanation,
    joined: tuple[tuple[Step, ...], tuple[Step, ...]],
    stretch: tuple[int, int],
    length: int,
) -> Explanation:
    """The explanation of a stretch of the line, and of the line's ends if it reaches them."""
    before = joined[0] if stretch[0] == 0 else ()
    after = joined[1] if stretch[1] == length else ()
    steps: dict[tuple[str, Edit], Step] = {}
    # One edit may take the line and its end, and is told once.
    for step in (*before, *told.steps, *after):
        steps.setdefault((step.stage, step.edit), step)
    return replace(told, steps=tuple(steps.values()))


_Stretch = tuple[int, int, int]  # start, the place it is about, end: offsets in the line


def _around(place: int, length: int) -> _Stretch:
    """The characters around one place of a line; a place past its end is its end."""
    place = min(max(place, 0), length)
    return max(place - AROUND, 0), place, min(place + AROUND + 1, length)


def _stretches(whole: Explanation, start: int, length: int) -> Iterator[_Stretch]:
    """The stretches of a long line that changed, with what stands around them; they lie apart.

    Changes within `AROUND` of the first of a stretch share it. A line that did not change is
    told by its first words.
    """
    places = sorted(
        (min(max(step.start - start, 0), length), min(max(step.end - start, 0), length))
        for step in whole.steps
    )
    if not places:
        yield 0, 0, min(LONG, length)
    position = index = 0
    while index < len(places):
        first, last = places[index]
        reach = first + AROUND
        while index < len(places) and places[index][0] <= max(reach, last):
            last = max(last, places[index][1])
            index += 1
        following = places[index][0] if index < len(places) else length
        end = min(last + AROUND, following)
        yield max(first - AROUND, position), first, end
        position = end


def _load(path: Path) -> LedgerFile:
    try:
        return load(path.read_bytes())
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise SourceError("B025", location=Location(str(path)), reason=reason) from problem
    except NotALedger as problem:
        raise SourceError("B032", location=Location(str(path)), reason=str(problem)) from problem


def _find(file: LedgerFile, place: str) -> _Place:
    """The place that `place` names; the file may be left out of a short book."""
    for is_column_told in (False, True):
        rest, column = place, "0"
        if is_column_told:
            rest, _, column = place.rpartition(":")
        name, _, line = rest.rpartition(":")
        source = _source(file, name)
        if source and line.isdecimal() and column.isdecimal():
            return _Place(source, int(line), int(column))
    form = _PLACE.fullmatch(place)
    name = Path(form["name"]).as_posix() if form else ""
    paths = [source.path for source in file.sources]
    called = [path for path in paths if name and f"/{path}".endswith(f"/{name}")]
    names = called or paths
    more = [] if len(names) <= FILES_NAMED else ["…"]
    listed = ", ".join([*names[:FILES_NAMED], *more])
    code = "B033" if called else "B034" if name else "B030"
    raise SourceError(code, place=place, name=name, files=listed)


def _source(file: LedgerFile, name: str) -> LedgerSource | None:
    if not name:
        return file.sources[0] if len(file.sources) == 1 else None
    wanted = Path(name).as_posix()
    return file.source(wanted) or file.source(Path(wanted).name)


def _text_of(ledger: Path, source: LedgerSource) -> str:
    """The file's text, when it still lies where a ledger in dist/ would expect it."""
    from builder.read.encodings import NAMES, decode

    codec = NAMES.get(source.encoding, "")
    for folder in (Path.cwd(), ledger.parent, Path("source", ledger.parent.name)):
        path = folder / source.path
        decoded = decode(path.read_bytes(), codec) if path.is_file() and codec else None
        if decoded and digest(decoded.text) == source.sha256:
            return decoded.text
    return ""
