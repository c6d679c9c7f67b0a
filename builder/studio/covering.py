"""Covers to choose from: the book's own picture, and every design with its title and author.

They are drawn in a child process, once for what they show, and lie beside the book:

    covers/own.jpg, given.jpg       the book's own, and one that was given here, small
    covers/<what they show>/*.jpg   a picture a design

The page asks for them under that name, so that a browser keeps them.
"""

import hashlib
import json
import re
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from builder.core.book import Book, Creator, Metadata, Series
from builder.core.config import Config
from builder.core.diagnostic import Location
from builder.core.errors import SourceError
from builder.core.files import write_whole
from builder.core.source import BookSource
from builder.settings import VERTICAL_THEME
from builder.studio.desk import ANALYSIS, GLOSSARY, Draft

ABOUT, COVERS = "about.json", "covers.json"
# A picture for the cover; larger is none that a book shows.
MOST_COVER_BYTES = 20_000_000
_FOLDER = "covers"
_KEPT = 2
_VERSION = re.compile("[0-9a-f]{16}")
_OWN, _GIVEN = "own.jpg", "given.jpg"
_UPLOADED = "own-cover"
_ENDINGS = {
    "image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp",
}  # fmt: skip
# What of a book stands on its cover, or decides how that is drawn.
_WORDS = ("title", "subtitle", "creators", "publisher", "series", "subjects", "language")
_SETTINGS = ("convert.to", "cover.colour", "cover.writing")


@dataclass(frozen=True, slots=True)
class Covers:
    """What there is to choose from. `suits` is the design that the book gets by itself, `version`
    the name of the pictures. `own` is whether the book has a picture of its own; `shown` names
    its small copy, "" when that cannot be shown; `is_given` says that it came from here.
    """

    version: str
    suits: str
    own: bool
    shown: str
    is_given: bool


# --- in the server --------------------------------------------------------------------------


def version_of(draft: Draft) -> str:
    """What the pictures show, as a name: it changes with what is told of the book."""
    told = hashlib.sha256(json.dumps(_shown(draft), default=str).encode())
    glossary = draft.source / GLOSSARY
    told.update(glossary.read_bytes() if glossary.is_file() else b"")
    if own := _uploaded(draft):
        told.update(f"{own.name} {own.stat().st_mtime_ns}".encode())
    return told.hexdigest()[:16]


def covers_of(draft: Draft) -> Covers | None:
    """The covers that were drawn; None when they show what the book was before."""
    noted = draft.noted(COVERS) or {}
    version = version_of(draft)
    if noted.get("version") != version or not (_place(draft) / version).is_dir():
        return None
    given = bool(_uploaded(draft))
    has_own = given or bool((draft.noted(ABOUT) or {}).get("cover"))
    name = _GIVEN if given else _OWN
    shown = name if has_own and (_place(draft) / name).is_file() else ""
    return Covers(version, str(noted["suits"]), has_own, Path(shown).stem, given)


def picture_of(draft: Draft, version: str, name: str) -> Path | None:
    """A picture by its address; None when there is none (any more)."""
    if not _VERSION.fullmatch(version):
        return None
    places = (*(_place(draft) / version).glob("*.jpg"), *_place(draft).glob("*.jpg"))
    return next((path for path in places if path.stem == name), None)


def give_cover(draft: Draft, content: bytes) -> None:
    """Take a picture for the book's cover. Raises SourceError R018 when it is none by its first
    bytes; whether it is sound is found out when it is drawn.
    """
    from builder.read.assets import media_type_of

    ending = _ENDINGS.get(media_type_of(content))
    if not ending:
        raise SourceError("R018")
    take_cover(draft)
    name = f"{_UPLOADED}{ending}"
    write_whole(draft.source / name, content)
    draft.keep({**draft.settings(), "book.cover": name, "cover.own": None})


def take_cover(draft: Draft) -> None:
    """Take away the picture that was given."""
    if path := _uploaded(draft):
        draft.keep({**draft.settings(), "book.cover": None})
        path.unlink(missing_ok=True)


