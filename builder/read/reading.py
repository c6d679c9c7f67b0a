"""A book's files as one manuscript: decoded, evened out, freed of mark-up, joined."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import accumulate

from builder.core.book import Asset
from builder.core.catalogue import say
from builder.core.config import Config
from builder.core.diagnostic import Diagnostic, Location, note, warning
from builder.core.errors import ConfigError, SourceError
from builder.core.manuscript import Manuscript, MarkKind, SourceFile
from builder.core.source import BookSource
from builder.read.amounts import Amounts, refuse_cells, require_few_text_lines
from builder.read.assets import Pictures, read_cover
from builder.read.codings import BROKEN_BYTES
from builder.read.discovery import HTML_SUFFIXES, MARKDOWN_SUFFIXES, setting_location
from builder.read.documents import Document, Library, library_of
from builder.read.encodings import NAMES, SHOWN, Decoded, decode, faults
from builder.read.epub_notes import NotePairs, notes_page
from builder.read.epub_pages import continuing_pages
from builder.read.html_evidence import has_block_tags, kind_of
from builder.read.html_links import Place, linked_places
from builder.read.html_reader import read_html
from builder.read.limits import MAX_FAULTS_LISTED, MAX_LINE_CHARACTERS
from builder.read.markdown_evidence import is_markdown
from builder.read.pages import continuing, page_of, without_repeats
from builder.read.passes import MADE_PAGE, Passed, even_out, join, layer_of, with_removals
from builder.read.places import Places, place_of
from builder.read.plain_titles import with_plain_titles
from builder.read.titles import Titled, with_titles

# More broken bytes than this share of the characters, and the encoding must be another one.
MAX_FAULT_SHARE = 0.1
# Under this confidence the encoding is reported as a guess.
SURE = 0.95
# More changes of encoding in a file than these are not listed one by one.
MAX_STRETCHES_LISTED = 8
# And more books beside the one that is read.
MAX_LEFT_LISTED = 5


@dataclass(frozen=True, slots=True)
class Reading:
    """The manuscript and what there is to say about its files."""

    manuscript: Manuscript
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class DecodedText:
    """A text on its own, without a book: no lone surrogates, no byte order mark."""

    text: str = field(repr=False)
    encoding: str
    diagnostics: tuple[Diagnostic, ...] = ()


def read(source: BookSource, config: Config) -> Reading:
    """The manuscript of a book.

    Raises SourceError (R004 no text, R009 empty, R015 too large, R016 not to be read, R018
    cover, R034 not in the encoding named, R047 an endless line, R050 more than a book holds, and those of
    `select`) and ConfigError (R011 unknown encoding, R012, R013, R017).
    """
    encoding = _codec(source, config)
    library = library_of(source, config)
    documents = library.documents
    amounts = Amounts()
    decoded = tuple(_decoded_file(document, encoding, amounts) for document in documents)
    files = _source_files(documents, decoded)
    found: list[Diagnostic] = [*_left_beside(source, config), *library.diagnostics]
    for file, item in zip(files, decoded, strict=True):
        found.extend(_findings(item, file.path))
    texts = tuple(item.text for item in decoded)
    evened = tuple(
        even_out(item.text, has_faults=item.has_faults, encoding=item.encoding) for item in decoded
    )
    pictures = Pictures(library.find)
    marked = tuple(
        _without_markup(passed.text, document, pictures, found, place, library.pairs, amounts)
        for passed, document, place in zip(
            evened, documents, _places(documents, evened), strict=True
        )
    )
    for passed, document in zip(marked, documents, strict=True):
        _require_lines(passed.text, document.shown)
    require_few_text_lines(
        [passed.text for passed in marked], [document.shown for document in documents]
    )
    plain = tuple(with_plain_titles(passed) for passed in marked)
    named = tuple(
        with_titles(passed, document.titles)
        for passed, document in zip(plain, documents, strict=True)
    )
    found.extend(_lost_titles(named, documents))
    titled = tuple(one.passed for one in named)
    seams = _seams(documents, titled, dict(library.hints).get("title", ""))
    found.extend(_joined_files(documents, seams))
    files = tuple(
        replace(file, continues=goes_on)
        for file, goes_on in zip(files, seams.continues, strict=True)
    )
    found.extend(_empty_files(seams.passes, documents, source))
    found.extend(_lost_links(seams.passes, documents))
    text, joints, marks = join(seams.passes, seams.continues if documents[0].is_page else ())
    layers = (
        layer_of(evened, texts),
        layer_of(marked, tuple(passed.text for passed in evened)),
        layer_of(plain, tuple(passed.text for passed in marked)),
        layer_of(titled, tuple(passed.text for passed in plain)),
        layer_of(seams.passes, tuple(passed.text for passed in titled)),
        joints,
    )
    cover = (read_cover(source, config) or library.cover) if config.cover.own else None
    manuscript = Manuscript(
        decoded="".join(texts),
        text=text,
        files=files,
        layers=tuple(layer for layer in layers if len(layer)),
        marks=marks,
        assets=_assets(pictures, cover),
        cover=cover.name if cover else "",
        hints=_hints(library, marked),
    )
    return Reading(manuscript, tuple(found))


def _left_beside(source: BookSource, config: Config) -> Iterator[Diagnostic]:
    """Books in the book's folder that are no part of it, unless the settings name its files."""
    if source.beside and not config.source.files:
        names = [book.name for book in source.beside]
        shown = ", ".join(names[:MAX_LEFT_LISTED]) + (" …" if len(names) > MAX_LEFT_LISTED else "")
        place = Location(str(source.path))
        yield warning("R045", place, count=len(names), names=shown, folder=str(source.path))


