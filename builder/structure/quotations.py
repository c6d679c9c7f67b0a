"""What a quotation holds that the source set apart: a poem line by line, a letter.

The author has marked it already, so less evidence is asked for than in running text: a poem is
a paragraph of short lines with breaks between them, a letter begins with a salutation and ends
with a signature or a date. The text stays the same; only what the blocks are called changes.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from builder.core.book import Block, Inline, LineBreak, Paragraph, Quote, Verse
from builder.core.traversal import inline_text
from builder.structure.blocks import Built
from builder.structure.letters import SALUTATION, SAYING, is_name, is_signature
from builder.structure.verse import LONGEST_VERSE_LINE, SPEECH

# 亲爱的母亲： but not 注意：.
ENDEARING = re.compile("(?:亲爱|親愛|敬爱|敬愛|尊敬)的")
SHORTEST_LETTER = 3  # paragraphs: a salutation, a word, a name
LONGEST_NAME = 8


def with_quotations(built: Sequence[Built]) -> list[Built]:
    """The same blocks; what quotations hold is called by its name."""
    return [
        part._replace(block=_known(part.block)) if isinstance(part.block, Quote) else part
        for part in built
    ]


def _known(quote: Quote) -> Quote:
    if quote.kind == "letter":
        return quote
    if letter := _as_letter(quote.blocks):
        return replace(quote, blocks=letter, kind="letter")
    return replace(quote, blocks=tuple(_as_verse(block) for block in quote.blocks))


def _as_verse(block: Block) -> Block:
    """A paragraph of short lines as verse; any other block as it is."""
    if not isinstance(block, Paragraph):
        return block
    lines = _lines(block.inlines)
    texts = [inline_text(line) for line in lines]
    is_short = all(0 < len(text) <= LONGEST_VERSE_LINE and "\n" not in text for text in texts)
    speaks = sum(text.startswith(SPEECH) for text in texts) * 2 > len(texts)
    breaks = sum(isinstance(inline, LineBreak) for inline in block.inlines)
    # Two breaks together are an empty line, which verse could not give back.
    if len(lines) < 2 or len(lines) != breaks + 1 or not is_short or speaks:
        return block
    return Verse(lines, block.span)


def _lines(inlines: tuple[Inline, ...]) -> tuple[tuple[Inline, ...], ...]:
    """The inlines between line breaks; without the breaks."""
    groups = groupby(inlines, lambda inline: isinstance(inline, LineBreak))
    return tuple(tuple(line) for is_break, line in groups if not is_break)


def _as_letter(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks with salutation and signature; nothing when they are no letter."""
    if len(blocks) < SHORTEST_LETTER:
        return ()
    texts = [inline_text(one.inlines) if isinstance(one, Paragraph) else "" for one in blocks]
    if not SALUTATION.fullmatch(texts[0]) or SAYING.search(texts[0]):
        return ()
    first = len(texts)
    while first > 2 and (is_signature(texts[first - 1]) or _is_signed(texts[first - 1])):
        first -= 1
    signed = texts[first:]
    if not any(map(is_signature, signed)) and not (signed and ENDEARING.match(texts[0])):
        return ()
    return tuple(
        replace(block, role="salutation" if number == 0 else "signature")
        if isinstance(block, Paragraph) and (number == 0 or number >= first)
        else block
        for number, block in enumerate(blocks)
    )


def _is_signed(text: str) -> bool:
    return is_name(text) and len(text) <= LONGEST_NAME
