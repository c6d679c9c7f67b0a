"""The blocks that WeasyPrint sets for the press, each as markup of its own.

They are what is not prose: tables, figures, and any block with a picture in it. The markup repeats the elements that a block stands in, so that style sheets see the same
as in the whole book. Its notes stand under the block (表注): which page it will be on is not
known when it is laid out.
"""

import re
from collections.abc import Iterator

from builder.compose.print_writer import NOTE_PREFIX, link_target, loosened, phrasing, polished
from builder.compose.printed_matter import resource_url
from builder.compose.words import words_for
from builder.compose.xhtml import (
    Medium,
    block_to_xhtml,
    escape,
    escape_attribute,
    inlines_to_xhtml,
)
from builder.core.book import (
    Block,
    Book,
    Figure,
    Heading,
    Image,
    ListBlock,
    Note,
    Paragraph,
    Quote,
    Section,
    Table,
    Verse,
)
from builder.core.errors import ComposeError
from builder.core.numerals import circled
from builder.core.publication import Hosted
from builder.core.specimen import holds_pictures, is_plain
from builder.core.traversal import inlines_of, note_ids, rewrite_block, walk

# WeasyPrint looks for the narrowest that a cell can be at each of its characters, and each time at
# all that is left of a text: 4,000 characters took 11 s. Pieces of their own change nothing else.
_LONG_TEXT = re.compile("(?<=>)[^<>]{200,}")
# They part between ideographs, where a line may end anyway, and never inside a character reference.
# Example: 渡口|灯下. Counter-example: 灯|。
_TEXT_PIECE = re.compile(
    "(?>&[^;&]{1,10};|[^&]|&){40,80}?(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])"
    "|(?>&[^;&]{1,10};|[^&]|&){1,80}+"
)


def in_pieces(markup: str) -> str:
    """The markup of a table with long texts in several elements."""

    def parted(text: re.Match[str]) -> str:
        return _TEXT_PIECE.sub(lambda piece: f"<span>{piece[0]}</span>", text[0])

    return _LONG_TEXT.sub(parted, markup)


def hosted_blocks(book: Book) -> tuple[Hosted, ...]:
    """All hosted blocks of a book in reading order. Raises ComposeError E004.

    Of a block with words and pictures each picture is hosted alone, at the block's path and −1,
    −2 …: the press sets the words.
    """
    writer = _Writer(book)
    found: list[Hosted] = []
    for name, sections in (("front", book.front), ("body", book.body), ("back", book.back)):
        opening = f'<article class="{name}">'
        for section in sections:
            around = opening, "</article>"
            found += _section(section, writer, around, level=1)
    return tuple(found)


def _section(
    section: Section,
    writer: "_Writer",
    around: tuple[str, str],
    *,
    level: int,
) -> Iterator[Hosted]:
    # Without the class `opener`: nothing opens here.
    around = (f'{around[0]}<section class="{section.role}">', f"</section>{around[1]}")
    for path, block, is_led, (opening, closing) in _leaves(section.blocks, (), around):
        pictures = _pictures_among_words(block)
        if is_hosted(block) and not pictures:
            markup, notes = writer.block(block, level)
            yield Hosted(section.id, path, f"{opening}{markup}{closing}", notes, is_led)
        else:
            writer.pass_by(block)
        for number, picture in enumerate(pictures, 1):
            markup = writer.picture(picture)
            yield Hosted(section.id, (*path, -number), f"{opening}{markup}{closing}")
    for child in section.children:
        yield from _section(child, writer, around, level=level + 1)


