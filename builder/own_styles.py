"""The style sheets that the settings name, with the pictures and fonts that these name in turn.

A sheet may name files that lie beside it or deeper, inside the book's folder. They go into the
package, and the sheet calls them by their names there: pictures as every e-reader shows them,
fonts whole, because who writes @font-face means that very font.
"""

import mimetypes
import os
import re
from base64 import b64decode, b64encode
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import quote, unquote, unquote_to_bytes

from builder.core.book import Asset
from builder.core.catalogue import say
from builder.core.choices import THEMES
from builder.core.config import Config, Format
from builder.core.diagnostic import Diagnostic, Location, warning
from builder.core.drawing import safe_svg
from builder.core.errors import ComposeError, ConfigError
from builder.core.files import content_of
from builder.core.publication import Item, OwnStyles
from builder.core.source import BookSource
from builder.fonts import NamedFile
from builder.settings import own_text

# Both a picture of the largest e-reader's size and a whole font of 65,535 signs are smaller.
MAX_MIB = 32
_MIB = 1024 * 1024
FOLDER = "styles"
FONT_FOLDER = "fonts"
MAX_TOLD = 80
PRINT_SCHEME = "book:/"  # where the press finds a file
# Example: http://a.cn/b.png, //a.cn/b.png, /etc/b. Counter-example: img/a.png.
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|/|\\", re.IGNORECASE)

# Example: data:image/svg+xml,%3Csvg…. Counter-example: data:image/png;base64,AAAA.
_DATA = re.compile(r"data:\s*image/svg", re.IGNORECASE)


def own_styles(source: BookSource, config: Config, form: Format) -> OwnStyles:
    """What the style sheets say that [epub] theme, when it is a file, and css name, or [pdf] css.

    What is no PDF is made from the EPUB's files. F005 tells of a font that forbids embedding.

    Raises ConfigError B026 when a sheet is not there, not UTF-8 or outside the book's folder,
    B061 when an EPUB cannot hold it or what it names, or a file is too large, B069 when it holds
    more than any book needs.
    """
    if form == "pdf":
        return _for_print(source, config.pdf.css)
    from builder.compose.images import max_side_px

    theme = "" if config.epub.theme in THEMES else config.epub.theme
    packing = _Packing(source, side_px=max_side_px(config.epub.device))
    look = packing.packed("epub.theme", theme)
    sheet = packing.packed("epub.css", config.epub.css)
    return OwnStyles(look, sheet, packing.items, tuple(packing.diagnostics))


def _text(source: BookSource, key: str, name: str) -> str:
    """What the sheet says that the setting `key` names. Raises ConfigError B026 when it cannot be
    read, B069 when it holds more than any book needs.
    """
    from builder.fonts import sheet_excess

    if not name:
        return ""
    path = source.locate(key, name)
    if path is not None and path.is_file() and path.stat().st_size > MAX_MIB * _MIB:
        raise ConfigError("B069", location=Location(name), reason=say("css.large", limit=MAX_MIB))
    sheet = own_text(source, key, name, code="B026")
    if excess := sheet_excess(sheet):
        reason = say(excess.reason, what=excess.what)
        raise ConfigError("B069", location=Location(name, excess.line), reason=reason)
    return sheet


def _for_print(source: BookSource, name: str) -> OwnStyles:
    """A sheet for the PDF, with names that the press serves its files under.

    What is broken, or names no file of the book's, stays as it is: WeasyPrint says so.
    """
    from builder.fonts import quoted, sheet_fault, with_files

    sheet = _text(source, "pdf.css", name)
    if not sheet or sheet_fault(sheet):
        return OwnStyles(sheet=sheet)
    folder = (source.locate("pdf.css", name) or source.root).parent
    met: dict[Path, Item] = {}

    def put(file: NamedFile) -> str:
        address, _, fragment = file.address.partition("#")
        path = _inside(source.root, folder, unquote(address))
        if path is None:
            return f"url({quoted(file.address)}){file.hints}"
        if path not in met:
            content = _bytes(path, Location(name, file.line), file)
            content = content if file.is_font else _bounded(content)
            href = f"css-{len(met) + 1:03}{path.suffix.lower()}"
            media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            met[path] = Item(f"style-{len(met) + 1:03}", href, media_type, content)
        place = f"#{quote(fragment)}" if fragment else ""
        return f'url("{PRINT_SCHEME}{met[path].href}{place}"){file.hints}'

    return OwnStyles(sheet=with_files(sheet, put), files=tuple(met.values()))


