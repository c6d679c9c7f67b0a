"""Book → Publication: which files an EPUB has, in which order, and how one gets to them."""

from collections.abc import Mapping
from dataclasses import replace

from builder.compose.documents import (
    COVER_HREF,
    STYLESHEETS,
    TITLE_PAGE_HREF,
    Wrapping,
    cover_page,
    cover_words,
    notes_page,
    text_page,
    title_page,
)
from builder.compose.identity import accessibility_of, identifier_of
from builder.compose.images import cover_item, image_item
from builder.compose.navigation import (
    NAV_HREF,
    NCX_HREF,
    NCX_ID,
    contents_of,
    nav_document,
    ncx_document,
)
from builder.compose.placement import NOTES_HREF, Placement, place
from builder.compose.words import Words, words_for
from builder.core.book import Asset, Book
from builder.core.config import Config
from builder.core.errors import ComposeError
from builder.core.files import style
from builder.core.publication import Item, Landmark, NavPoint, Publication, SpineItem

XHTML = "application/xhtml+xml"
USER_STYLESHEET = "styles/user.css"


def compose(book: Book, config: Config, *, modified: str, user_css: str = "") -> Publication:
    """Everything the EPUB of `book` is made of.

    `modified` is UTC, ISO 8601, ending in Z. `user_css` is the text of the style sheet that
    [epub] css names; it comes last in the cascade.
    Raises ComposeError: E001 unreadable image, E002 image too large, E003 image that is not
    there, E004 note that is not there.
    """
    book, placement = place(book)
    words = words_for(book.metadata.language)
    wrapping = Wrapping(
        language=book.metadata.language,
        stylesheets=(*STYLESHEETS, USER_STYLESHEET) if user_css else STYLESHEETS,
        book_title=book.metadata.title.strip() or words.untitled,
        words=words,
    )
    identifier = identifier_of(book.metadata)
    contents = _contents(book, placement, wrapping, config.epub.contents_depth)
    landmarks = _landmarks(placement, words)
    cover, images = _pictures(book, placement)
    image_hrefs = {name: item.href for name, item in images.items()}
    texts = _texts(book, placement, wrapping, image_hrefs)
    front = (
        Item("cover", COVER_HREF, XHTML, _cover_document(book, cover, wrapping)),
        Item("title-page", TITLE_PAGE_HREF, XHTML, title_page(book.metadata, wrapping)),
        Item("nav", NAV_HREF, XHTML, nav_document(contents, landmarks, wrapping), ("nav",)),
    )
    ncx = ncx_document(
        contents, identifier=identifier, title=wrapping.book_title, language=wrapping.language
    )
    return Publication(
        metadata=replace(book.metadata, title=wrapping.book_title),
        identifier=identifier,
        modified=modified,
        manifest=(
            *front,
            Item(NCX_ID, NCX_HREF, "application/x-dtbncx+xml", ncx),
            *_stylesheets(user_css),
            *((cover,) if cover else ()),
            *images.values(),
            *texts,
        ),
        spine=tuple(SpineItem(item.id) for item in (*front, *texts)),
        contents=contents,
        landmarks=landmarks,
        cover_id=cover.id if cover else "",
        accessibility=accessibility_of(
            words,
            has_images=bool(images) or cover is not None,
            has_undescribed_images=placement.has_undescribed_images,
        ),
    )


def _contents(
    book: Book, placement: Placement, wrapping: Wrapping, depth: int
) -> tuple[NavPoint, ...]:
    """The contents; a book of one untitled text still has one entry, as the standard asks."""
    contents = contents_of(book.sections, placement.sections, depth=max(1, depth))
    if placement.unreferenced:
        contents += (NavPoint(wrapping.words.notes, NOTES_HREF),)
    return contents or (NavPoint(wrapping.book_title, TITLE_PAGE_HREF),)


def _landmarks(placement: Placement, words: Words) -> tuple[Landmark, ...]:
    starts = {document.part: document.href for document in reversed(placement.documents)}
    candidates = (
        Landmark("cover", words.cover, COVER_HREF),
        Landmark("titlepage", words.title_page, TITLE_PAGE_HREF),
        Landmark("toc", words.contents, NAV_HREF),
        Landmark("bodymatter", words.start, starts.get("bodymatter", "")),
        Landmark("backmatter", words.back, starts.get("backmatter", "")),
    )
    return tuple(landmark for landmark in candidates if landmark.href)


def _pictures(book: Book, placement: Placement) -> tuple[Item | None, Mapping[str, Item]]:
    """The cover, and the images that the text shows by asset name."""
    assets: dict[str, Asset] = {asset.name: asset for asset in book.assets}
    for name in sorted(placement.images | ({book.cover} if book.cover else set())):
        if name not in assets:
            raise ComposeError("E003", image=name)
    cover = cover_item(assets[book.cover]) if book.cover else None
    used = [asset for asset in book.assets if asset.name in placement.images]
    return cover, {asset.name: image_item(asset, n) for n, asset in enumerate(used, start=1)}


def _cover_document(book: Book, cover: Item | None, wrapping: Wrapping) -> bytes:
    return cover_page(cover.href, wrapping) if cover else cover_words(book.metadata, wrapping)


def _texts(
    book: Book, placement: Placement, wrapping: Wrapping, images: Mapping[str, str]
) -> tuple[Item, ...]:
    notes = {note.id: note for note in book.notes}
    texts = tuple(
        Item(
            f"text-{document.section.id}",
            document.href,
            XHTML,
            text_page(document, notes, placement, wrapping, images),
        )
        for document in placement.documents
    )
    if not placement.unreferenced:
        return texts
    page = notes_page(placement, wrapping, images)
    return (*texts, Item("text-notes", NOTES_HREF, XHTML, page))


def _stylesheets(user_css: str) -> tuple[Item, ...]:
    sheets = [(name, style(name.removeprefix("styles/"))) for name in STYLESHEETS]
    if user_css:
        sheets.append((USER_STYLESHEET, user_css))
    return tuple(
        Item(f"style-{number}", href, "text/css", css.encode())
        for number, (href, css) in enumerate(sheets, start=1)
    )
