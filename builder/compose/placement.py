"""Which section goes into which file, and where each section and note can be found.

One file a chapter, since e-readers page by file; a volume without text is a page of its own.
Subchapters stay in the file of their chapter. File names come from a section's own id, so a
chapter inserted later moves no other and reading positions survive a rebuild.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from builder.core.book import Block, Book, Image, Note, Section
from builder.core.errors import ComposeError
from builder.core.traversal import inlines_of, note_ids, walk

TEXT_FOLDER = "text"
NOTES_HREF = f"{TEXT_FOLDER}/notes.xhtml"
# What may stand in an id, a file name and a URL alike, on every system.
# Example: ch012, v1.c3. Counter-example: 第一章, note-3 (reserved for notes), 12.
_SAFE_ID = re.compile(r"(?!note-|ref-)[A-Za-z][A-Za-z0-9._-]{0,59}")
# Files of the package that a section must not take the name of.
_RESERVED = frozenset({"cover", "title-page", "notes", "nav", "ncx"})


@dataclass(frozen=True, slots=True)
class Document:
    """One XHTML file of the text: a section with the sections that stay inside it.

    `depth` counts from 0, `part` says where in the book the section stands. `note_ids` are
    the notes printed at its end, in the order of their first mention.
    """

    href: str
    section: Section
    depth: int
    part: str
    note_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotePlace:
    """Where a note is printed: the file, its id there and the number it bears."""

    href: str
    anchor: str
    number: int


@dataclass(frozen=True, slots=True)
class Placement:
    """The files of the text in reading order, and the way to each section and note.

    `sections` maps section ids, the book's own as well as those in use, to hrefs relative to
    the package document. `unreferenced` are notes that no text mentions; they are printed in
    a file of their own, because no character may be lost. `images` are the assets in use.
    """

    documents: tuple[Document, ...]
    sections: Mapping[str, str]
    notes: Mapping[str, NotePlace]
    unreferenced: tuple[Note, ...]
    images: frozenset[str]
    has_undescribed_images: bool


def place(book: Book) -> tuple[Book, Placement]:
    """Plan the files for `book`; the book comes back with ids that are safe and unique.

    Raises ComposeError E004 when the text refers to a note that the book does not have.
    """
    book, renamed = _with_safe_ids(book)
    notes_by_id = {note.id: note for note in book.notes}
    documents: list[Document] = []
    sections: dict[str, str] = {}
    notes: dict[str, NotePlace] = {}
    for part, outer in (
        ("frontmatter", book.front),
        ("bodymatter", book.body),
        ("backmatter", book.back),
    ):
        for depth, section in _document_roots(outer):
            href = f"{TEXT_FOLDER}/{section.id}.xhtml"
            own = _new_notes(_blocks_inside(section), notes_by_id, notes)
            for number, note_id in enumerate(own, start=1):
                notes[note_id] = NotePlace(href, f"note-{_safe(note_id)}", number)
            documents.append(Document(href, section, depth, part, own))
            sections[section.id] = href
            for _, inner in walk(_inside(section)):
                sections[inner.id] = f"{href}#{inner.id}"
    sections = {own: sections[safe] for own, safe in renamed.items()} | sections
    lost = tuple(note for note in book.notes if note.id not in notes)
    for number, note in enumerate(lost, start=1):
        _require_notes(note.blocks, notes_by_id)
        notes[note.id] = NotePlace(NOTES_HREF, f"note-{_safe(note.id)}", number)
    images = tuple(_images(book))
    return book, Placement(
        documents=tuple(documents),
        sections=sections,
        notes=notes,
        unreferenced=lost,
        images=frozenset(image.asset for image in images),
        has_undescribed_images=any(not image.alt for image in images),
    )


def _with_safe_ids(book: Book) -> tuple[Book, dict[str, str]]:
    """`book` with safe, unique section ids, and the new id of every id that had to change."""
    taken = set(_RESERVED)
    renamed: dict[str, str] = {}

    def rename(section: Section) -> Section:
        safe = _unique(_safe(section.id), taken)
        if section.id and safe != section.id:
            renamed.setdefault(section.id, safe)
        return replace(
            section, id=safe, children=tuple(rename(child) for child in section.children)
        )

    return replace(
        book,
        front=tuple(rename(section) for section in book.front),
        body=tuple(rename(section) for section in book.body),
        back=tuple(rename(section) for section in book.back),
    ), renamed


def _safe(identity: str) -> str:
    """`identity` itself if it can be a file name, else a digest of it that can."""
    if _SAFE_ID.fullmatch(identity):
        return identity
    return "s" + hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _unique(identity: str, taken: set[str]) -> str:
    """`identity`, numbered if need be; case does not tell names apart on every system."""
    candidate, count = identity, 1
    while candidate.lower() in taken:
        count += 1
        candidate = f"{identity}-{count}"
    taken.add(candidate.lower())
    return candidate


def _document_roots(sections: tuple[Section, ...], depth: int = 0) -> Iterator[tuple[int, Section]]:
    """The sections that get a file of their own, in reading order, with their depth."""
    for section in sections:
        yield depth, section
        if not stays_whole(section):
            yield from _document_roots(section.children, depth + 1)


def stays_whole(section: Section) -> bool:
    """Whether a section's children stay in its file: if all that is below it are subchapters."""
    return all(inner.role == "subchapter" for _, inner in walk(section.children))


def _inside(section: Section) -> tuple[Section, ...]:
    return section.children if stays_whole(section) else ()


def _blocks_inside(section: Section) -> tuple[Block, ...]:
    inner = tuple(block for _, child in walk(_inside(section)) for block in child.blocks)
    return section.blocks + inner


def _new_notes(
    blocks: tuple[Block, ...], by_id: Mapping[str, Note], placed: Mapping[str, NotePlace]
) -> tuple[str, ...]:
    """The notes that these blocks mention first, and the notes that those notes mention."""
    found: dict[str, None] = {}
    waiting = _require_notes(blocks, by_id)
    while waiting:
        note_id = waiting.pop(0)
        if note_id not in placed and note_id not in found:
            found[note_id] = None
            waiting.extend(_require_notes(by_id[note_id].blocks, by_id))
    return tuple(found)


def _require_notes(blocks: tuple[Block, ...], by_id: Mapping[str, Note]) -> list[str]:
    """The ids of the notes that these blocks mention, all of which must exist."""
    mentioned = list(note_ids(blocks))
    for note_id in mentioned:
        if note_id not in by_id:
            raise ComposeError("E004", note=note_id)
    return mentioned


def _images(book: Book) -> Iterator[Image]:
    blocks = [section.blocks for _, section in walk(book.sections)]
    blocks += [note.blocks for note in book.notes]
    for some in blocks:
        for inline in inlines_of(some):
            if isinstance(inline, Image):
                yield inline
