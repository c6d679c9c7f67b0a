"""The specimen of a book: one of each kind of thing in it, for asking what the style sheets say.

A style sheet speaks about kinds: the paragraph after a scene break, the heading of a volume.
`section_key` and `block_keys` name the kind of every section and block; `specimen` is a small
book with one of each. Laid out once, it tells how all the others look.
"""

from typing import Literal

from builder.core.book import (
    Block,
    Break,
    Figure,
    Heading,
    Image,
    Inline,
    LineBreak,
    ListBlock,
    Paragraph,
    Quote,
    Raw,
    Section,
    Table,
    Text,
    Verse,
)

PartName = Literal["front", "body", "back"]
InlineKind = Literal["em", "strong", "code", "ruby", "rt", "a", "note"]
# The part, whether it is the first section there, and the roles from the outermost section to
# this one, each with whether it has label and title.
SectionKey = tuple[PartName, bool, tuple[tuple[str, bool, bool], ...]]
# The section's key, the kinds of the blocks around it, its own, and those before and after it
# ("" at either end).
BlockKey = tuple[SectionKey, tuple[str, ...], str, str, str]


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


# --- keys ---------------------------------------------------------------------------------


def section_key(part: PartName, path: tuple[Section, ...], *, is_first: bool) -> SectionKey:
    """The kind of the section at the end of `path`, which starts with an outermost section.

    `is_first` says whether that outermost one is the first of its part.
    """
    return part, is_first, tuple((one.role, bool(one.label), bool(one.title)) for one in path)


def block_keys(
    section: SectionKey, around: tuple[str, ...], blocks: tuple[Block, ...]
) -> list[BlockKey]:
    """The kinds of some blocks that stand together, one for each.

    `around` are the kinds of the blocks that they stand in, the outermost first. The blocks of
    a list's item stand together, and so do those of a quotation.
    """
    kinds = ["", *map(block_kind, blocks), ""]
    return [
        (section, around, kind, before, after)
        for before, kind, after in zip(kinds, kinds[1:], kinds[2:], strict=False)
    ]
