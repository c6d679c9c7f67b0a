"""One book a volume: `[structure] split = "volume"`.

The books together hold what the whole held: what stands before the first volume goes with the
first, what follows the last with the last, and a section between two volumes with the one
before it.
"""

from dataclasses import replace

from builder.core.book import Book, Section, Series
from builder.core.traversal import note_ids, walk

VOLUME_ROLES = frozenset({"volume", "part"})


def split_volumes(book: Book) -> tuple[Book, ...]:
    """The book's volumes as books of their own; the book itself when it has fewer than two.

    Each is titled 书名 第一卷 风起, numbered in a series that is the book's own or bears its
    title, and has no identifier, so that every volume gets one of its own.
    """
    starts = [at for at, section in enumerate(book.body) if section.role in VOLUME_ROLES]
    if len(starts) < 2:
        return (book,)
    ends = [*starts[1:], len(book.body)]
    starts[0] = 0
    groups = [book.body[start:end] for start, end in zip(starts, ends, strict=True)]
    last = len(groups) - 1
    return tuple(
        _volume(
            book,
            group,
            front=book.front if at == 0 else (),
            back=book.back if at == last else (),
            number=at + 1,
        )
        for at, group in enumerate(groups)
    )


def _volume(
    book: Book,
    body: tuple[Section, ...],
    *,
    front: tuple[Section, ...],
    back: tuple[Section, ...],
    number: int,
) -> Book:
    heading = next(section.heading for section in body if section.role in VOLUME_ROLES)
    file_as = book.metadata.file_as
    metadata = replace(
        book.metadata,
        title=f"{book.metadata.title} {heading}".rstrip(),
        series=Series((book.metadata.series or Series(book.metadata.title)).name, float(number)),
        identifier="",
        isbn="",
        file_as=f"{file_as} {number:02}" if file_as else "",
    )
    sections = front + body + back
    mentioned = {note_id for _, section in walk(sections) for note_id in note_ids(section.blocks)}
    elsewhere = {
        note_id for _, section in walk(book.sections) for note_id in note_ids(section.blocks)
    }
    # A note that nothing mentions stays with the first volume: no character is lost.
    notes = tuple(
        note
        for note in book.notes
        if note.id in mentioned or (number == 1 and note.id not in elsewhere)
    )
    return replace(book, metadata=metadata, front=front, body=body, back=back, notes=notes)