class _Packing:
    """The files of a book's own style sheets, each once, in the order in which they are named."""

    def __init__(self, source: BookSource, *, side_px: int) -> None:
        self.diagnostics: list[Diagnostic] = []
        self._source = source
        self._side_px = side_px
        # By where a file lies and whether it is taken for a font; the name of the family where
        # the font forbids embedding.
        self._met: dict[tuple[Path, bool], Item | str] = {}

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(met for met in self._met.values() if isinstance(met, Item))

    def packed(self, key: str, name: str) -> str:
        """The text of the sheet that the setting `key` names, with names of the package."""
        from builder.fonts import sheet_fault, with_files

        sheet = _text(self._source, key, name)
        if not sheet:
            return ""
        if fault := sheet_fault(sheet):
            raise _unfit(Location(name, fault.line), say(fault.reason, what=fault.what))
        path = self._source.locate(key, name) or self._source.root
        return with_files(sheet, partial(self._put, name, path.parent))

    def _put(self, sheet: str, folder: Path, file: NamedFile) -> str:
        """What the sheet says in place of the file's address."""
        from builder.fonts import quoted

        place = Location(sheet, file.line)
        if _DATA.match(file.address):
            return _drawing(place, file)
        address, _, fragment = file.address.partition("#")
        path = _inside(self._source.root, folder, unquote(address))
        if path is None:
            raise _unfit(place, say("css.file", what=file.address))
        met = self._met.get((path, file.is_font))
        if met is None:
            content = _bytes(path, place, file)
            take = self._font if file.is_font else self._picture
            met = self._met[path, file.is_font] = take(path, content, place, file)
        if isinstance(met, str):
            return f"local({quoted(met)})"
        href = met.href.removeprefix(f"{FOLDER}/") + (f"#{quote(fragment)}" if fragment else "")
        return f'url("{href}"){file.hints}'

    def _picture(self, path: Path, content: bytes, place: Location, file: NamedFile) -> Item:
        from builder.compose.images import image_item, safe_stem

        number = len(self._met) + 1
        try:
            stem = f"{number:03}-{safe_stem(path.name)}"
            item = image_item(Asset(path.name, "", content), stem, side_px=self._side_px)
        except ComposeError as problem:
            raise _unfit_file(place, file, problem.message) from problem
        return replace(item, id=f"style-{item.id}", href=f"{FOLDER}/{item.href}")

    def _font(self, path: Path, content: bytes, place: Location, file: NamedFile) -> Item | str:
        from builder.check.font_bytes import is_font
        from builder.compose.images import safe_stem
        from builder.fonts import faces_in, permission

        if content.startswith(b"wOF") or not is_font(content):
            raise _unfit_file(place, file, say("fonts.no_font"))
        [face, *_] = faces_in(path)
        if permission(face) == "forbidden":
            family = " ".join(face.families[0].split())
            self.diagnostics.append(warning("F005", place, font=family))
            return family
        number = len(self._met) + 1
        kind = "otf" if content.startswith(b"OTTO") else "ttf"
        href = f"{FOLDER}/{FONT_FOLDER}/{number:03}-{safe_stem(path.name)}.{kind}"
        return Item(f"style-font-{number:03}", href, f"font/{kind}", content)


def _drawing(place: Location, file: NamedFile) -> str:
    """A drawing that the sheet holds itself, without what in it runs or refers outside."""
    head, _, data = file.address.partition(",")
    try:
        content = unquote_to_bytes(data)
        content = b64decode(content) if head.lower().endswith(";base64") else content
        drawing = _safe_drawing(content)
    except ValueError:
        drawing = b""
    if not drawing:
        raise _unfit(place, say("css.file", what=_short(file.address)))
    return f'url("data:image/svg+xml;base64,{b64encode(drawing).decode()}"){file.hints}'


def _bounded(content: bytes) -> bytes:
    """A picture as it may be shown, none when it is broken or costs too much; anything else as it is."""
    from builder.read.assets import is_sound, media_type_of

    kind = media_type_of(content)
    if kind == "image/svg+xml":
        return _safe_drawing(content)
    return b"" if kind and not is_sound(content) else content


def _safe_drawing(content: bytes) -> bytes:
    from builder.read.assets import pixels_drawn

    drawing = safe_svg(content)
    return drawing if pixels_drawn(drawing) else b""


def _short(address: str) -> str:
    return address if len(address) <= MAX_TOLD else f"{address[:MAX_TOLD]}…"


def _inside(root: Path, folder: Path, name: str) -> Path | None:
    """Where the file lies that a sheet in `folder` names; None when it is not in the book's."""
    if _ELSEWHERE.match(name) or "\0" in name or ".." in Path(name).parts:
        return None
    path = (folder / name).resolve()
    # os.path, because a name too long for the system is no error.
    is_there = path.is_relative_to(root.resolve()) and os.path.isfile(path)  # noqa: PTH113  (see above)
    return path if is_there else None


def _bytes(path: Path, place: Location, file: NamedFile) -> bytes:
    try:
        if path.stat().st_size > MAX_MIB * _MIB:
            raise _unfit_file(place, file, say("css.large", limit=MAX_MIB))
        return content_of(path)
    except OSError as problem:
        raise _unfit_file(place, file, problem.strerror or str(problem)) from problem


def _unfit_file(place: Location, file: NamedFile, reason: str) -> ConfigError:
    return _unfit(place, say("css.unfit", what=file.address, reason=reason))


def _unfit(place: Location, reason: str) -> ConfigError:
    return ConfigError("B061", location=place, reason=reason)
