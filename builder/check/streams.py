"""The three streams in which text is compared: the running text, the notes, the readings.

White space: an EPUB is compared block by block, a run of spaces and tabs counting as one and
none at a block's edges, because reading systems show it so; U+3000 and the other spaces of
typography count. A PDF is compared without any white space, because it has none: it has
places on a page. Notes are compared by what they say, not in their order, since an EPUB
gathers them by chapter and a PDF by page. Blocks without characters do not count.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from builder.check.compare import Difference, Findings, Places, differences, sort_out
from builder.core.book import (
    Block,
    Book,
    Emphasis,
    Figure,
    Heading,
    Inline,
    Link,
    ListBlock,
    Paragraph,
    Quote,
    Ruby,
    Table,
    Verse,
)
from builder.core.diagnostic import Diagnostic, Location, error
from builder.core.traversal import block_lines, section_lines, walk

# A line end inside a block, so that it is not taken for the end of the block.
INNER_LINE_END = "\N{LINE SEPARATOR}"
# Example: two spaces, a tab. Counter-example: U+3000.
_SPACES = re.compile(r"[ \t\r\n]+")
_ANY_SPACE = re.compile(r"[\s\u200b\ufeff]+")
NEARBY_CHARS = 16


NOWHERE = Places((), ())


@dataclass(frozen=True, slots=True)
class Streams:
    """`body` is blocks with a newline between them, `readings` likewise ruby readings.

    A note is its text; the readings inside notes stand among the others.
    """

    body: str
    notes: tuple[str, ...]
    readings: tuple[str, ...]
    places: Places = NOWHERE


def fold_block(text: str) -> str:
    """A block as it is compared; empty when it has no characters."""
    lines = (_SPACES.sub(" ", line).strip(" ") for line in text.split(INNER_LINE_END))
    return INNER_LINE_END.join(lines).strip(INNER_LINE_END)


def without_spaces(text: str) -> str:
    """Text without any white space, the invisible kinds included."""
    return _ANY_SPACE.sub("", text)


def book_to_streams(book: Book) -> Streams:
    """What a faithful edition of `book` says."""
    sections = [section for _, section in walk(book.sections)]
    body = [line for section in sections for line in section_lines(section, readings=False)]
    notes = ["\n".join(_folded(_lines(note.blocks))) for note in book.notes]
    blocks = [block for section in sections for block in section.blocks]
    blocks += [block for note in book.notes for block in note.blocks]
    return Streams(
        "\n".join(_folded(body)),
        tuple(note for note in notes if note),
        tuple(reading for block in blocks for reading in _readings(block) if reading.strip()),
    )


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        yield from block_lines(block, readings=False)


def _folded(lines: Iterable[str]) -> Iterator[str]:
    return filter(None, (fold_block(line.replace("\n", INNER_LINE_END)) for line in lines))


def _readings(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(inlines) | Heading(inlines) | Figure(_, inlines):
            yield from _inline_readings(inlines)
        case Verse(lines):
            for line in lines:
                yield from _inline_readings(line)
        case Quote(blocks):
            for inner in blocks:
                yield from _readings(inner)
        case ListBlock(items):
            for item in items:
                for inner in item:
                    yield from _readings(inner)
        case Table(rows):
            for row in rows:
                for cell in row:
                    yield from _inline_readings(cell)
        case _:
            return


def _inline_readings(inlines: tuple[Inline, ...]) -> Iterator[str]:
    for inline in inlines:
        match inline:
            case Ruby(_, reading):
                yield reading
            case Emphasis(children) | Link(_, children):
                yield from _inline_readings(children)
            case _:
                pass


# --- judging ------------------------------------------------------------------------------


def judge(expected: Streams, found: Streams, file: str) -> tuple[Diagnostic, ...]:
    """K201 missing, K202 extra, K203 moved, K204 changed: at most one of each for a stream."""
    body = sort_out(differences(expected.body, found.body))
    return (
        *_report("body", body, expected.body, file, found.places),
        *_judge_units("notes", expected.notes, found.notes, file),
        *_report(
            "readings",
            sort_out(differences("\n".join(expected.readings), "\n".join(found.readings))),
            "\n".join(expected.readings),
            file,
            NOWHERE,
        ),
    )


def _judge_units(
    stream: str, expected: tuple[str, ...], found: tuple[str, ...], file: str
) -> Iterator[Diagnostic]:
    """Compare texts that may stand in any order, and may be cut in two by the end of a page."""
    left = list((Counter(expected) - Counter(found)).elements())
    pieces = "\n".join((Counter(found) - Counter(expected)).elements())
    pending: list[str] = []
    for unit in sorted(left, key=len, reverse=True):
        at, end = _find_cut(pieces, unit)
        if at < 0:
            pending.append(unit)
        else:
            pieces = pieces[:at] + pieces[end:]
    one, other = "\n".join(pending), pieces.strip("\n")
    yield from _report(stream, sort_out(differences(one, other)), one, file, NOWHERE)


def _find_cut(pieces: str, unit: str) -> tuple[int, int]:
    """Where `unit` stands in `pieces`, perhaps with a cut (a newline) somewhere inside."""
    cut = "\n?".join(map(re.escape, unit))
    match = re.search(cut, pieces)
    return match.span() if match else (-1, -1)


def _report(
    stream: str, findings: Findings, expected: str, file: str, places: Places
) -> Iterator[Diagnostic]:
    for code, found in (
        ("K201", findings.missing),
        ("K202", findings.extra),
        ("K203", findings.moved),
        ("K204", findings.changed),
    ):
        if found:
            yield _diagnostic(code, stream, found, expected, file, places)


def _diagnostic(
    code: str,
    stream: str,
    found: tuple[Difference, ...],
    expected: str,
    file: str,
    places: Places,
) -> Diagnostic:
    first = found[0]
    place = places.of(first.found_at)
    near = expected[max(0, first.at - NEARBY_CHARS) : first.at]
    return error(
        code,
        Location(f"{file}#{place}" if place else file),
        stream=stream,
        count=len(found),
        characters=sum(len(one.expected or one.found) for one in found),
        expected=_shown(first.expected),
        found=_shown(first.found),
        near=_shown(near, from_end=True),
    )


def _shown(text: str, *, from_end: bool = False) -> str:
    """The part of a text that fits a message."""
    line = " ".join(text.split())
    if len(line) <= 2 * NEARBY_CHARS:
        return line
    return f"…{line[-2 * NEARBY_CHARS :]}" if from_end else f"{line[: 2 * NEARBY_CHARS]}…"
