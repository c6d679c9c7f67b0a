"""What one e-reader would reject in an EPUB that every validator lets pass.

The limits are those of `core.devices`. What Send-to-Kindle answers with E999 comes first; three
of its causes are faults anywhere and have their codes in `validity` (K107, K108, K109).
"""

import re
from collections.abc import Iterator

from builder.check.package import OPF, ManifestItem, Package, resolve
from builder.check.pictures import is_animated, picture_size, picture_type
from builder.check.validity import EPUB_TYPE, XHTML, faults, is_vertical
from builder.core.devices import MB, Device
from builder.core.diagnostic import Diagnostic, error, note, warning

# Codes of `validity` that make Send-to-Kindle refuse a book.
REFUSED_BY_STRICT = frozenset({"K107", "K108", "K109"})
# A mail carries a file as base64: four letters for three bytes, and line ends.
MAIL_GROWTH = 1.37
# The other sides of a screen that a picture may be larger than it: one may look closer.
MOST_SCREENS = 2
DISPLAY_OPTIONS = "META-INF/com.apple.ibooks.display-options.xml"
NCX = "application/x-dtbncx+xml"
_FONT_STARTS = {b"wOFF": "woff", b"wOF2": "woff2", b"OTTO": "otf"}
_FONT_TYPES = re.compile(r"font/|application/(?:font-|x-font-|vnd\.ms-opentype)")
# A rule that sets a writing mode, and what it holds for.
# Example: div.note { writing-mode: horizontal-tb }. Counter-example: p { margin: 0 }.
_WRITING_MODE = re.compile(r"(?<![\w-])writing-mode\s*+:")
_BRACES = re.compile("([{}])")
# A comment; one that nobody ends goes to the end of the sheet.
_CSS_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_WHOLE_PAGE = re.compile(r"(?:html|body|:root)(?:[.:\[#][^\s>+~]*)?")


def rejections(package: Package, device: Device, *, size_bytes: int) -> Iterator[Diagnostic]:
    """K131 to K144; `size_bytes` is the size of the whole file."""
    software = device.software
    if software.is_strict:
        yield from _links_to_bodies(package)
    yield from _sizes(package, device, size_bytes)
    for item in package.items:
        content = package.files.get(item.name, b"")
        if item.media_type.startswith("image/"):
            yield from _picture(package, device, item, content)
        elif _FONT_TYPES.match(item.media_type):
            found = _FONT_STARTS.get(content[:4], "ttf")
            if found not in software.fonts:
                yield warning("K137", package.location(item.name), kind=found, device=device.name)
    yield from _layout(package, device)
    yield from _scripts(package)
    yield from _engine(package, device)


def refusals(package: Package, device: Device, *, size_bytes: int) -> Iterator[Diagnostic]:
    """`rejections`, and those faults for which the device's maker refuses the whole book."""
    if device.software.is_strict:
        yield from (fault for fault in faults(package) if fault.code in REFUSED_BY_STRICT)
    yield from rejections(package, device, size_bytes=size_bytes)


def _links_to_bodies(package: Package) -> Iterator[Diagnostic]:
    bodies = {
        (name, identity)
        for name, document in package.documents.items()
        for body in document.iter(f"{XHTML}body")
        if (identity := body.get("id"))
    }
    for name, document in package.documents.items():
        for link in document.iter(f"{XHTML}a"):
            href = link.get("href", "")
            if "#" in href and resolve(href, name) in bodies:
                yield error("K131", package.location(name), href=href)


