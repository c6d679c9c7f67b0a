"""Which section goes into which file, and where each section and note can be found.

One file a chapter, since e-readers page by file; a volume without text is a page of its own.
Subchapters stay in the file of their chapter. File names come from a section's own id, so a
chapter inserted later moves no other and reading positions survive a rebuild. A chapter too
long for one file has the others named after the first: ch12.xhtml, ch12-2.xhtml.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from builder.compose.splitting import MAX_BYTES, Part, split, whole
from builder.compose.surveying import survey
from builder.compose.xhtml import Medium, blocks_to_xhtml
from builder.core.book import Block, Book, Note, Section
from builder.core.errors import ComposeError
from builder.core.traversal import walk

TEXT_FOLDER = "text"
COVER_HREF = f"{TEXT_FOLDER}/cover.xhtml"
TITLE_PAGE_HREF = f"{TEXT_FOLDER}/title-page.xhtml"
COLOPHON_HREF = f"{TEXT_FOLDER}/colophon.xhtml"
NAV_HREF = "nav.xhtml"
NOTES_HREF = f"{TEXT_FOLDER}/notes.xhtml"
# What may stand in an id, a file name and a URL alike, on every system.
# Example: ch012, v1.c3. Counter-example: 第一章, note-3 (reserved for notes), page-3, 12.
_SAFE_ID = re.compile(r"(?!note-|ref-|page-)[A-Za-z][A-Za-z0-9._-]{0,59}")
# Files of the package that a section must not take the name of.
_RESERVED = frozenset({"cover", "title-page", "colophon", "notes", "nav", "ncx"})
# Markup as long as that of a file, without its links.
_MEASURING = Medium(
    note_ref=lambda _: "-" * 240,
    link_href=lambda target: target or "-",
    image_src=lambda _: "-" * 80,
    binds_marks=True,
)


@dataclass(frozen=True, slots=True)
class Document:
    """One XHTML file of the text: a section with the sections that stay inside it, or a part.

    `name` is that of the file without folder and suffix. `depth` counts from 0, `matter` says
    where in the book the section stands. `note_ids` are the notes printed at its end, in the
    order of their first mention.
    """

    name: str
    part: Part
    depth: int
    matter: str
    note_ids: tuple[str, ...]

    @property
    def href(self) -> str:
        return f"{TEXT_FOLDER}/{self.name}.xhtml"

    @property
    def section(self) -> Section:
        """The section, or as much of it as this file has."""
        return self.part.section

    @property
    def sections(self) -> tuple[Section, ...]:
        """The section and those that stay inside its file, in reading order."""
        return self.section, *(inner for _, inner in walk(_inside(self.section)))


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
    the package document; `renamed` maps the book's own that could not be used to those in use.
    `unreferenced` are notes that no text mentions; they are printed in files of their own,
    because no character may be lost. `images` are the assets in use.
    """

    documents: tuple[Document, ...]
    sections: Mapping[str, str]
    renamed: Mapping[str, str]
    notes: Mapping[str, NotePlace]
    unreferenced: tuple[Note, ...]
    images: frozenset[str]
    has_undescribed_images: bool


def place(book: Book) -> tuple[Book, Placement]:
    """Plan the files for `book`; the book comes back with ids that are safe and unique.

    Raises ComposeError E004 when the text refers to a note that the book does not have.
    """
    book, renamed = _with_safe_ids(book)
    planning = _Planning(book)
    for matter, outer in (
        ("frontmatter", book.front),
        ("bodymatter", book.body),
        ("backmatter", book.back),
    ):
        for depth, section in _document_roots(outer):
            planning.add(section, depth, matter)
    lost = planning.add_lost_notes()
    sections = planning.sections
    return book, Placement(
        documents=tuple(planning.documents),
        sections={own: sections[safe] for own, safe in renamed.items()} | sections,
        renamed=renamed,
        notes=planning.notes,
        unreferenced=lost,
        images=frozenset(image.asset for image in planning.images),
        has_undescribed_images=any(not image.alt for image in planning.images),
    )


class _Planning:
    """Gives every section its files and every note its place, in reading order."""

    def __init__(self, book: Book) -> None:
        self.documents: list[Document] = []
        self.sections: dict[str, str] = {}
        self.notes: dict[str, NotePlace] = {}
        self._notes = {note.id: note for note in book.notes}
        self._surveys = {note.id: survey(note.blocks) for note in book.notes}
        self.images = [image for found in self._surveys.values() for image in found.images]
        roots = _document_roots(book.sections)
        self._names = {*_RESERVED, *(section.id.lower() for _, section in roots)}

    def add(self, section: Section, depth: int, matter: str) -> None:
        """Plan the file of a section and of those that stay inside it; a long one gets several."""
        inside = _inside(section)
        found = survey(section.blocks, *(child.blocks for _, child in walk(inside)))
        self.images += found.images
        notes = self._new_notes(found.mentions)
        if found.weight + sum(self._surveys[note_id].weight for note_id in notes) <= MAX_BYTES:
            self._add(Document(section.id, whole(section), depth, matter, notes))
            return
        for number, part in enumerate(split(replace(section, children=inside), self._cost), 1):
            name = section.id if number == 1 else _unique(f"{section.id}-{number}", self._names)
            blocks = (inner.blocks for _, inner in walk((part.section,)))
            notes = self._new_notes(survey(*blocks).mentions)
            self._add(Document(name, part, depth, matter, notes))

    def _add(self, document: Document) -> None:
        href, section, begun = document.href, document.section, document.part.continued
        self.documents.append(document)
        if section.id not in begun:
            self.sections[section.id] = href
        for inner in document.sections[1:]:
            if inner.id not in begun:
                self.sections[inner.id] = f"{href}#{inner.id}"
        for number, note_id in enumerate(document.note_ids, start=1):
            self.notes[note_id] = NotePlace(href, f"note-{_safe(note_id)}", number)

    def add_lost_notes(self) -> tuple[Note, ...]:
        """Plan the file of the notes that no text mentions; many get several."""
        lost = tuple(note for note in self._notes.values() if note.id not in self.notes)
        href, size, files = NOTES_HREF, 0, 1
        for number, note in enumerate(lost, start=1):
            found = self._surveys[note.id]
            self._required(found.mentions)
            if size and size + found.weight > MAX_BYTES:
                files += 1
                href, size = f"{TEXT_FOLDER}/{_unique(f'notes-{files}', self._names)}.xhtml", 0
            size += found.weight
            self.notes[note.id] = NotePlace(href, f"note-{_safe(note.id)}", number)
        return lost

    def _new_notes(self, mentions: tuple[str, ...]) -> tuple[str, ...]:
        """The notes mentioned here first, and the notes that those notes mention."""
        found: dict[str, None] = {}
        waiting = self._required(mentions)
        while waiting:
            note_id = waiting.pop(0)
            if note_id not in self.notes and note_id not in found:
                found[note_id] = None
                waiting += self._required(self._surveys[note_id].mentions)
        return tuple(found)

    def _required(self, mentions: tuple[str, ...]) -> list[str]:
        """The notes mentioned, all of which must exist."""
        for note_id in mentions:
            if note_id not in self._notes:
                raise ComposeError("E004", note=note_id)
        return list(mentions)

    def _cost(self, block: Block) -> int:
        """What a block takes in its file, in bytes, the notes that it mentions included, each once."""
        mentions = dict.fromkeys(survey((block,)).mentions)
        notes = (self._notes[note_id].blocks for note_id in mentions)
        return len(blocks_to_xhtml((block, *chain.from_iterable(notes)), _MEASURING).encode())


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
