"""The specimen of a book: one of each kind of thing in it, for asking what the style sheets say.

A style sheet speaks about kinds: the paragraph after a scene break, the heading of a volume.
`section_key` and `block_keys` name the kind of every section and block; `specimen` is a small
book that has every kind of the real one, and hardly anything twice. How its elements look, all
the others look.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, zip_longest
from typing import Literal, assert_never

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
    Note,
    NoteRef,
    Paragraph,
    Quote,
    Raw,
    Role,
    Ruby,
    Section,
    Table,
    Text,
    Verse,
)
from builder.core.traversal import inline_runs

PartName = Literal["front", "body", "back"]
InlineKind = Literal["em", "strong", "code", "ruby", "rt", "a", "note"]
# The part, whether it is the first section there, and the roles from the outermost section to
# this one, each with whether it has label and title.
SectionKey = tuple[PartName, bool, tuple[tuple[Role, bool, bool], ...]]
# The section's key, the kinds of the blocks around it, its own, and those before and after it
# ("" at either end).
BlockKey = tuple[SectionKey, tuple[str, ...], str, str, str]
# Inlines inside each other, the outermost first. A ruby's reading is ("ruby", "rt").
Nesting = tuple[InlineKind, ...]

# --- keys ---------------------------------------------------------------------------------


def section_key(part: PartName, path: tuple[Section, ...], *, is_first: bool) -> SectionKey:
    """The kind of the section at the end of `path`, which starts with an outermost section.

    `is_first` says whether that outermost one is the first of its part.
    """
    return part, is_first, tuple(map(_looks, path))


def block_keys(
    section: SectionKey, around: tuple[str, ...], blocks: tuple[Block, ...]
) -> list[BlockKey]:
    """The kinds of some blocks that stand together, one for each.

    `around` are the kinds of the blocks that they stand in, the outermost first. The blocks of
    a section stand together, and so do those of a quotation, and those of an item of a list.
    """
    return [
        (section, around, kind, before, after)
        for before, kind, after in _neighbours(list(map(block_kind, blocks)))
    ]


def block_kind(block: Block) -> str:
    """The kind of a block, as style sheets tell kinds apart."""
    match block:
        case Paragraph(inlines, role):
            return "p.pictures" if holds_pictures(inlines) else f"p.{role}"
        case Heading(_, level):
            return f"h.{level}"
        case Verse():
            return "verse"
        case Quote(_, kind):
            return f"quote.{kind}"
        case ListBlock(_, is_ordered):
            return "ol" if is_ordered else "ul"
        case Table():
            return "table"
        case Figure():
            return "figure"
        case Break():
            return "break"
        case Raw():
            return "raw"


def is_plain(block: Block) -> bool:
    """Whether a block is a paragraph of text alone, as nearly every one of a novel is."""
    return type(block) is Paragraph and len(block.inlines) == 1 and type(block.inlines[0]) is Text


def holds_pictures(inlines: tuple[Inline, ...]) -> bool:
    """Whether there are pictures and nothing else."""
    return (
        bool(inlines)
        and isinstance(inlines[0], Image)
        and all(
            isinstance(inline, Image | LineBreak)
            or (isinstance(inline, Text) and not inline.value.strip())
            for inline in inlines
        )
    )


def nestings(inlines: tuple[Inline, ...], outer: Nesting = ()) -> Iterator[Nesting]:
    """How the inlines that have a look of their own are nested, each before those inside it."""
    for inline in inlines:
        match inline:
            case Text() | Image() | LineBreak():
                pass
            case Emphasis(children, strong):
                nesting: Nesting = (*outer, "strong" if strong else "em")
                yield nesting
                yield from nestings(children, nesting)
            case Link(_, children):
                yield (*outer, "a")
                yield from nestings(children, (*outer, "a"))
                # A link has no link in it: the mark of a note in it comes to stand beside it.
                yield from nestings(children, outer)
            case Ruby():
                yield (*outer, "ruby")
                yield (*outer, "ruby", "rt")
            case Code():
                yield (*outer, "code")
            case NoteRef():
                yield (*outer, "note")
            case _:
                assert_never(inline)


def _looks(section: Section) -> tuple[Role, bool, bool]:
    return section.role, bool(section.label), bool(section.title)


def _neighbours(kinds: list[str]) -> Iterator[tuple[str, str, str]]:
    """Each kind between the one before and the one after it."""
    return zip(["", *kinds], kinds, [*kinds[1:], ""], strict=False)


# --- the specimen -------------------------------------------------------------------------

_WORDS = "文"
_LABEL = "第一章"
# Two halves, so that there is one of those, too.
_TITLE = "灯火渡口夜\N{IDEOGRAPHIC SPACE}风雪故人归"
_LISTS = frozenset({"ol", "ul"})
_ADDRESS = "https://example.org/"

_Neighbours = tuple[str, str, str]


@dataclass(slots=True)
class _Kind:
    """What sections of one kind hold: blocks by what is around them and beside them, the
    nestings that stand in each kind of block, and the kinds of sections inside.
    """

    blocks: dict[tuple[str, ...], dict[_Neighbours, None]] = field(default_factory=dict)
    nestings: dict[tuple[tuple[str, ...], str], dict[Nesting, None]] = field(default_factory=dict)
    inside: dict[tuple[Role, bool, bool], "_Kind"] = field(default_factory=dict)


def specimen(book: Book) -> Book:
    """A small book with every kind of section, block and nesting of `book`, and the same cover
    and metadata. Its keys, found the same way, are those of `book`; it may have a few more.
    """
    maker = _Maker(
        tuple(_nestings_of(tuple(block for note in book.notes for block in note.blocks)))
    )
    front, body, back = (maker.part(sections) for sections in (book.front, book.body, book.back))
    return Book(
        metadata=book.metadata,
        front=front,
        body=body,
        back=back,
        notes=maker.notes(),
        cover=book.cover,
    )


def _gather(section: Section, kind: _Kind) -> None:
    if section.blocks:
        _gather_blocks(section.blocks, (), kind)
    for child in section.children:
        _gather(child, kind.inside.setdefault(_looks(child), _Kind()))


def _gather_blocks(blocks: tuple[Block, ...], around: tuple[str, ...], kind: _Kind) -> None:
    kinds: list[str] = []
    for block in blocks:
        if type(block) is Paragraph and is_plain(block):
            kinds.append(f"p.{block.role}")
            continue
        own = block_kind(block)
        kinds.append(own)
        if isinstance(block, Quote):
            _gather_blocks(block.blocks, (*around, own), kind)
        elif isinstance(block, ListBlock):
            for item in block.items:
                _gather_blocks(item, (*around, own), kind)
        elif isinstance(block, Paragraph | Heading | Verse):
            known = kind.nestings.setdefault((around, own), {})
            known.update(dict.fromkeys(_nestings_of((block,))))
    kind.blocks.setdefault(around, {}).update(dict.fromkeys(_neighbours(kinds)))


def _nestings_of(blocks: tuple[Block, ...]) -> Iterator[Nesting]:
    for inlines in inline_runs(blocks):
        yield from nestings(inlines)


class _Maker:
    """Makes the sections of a specimen; numbers them, and the notes that they refer to."""

    def __init__(self, in_notes: tuple[Nesting, ...]) -> None:
        self._in_notes = in_notes
        self._section_count = 0
        self._note_count = 0

    def part(self, sections: tuple[Section, ...]) -> tuple[Section, ...]:
        """The sections for one part of the book."""
        made: list[Section] = []
        for some in (sections[:1], sections[1:]):
            kind = _Kind()
            for section in some:
                _gather(section, kind.inside.setdefault(_looks(section), _Kind()))
            made += self._sections(kind)
        return tuple(made)

    def notes(self) -> tuple[Note, ...]:
        """A note for each mark; and one without, which mentions another again."""
        words = (Text(_WORDS),)
        full = self._inlines(dict.fromkeys(one for one in self._in_notes if one[-1] != "note"))
        blocks: tuple[Block, ...] = (Paragraph(full), Paragraph(words), Verse((words, words)))
        count = self._note_count
        notes = [Note(_note_id(number), (Paragraph(words),)) for number in range(1, count + 1)]
        if count:
            notes[0] = Note(_note_id(1), blocks)
            blocks = (Paragraph((*words, NoteRef(_note_id(1)))),)
        return (*notes, Note(_note_id(count + 1), blocks))

    def _sections(self, kind: _Kind) -> Iterator[Section]:
        """The sections inside a kind; those with the same looks stand together."""
        for (role, has_label, has_title), one in kind.inside.items():
            for number, blocks in enumerate(self._series(one, ()) or [()]):
                self._section_count += 1
                identity = f"specimen-{self._section_count}"
                yield Section(
                    role,
                    None,
                    _LABEL if has_label else "",
                    _TITLE if has_title else "",
                    blocks,
                    () if number else tuple(self._sections(one)),
                    id=identity,
                )

    def _series(self, kind: _Kind, around: tuple[str, ...]) -> list[tuple[Block, ...]]:
        """Series of blocks that have all the neighbours that occur there.

        A block between two others stands somewhere in the first series; what stands at a
        beginning or an end needs a series of its own.
        """
        wanted = list(kind.blocks.get(around, ()))
        inner = {
            own: self._series(kind, (*around, own))
            for own in dict.fromkeys(own for _, own, _ in wanted if _holds_blocks(own))
        }
        lines = _lines_of(wanted, [])
        there = Counter(chain.from_iterable(lines))
        # A list has all of its series in its items.
        quotes = ((own, series) for own, series in inner.items() if own not in _LISTS)
        more = [own for own, series in quotes for _ in series[there[own] :]]
        insides = {own: iter(series) for own, series in inner.items()}
        return [
            tuple(self._block(own, around, kind, insides) for own in line)
            for line in (_lines_of(wanted, more) if more else lines)
        ]

    def _block(
        self,
        name: str,
        around: tuple[str, ...],
        kind: _Kind,
        insides: dict[str, Iterator[tuple[Block, ...]]],
    ) -> Block:
        inlines = self._inlines(kind.nestings.get((around, name), {}))
        words = (Text(_WORDS),)
        family, _, manner = name.partition(".")
        match family:
            case "p" if manner == "pictures":
                return Paragraph((Image(""),))
            case "p" if manner in {"salutation", "signature"}:
                return Paragraph(inlines, "signature" if manner == "signature" else "salutation")
            case "p":
                return Paragraph(inlines)
            case "h":
                return Heading(inlines, int(manner))
            case "verse":
                return Verse((inlines, words, (), words, words))
            case "quote":
                blocks = next(insides[name], (Paragraph(words),))
                return Quote(blocks, "letter" if manner == "letter" else "quotation")
            case "ol" | "ul":
                items = tuple(insides[name]) or ((Paragraph(words),),)
                return ListBlock(items, is_ordered=family == "ol")
            case "table":
                return Table(((words,),))
            case "figure":
                return Figure(Image(""), words)
            case "break":
                return Break()
            case _:
                return Raw(_WORDS)

    def _inlines(self, wanted: dict[Nesting, None]) -> tuple[Inline, ...]:
        return (Text(_WORDS), *(self._nested(one) for one in wanted if one[-1] != "rt"))

    def _nested(self, nesting: Nesting) -> Inline:
        children: tuple[Inline, ...] = (
            (self._nested(nesting[1:]),) if len(nesting) > 1 else (Text(_WORDS),)
        )
        match nesting[0]:
            case "em":
                return Emphasis(children)
            case "strong":
                return Emphasis(children, strong=True)
            case "a":
                return Link(_ADDRESS, children)
            case "code":
                return Code(_WORDS)
            case "ruby" | "rt":
                return Ruby(_WORDS, _WORDS)
            case "note":
                self._note_count += 1
                return NoteRef(_note_id(self._note_count))
            case _:
                assert_never(nesting[0])


def _holds_blocks(kind: str) -> bool:
    return kind in _LISTS or kind.startswith("quote.")


def _note_id(number: int) -> str:
    return f"specimen-note-{number}"


def _lines_of(wanted: list[_Neighbours], more: list[str]) -> list[list[str]]:
    """Lines of kinds in which each of `wanted` stands between its neighbours at least once, and
    each of `more` stands anywhere.

    Example: [("", a, b), (a, b, "")] → [[a, b, a, b]]; [("", a, "")] → [[a]].
    """
    alone = [[kind] for before, kind, after in wanted if not before and not after]
    firsts = [[kind, after] for before, kind, after in wanted if after and not before]
    lasts = [[before, kind] for before, kind, after in wanted if before and not after]
    if not firsts:
        return alone + [[kind] for kind in more]
    middle = [kind for one in wanted if one[0] and one[2] for kind in one] + more
    lines: list[list[str]] = []
    for first, last in zip_longest(firsts, lasts, fillvalue=()):
        lines.append([*first, *middle, *last])
        middle = []
    return lines + alone