@dataclass(frozen=True, slots=True)
class _Seams:
    """The files once the pages of a chapter fit each other, and which go on with another."""

    passes: tuple[Passed, ...]
    continues: tuple[bool, ...]


def _seams(documents: tuple[Document, ...], passes: tuple[Passed, ...], title: str) -> _Seams:
    if len(documents) < 2 or documents[0].is_page:
        return _Seams(
            tuple(notes_page(passed) for passed in passes),
            continuing_pages(passes, title) if len(documents) > 1 else (False,),
        )
    pages = tuple(
        page_of(document.name, passed.text)
        for document, passed in zip(documents, passes, strict=True)
    )
    continues = continuing(pages)
    rows = without_repeats(passes, pages, continues)
    seamless = tuple(
        with_removals(passed, edits) for passed, edits in zip(passes, rows, strict=True)
    )
    return _Seams(seamless, continues)


def _joined_files(documents: tuple[Document, ...], seams: _Seams) -> list[Diagnostic]:
    """Which files go on with another; a page of an EPUB may hold nothing, or be the first."""
    joined = [
        document.shown
        for document, passed, goes_on in zip(
            documents[1:], seams.passes[1:], seams.continues[1:], strict=True
        )
        if goes_on and passed.text
    ]
    if not joined:
        return []
    names = [shown.replace("\\", "/").rpartition("/")[2] for shown in joined]
    shown = ", ".join(names[:MAX_STRETCHES_LISTED])
    return [note("R033", Location(joined[0]), count=len(names), names=shown)]


def _lost_links(
    passes: tuple[Passed, ...], documents: tuple[Document, ...]
) -> Iterator[Diagnostic]:
    """Links inside an EPUB that lead to a place which the book does not have."""
    marks = [mark for passed in passes for mark in passed.marks]
    places = {f"#{mark.value}" for mark in marks if mark.kind is MarkKind.ANCHOR}
    for passed, document in zip(passes, documents, strict=True):
        lost = [
            mark.value.rpartition("/")[2]
            for mark in passed.marks
            if mark.kind is MarkKind.LINK and mark.value.startswith("#") and places
            if document.is_page
            if mark.value not in places
        ]
        if lost:
            shown = ", ".join(value[:60] for value in lost[:MAX_STRETCHES_LISTED])
            yield note("R044", Location(document.shown), count=len(lost), targets=shown)


def _lost_titles(named: tuple[Titled, ...], documents: tuple[Document, ...]) -> list[Diagnostic]:
    """Titles of an EPUB's contents that have no place in its text."""
    found: list[Diagnostic] = []
    for one, document in zip(named, documents, strict=True):
        if one.lost:
            shown = ", ".join(title.text[:40] for title in one.lost[:MAX_STRETCHES_LISTED])
            place = Location(document.shown)
            found.append(warning("R042", place, count=len(one.lost), titles=shown))
    return found


