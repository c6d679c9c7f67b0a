"""What a generated file really is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TrueSection:
    """A section: the line of the file (from 1) that opens it, and what it is.

    `depths` are the levels that are right, counted from 0: more than one where a reader may
    well disagree (尾声 after the last volume). `number` is None when the heading counts nothing.
    `is_matter` marks 楔子, 番外, 后记 and the like. `is_optional` sections may be missed or
    found; neither counts.
    """

    line: int
    depths: frozenset[int]
    label: str
    title: str
    number: int | None
    family: str
    is_matter: bool = False
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class TrueParagraph:
    """One paragraph of the story, clean: its sentences, or its lines when it is verse.

    `spans` are where the sentences stand in the text of the file. `is_damaged` when a byte of
    it was broken. `note` says what is special about it (a false heading, a formula, a list …).
    """

    sentences: tuple[str, ...]
    line: int
    spans: tuple[tuple[int, int], ...]
    is_verse: bool = False
    is_damaged: bool = False
    note: str = ""

    @property
    def text(self) -> str:
        return "".join(self.sentences)


@dataclass(frozen=True, slots=True)
class TrueAd:
    """`[start, end)` of the text of the file is an ad; `kind` names its template."""

    start: int
    end: int
    line: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class RawBook:
    """A generated file with its truth. `text` is what the bytes say (before any were broken)."""

    name: str
    content: bytes
    text: str
    encoding: str
    is_wrapped: bool
    sections: tuple[TrueSection, ...]
    paragraphs: tuple[TrueParagraph, ...]
    ads: tuple[TrueAd, ...]
    repeated_titles: tuple[int, ...]
    traits: tuple[str, ...]