def _shown(draft: Draft) -> list[object]:
    """What the covers show: the same, whether it was read or has been chosen."""
    settings, noted = draft.settings(), draft.noted(ABOUT) or {}
    read = noted.get("metadata") or _told(draft)
    words: dict[str, Any] = {
        word: settings.get(f"book.{word}") or read.get(word) for word in _WORDS
    }
    words["creators"] = [_creator(one) for one in words["creators"] or ()]
    is_vertical = bool(settings.get("typography.vertical")) or (
        settings.get("epub.theme") == VERTICAL_THEME
    )
    return [words, [settings.get(key) for key in _SETTINGS], is_vertical, noted.get("cover", "")]


def _creator(told: Any) -> tuple[str, str]:
    """Who, and as what, as the settings say it or as it was read."""
    if isinstance(told, str):
        return told, "aut"
    return str(told.get("name", "")), str(told.get("role", "aut"))


def _uploaded(draft: Draft) -> Path | None:
    named = str(draft.settings().get("book.cover", ""))
    path = draft.source / named
    return path if Path(named).stem == _UPLOADED and path.is_file() else None


def _place(draft: Draft) -> Path:
    return draft.folder / _FOLDER


# --- in the child process -------------------------------------------------------------------


def keep_about(draft: Draft, book: Book) -> None:
    """Keep what was read of the book, and its own cover, for when covers are drawn."""
    own = next((asset.content for asset in book.assets if asset.name == book.cover), b"")
    seen = hashlib.sha256(own).hexdigest()[:16] if own else ""
    draft.note(ABOUT, {"metadata": asdict(book.metadata), "cover": seen})
    _show(own, _place(draft) / _OWN)


def draw_covers(draft: Draft) -> dict[str, object]:
    """Draw the covers of a book. Raises SourceError R018 when a picture that was given is not
    sound, DependencyError F001 without a Chinese font.
    """
    from builder.covers import draw_miniatures
    from builder.pipeline import BuildOptions
    from builder.read.assets import cover_asset
    from builder.settings import settle

    version = version_of(draft)
    source, config = settle(draft.source, BuildOptions())
    if given := _uploaded(draft):
        content = given.read_bytes()
        cover_asset(content, Location(given.name))
        _show(content, _place(draft) / _GIVEN)
    named = _about(draft, config)
    drawn = draw_miniatures(
        _turned(named, source, config),
        config.cover,
        named=named,
        vertical=config.typography.vertical,
    )
    # The last ones stay for a page that still shows them.
    drawn_before = [path for path in _place(draft).glob("*") if _VERSION.fullmatch(path.name)]
    drawn_before.sort(key=lambda path: path.stat().st_mtime_ns)
    for old in drawn_before[:-_KEPT]:
        shutil.rmtree(old, ignore_errors=True)
    for name, picture in drawn.pictures:
        write_whole(_place(draft) / version / f"{name}.jpg", picture)
    return {"version": version, "suits": drawn.suits}


def _about(draft: Draft, config: Config) -> Metadata:
    """What was read of the book, under what is chosen now."""
    noted = draft.noted(ABOUT)
    read = noted["metadata"] if noted else _told(draft)
    read["creators"] = tuple(Creator(**one) for one in read["creators"])
    read["series"] = Series(**read["series"]) if read["series"] else None
    read["subjects"] = tuple(read["subjects"])
    chosen = {key: value for key in _WORDS if (value := getattr(config.book, key))}
    return Metadata(**(read | chosen))


def _told(draft: Draft) -> dict[str, Any]:
    """What the page knows of a book that was read before covers were shown."""
    known = draft.noted(ANALYSIS) or {}
    return {
        "title": known.get("title", draft.name),
        "language": known.get("language", "zh-Hans"),
        "creators": [{"name": name} for name in known.get("creators", ())],
        "series": None,
        "subjects": (),
    }


def _turned(named: Metadata, source: BookSource, config: Config) -> Metadata:
    """The same in the script that is chosen."""
    from builder.convert import convert
    from builder.settings import glossary_files, target_in

    target = target_in(config)
    if target is None:
        return named
    return convert(Book(named), target, *glossary_files(source, config)).book.metadata


def _show(picture: bytes, place: Path) -> None:
    """Put a small copy of a picture at `place`; none of one that cannot be drawn (SVG)."""
    from builder.covers import miniature

    try:
        write_whole(place, miniature(picture))
    # Pillow's decoders raise what they like.
    except Exception:  # noqa: BLE001  (see above; the choice is then shown without a picture)
        place.unlink(missing_ok=True)