def _sizes(package: Package, device: Device, size_bytes: int) -> Iterator[Diagnostic]:
    software, place = device.software, package.location("")
    for service, size, limit in (
        ("mail", int(size_bytes * MAIL_GROWTH), software.mail_bytes),
        ("web", size_bytes, software.web_bytes),
    ):
        if limit and size > limit:
            megabytes = f"{size / MB:.0f}"
            yield warning("K132", place, service=service, size=megabytes, limit=limit // MB)
    for name in package.documents:
        size = len(package.files[name])
        if software.file_bytes and size > software.file_bytes:
            limit = software.file_bytes // MB
            yield error(
                "K133",
                package.location(name),
                size=f"{size / MB:.0f}",
                limit=limit,
                device=device.name,
            )


def _picture(
    package: Package, device: Device, item: ManifestItem, content: bytes
) -> Iterator[Diagnostic]:
    software, screen = device.software, device.screen
    place = package.location(item.name)
    found = picture_type(content) or item.media_type
    if content and found not in software.images:
        yield error("K134", place, kind=found, device=device.name)
    if is_animated(content) and not software.has_animation:
        yield warning("K135", place, device=device.name)
    width, height = picture_size(content)
    is_large = max(width, height) > MOST_SCREENS * screen.height_px
    if is_large or (software.image_bytes and len(content) > software.image_bytes):
        yield warning(
            "K136",
            place,
            width=width,
            height=height,
            size=f"{len(content) / MB:.1f}",
            device=device.name,
            screen=f"{screen.width_px} × {screen.height_px}",
        )


def _layout(package: Package, device: Device) -> Iterator[Diagnostic]:
    if not device.software.has_vertical and is_vertical(package):
        yield warning("K138", package.location(package.opf_name), device=device.name)
    if device.family == "apple-books":
        if not any(item.media_type == NCX for item in package.items):
            yield warning("K139", package.location(package.opf_name))
        yield from _unused_fonts(package)
        yield from _writing_modes(package)
    if not device.software.has_nested_contents and _is_nested(package):
        yield note("K141", package.location(package.opf_name), device=device.name)


def _unused_fonts(package: Package) -> Iterator[Diagnostic]:
    """Fonts that nothing tells Apple Books to use (Apple Books Asset Guide 5.2, Fonts)."""
    has_fonts = any(_FONT_TYPES.match(item.media_type) for item in package.items)
    is_told = DISPLAY_OPTIONS in package.files or any(
        meta.get("property") == "ibooks:specified-fonts" and meta.text == "true"
        for meta in package.opf.iter(f"{OPF}meta")
    )
    if has_fonts and not is_told:
        yield warning("K144", package.location(package.opf_name))


def _writing_modes(package: Package) -> Iterator[Diagnostic]:
    """Rules that set a writing mode for a part of a page only."""
    for item in package.items:
        if item.media_type != "text/css":
            continue
        css = _CSS_COMMENT.sub("", package.files.get(item.name, b"").decode("utf-8", "replace"))
        for selector in _with_writing_mode(css):
            selectors = [one.strip() for one in selector.rpartition(";")[2].split(",")]
            parts = [one for one in selectors if not _WHOLE_PAGE.fullmatch(one)]
            if parts:
                yield note("K140", package.location(item.name), selector=parts[0])


def _with_writing_mode(css: str) -> Iterator[str]:
    """What stands before each block of declarations that sets a writing mode."""
    before, brace = "", ""
    for piece in _BRACES.split(css):
        if piece in ("{", "}"):
            brace = piece
            continue
        if brace == "{" and _WRITING_MODE.search(piece):
            yield before
        before = piece


def _is_nested(package: Package) -> bool:
    return any(
        nav.get(EPUB_TYPE) == "toc" and nav.find(f".//{XHTML}ol//{XHTML}ol") is not None
        for item in package.with_property("nav")
        if (document := package.documents.get(item.name)) is not None
        for nav in document.iter(f"{XHTML}nav")
    )


def _scripts(package: Package) -> Iterator[Diagnostic]:
    for name, document in package.documents.items():
        if any(True for _ in document.iter(f"{XHTML}script")):
            yield warning("K142", package.location(name))


def _engine(package: Package, device: Device) -> Iterator[Diagnostic]:
    is_kepub = any(
        "koboSpan" in span.get("class", "").split()
        for name in package.spine
        if name in package.documents
        for span in package.documents[name].iter(f"{XHTML}span")
    )
    if is_kepub != (device.software.book_format == "kepub"):
        wanted = device.software.book_format
        yield note("K143", package.location(""), device=device.name, wanted=wanted)