def _require_lines(text: str, shown: str) -> None:
    """Raise SourceError R047 when a line is longer than any that could be set."""
    start = 0
    while len(text) - start > MAX_LINE_CHARACTERS:
        end = text.rfind("\n", start, start + MAX_LINE_CHARACTERS + 1)
        if end < 0:
            following = text.find("\n", start)
            length = (following if following >= 0 else len(text)) - start
            raise SourceError(
                "R047",
                location=Location(shown, text.count("\n", 0, start) + 1),
                length=f"{length:,}",
                limit=f"{MAX_LINE_CHARACTERS:,}",
            )
        start = end + 1


def _hints(library: Library, passes: tuple[Passed, ...]) -> tuple[tuple[str, str], ...]:
    """What the files say about the book: an EPUB's metadata, or the head of a single page."""
    if library.hints or len(passes) != 1:
        return library.hints
    return passes[0].hints


def decode_bytes(content: bytes, name: str, encoding: str = "") -> DecodedText:
    """One text by itself, such as the one `builder convert` is given.

    Line ends stay as they are. Raises SourceError R004 when it is no text, R034 when it is none
    in the encoding named.
    """
    decoded = _readable(content, name, encoding)
    text = BROKEN_BYTES.sub(
        lambda match: "\N{REPLACEMENT CHARACTER}" * len(match[0]),
        decoded.text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"),
    )
    return DecodedText(text, decoded.encoding, tuple(_findings(decoded, name)))


def _codec(source: BookSource, config: Config) -> str:
    """The codec of `[source] encoding`; empty when it is to be found out."""
    wanted = config.source.encoding.strip().lower().replace("_", "-")
    if not wanted or wanted in NAMES:
        return NAMES.get(wanted, "")
    nearest = difflib.get_close_matches(wanted, NAMES, n=1, cutoff=0.5)
    raise ConfigError(
        "R011",
        location=setting_location(source, "source", "encoding"),
        name=config.source.encoding,
        nearest=nearest[0] if nearest else ", ".join(NAMES),
    )


def _decoded_file(document: Document, encoding: str, amounts: Amounts) -> Decoded:
    amounts.count_encoded(document.content, document.shown)
    decoded = _readable(document.content, document.shown, encoding)
    amounts.count_raw(decoded.text, document.shown)
    return decoded


def _readable(content: bytes, shown: str, encoding: str) -> Decoded:
    """The text of `content`; raises SourceError R004, or R034 when its encoding was named."""
    item = decode(content, encoding)
    if item and not _is_hopeless(item):
        return item
    if not item or not encoding:
        raise SourceError("R004", location=Location(shown))
    found = decode(content)
    is_found = found and found.confidence >= SURE and not _is_hopeless(found)
    raise SourceError(
        "R034",
        location=Location(shown),
        encoding=_shown(encoding),
        percent=round(_broken(item) / len(item.text) * 100),
        advice=say("read.looks_like", encoding=_shown(found.encoding))
        if found and is_found
        else say("read.other_encoding"),
    )


def _is_hopeless(decoded: Decoded) -> bool:
    return _broken(decoded) > max(1, len(decoded.text) * MAX_FAULT_SHARE)


def _broken(decoded: Decoded) -> int:
    """How many bytes of a text could not be read."""
    if not decoded.has_faults:
        return 0
    return sum(len(match[0]) for match in BROKEN_BYTES.finditer(decoded.text))


def _source_files(
    documents: tuple[Document, ...], decoded: tuple[Decoded, ...]
) -> tuple[SourceFile, ...]:
    starts = tuple(accumulate((len(item.text) for item in decoded), initial=0))
    return tuple(
        SourceFile(
            document.shown,
            start,
            start + len(item.text),
            item.encoding,
            item.confidence,
            item.stretches,
            item.originals,
            document.folders,
        )
        for document, item, start in zip(documents, decoded, starts, strict=False)
    )


# --- findings -----------------------------------------------------------------------------


