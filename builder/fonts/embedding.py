"""Fonts into an EPUB: cut down to what the book uses of each, with their licences beside them.

What is embedded is what the style sheets ask for: the finished documents are read under the
finished CSS, and each family named there that may be embedded gets the characters set in it.
A family keeps the name the CSS calls it by, so no sheet has to know that fonts are embedded.
What no family of the text has is marked in the documents (`span.rare`) and drawn by a font
that has it; that holds even where a reader overrules the body's font.

Takes a publication and gives one back; reads font files and writes nothing.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from builder.core.catalogue import say
from builder.core.diagnostic import Diagnostic, warning
from builder.core.publication import FONT_SHEET, Item, Publication
from builder.fonts.cascade import uses_of
from builder.fonts.covering import is_visible, named
from builder.fonts.cutting import cut, whole
from builder.fonts.finding import BOLD, REGULAR, Face
from builder.fonts.licensing import Licence, licence_of, licence_text
from builder.fonts.planning import Plan, Wanted, add_fallbacks, body_rule, planned, rare_plan
from builder.fonts.rare import ideographs_beyond_plane_0, with_rare_marked
from builder.fonts.sheet import font_face, font_sheet
from builder.fonts.shelf import RARE_ONLY, Choice, shelf_of

XHTML = "application/xhtml+xml"
CSS = "text/css"
FOLDER = "fonts"
_NOT_IN_A_NAME = re.compile("[^a-z0-9]+")  # Example: the spaces of "noto serif cjk sc"


@dataclass(frozen=True, slots=True)
class EmbeddedFont:
    """One font inside a book. `families` are its names in the CSS, `characters` what it holds of
    the book; `is_fallback` when it draws what the others lack.
    """

    families: tuple[str, ...]
    is_bold: bool
    is_fallback: bool
    face: Face
    characters: frozenset[str]
    licence: Licence
    href: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Embedded:
    """A publication with its fonts, and the characters that none of them has, sorted."""

    publication: Publication
    fonts: tuple[EmbeddedFont, ...]
    missing: str
    diagnostics: tuple[Diagnostic, ...]


def embed_fonts(
    publication: Publication,
    choice: Choice,
    files: Mapping[str, Path] = MappingProxyType({}),
) -> Embedded:
    """The publication with the fonts that `choice` asks for, as in [epub] embed_fonts.

    `files` are where the font files lie that it names. Diagnostics: F004 characters that no font
    has which may be embedded, F005 and F008 licences; without a choice F007, rare characters that
    e-readers may lack. Raises ConfigError F006, DependencyError F003 and F009 (no font that may be
    embedded has Chinese).
    """
    documents = [item.content for item in publication.manifest if item.media_type == XHTML]
    if not choice:
        rare = ideographs_beyond_plane_0(documents)
        found = (warning("F007", count=len(rare), characters=named(rare)),) if rare else ()
        return Embedded(publication, (), "", found)
    shelf, diagnostics = shelf_of(choice, files, publication.metadata.language)
    sheets = [item.content.decode() for item in publication.manifest if item.media_type == CSS]
    if not isinstance(choice, bool) and RARE_ONLY in choice:
        body, plan = "", rare_plan(uses_of(documents, ()))
    else:
        body, told = body_rule(documents, sheets, shelf)
        diagnostics += told
        own = _with_own_sheet(publication, sheets, body)
        plan = planned(uses_of(documents, own), shelf)
    fallbacks, missing = add_fallbacks(plan, shelf)
    fonts = _cut_all(plan)
    if missing:
        diagnostics += (warning("F004", count=len(missing), characters=named(missing)),)
    marked = "".join(sorted(plan.lacking - set(missing)))
    faces = [
        font_face(family, f"../{font.href}", is_bold=font.is_bold)
        for font in fonts
        for family in font.families
    ]
    css = font_sheet(faces, body, fallbacks)
    return Embedded(_with_fonts(publication, fonts, css, marked), fonts, missing, diagnostics)


def _with_own_sheet(publication: Publication, sheets: list[str], css: str) -> list[str]:
    """The sheets in cascade order, with `css` where the sheet of the fonts stands."""
    hrefs = [item.href for item in publication.manifest if item.media_type == CSS]
    return [css if href == FONT_SHEET else sheet for href, sheet in zip(hrefs, sheets, strict=True)]


def _cut_all(plan: Plan) -> tuple[EmbeddedFont, ...]:
    fonts: list[EmbeddedFont] = []
    taken: set[str] = set()
    for wanted in plan.wanted.values():
        if not wanted.families or not any(map(is_visible, wanted.characters)):
            continue
        licence = licence_of(wanted.face.path, wanted.face.index)
        content = whole(wanted.face) if licence.is_whole_only else _cut(wanted)
        name = _file_name(wanted, taken)
        ending = "otf" if content.startswith(b"OTTO") else "ttf"
        fonts.append(
            EmbeddedFont(
                families=tuple(wanted.families),
                is_bold=wanted.is_bold,
                is_fallback=wanted.is_fallback,
                face=wanted.face,
                characters=frozenset(wanted.characters),
                licence=licence,
                href=f"{FOLDER}/{name}.{ending}",
                content=content,
            )
        )
    return tuple(fonts)


def _cut(wanted: Wanted) -> bytes:
    weight = BOLD if wanted.is_bold else REGULAR
    return cut(wanted.face, wanted.characters, sorted(wanted.languages), weight=weight)


def _file_name(wanted: Wanted, taken: set[str]) -> str:
    """A name in ASCII that no other font of the book has."""
    weight = "-bold" if wanted.is_bold else ""
    stem = _NOT_IN_A_NAME.sub("-", wanted.face.families[0].lower()).strip("-") or "font"
    name, number = f"{stem}{weight}", 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}{weight}"
    taken.add(name)
    return name


def _with_fonts(
    publication: Publication, fonts: tuple[EmbeddedFont, ...], css: str, marked: str
) -> Publication:
    def finished(item: Item) -> Item:
        if item.href == FONT_SHEET:
            return replace(item, content=css.encode())
        if marked and item.media_type == XHTML:
            return replace(item, content=with_rare_marked(item.content, marked))
        return item

    items = tuple(finished(item) for item in publication.manifest)
    return replace(publication, manifest=(*items, *_font_items(fonts), *_licence_items(fonts)))


def _font_items(fonts: tuple[EmbeddedFont, ...]) -> Iterable[Item]:
    for number, font in enumerate(fonts, start=1):
        yield Item(f"font-{number}", font.href, f"font/{font.href[-3:]}", font.content)


def _licence_items(fonts: tuple[EmbeddedFont, ...]) -> Iterable[Item]:
    """One file for the faces of a family, beside them."""
    texts: dict[str, str] = {}
    for font in fonts:
        text = licence_text(
            font.licence,
            font.face.families[0],
            changes="" if font.licence.is_whole_only else say("fonts.changes"),
        )
        texts.setdefault(text, f"{font.href[:-4].removesuffix('-bold')}.LICENCE.txt")
    for number, (text, href) in enumerate(texts.items(), start=1):
        yield Item(f"font-licence-{number}", href, "text/plain", text.encode())
