"""Which notes some blocks refer to, also through other notes, and which nobody does."""

from collections.abc import Mapping

from builder.core.book import Block, Book, Note
from builder.core.traversal import note_ids, walk


def notes_behind(blocks: tuple[Block, ...], notes: Mapping[str, Note]) -> tuple[Note, ...]:
    """The notes that `blocks` refer to and those that these refer to, each once, in order."""
    found: dict[str, Note] = {}
    waiting = list(note_ids(blocks))
    while waiting:
        identity = waiting.pop(0)
        if identity in notes and identity not in found:
            found[identity] = notes[identity]
            waiting.extend(note_ids(notes[identity].blocks))
    return tuple(found.values())


def unreferred(book: Book) -> tuple[Note, ...]:
    """The notes that no section refers to."""
    notes = {note.id: note for note in book.notes}
    met = {
        note.id
        for _, section in walk(book.sections)
        for note in notes_behind(section.blocks, notes)
    }
    return tuple(note for note in book.notes if note.id not in met)
