"""What `builder` makes of a generated file, compared with the truth."""

import re
import tempfile
import time
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.chapters.truth import RawBook, TrueParagraph, TrueSection
from builder.core.book import block_lines, project, walk
from builder.core.ledger import Layer
from builder.pipeline import BuildOptions, Understood, settle, understand

WINDOW = 1500  # how far ahead of the last sentence the next one is looked for, in letters
LEAST_UNIQUE = 12
ITEM_NUMBER = re.compile("^（?[0-9一二三]{1,2}[、.）] ?")  # 1、 and （一）, but not 第一，


@dataclass(frozen=True, slots=True)
class FoundSection:
    """A section of the book that was made; `line` is where its heading stood in the file."""

    line: int
    depth: int
    label: str
    title: str
    number: int | None
    role: str


@dataclass(slots=True)
class Score:
    """Counts of one file, or of many added up; the lists hold what went wrong, in words."""

    sections: int = 0
    found: int = 0
    right: int = 0
    numbers_wrong: int = 0
    ads: int = 0
    ads_left: int = 0
    sentences: int = 0
    sentences_lost: int = 0
    paragraphs: int = 0
    paragraphs_right: int = 0
    wrapped: int = 0
    wrapped_right: int = 0
    verse_lines: int = 0
    verse_lines_right: int = 0
    repeats: int = 0
    repeats_left: int = 0
    ledgers_wrong: int = 0
    encodings_wrong: int = 0
    seconds: float = 0.0
    characters: int = 0
    errors: list[tuple[str, str]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.sections if self.sections else 1.0

    @property
    def f1(self) -> float:
        total = self.found + self.sections
        return 2 * self.right / total if total else 1.0

    def add(self, other: "Score") -> None:
        """Count another file in."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


Understand = Callable[[Path], Understood]


def builder_understands(path: Path) -> Understood:
    """The book as builder sees it, with no settings at all."""
    source, config = settle(path, BuildOptions(environment={}))
    return understand(source, config)


def evaluate(raw: RawBook, understands: Understand = builder_understands) -> Score:
    """The score of one generated file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"{raw.name}.txt")
        path.write_bytes(raw.content)
        started = time.process_time()
        made = understands(path)
        seconds = time.process_time() - started
    score = Score(seconds=seconds, characters=len(raw.text))
    compare_sections(raw, sections_of(made), score)
    _ledger(raw, made, score)
    _story(raw, made, score)
    return score


def sections_of(made: Understood) -> tuple[FoundSection, ...]:
    """The sections with a heading that the source has."""
    found = []
    for depth, section in walk(made.book.sections):
        if not section.heading or section.span.start >= section.span.end:
            continue
        line = made.manuscript.origin(section.span.start).line
        found.append(
            FoundSection(line, depth, section.label, section.title, section.number, section.role)
        )
    return tuple(found)


def skeleton(text: str) -> str:
    """The letters and digits of a text: what no cleaning may change but in width or form."""
    return "".join(one for one in unicodedata.normalize("NFKC", text) if one.isalnum()).lower()


# --- sections --------------------------------------------------------------------------------


def compare_sections(raw: RawBook, found: tuple[FoundSection, ...], score: Score) -> None:
    """A section is found when line, level and title are all right."""
    waiting: dict[int, list[TrueSection]] = {}
    for true in raw.sections:
        waiting.setdefault(true.line, []).append(true)
    lines = raw.text.split("\n")
    counted = [true for true in raw.sections if not true.is_optional]
    score.sections += len(counted)
    for one in found:
        match = next((true for true in waiting.get(one.line, ()) if _is_same(true, one)), None)
        if match is None:
            score.found += 1
            score.errors.append(("false section", _told(one, lines, waiting.get(one.line, []))))
            continue
        waiting[one.line].remove(match)
        if match.is_optional:
            continue
        score.found += 1
        score.right += 1
        if match.number != one.number and not match.is_matter:
            score.numbers_wrong += 1
            score.errors.append(("number", f"{match.label} read as {one.number}"))
    for left in waiting.values():
        for true in left:
            if not true.is_optional:
                words = lines[true.line - 1].strip() if true.line <= len(lines) else ""
                score.errors.append(("missed section", f"line {true.line} [{true.family}] {words}"))


def _is_same(true: TrueSection, found: FoundSection) -> bool:
    if found.depth not in true.depths:
        return False
    title = skeleton(found.title)
    return title == skeleton(true.title) or skeleton(found.label) + title == skeleton(
        true.label + true.title
    )


def _told(one: FoundSection, lines: list[str], expected: list[TrueSection]) -> str:
    words = lines[one.line - 1].strip() if 0 < one.line <= len(lines) else "?"
    wanted = "; expected " + " + ".join(
        f"{true.label}|{true.title} at {sorted(true.depths)}" for true in expected
    )
    return f"line {one.line} {words!r} as {one.label}|{one.title} at {one.depth} ({one.role})" + (
        wanted if expected else ""
    )


# --- the ledger ------------------------------------------------------------------------------


def _ledger(raw: RawBook, made: Understood, score: Score) -> None:
    decoded = made.manuscript.decoded
    text = project(made.book)
    if made.ledger.restore(text) != decoded or made.ledger.replay(decoded) != text:
        score.ledgers_wrong += 1
        score.errors.append(("ledger", "does not restore the decoded text"))
    is_whole = not any(one.is_damaged for one in raw.paragraphs)
    if is_whole and decoded.lstrip("\ufeff") != raw.text:
        score.encodings_wrong += 1
        read_as = made.manuscript.files[0].encoding
        score.errors.append(("encoding", f"{raw.encoding} read as {read_as}"))