def _leaves(
    blocks: tuple[Block, ...], path: tuple[int, ...], around: tuple[str, str]
) -> Iterator[tuple[tuple[int, ...], Block, bool, tuple[str, str]]]:
    """Blocks that hold no others, but for paragraphs of text alone; whether each is a table after
    a paragraph or a heading, and what is around it.
    """
    for number, block in enumerate(blocks):
        if is_plain(block):
            continue
        if type(block) is Quote:
            inside = (f'{around[0]}<blockquote class="{block.kind}">', f"</blockquote>{around[1]}")
            yield from _leaves(block.blocks, (*path, number), inside)
        elif type(block) is ListBlock:
            tag = "ol" if block.is_ordered else "ul"
            # The press sets the mark of the item.
            item_start = '<li style="list-style-type: none">'
            inside = (f"{around[0]}<{tag}>{item_start}", f"</li></{tag}>{around[1]}")
            for at, item in enumerate(block.items):
                yield from _leaves(item, (*path, number, at), inside)
        else:
            before = type(blocks[number - 1]) if number > 0 else None
            # The first block of a section stands below its heading.
            is_led = before in {Paragraph, Heading} or (before is None and not path)
            yield (*path, number), block, is_led and type(block) is Table, around


def is_hosted(block: Block) -> bool:
    """Whether the press leaves `block`, no quotation and no list, to WeasyPrint."""
    match block:
        case Table() | Figure():
            return True
        case Paragraph() | Verse() | Heading():
            return any(type(inline) is Image for inline in inlines_of((block,)))
        case _:
            return False


def _pictures_among_words(block: Block) -> tuple[Image, ...]:
    match block:
        case Paragraph(inlines) if holds_pictures(inlines):
            return ()
        case Paragraph() | Verse() | Heading():
            return tuple(one for one in inlines_of((block,)) if type(one) is Image)
        case _:
            return ()


class _Writer:
    """Writes hosted blocks; remembers which notes have been set, here or on the way."""

    def __init__(self, book: Book) -> None:
        self._notes = {note.id: note for note in book.notes}
        self._section_ids = {section.id for _, section in walk(book.sections)}
        self._again = words_for(book.metadata.language).note_above
        self._set: set[str] = set()
        self._here: list[str] = []
        self._medium = Medium(
            note_ref=self._mark,
            link_href=self._link,
            image_src=resource_url,
        )

    def _link(self, href: str) -> str:
        target = link_target(href, self._section_ids)
        # The section is in none of WeasyPrint's pages, and it drops links that lead nowhere.
        return f"book:/in{target}" if target.startswith("#") else target

    def pass_by(self, block: Block) -> None:
        """Note which notes the press sets because of `block`."""
        waiting: list[tuple[Block, ...]] = [(block,)] if self._notes else []
        while waiting:
            for note_id in note_ids(waiting.pop()):
                if note_id in self._notes and note_id not in self._set:
                    self._set.add(note_id)
                    waiting.append(self._notes[note_id].blocks)

    def block(self, block: Block, level: int) -> tuple[str, tuple[str, ...]]:
        """The markup of a block with its notes under it; the ids of these."""
        self._here.clear()
        markup = block_to_xhtml(rewrite_block(block, loosened), self._medium, level=level)
        notes = ""
        # A note may mention another, which then follows.
        for number, note_id in enumerate(self._here, 1):
            notes += self._note(self._notes[note_id], number)
        whole = polished(f"{markup}\n{notes}")
        return in_pieces(whole) if type(block) is Table else whole, tuple(self._here)

    def picture(self, picture: Image) -> str:
        """The markup of a picture alone."""
        return f'<p class="picture-alone">{inlines_to_xhtml((picture,), self._medium)}</p>'

    def _mark(self, note_id: str) -> str:
        if note_id not in self._notes:
            raise ComposeError("E004", note=note_id)
        href = escape_attribute(f"#{NOTE_PREFIX}{note_id}")
        if note_id in self._set:
            return f"<note-mark>{escape(self._again)}</note-mark>"
        self._set.add(note_id)
        self._here.append(note_id)
        return f'<note-mark><a href="{href}">{circled(len(self._here))}</a></note-mark>'

    def _note(self, note: Note, number: int) -> str:
        blocks = (rewrite_block(block, loosened) for block in note.blocks)
        inner = "".join(phrasing(block, self._medium) for block in blocks)
        identity = escape_attribute(NOTE_PREFIX + note.id)
        mark = f"<note-mark>{circled(number)}</note-mark>"
        return f'<book-note id="{identity}">{mark}{inner}</book-note>\n'
