"""Small publications for the tests of fonts."""

from builder.compose import compose
from builder.core.book import Book, Emphasis, Metadata, Paragraph, Section, Text, Verse
from builder.core.config import Config, EpubConfig, TypographyConfig
from builder.core.publication import Publication
from builder.fonts.shelf import Choice

MODIFIED = "2020-01-01T00:00:00Z"


def publication(
    text: str,
    choice: Choice = True,
    *,
    language: str = "zh-Hans",
    verse: str = "",
    strong: str = "",
    css: str = "",
    theme: str = "plain",
    vertical: bool = False,
) -> Publication:
    """A book of one chapter: a paragraph, perhaps with bold words and a poem."""
    inlines = (Text(text), *((Emphasis((Text(strong),), strong=True),) if strong else ()))
    poem = (Verse(((Text(verse),),)),) if verse else ()
    chapter = Section("chapter", 1, "第一章", "灯下", (Paragraph(inlines), *poem), id="c1")
    book = Book(Metadata("渡口", language), body=(chapter,))
    config = Config(
        epub=EpubConfig(embed_fonts=choice, theme=theme),
        typography=TypographyConfig(vertical=vertical),
    )
    return compose(book, config, modified=MODIFIED, user_css=css)


def content_of(made: Publication, ending: str) -> str:
    """The text of the file whose name ends so."""
    [content] = [item.content for item in made.manifest if item.href.endswith(ending)]
    return content.decode()


def chapter_of(made: Publication) -> str:
    """The XHTML of the last document, which is the chapter."""
    return [item.content for item in made.manifest if item.href.endswith(".xhtml")][-1].decode()