def _findings(decoded: Decoded, path: str) -> list[Diagnostic]:
    """What to say about a file's encoding: a guess, broken bytes, U+FFFD that was there."""
    found: list[Diagnostic] = []
    name = _shown(decoded.encoding)
    if decoded.confidence < SURE:
        percent = round(decoded.confidence * 100)
        found.append(warning("R007", Location(path), encoding=name, percent=percent))
    if decoded.stretches:
        found.append(_mixture(decoded, path))
    listed = 0
    for fault in faults(decoded):
        listed += 1
        if listed <= MAX_FAULTS_LISTED:
            place = place_of(decoded.text, fault.offset, path)
            shown = " ".join(f"0x{byte:02X}" for byte in fault.content[:8])
            found.append(
                warning(
                    "R003",
                    place,
                    bytes=shown,
                    encoding=_shown(fault.encoding),
                    offset=fault.byte_offset,
                )
            )
    if listed > MAX_FAULTS_LISTED:
        found.append(warning("R005", Location(path), count=listed - MAX_FAULTS_LISTED))
    lost = decoded.text.find("\N{REPLACEMENT CHARACTER}")
    if lost >= 0:
        count = decoded.text.count("\N{REPLACEMENT CHARACTER}")
        found.append(note("R006", place_of(decoded.text, lost, path), count=count))
    return found


def _shown(encoding: str) -> str:
    return SHOWN.get(encoding, encoding.upper())


def _mixture(decoded: Decoded, path: str) -> Diagnostic:
    """Which lines of a file are in which encoding."""
    parts = [
        say(
            "read.stretch",
            encoding=_shown(stretch.encoding),
            first=place_of(decoded.text, stretch.start, path).line,
            last=place_of(decoded.text, stretch.end - 1, path).line,
        )
        for stretch in decoded.stretches[:MAX_STRETCHES_LISTED]
    ]
    if len(decoded.stretches) > MAX_STRETCHES_LISTED:
        parts.append("…")
    count = len({stretch.encoding for stretch in decoded.stretches})
    line = place_of(decoded.text, decoded.stretches[1].start, path).line
    return warning("R023", Location(path, line), count=count, where=", ".join(parts))


def _empty_files(
    passes: tuple[Passed, ...], documents: tuple[Document, ...], source: BookSource
) -> list[Diagnostic]:
    empty = [
        document
        for passed, document in zip(passes, documents, strict=True)
        if not passed.text.strip()
    ]
    if len(empty) == len(documents):
        raise SourceError("R009", location=Location(str(source.path)))
    return [
        warning("R010", Location(document.shown))
        for document in empty
        if not document.is_made and not document.is_page
    ]


# --- mark-up ------------------------------------------------------------------------------


def _without_markup(
    text: str,
    document: Document,
    pictures: Pictures,
    found: list[Diagnostic],
    place: Place,
    pairs: NotePairs | None,
    amounts: Amounts,
) -> Passed:
    """The file's text as people read it, by what the name says or, for .txt, by what it holds."""
    if document.is_made:
        return Passed("", ((MADE_PAGE, 0, text, ""),) if text else ())

    places = Places(text, document.shown)

    def take(reference: str, position: int) -> str:
        picture = pictures.take(reference, document.name, places.at(position))
        if picture.diagnostic:
            found.append(picture.diagnostic)
        return picture.name

    suffix = document.suffix
    kind = kind_of(text)
    is_plain = kind == "text" and not document.is_page and suffix not in HTML_SUFFIXES
    if suffix in MARKDOWN_SUFFIXES or (is_plain and is_markdown(text)):
        from builder.read.markdown_parser import TooManyCellsError
        from builder.read.markdown_reader import read_markdown

        amounts.count_markdown(text, document.shown)
        try:
            return read_markdown(text, take, place.name)
        except TooManyCellsError:
            refuse_cells(document.shown)
    if is_plain:
        return Passed(text)
    amounts.count_tags(text, document.shown)
    if document.is_page:
        wanted = frozenset(("", *document.targets, *(title.anchor for title in document.titles)))
        return read_html(text, take, is_page=True, place=document.name, wanted=wanted, pairs=pairs)
    if suffix in HTML_SUFFIXES:
        is_page = kind == "page" or has_block_tags(text)
        return read_html(text, take, is_page=is_page, place=place.name, wanted=place.wanted)
    return read_html(text, take, is_page=kind == "page", place=place.name)


def _places(documents: tuple[Document, ...], passes: tuple[Passed, ...]) -> list[Place]:
    """What each file is called in its notes and links: itself when links lead to it, else a number."""
    linked = linked_places(documents, tuple(passed.text for passed in passes))
    return [
        place or Place(f"note-{number}-", frozenset()) for number, place in enumerate(linked, 1)
    ]


def _assets(pictures: Pictures, cover: Asset | None) -> tuple[Asset, ...]:
    return (*((cover,) if cover else ()), *pictures.assets)
