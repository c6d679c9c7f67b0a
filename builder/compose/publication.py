"""Book → Publication: which files an EPUB has, in which order, and how one gets to them."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from builder.compose.documents import (
    Wrapping,
    cover_page,
    cover_words,
    notes_page,
    text_page,
)
from builder.compose.front_pages import colophon_page, title_page
from builder.compose.identity import accessibility_of, identifier_of
from builder.compose.images import cover_item, image_item, max_side_px, stems_of
from builder.compose.navigation import (
    NCX_HREF,
    NCX_ID,
    contents_of,
    nav_document,
    ncx_document,
)
from builder.compose.page_marks import NO_MARKS, PageMarks, mark_pages
from builder.compose.placement import (
    COLOPHON_HREF,
    COVER_HREF,
    NAV_HREF,
    NOTES_HREF,
    TITLE_PAGE_HREF,
    Placement,
    place,
)
from builder.compose.stylesheets import sheets_of
from builder.compose.words import Words, words_for
from builder.core.book import Asset, Book
from builder.core.config import Config
from builder.core.errors import ComposeError
from builder.core.page_starts import PageStart
from builder.core.publication import Item, Landmark, NavPoint, Publication, SpineItem

XHTML = "application/xhtml+xml"
# Roles that are landmarks by themselves, the first section of each.
_LANDMARK_ROLES = frozenset({"preface", "foreword", "introduction", "afterword"})


def compose(
    book: Book,
    config: Config,
    *,
    modified: str,
    theme_css: str = "",
    user_css: str = "",
    style_files: tuple[Item, ...] = (),
    pages: tuple[PageStart, ...] = (),
) -> Publication:
    """Everything the EPUB of `book` is made of.

    `modified` is UTC, ISO 8601, ending in Z. `theme_css` is the text of the file that [epub]
    theme names, if it is one; `user_css` that of [epub] css, which comes last in the cascade.
    `style_files` are the pictures and fonts that these two name. `pages` are those of the printed edition, as the press tells them.
    Raises ComposeError: E001 unreadable image, E002 image too large, E003 image that is not
    there, E004 note that is not there.
    """
    book, placement = place(book)
    words = words_for(book.metadata.language)
    is_vertical = config.typography.vertical
    sheets = sheets_of(config, theme_css=theme_css, user_css=user_css)
    wrapping = Wrapping(
        language=book.metadata.language,
        stylesheets=tuple(sheet.href for sheet in sheets),
        book_title=book.metadata.title.strip() or words.untitled,
        words=words,
        is_vertical=is_vertical,
    )
    identifier = identifier_of(book.metadata, "vertical" if is_vertical else "horizontal")
    contents = _contents(book, placement, wrapping, config.epub.contents_depth)
    landmarks = _landmarks(placement, words)
    cover, images = _pictures(book, placement, max_side_px(config.epub.device))
    image_hrefs = {name: item.href for name, item in images.items()}
    page_marks = mark_pages(pages, placement)
    texts = _texts(book, placement, wrapping, image_hrefs, page_marks=page_marks)
    nav = nav_document(contents, landmarks, wrapping, pages=page_marks.targets)
    front = (
        Item("cover", COVER_HREF, XHTML, _cover_document(book, cover, wrapping)),
        Item("title-page", TITLE_PAGE_HREF, XHTML, title_page(book.metadata, wrapping)),
        Item("colophon", COLOPHON_HREF, XHTML, colophon_page(book.metadata, wrapping)),
        Item("nav", NAV_HREF, XHTML, nav, ("nav",)),
    )
    ncx = ncx_document(contents, identifier=identifier, wrapping=wrapping, pages=page_marks.targets)
    return Publication(
        metadata=replace(book.metadata, title=wrapping.book_title),
        identifier=identifier,
        modified=modified,
        manifest=(
            *front,
            Item(NCX_ID, NCX_HREF, "application/x-dtbncx+xml", ncx),
            *sheets,
            *style_files,
            *((cover,) if cover else ()),
            *images.values(),
            *texts,
        ),
        spine=tuple(SpineItem(item.id) for item in (*front, *texts)),
        contents=contents,
        landmarks=landmarks,
        pages=page_marks.targets,
        page_source=_page_source(wrapping, config) if page_marks.targets else "",
        direction="rtl" if is_vertical else "ltr",
        cover_id=cover.id if cover else "",
        accessibility=accessibility_of(
            words,
            has_images=bool(images) or cover is not None,
            has_undescribed_images=placement.has_undescribed_images,
            has_pages=bool(page_marks.targets),
            has_readings=any(b"<rt" in item.content for item in texts),
        ),
    )


def _page_source(wrapping: Wrapping, config: Config) -> str:
    """What the printed edition is called, whose page breaks depend on the size of its pages."""
    return f"{wrapping.book_title} (PDF, {config.pdf.device or config.pdf.trim})"


def _contents(
    book: Book, placement: Placement, wrapping: Wrapping, depth: int
) -> tuple[NavPoint, ...]:
    """The contents; a book of one untitled text still has one entry, as the standard asks."""
    contents = contents_of(book.sections, placement.sections, depth=max(1, depth))
    if placement.unreferenced:
        contents += (NavPoint(wrapping.words.notes, NOTES_HREF),)
    return contents or (NavPoint(wrapping.book_title, TITLE_PAGE_HREF),)


def _landmarks(placement: Placement, words: Words) -> tuple[Landmark, ...]:
    """The places that readers offer to go to, in the order of the spine."""
    landmarks = [
        Landmark("cover", words.cover, COVER_HREF),
        Landmark("titlepage", words.title_page, TITLE_PAGE_HREF),
        Landmark("colophon", words.colophon, COLOPHON_HREF),
        Landmark("toc", words.contents, NAV_HREF),
    ]
    titles = {"frontmatter": words.front, "bodymatter": words.start, "backmatter": words.back}
    met: set[str] = set()
    for document in placement.documents:
        section = document.section
        if document.matter not in met:
            landmarks.append(Landmark(document.matter, titles[document.matter], document.href))
        if section.role in _LANDMARK_ROLES - met and section.heading:
            landmarks.append(Landmark(section.role, section.heading, document.href))
        met |= {document.matter, section.role}
    return tuple(landmarks)


def _pictures(
    book: Book, placement: Placement, side_px: int
) -> tuple[Item | None, Mapping[str, Item]]:
    """The cover, and the images that the text shows by asset name."""
    assets: dict[str, Asset] = {asset.name: asset for asset in book.assets}
    for name in sorted(placement.images | ({book.cover} if book.cover else set())):
        if name not in assets:
            raise ComposeError("E003", image=name)
    cover = cover_item(assets[book.cover], side_px=side_px) if book.cover else None
    used = [asset for asset in book.assets if asset.name in placement.images]
    stems = stems_of(asset.name for asset in used)
    return cover, {
        asset.name: image_item(asset, stems[asset.name], side_px=side_px) for asset in used
    }


def _cover_document(book: Book, cover: Item | None, wrapping: Wrapping) -> bytes:
    return cover_page(cover.href, wrapping) if cover else cover_words(book.metadata, wrapping)


def _texts(
    book: Book,
    placement: Placement,
    wrapping: Wrapping,
    images: Mapping[str, str],
    *,
    page_marks: PageMarks,
) -> tuple[Item, ...]:
    notes = {note.id: note for note in book.notes}
    texts = tuple(
        Item(
            f"text-{document.name}",
            document.href,
            XHTML,
            text_page(
                document,
                notes,
                placement,
                wrapping,
                images,
                marks=page_marks.by_href.get(document.href, NO_MARKS),
            ),
        )
        for document in placement.documents
    )
    hrefs = dict.fromkeys(placement.notes[note.id].href for note in placement.unreferenced)
    return texts + tuple(
        Item(
            f"text-{PurePosixPath(href).stem}",
            href,
            XHTML,
            notes_page(href, placement, wrapping, images),
        )
        for href in hrefs
    )
