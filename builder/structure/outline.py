"""Which lines open a section, what the section is called, and what it holds.

An `Opening` is a heading on its way into the book: read from a line, taken from a file's
name, or made by counting. `openings_of` gives them in the order of the text; tree.py nests them.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath, PureWindowsPath

from builder.core.book import Role
from builder.core.manuscript import SourceFile
from builder.core.numerals import to_chinese
from builder.structure import trace
from builder.structure.candidates import Candidate
from builder.structure.families import CHAPTER
from builder.structure.folders import NamedVolume, volumes_of
from builder.structure.headings import Heading
from builder.structure.lines import Line
from builder.structure.metadata import is_han
from builder.structure.names import heading_of_name, without_number
from builder.structure.ornaments import within_ornaments
from builder.structure.repeats import joined_pages, past_repeats, without_repeats, words_of
from builder.structure.title_ends import end_of_title, past_kept, usual_remarks
from builder.structure.trace import Claim, Piece, Pieces, made

HEADING_GAP = "\N{IDEOGRAPHIC SPACE}"
# A line or two before the first heading of a file belong to what came before.
LONGEST_LEFTOVER = 3
# The page that the name of a chapter's first file counts. Examples: 邮局(1), 邮局_1, 邮局第1页.
_PAGE_OF_NAME = re.compile("(?:(?<!\\s)\\s++)?(?:[（(]\\s*+1\\s*+[)）]|_1|第1[页頁])$")


@dataclass(frozen=True, slots=True)
class Opening:
    """A section to be: its heading, and the lines `[body, end)` that are its text.

    `pieces` are the heading's line. `identity` is what the section's id is made from when
    neither its number nor its title is its own. `line` is the heading's own, or the first.
    """

    rank: int
    role: Role | None
    number: int | None
    label: str
    title: str
    pieces: Pieces
    line: int
    body: int
    end: int = 0
    identity: str = ""
    claims: tuple[Claim, ...] = ()
    is_made: bool = False


@dataclass(slots=True)
class _Making:
    """The openings made so far."""

    text: str
    lines: Sequence[Line]
    headings: frozenset[int]
    openings: list[Opening] = field(default_factory=list)


def openings_of(
    text: str,
    lines: Sequence[Line],
    chosen: Sequence[Candidate],
    *,
    start: int,
    files: Sequence[SourceFile],
    kept: Sequence[tuple[int, int]] = (),
) -> tuple[Opening, ...]:
    """The openings of the lines from `start` on, in order; their texts cover all those lines.

    Every file opens a section unless its first line does so itself, or little stands before
    its first heading, or it goes on with what came before. Folders and files may be volumes (folders.py).
    What is `kept` behind a title is no remark.
    """
    whole, pages = joined_pages(text, lines, chosen)
    usual = usual_remarks(text, (one.last.title for one in whole))
    titled = [_without_remark(text, lines, one, usual=usual, kept=kept) for one in whole]
    merged = without_repeats(text, lines, titled)
    by_line = {one.line: one for one, _ in merged}
    repeats = {one.line: (*claims, *pages.get(one.line, ())) for one, claims in merged}
    headings_in = Counter(lines[line].file for line in by_line)
    volumes = volumes_of(files)
    making = _Making(text, lines, frozenset(by_line))
    for index in range(start, len(lines)):
        file = lines[index].file
        starts_file = index == start or file != lines[index - 1].file
        if starts_file and file in volumes and not _names_volume(lines, index, by_line):
            making.openings.extend(
                _from_volume(volume, index)
                for volume in volumes[file]
                if not volume.holds_chapters or headings_in[file] > 1
            )
        if index in by_line:
            for opening in _read(making, by_line[index]):
                claims = opening.claims + repeats[index]
                making.openings.append(replace(opening, claims=claims))
        elif (
            len(files) > 1
            and starts_file
            and not files[file].continues
            and not _has_heading(lines, index, by_line)
        ):
            is_paged = file + 1 < len(files) and files[file + 1].continues
            pure = PurePosixPath(PureWindowsPath(files[file].path).as_posix())
            stem = _PAGE_OF_NAME.sub("", pure.stem) if is_paged else pure.stem
            making.openings.append(_from_file(making, index, pure.name, stem))
    return _closed(tuple(making.openings), len(lines))


def _names_volume(lines: Sequence[Line], index: int, by_line: dict[int, Candidate]) -> bool:
    """Whether the text of a file has a volume's heading at its head."""
    found = (by_line[at].first for at in _head(lines, index) if at in by_line)
    return any(one.rank < CHAPTER and one.role is None for one in found)


def _has_heading(lines: Sequence[Line], index: int, by_line: dict[int, Candidate]) -> bool:
    """Whether no more than a leftover stands before the first heading of a file."""
    return any(at in by_line for at in _head(lines, index))


def _head(lines: Sequence[Line], index: int) -> Iterator[int]:
    """The first lines of a file that begins at `index`."""
    for at in range(index, min(index + LONGEST_LEFTOVER + 1, len(lines))):
        if lines[at].file == lines[index].file:
            yield at


