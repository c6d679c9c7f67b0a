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
from builder.core.ledger import Edit, Layer
from builder.core.traversal import block_lines, project, walk
from builder.pipeline import BuildOptions, Understood, settle, understand

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
    """Counts of one file, or of many added up.

    `lines` are where headings were found, `errors` what went wrong, in words.
    """

    sections: int = 0
    found: int = 0
    right: int = 0
    numbers_wrong: int = 0
    ads: int = 0
    ads_left: int = 0
    sentences: int = 0
    sentences_lost: int = 0
    titles_lost: int = 0
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
    lines: list[int] = field(default_factory=list)
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
    found = sections_of(made)
    score.lines = [one.line for one in found]
    compare_sections(raw, found, score)
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
        if match.number not in {None, one.number} and not match.is_matter:
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
    if not _is_exact(made, decoded, text):
        score.ledgers_wrong += 1
        score.errors.append(("ledger", "does not restore the decoded text"))
    is_whole = not any(one.is_damaged for one in raw.paragraphs)
    if is_whole and decoded.lstrip("\ufeff") != raw.text:
        score.encodings_wrong += 1
        read_as = made.manuscript.files[0].encoding
        score.errors.append(("encoding", f"{raw.encoding} read as {read_as}"))


def _is_exact(made: Understood, decoded: str, text: str) -> bool:
    try:
        return made.ledger.restore(text) == decoded and made.ledger.replay(decoded) == text
    except ValueError:
        return False


def surviving(layers: tuple[Layer, ...], decoded: str) -> bytearray:
    """For each character of the decoded text 1 if it is in the book, else 0.

    A character that became another form of itself (Ａ → A) is still there.
    """
    now = array("l", range(len(decoded)))
    for layer in layers:
        after: array[int] = array("l")
        position = 0
        for edit in layer:
            after.extend(now[position : edit.start])
            after.extend(_kept(edit, now[edit.start : edit.end]))
            position = edit.end
        after.extend(now[position:])
        for move in layer.moves:
            after[move.target : move.target + move.end - move.start] = now[move.start : move.end]
        now = after
    alive = bytearray(len(decoded))
    for one in now:
        if one >= 0:
            alive[one] = 1
    return alive


def _kept(edit: Edit, origins: "array[int]") -> "array[int]":
    """Where each character of an edit's `after` came from; -1 if it is new."""
    left = [skeleton(one) for one in edit.before]
    kept = array("l")
    for one in edit.after:
        bones = skeleton(one)
        if bones and bones in left:
            at = left.index(bones)
            left[at] = ""
            kept.append(origins[at])
        else:
            kept.append(-1)
    return kept


# --- the story -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Survival:
    """Which letters of the file are in the book."""

    raw: RawBook
    decoded: str
    alive: bytearray
    ours: list[int]
    theirs: list[int]

    @classmethod
    def of(cls, raw: RawBook, made: Understood) -> "_Survival":
        decoded = made.manuscript.decoded
        theirs = _line_starts(decoded)
        theirs[0] = int(decoded.startswith("\ufeff"))
        return cls(
            raw, decoded, surviving(made.ledger.layers, decoded), _line_starts(raw.text), theirs
        )

    def letters(self, start: int, end: int) -> tuple[str, str]:
        """The letters of `[start, end)` of the file that are in the book, and those that are not.

        Broken bytes may have moved what follows on their line, never on another.
        """
        kept: list[str] = []
        lost: list[str] = []
        for place in range(self._place(start), self._place(end - 1) + 1):
            if place < len(self.decoded) and self.decoded[place].isalnum():
                (kept if self.alive[place] else lost).append(self.decoded[place])
        return "".join(kept), "".join(lost)

    def line(self, number: int) -> tuple[str, str]:
        """The same for a whole line, counted from 1."""
        return self.letters(self.ours[number - 1], self.ours[number])

    def _place(self, offset: int) -> int:
        index = bisect_right(self.ours, offset) - 1
        if index >= len(self.theirs):
            return len(self.decoded)
        return self.theirs[index] + offset - self.ours[index]


