"""What some blocks hold that matters for where they go: how much, which notes, which pictures."""

from dataclasses import dataclass

from builder.core.book import Block, Image, NoteRef, Paragraph, Text
from builder.core.traversal import block_lines, inlines_of

# Upper bounds in bytes. An ampersand takes the most: &amp;.
_BYTES_A_CHARACTER = 5
_BYTES_A_LINE = 60
_BYTES_AN_INLINE = 80
_BYTES_A_MARK = 240


@dataclass(frozen=True, slots=True)
class Survey:
    """`weight` is a bound on the bytes of the markup, `mentions` the ids of notes, in order."""

    weight: int
    mentions: tuple[str, ...]
    images: tuple[Image, ...]


def survey(*groups: tuple[Block, ...]) -> Survey:
    """Survey all blocks of all groups, in one pass: a book has tens of thousands."""
    weight = 0
    mentions: list[str] = []
    images: list[Image] = []
    for blocks in groups:
        for block in blocks:
            # Nearly every block of a novel is a paragraph of text alone.
            if type(block) is Paragraph and len(block.inlines) == 1:
                only = block.inlines[0]
                if type(only) is Text:
                    weight += _BYTES_A_CHARACTER * len(only.value) + _BYTES_A_LINE
                    continue
            for line in block_lines(block):
                weight += _BYTES_A_CHARACTER * len(line) + _BYTES_A_LINE
            for inline in inlines_of((block,)):
                if isinstance(inline, NoteRef):
                    mentions.append(inline.note_id)
                    weight += _BYTES_A_MARK
                else:
                    weight += _BYTES_AN_INLINE
                    if isinstance(inline, Image):
                        images.append(inline)
    return Survey(weight, tuple(mentions), tuple(images))
