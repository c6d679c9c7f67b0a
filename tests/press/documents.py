"""Documents for the press: whole books, and single pages of markup."""

from dataclasses import replace
from typing import Any, Protocol

from builder.compose.printed import compose_print
from builder.core.book import Asset, Block, Book, Metadata, Paragraph, Section, Text
from builder.core.config import Config, Engine, PdfConfig, TypographyConfig
from builder.core.publication import PrintDocument
from builder.press import Pressed, press

MODIFIED = "2026-01-05T08:30:00Z"
SENTENCE = (
    "风从江上来，把渡口的灯吹得一明一暗。老船工说：“再等等，总有人要过河的。”"
    "年轻人不说话，只把缆绳又紧了一紧……"
)


def document(
    body: str, *, css: str = "", resources: tuple[Asset, ...] = (), head: str = ""
) -> PrintDocument:
    """One page of markup as a document, without the book around it."""
    return PrintDocument(
        metadata=Metadata("试", "zh-Hans"),
        identifier="urn:test:1",
        modified=MODIFIED,
        html=f'<!DOCTYPE html><html lang="zh-Hans"><head><title>试</title>{head}</head>'
        f"<body>{body}</body></html>",
        stylesheets=(("mine.css", 'html { font-family: "Noto Serif CJK SC" }' + css),),
        resources=resources,
        contents=(),
    )


class PrintBook(Protocol):
    """Prints a book; the fixture `print_book` does so with one engine after the other."""

    def __call__(self, book: Book, *, trim: str = "A5", user_css: str = "") -> Pressed: ...


def print_book(
    book: Book, *, trim: str = "A5", user_css: str = "", engine: Engine = "press"
) -> Pressed:
    css = "mine.css" if user_css else ""
    config = Config(pdf=PdfConfig(trim=trim, css=css, engine=engine))
    return press(compose_print(book, config, modified=MODIFIED, user_css=user_css), config)


def print_columns(book: Book) -> Pressed:
    """The vertical edition of a book."""
    config = Config(pdf=PdfConfig(engine="press"), typography=TypographyConfig(vertical=True))
    return press(compose_print(book, config, modified=MODIFIED), config)


def prose(words: str) -> Paragraph:
    return Paragraph((Text(words),))


def novel(chapters: int = 3, paragraphs: int = 16, language: str = "zh-Hans") -> Book:
    """A plain novel whose chapters run over several pages."""
    return Book(
        Metadata("江上灯火", language),
        body=tuple(
            Section(
                "chapter",
                number,
                f"第{'一二三四五六七八九'[number - 1]}章",
                f"渡口之{number}",
                (
                    *(prose(SENTENCE * (1 + at % 4)) for at in range(paragraphs)),
                    prose(SENTENCE * 24),
                ),
                id=f"ch{number}",
            )
            for number in range(1, chapters + 1)
        ),
    )


def print_on_paper(
    book: Book, *, is_vertical: bool = False, user_css: str = "", **wanted: Any
) -> Pressed:
    """A book as [pdf] wants it: bleed, marks, colour, engine …"""
    config = Config(
        pdf=PdfConfig(css="mine.css" if user_css else "", **wanted),
        typography=TypographyConfig(vertical=is_vertical),
    )
    return press(compose_print(book, config, modified=MODIFIED, user_css=user_css), config)


def with_blocks(*blocks: Block, assets: tuple[Asset, ...] = (), cover: str = "") -> Book:
    """A novel of one chapter that begins with some blocks."""
    book = novel(1, 2)
    [chapter] = book.body
    body = (replace(chapter, blocks=(*blocks, *chapter.blocks)),)
    return replace(book, body=body, assets=assets, cover=cover)