def _line_starts(text: str) -> list[int]:
    starts = [0]
    while (at := text.find("\n", starts[-1])) >= 0:
        starts.append(at + 1)
    return starts


def _story(raw: RawBook, made: Understood, score: Score) -> None:
    survival = _Survival.of(raw, made)
    _sentences(raw, survival, score)
    _titles(raw, survival, score)
    _paragraphs(raw, _book_lines(made), score)
    for ad in raw.ads:
        kept, _ = survival.letters(ad.start, ad.end)
        score.ads += 1
        if kept:
            score.ads_left += 1
            score.errors.append((f"ad left: {ad.kind}", f"line {ad.line} {ad.text}"))
    for line in raw.repeated_titles:
        kept, _ = survival.line(line)
        score.repeats += 1
        if kept:
            score.repeats_left += 1
            score.errors.append(("repeated title", f"line {line} {kept}"))


def _book_lines(made: Understood) -> frozenset[str]:
    lines: list[str] = []
    for _, section in walk(made.book.sections):
        lines.append(section.heading)
        lines.extend(line for block in section.blocks for line in block_lines(block))
    lines.extend(
        line for note in made.book.notes for block in note.blocks for line in block_lines(block)
    )
    return frozenset(skeleton(line) for line in lines)


def _sentences(raw: RawBook, survival: _Survival, score: Score) -> None:
    for paragraph in raw.paragraphs:
        if paragraph.is_damaged:
            continue
        for sentence, (start, end) in zip(paragraph.sentences, paragraph.spans, strict=True):
            _, lost = survival.letters(start, end)
            if paragraph.note == "list" and sentence.lstrip("（").startswith(lost):
                lost = ""  # the item gave its number to the list
            score.sentences += 1
            if lost:
                score.sentences_lost += 1
                where = f"line {paragraph.line} [{paragraph.note}]"
                score.errors.append(("lost sentence", f"{where} {sentence} (lost: {lost[:30]})"))


def _titles(raw: RawBook, survival: _Survival, score: Score) -> None:
    """A chapter's title is the author's as much as the story is: none of it may go."""
    for section in raw.sections:
        at = raw.text.find(section.title, survival.ours[section.line - 1]) if section.title else -1
        if at < 0 or at >= survival.ours[min(section.line + 1, len(survival.ours) - 1)]:
            continue
        _, lost = survival.letters(at, at + len(section.title))
        if lost:
            score.titles_lost += 1
            where = f"line {section.line} [{section.family}]"
            score.errors.append(("lost title", f"{where} {section.label} {section.title}"))


def _paragraphs(raw: RawBook, lines: frozenset[str], score: Score) -> None:
    glued = {ad.line for ad in raw.ads if ad.kind.startswith("glued")}
    for paragraph in raw.paragraphs:
        if paragraph.is_damaged:
            continue
        if paragraph.is_verse:
            right = sum(skeleton(line) in lines for line in paragraph.sentences)
            score.verse_lines += len(paragraph.sentences)
            score.verse_lines_right += right
            if right < len(paragraph.sentences):
                words = "/".join(paragraph.sentences)
                score.errors.append(("verse", f"line {paragraph.line} {words}"))
        elif paragraph.line not in glued:
            _paragraph(raw, paragraph, lines, score)


def _paragraph(raw: RawBook, paragraph: TrueParagraph, lines: frozenset[str], score: Score) -> None:
    is_right = skeleton(paragraph.text) in lines
    if paragraph.note == "list":
        is_right |= skeleton(ITEM_NUMBER.sub("", paragraph.text)) in lines
    score.paragraphs += 1
    score.paragraphs_right += is_right
    if raw.is_wrapped:
        score.wrapped += 1
        score.wrapped_right += is_right
    if not is_right:
        kind = "wrapped paragraph" if raw.is_wrapped else "paragraph"
        where = f"line {paragraph.line} [{paragraph.note}]"
        score.errors.append((kind, f"{where} {paragraph.text[:60]}"))
