"""The kinds of input that guided fuzzing grows, and the book each of them stands in."""

from pathlib import PurePosixPath
from random import Random

from tests.fuzz import areas
from tests.fuzz.areas import BY_NAME, Case, beside, epub_with

# What a kind begins with, and the file it stands in: a book's own, or a member of an EPUB.
KINDS: dict[str, tuple[str, str]] = {
    "txt": ("书.txt", areas.CHAPTER),
    "html": ("书.html", areas.PAGE),
    "markdown": ("书.md", areas.MARKDOWN),
    "package": ("OEBPS/a.opf", areas.PACKAGE),
    "navigation": ("OEBPS/nav.xhtml", areas.NAV),
    "page": ("OEBPS/1.xhtml", areas.PAGE),
    "settings": ("book.toml", areas.SETTINGS),
    "plan": ("my.plan", areas.PLAN),
    "rules": ("my.toml", areas.RULES),
    "styles": ("my.css", areas.SHEET),
}


def case_of(kind: str, content: bytes) -> Case:
    """The book in which this content stands."""
    name, _ = KINDS[kind]
    if kind == "styles":
        # Which engine's sheet it is depends on the content alone, so a case can be made again.
        return BY_NAME["styles"].book(content, Random(content))
    if name in {"book.toml", "my.plan", "my.toml"}:
        return Case(beside(**{name: content}), "book")
    if name.startswith("OEBPS/"):
        name, content = "书.epub", epub_with(**{PurePosixPath(name).stem: content})
    return Case(((name, content),), name)
