"""Readings beside the characters of a book that nobody is sure of, or beside all.

`rare`: a character that not every reader knows has its reading where a chapter first has it,
and so has a word that is read otherwise than it looks (单于, 可汗). `all`: every Han character
of the text, as in books for children. Headings, code and what has a reading already stay as
they are.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, assert_never

from builder.core.book import (
    Block,
    Book,
    Code,
    Emphasis,
    Image,
    Inline,
    LineBreak,
    Link,
    NoteRef,
    Ruby,
    Section,
    Text,
)
from builder.core.language import is_traditional
from builder.core.traversal import inline_text, rewrite_lines
from builder.pinyin.common import rare_in
from builder.pinyin.dictionary import to_zhuyin
from builder.pinyin.readings import Simplify, read_line, simplified
from builder.pinyin.words import SURPRISING

Scope = Literal["rare", "all"]
Script = Literal["pinyin", "zhuyin"]


def annotate(book: Book, scope: Scope, *, script: Script, simplify: Simplify) -> Book:
    """The book with readings added; they are marked as added, and the text is unchanged."""
    annotator = _Annotator(
        scope, script, simplify, is_traditional=is_traditional(book.metadata.language)
    )
    front, body, back = (
        tuple(annotator.section(section, set()) for section in part)
        for part in (book.front, book.body, book.back)
    )
    notes = tuple(replace(note, blocks=annotator.blocks(note.blocks, set())) for note in book.notes)
    return replace(book, front=front, body=body, back=back, notes=notes)


@dataclass(frozen=True, slots=True)
class _Annotator:
    scope: Scope
    script: Script
    simplify: Simplify
    is_traditional: bool

    def section(self, section: Section, seen: set[str]) -> Section:
        """The section with readings; `seen` are the characters and words that had theirs."""
        own = seen if section.role == "subchapter" else set()
        return replace(
            section,
            blocks=self.blocks(section.blocks, own),
            children=tuple(self.section(child, own) for child in section.children),
        )

    def blocks(self, blocks: tuple[Block, ...], seen: set[str]) -> tuple[Block, ...]:
        def change(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
            readings = self._readings(inline_text(inlines, readings=False), seen)
            return tuple(_with_readings(inlines, readings)[0]) if any(readings) else inlines

        return tuple(rewrite_lines(block, change) for block in blocks)

    def _readings(self, line: str, seen: set[str]) -> tuple[str, ...]:
        """A reading for each character of the line that is to have one; else empty strings."""
        if self.scope == "all":
            found = read_line(line, self._plain(line)).readings
        else:
            found = self._rare_readings(line, seen)
        return tuple(map(to_zhuyin, found)) if self.script == "zhuyin" else found

    def _rare_readings(self, line: str, seen: set[str]) -> tuple[str, ...]:
        plain = self._plain(line) if self.is_traditional or rare_in(line) else line
        new = rare_in(plain) - seen
        words = {word for word in SURPRISING if word in plain} - seen
        if not new and not words:
            return ()
        read = read_line(line, plain)
        readings = [""] * len(line)
        for start, end in read.words:
            if (word := plain[start:end]) in words and word not in seen:
                readings[start:end] = read.readings[start:end]
                seen.add(word)
        for at, character in enumerate(plain):
            if character in new and character not in seen:
                readings[at] = read.readings[at]
                seen.add(character)
        return tuple(readings)

    def _plain(self, line: str) -> str:
        return simplified(line, self.simplify)


def _with_readings(
    inlines: tuple[Inline, ...], readings: tuple[str, ...], at: int = 0
) -> tuple[list[Inline], int]:
    """The inlines, which start at `at` of the line, with readings; and where they end."""
    changed: list[Inline] = []
    for inline in inlines:
        match inline:
            case Text(value):
                changed += _parted(value, readings[at : at + len(value)])
                at += len(value)
            case Emphasis(children) | Link(_, children):
                inner, at = _with_readings(children, readings, at)
                changed.append(replace(inline, children=tuple(inner)))
            case Ruby(characters) | Code(characters):
                changed.append(inline)
                at += len(characters)
            case LineBreak():
                changed.append(inline)
                at += 1
            case NoteRef() | Image():
                changed.append(inline)
            case _:
                assert_never(inline)
    return changed, at


def _parted(text: str, readings: tuple[str, ...]) -> Iterator[Inline]:
    """A run of characters, each that has a reading by itself with it."""
    plain = at = 0
    while at < len(text):
        end = at + 1
        if readings[at]:
            # A selector of the character's shape stays with it.
            while end < len(text) and unicodedata.category(text[end]).startswith("M"):
                end += 1
            if plain < at:
                yield Text(text[plain:at])
            yield Ruby(text[at:end], readings[at], is_added=True)
            plain = end
        at = end
    if plain < len(text):
        yield Text(text[plain:])
