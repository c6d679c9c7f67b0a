"""What an inspection finds: plain values, ready to be printed, drawn or written as JSON.

Places are given twice where it helps: as a `Location` in the source, and as the index of a
section in `Examination.sections`.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from builder.core.diagnostic import Diagnostic, Location

Verdict = Literal["usual", "long", "short"]


@dataclass(frozen=True, slots=True)
class FileSummary:
    """A source file; `confidence` of its encoding lies in 0..1."""

    path: str
    encoding: str
    confidence: float
    characters: int


@dataclass(frozen=True, slots=True)
class SectionSummary:
    """A section without its children. `volume` is the index of the outermost section above it."""

    depth: int
    role: str
    number: int | None
    label: str
    title: str
    heading: str
    characters: int
    location: Location
    volume: int
    has_children: bool
    verdict: Verdict = "usual"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands, and in which section; -1 when in none."""

    location: Location
    section: int


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Paragraphs that stand twice: `paragraphs` of them, one after another.

    `first` and `second` are the texts of the first pair; `likeness` is the least of the run,
    1.0 when all are the same. A single paragraph may have several exact copies.
    """

    first: str
    second: str
    first_place: Place
    second_places: tuple[Place, ...]
    likeness: float
    paragraphs: int


class Imbalance(StrEnum):
    """What is wrong with a quotation mark."""

    UNCLOSED = "unclosed"
    UNOPENED = "unopened"


@dataclass(frozen=True, slots=True)
class QuoteFault:
    """A mark without its partner; `before` and `after` are the words around it."""

    kind: Imbalance
    mark: str
    before: str
    after: str
    place: Place


class Resemblance(StrEnum):
    """Why two names look like one."""

    SOUND = "sound"
    NEAR_SOUND = "near_sound"
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class Spelling:
    """`rare` may be a slip for `common`; `score` in 0..1 ranks. Places are those of `rare`."""

    common: str
    common_count: int
    rare: str
    rare_count: int
    because: Resemblance
    score: float
    places: tuple[Place, ...]
    contexts: tuple[tuple[str, str], ...]


class LeftoverKind(StrEnum):
    """What does not belong into a book."""

    ADDRESS = "address"
    PAGE_LINK = "page_link"
    MARKUP = "markup"
    PINYIN = "pinyin"
    MASKED = "masked"
    MOJIBAKE = "mojibake"
    PRIVATE = "private"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class Leftover:
    """A piece of text that looks left over, `count` times in the book; places of the first few."""

    kind: LeftoverKind
    text: str
    before: str
    after: str
    count: int
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class RuleTotal:
    """What one rule did in the whole book. Characters are those it removed less those it added."""

    rule: str
    kind: str
    edits: int
    characters: int


@dataclass(frozen=True, slots=True)
class Removal:
    """Something a rule took away or replaced, `count` times; the context is that of the first.

    `keep` are the entries of `[normalize] keep` that leave it; none for what no entry can leave.
    """

    removed: str
    replacement: str
    before: str
    after: str
    count: int
    place: Place
    keep: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RemovalGroup:
    """What one lossy or judgement rule did, most frequent first."""

    rule: str
    kind: str
    edits: int
    removals: tuple[Removal, ...]


@dataclass(frozen=True, slots=True)
class Examination:
    """Everything an inspection shows. `median` is the usual length of a chapter.

    `diagnostics` are all that the stages before found; `ignored` are codes not to be told.
    """

    title: str
    subtitle: str
    creators: tuple[str, ...]
    language: str
    files: tuple[FileSummary, ...]
    sections: tuple[SectionSummary, ...]
    median: int
    notes: int
    edits: int
    duplicates: tuple[Duplicate, ...] = ()
    quotes: tuple[QuoteFault, ...] = ()
    spellings: tuple[Spelling, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    rules: tuple[RuleTotal, ...] = ()
    removals: tuple[RemovalGroup, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    ignored: frozenset[str] = frozenset()

    @property
    def told(self) -> tuple[Diagnostic, ...]:
        """What the stages before had to say, without the codes that do not matter in this book."""
        return tuple(one for one in self.diagnostics if one.code not in self.ignored)

    @property
    def characters(self) -> int:
        """The characters of all sections."""
        return sum(section.characters for section in self.sections)
