"""Which fonts a book has, would have, and could have; and which characters nothing can show.

The answer of `builder fonts`. What is embedded comes from embedding itself, so that the answer
and the book cannot differ; beside it stand the Chinese fonts of this machine.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from types import MappingProxyType

from builder.core.diagnostic import Diagnostic
from builder.core.publication import Publication
from builder.fonts.covering import covered, is_visible
from builder.fonts.embedding import XHTML, EmbeddedFont, embed_fonts
from builder.fonts.families import families_for
from builder.fonts.finding import REGULAR, Face, installed_faces
from builder.fonts.licensing import Licence, licence_of
from builder.fonts.shelf import Choice

# Example: <p class="line">. Counter-example: 1 < 2 (written &lt; in a document).
_TAG = re.compile(r"<[^<>]*+>")
# Example: <title>第一章</title>.
_TITLE = re.compile(r"<title>([^<]*)</title>")
_HAN = re.compile(r"[\u4e00-\u9fff]")
# A font with less of a book's Chinese characters is no font to set the book in.
CHINESE_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Choosable:
    """An installed family, and how many of the book's characters its regular face has."""

    family: str
    face: Face
    covers: int
    lacks: str
    licence: Licence


@dataclass(frozen=True, slots=True)
class Missing:
    """A character that no font has: how often it stands in the book, and where first."""

    character: str
    times: int
    first_in: str


@dataclass(frozen=True, slots=True)
class Survey:
    """`characters` are all that the book shows, sorted. `fonts` are those inside the book, or,
    when it asks for none, those that `true` would put there. `others` cover most of it, too.
    """

    characters: str
    is_embedded: bool
    fonts: tuple[EmbeddedFont, ...]
    others: tuple[Choosable, ...]
    missing: tuple[Missing, ...]
    diagnostics: tuple[Diagnostic, ...]


def survey(
    publication: Publication,
    choice: Choice,
    files: Mapping[str, Path] = MappingProxyType({}),
) -> Survey:
    """The fonts of a publication that has a place for their sheet, and none in it yet.

    Raises what `embed_fonts` raises.
    """
    texts = [_text_of(item.content) for item in publication.manifest if item.media_type == XHTML]
    everything = {character for _, text in texts for character in set(text)}
    characters = "".join(sorted(filter(is_visible, everything)))
    embedded = embed_fonts(publication, choice or True, files)
    inside = {(font.face.path, font.face.index) for font in embedded.fonts}
    others = _others(characters, inside, publication.metadata.language)
    return Survey(
        characters=characters,
        is_embedded=bool(choice),
        fonts=embedded.fonts,
        others=others,
        missing=tuple(_missing(character, texts) for character in embedded.missing),
        diagnostics=embedded.diagnostics,
    )


def _text_of(content: bytes) -> tuple[str, str]:
    """A document's title and its text, mark-up left out."""
    head, _, body = content.decode().partition("<body")
    title = _TITLE.search(head)
    text = unescape(_TAG.sub("", f"<body{body}"))
    return unescape(title[1]) if title else "", text


def _others(
    characters: str, inside: Iterable[tuple[Path, int]], language: str
) -> tuple[Choosable, ...]:
    """The regular faces that have most of the book's Chinese, the fullest first.

    Of equals those come first that are made for the book's language.
    """
    wanted = families_for(language)
    own = {*wanted.serif, *wanted.kai, *wanted.sans}
    chinese = set(_HAN.findall(characters))
    found: dict[str, Choosable] = {}
    for face in installed_faces():
        if face.weight != REGULAR or face.slant or (face.path, face.index) in inside:
            continue
        here = covered(characters, face)
        if len(chinese & here) > CHINESE_SHARE * len(chinese):
            lacks = "".join(sorted(set(characters) - here))
            licence = licence_of(face.path, face.index)
            one = Choosable(face.families[0], face, len(here), lacks, licence)
            found.setdefault(one.family, one)
    return tuple(
        sorted(found.values(), key=lambda one: (-one.covers, one.family not in own, one.family))
    )


def _missing(character: str, texts: list[tuple[str, str]]) -> Missing:
    times = sum(text.count(character) for _, text in texts)
    return Missing(character, times, next(title for title, text in texts if character in text))
