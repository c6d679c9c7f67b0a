"""Book → TXT as Chinese readers know it: UTF-8, headings flush left, paragraphs indented by two.

Headings stand between blank lines, and nothing else does but what is set apart: so reading
programs find the chapters, and no blank line parts paragraphs. Notes are marked 〔1〕 and stand
behind the text of their section. A reading follows its character in brackets: 彧（yù）.
"""

from collections.abc import Iterator, Mapping
from typing import assert_never

from builder.core.book import (
    Block,
    Book,
    Break,
    Code,
    Emphasis,
    Figure,
    Heading,
    Image,
    Inline,
    LineBreak,
    Link,
    ListBlock,
    Metadata,
    Note,
    NoteRef,
    Paragraph,
    Quote,
    Raw,
    Ruby,
    Section,
    Table,
    Text,
    Verse,
)
from builder.core.traversal import walk
from builder.exports.referring import notes_behind, unreferred
from builder.exports.words import Words, words_for

SPACE = "\N{IDEOGRAPHIC SPACE}"
INDENT = 2 * SPACE
APART = 4 * SPACE
SIGNATURE = 10 * SPACE
SCENE_BREAK = "＊＊＊"


def to_txt(book: Book) -> bytes:
    """The whole book as UTF-8, without a byte order mark, lines ended by a newline."""
    words = words_for(book.metadata.language)
    notes = {note.id: note for note in book.notes}
    parts = ["\n".join(_title(book.metadata, words))]
    for _, section in walk(book.sections):
        own = notes_behind(section.blocks, notes)
        lines = [*_section(section, _numbers(own), words), *_notes(own, words)]
        if lines:
            parts.append("\n".join(lines))
    if left := unreferred(book):
        parts.append("\n".join((words.notes, *_notes(left, words))))
    return "\n\n\n".join(filter(None, parts)).encode("utf-8", "replace") + b"\n"


def _title(metadata: Metadata, words: Words) -> Iterator[str]:
    yield f"《{'：'.join(filter(None, (metadata.title, metadata.subtitle)))}》"
    for role in dict.fromkeys(creator.role for creator in metadata.creators):
        names = "、".join(one.name for one in metadata.creators if one.role == role)
        yield f"{words.role(role)}：{names}"
    if metadata.description:
        yield from ("", words.abstract, "")
        yield from (
            INDENT + line.strip() for line in metadata.description.splitlines() if line.strip()
        )


def _numbers(notes: tuple[Note, ...]) -> Mapping[str, str]:
    return {note.id: f"〔{number}〕" for number, note in enumerate(notes, start=1)}


def _section(section: Section, numbers: Mapping[str, str], words: Words) -> Iterator[str]:
    if section.heading:
        yield section.heading
        if section.blocks:
            yield ""
    yield from _Lines(numbers, words).of(section.blocks)


def _notes(notes: tuple[Note, ...], words: Words) -> Iterator[str]:
    """The notes, each behind its mark, below a blank line."""
    numbers = _numbers(notes)
    lines = _Lines(numbers, words)
    if notes:
        yield ""
    for note in notes:
        first, *rest = [*lines.of(note.blocks)] or [""]
        yield numbers[note.id] + first.lstrip(SPACE)
        yield from (line for line in rest if line)


class _Lines:
    """Blocks as lines; what is set apart has blank lines around it, never two together."""

    def __init__(self, numbers: Mapping[str, str], words: Words) -> None:
        self._numbers = numbers
        self._words = words

    def of(self, blocks: tuple[Block, ...], indent: str = INDENT) -> Iterator[str]:
        is_blank = True
        for index, block in enumerate(blocks):
            is_apart = not isinstance(block, Paragraph | Figure)
            if is_apart and not is_blank:
                yield ""
            yield from self._block(block, indent)
            is_blank = is_apart and index + 1 < len(blocks)
            if is_blank:
                yield ""

    def _block(self, block: Block, indent: str) -> Iterator[str]:
        match block:
            case Paragraph(inlines, role):
                start = {"salutation": indent[len(INDENT) :], "signature": SIGNATURE}
                yield from self._set(inlines, start.get(role, indent))
            case Heading(inlines):
                yield from self._set(inlines, indent)
            case Verse(lines):
                for line in lines:
                    yield from self._set(line, indent + INDENT) if line else ("",)
            case Quote(blocks):
                yield from self.of(blocks, indent + INDENT)
            case ListBlock(items, is_ordered, start):
                for number, item in enumerate(items, start):
                    mark = f"{number}. " if is_ordered else "· "
                    inner_indent = indent + INDENT
                    first, *rest = [*self.of(item, inner_indent)] or [inner_indent]
                    yield indent + mark + first.removeprefix(inner_indent)
                    yield from (line for line in rest if line)
            case Table(rows):
                for row in rows:
                    yield "\t".join(self._text(cell).replace("\n", " ") for cell in row)
            case Figure(image, caption):
                if caption:
                    yield from self._set(caption, indent)
                elif image.alt:
                    yield f"{indent}［{self._words.picture}：{image.alt}］"
            case Break():
                yield APART + SCENE_BREAK
            case Raw(text):
                yield from text.split("\n")
            case _:
                assert_never(block)

    def _set(self, inlines: tuple[Inline, ...], indent: str) -> Iterator[str]:
        for line in self._text(inlines).split("\n"):
            yield indent + line.strip(" \t")

    def _text(self, inlines: tuple[Inline, ...]) -> str:
        return "".join(self._inline(inline) for inline in inlines)

    def _inline(self, inline: Inline) -> str:
        match inline:
            case Text(value) | Code(value):
                return value
            case Emphasis(children) | Link(_, children):
                return self._text(children)
            case Ruby(base, reading):
                return f"{base}（{reading}）"
            case NoteRef(note_id):
                return self._numbers.get(note_id, "")
            case Image(_, alt):
                # A picture in a sentence nearly always stands for a character.
                return alt if len(alt) < 2 else f"［{alt}］"
            case LineBreak():
                return "\n"
            case _:
                assert_never(inline)