def surviving(layers: tuple[Layer, ...], length: int) -> "array[int]":
    """For each character of the final text, where it came from in the decoded one; -1 if made."""
    now = array("l", range(length))
    for layer in layers:
        after: array[int] = array("l")
        position = 0
        for edit in layer:
            after.extend(now[position : edit.start])
            if len(edit.before) == len(edit.after):
                after.extend(now[edit.start : edit.end])
            else:
                after.extend(array("l", [-1]) * len(edit.after))
            position = edit.end
        after.extend(now[position:])
        for move in layer.moves:
            after[move.target : move.target + move.end - move.start] = now[move.start : move.end]
        now = after
    return now


# --- the story -------------------------------------------------------------------------------


def _story(raw: RawBook, made: Understood, score: Score) -> None:
    lines = [
        skeleton(line)
        for _, section in walk(made.book.sections)
        for line in (
            section.heading,
            *(one for block in section.blocks for one in block_lines(block)),
        )
    ]
    lines += [
        skeleton(one)
        for note in made.book.notes
        for block in note.blocks
        for one in block_lines(block)
    ]
    whole = "".join(lines)
    _sentences(raw, whole, score)
    _paragraphs(raw, frozenset(lines), score)
    _ads(raw, made, score)
    _repeats(raw, made, score)


def _sentences(raw: RawBook, whole: str, score: Score) -> None:
    position = 0
    for paragraph in raw.paragraphs:
        if paragraph.is_damaged:
            continue
        for sentence in paragraph.sentences:
            bones = _bones(paragraph, sentence)
            if not bones:
                continue
            score.sentences += 1
            at = whole.find(bones, position, position + WINDOW + len(bones))
            if at < 0 and len(bones) >= LEAST_UNIQUE:
                at = whole.find(bones, position)
            if at < 0:
                score.sentences_lost += 1
                score.errors.append(
                    ("lost sentence", f"line {paragraph.line} [{paragraph.note}] {sentence}")
                )
            else:
                position = at + len(bones)


def _bones(paragraph: TrueParagraph, sentence: str) -> str:
    """The letters to look for; an item of a list may have given its number to the list."""
    if paragraph.note == "list":
        sentence = ITEM_NUMBER.sub("", sentence)
    return skeleton(sentence)


def _paragraphs(raw: RawBook, lines: frozenset[str], score: Score) -> None:
    glued = {ad.line for ad in raw.ads if ad.kind.startswith("glued")}
    for paragraph in raw.paragraphs:
        if paragraph.is_damaged or paragraph.line in glued:
            continue
        if paragraph.is_verse:
            right = sum(skeleton(line) in lines for line in paragraph.sentences)
            score.verse_lines += len(paragraph.sentences)
            score.verse_lines_right += right
            if right < len(paragraph.sentences):
                score.errors.append(
                    ("verse", f"line {paragraph.line} {'/'.join(paragraph.sentences)}")
                )
            continue
        is_right = skeleton(paragraph.text) in lines or _bones(paragraph, paragraph.text) in lines
        score.paragraphs += 1
        score.paragraphs_right += is_right
        if raw.is_wrapped:
            score.wrapped += 1
            score.wrapped_right += is_right
        if not is_right:
            kind = "wrapped paragraph" if raw.is_wrapped else "paragraph"
            score.errors.append(
                (kind, f"line {paragraph.line} [{paragraph.note}] {paragraph.text[:60]}")
            )


def _ads(raw: RawBook, made: Understood, score: Score) -> None:
    decoded = made.manuscript.decoded
    shift = int(decoded.startswith("\ufeff"))
    if len(decoded) - shift != len(raw.text):
        # Broken bytes or a wrong encoding moved everything; line starts still agree.
        places = _by_line(raw, decoded, shift)
    else:
        places = [(ad.start + shift, ad.end + shift) for ad in raw.ads]
    origins = sorted(one for one in surviving(made.ledger.layers, len(decoded)) if one >= 0)
    for ad, (start, end) in zip(raw.ads, places, strict=True):
        alive = [
            decoded[one]
            for one in origins[bisect_right(origins, start - 1) : bisect_right(origins, end - 1)]
        ]
        score.ads += 1
        if any(one.isalnum() for one in alive):
            score.ads_left += 1
            score.errors.append((f"ad left: {ad.kind}", f"line {ad.line} {ad.text}"))


def _by_line(raw: RawBook, decoded: str, shift: int) -> list[tuple[int, int]]:
    theirs = _line_starts(decoded[shift:])
    ours = _line_starts(raw.text)
    return [
        (
            theirs[min(ad.line, len(theirs)) - 1] + ad.start - ours[ad.line - 1] + shift,
            theirs[min(ad.line, len(theirs)) - 1] + ad.end - ours[ad.line - 1] + shift,
        )
        for ad in raw.ads
    ]


def _line_starts(text: str) -> list[int]:
    starts = [0]
    while (at := text.find("\n", starts[-1])) >= 0:
        starts.append(at + 1)
    return starts


def _repeats(raw: RawBook, made: Understood, score: Score) -> None:
    decoded = made.manuscript.decoded
    starts = _line_starts(decoded)
    alive = set(surviving(made.ledger.layers, len(decoded)))
    for line in raw.repeated_titles:
        score.repeats += 1
        if line < len(starts) and any(
            one in alive for one in range(starts[line - 1], starts[line]) if decoded[one].isalnum()
        ):
            score.repeats_left += 1
            score.errors.append(
                ("repeated title", decoded[starts[line - 1] : starts[line]].strip())
            )
