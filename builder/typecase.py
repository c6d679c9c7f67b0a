"""`builder fonts`: which fonts a book's EPUB has or could have, and what none of them can show."""

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from builder.core.book import Metadata
from builder.making import compose_epub
from builder.own_styles import own_styles
from builder.pipeline import BuildOptions, inspect, turn
from builder.settings import font_files, modified_date

if TYPE_CHECKING:
    from builder.fonts import Survey


@dataclass(frozen=True, slots=True)
class Typecase:
    """A book's fonts."""

    metadata: Metadata
    survey: "Survey"


def fonts_of(path: Path, options: BuildOptions) -> Typecase:
    """The fonts of the book at `path`, as its settings ask for them.

    Raises BuilderError as a build does, ConfigError F006 for a font that cannot be used, and
    DependencyError F009 without any Chinese font that may be embedded.
    """
    from builder.fonts import survey

    understood = inspect(path, options)
    source, config = understood.source, understood.config
    book, _, _ = turn(understood)
    choice = config.epub.embed_fonts
    # The sheet of the fonts has its place only in a book that asks for fonts.
    asking = replace(config, epub=replace(config.epub, embed_fonts=choice or True))
    publication = compose_epub(
        book,
        asking,
        modified=modified_date(config, options.environment),
        css=partial(own_styles, source, config),
    )
    return Typecase(book.metadata, survey(publication, choice, font_files(source, config)))