def _closed(openings: tuple[Opening, ...], count: int) -> tuple[Opening, ...]:
    """The openings with their ends: each one's text reaches to the next one's heading."""
    ends = [*(opening.line for opening in openings[1:]), count][: len(openings)]
    return tuple(
        replace(opening, end=max(end, opening.body))
        for opening, end in zip(openings, ends, strict=True)
    )


def _read(making: _Making, candidate: Candidate) -> Iterator[Opening]:
    """The opening or two that a heading line holds."""
    line = making.lines[candidate.line]
    start = line.start
    for index, heading in enumerate(candidate.headings):
        is_last = index == len(candidate.headings) - 1
        end = line.end if is_last else candidate.headings[index + 1].label[0]
        yield _opening(making, candidate.line, heading, (start, end), is_last=is_last)
        start = end


def _without_remark(
    text: str,
    lines: Sequence[Line],
    one: Candidate,
    *,
    usual: Set[str],
    kept: Sequence[tuple[int, int]],
) -> Candidate:
    """The candidate with a title that ends where the remarks behind it begin."""
    start, end = one.last.title
    stop = past_kept(kept, end_of_title(text, start, end, usual), end)
    if stop == end:
        return one
    # === 第三章 夜雨 ===（加更）: the ornament stood before the remark.
    stop = max(within_ornaments(text, lines[one.line].start, stop)[1], start)
    return replace(one, headings=(*one.headings[:-1], replace(one.last, title=(start, stop))))


def _opening(
    making: _Making, at: int, heading: Heading, stretch: tuple[int, int], *, is_last: bool
) -> Opening:
    text = making.text
    pieces = heading_pieces(text, heading)
    claims = list(trace.claims_of_gaps(pieces, *stretch, trace.ORNAMENT))
    if claims and is_last and words_of(text[claims[-1].start : claims[-1].end]):
        claims[-1] = claims[-1]._replace(rule=trace.TITLE_REMARK)
    label = trace.pieces_text(
        text, tuple(p for p in pieces if p.start < heading.label[1] and not p.rule)
    )
    title = text[slice(*heading.title)]
    body = at + 1
    if is_last:
        body, repeated = past_repeats(
            making.text, making.lines, making.headings, body=body, label=label, title=title
        )
        claims.extend(repeated)
    return Opening(
        heading.rank,
        heading.role,
        heading.number,
        label,
        title,
        pieces,
        at,
        body if is_last else at + 1,
        claims=tuple(claims),
    )


def heading_pieces(text: str, heading: Heading) -> Pieces:
    """Label and title as the book prints them: 第12章, an ideographic space, 夜雨."""
    pieces: list[Piece] = []
    start, end = heading.label
    while start < end and heading.family != "english":
        stop = min((at for at in (text.find(" ", start, end),) if at >= 0), default=end)
        if stop > start:
            pieces.append(Piece(start, stop))
        start = stop + 1
    if start < end:
        pieces.append(Piece(start, end))
    title_start, title_end = heading.title
    if pieces and title_start < title_end:
        gap = text[end:title_start]
        if gap != HEADING_GAP:
            pieces.append(Piece(end, title_start, HEADING_GAP, trace.HEADING_SPACE))
        else:
            pieces.append(Piece(end, title_start))
    if title_start < title_end:
        pieces.append(Piece(title_start, title_end))
    return tuple(pieces)


def _from_file(making: _Making, index: int, name: str, stem: str) -> Opening:
    """A section that the file itself makes: called by the file's name, or counted on."""
    words = without_number(stem)
    named = heading_of_name(stem)
    if named is not None:
        label, title = named.label, named.title
        rank, role, number = named.rank, named.role, named.number
    else:
        number = _next_number(making.openings)
        label, title = f"第{to_chinese(number)}章", words if _is_title(words) else ""
        rank, role = CHAPTER, None
    heading = HEADING_GAP.join(part for part in (label, title) if part)
    body, claims = index, list[Claim]()
    if title:
        body, claims = past_repeats(
            making.text, making.lines, making.headings, body=index, label=label, title=title
        )
    return Opening(
        rank, role, number, label, title, (made(heading, trace.MADE_TITLE),), index, body,
        identity=name, claims=tuple(claims), is_made=True,
    )  # fmt: skip


def _from_volume(volume: NamedVolume, index: int) -> Opening:
    """A volume that a folder or a file's name opens."""
    heading = HEADING_GAP.join(part for part in (volume.label, volume.title) if part)
    return Opening(
        volume.rank, volume.role, volume.number, volume.label, volume.title,
        (made(heading, trace.MADE_TITLE),), index, index, identity=volume.identity, is_made=True,
    )  # fmt: skip


def _is_title(words: str) -> bool:
    """Whether a file's name says more than a number or a fingerprint does."""
    return any(is_han(character) for character in words)


def _next_number(openings: Sequence[Opening]) -> int:
    for opening in reversed(openings):
        if opening.rank < CHAPTER:
            # Chapters of a new volume may go on counting or start again.
            continue
        if opening.role is None and opening.number is not None:
            return opening.number + 1
    return 1
