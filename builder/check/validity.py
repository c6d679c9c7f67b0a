"""What validators do not see in an EPUB, or see but readers need said more plainly.

Tried with deliberate faults: a missing page progression passes every validator, garbage font
bytes pass EPUBCheck. `--` in a comment, a missing language and an image without a source are
what Send-to-Kindle answers with E999.
"""

import re
from collections.abc import Iterator

from builder.check.font_bytes import is_font
from builder.check.package import DC, OPF, Element, Package, resolve
from builder.core.diagnostic import Diagnostic, error, warning

XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_FONT_TYPES = re.compile(r"font/|application/(?:font-|x-font-|vnd\.ms-opentype)")
# Example: -epub-writing-mode: vertical-rl. Counter-example: writing-mode: horizontal-tb.
_VERTICAL = re.compile(rb"writing-mode\s*:\s*(?:vertical-rl|tb-rl)")
_COMMENT = re.compile(rb"<!--(.*?)(?:-->|(?P<open>\Z))", re.DOTALL)
# Example: https://a.cn, mailto:a@b.c. Counter-example: text/ch1.xhtml#p3.
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def faults(package: Package) -> Iterator[Diagnostic]:
    """K101 to K109, in the order of their codes."""
    for name, line, column, reason in package.broken:
        yield error("K101", package.location(name, line, column), reason=reason)
    yield from _direction(package)
    yield from _fonts(package)
    yield from _links(package)
    yield from _cover(package)
    yield from _ways_in(package)
    yield from _language(package)
    yield from _comments(package)
    yield from _images(package)


def is_vertical(package: Package) -> bool:
    """Whether a style sheet or a document sets its text in columns from right to left."""
    return any(
        _VERTICAL.search(package.files.get(item.name, b""))
        for item in package.items
        if item.media_type == "text/css" or item.name in package.documents
    )


def _direction(package: Package) -> Iterator[Diagnostic]:
    spine = package.opf.find(f"{OPF}spine")
    direction = "" if spine is None else spine.get("page-progression-direction", "")
    if direction != "rtl" and is_vertical(package):
        yield error("K102", package.location(package.opf_name))


def _fonts(package: Package) -> Iterator[Diagnostic]:
    # Obfuscated fonts do not look like fonts; the container says which those are.
    encrypted = package.files.get("META-INF/encryption.xml", b"").decode("utf-8", "replace")
    for item in package.items:
        if not _FONT_TYPES.match(item.media_type) or item.name in encrypted:
            continue
        if not is_font(package.files.get(item.name, b"")):
            yield error("K103", package.location(item.name))


def _links(package: Package) -> Iterator[Diagnostic]:
    ids = {
        name: {element.get("id") for element in document.iter()}
        for name, document in package.documents.items()
    }
    for name, document in package.documents.items():
        for link in document.iter(f"{XHTML}a"):
            href = link.get("href", "")
            if not href or _ABSOLUTE.match(href):
                continue
            target, fragment = resolve(href, name)
            is_there = target in package.files
            if not is_there or (fragment and target in ids and fragment not in ids[target]):
                yield error("K104", package.location(name), href=href)


def _cover(package: Package) -> Iterator[Diagnostic]:
    covers = [item.name for item in package.with_property("cover-image")]
    if not any(package.files.get(name) for name in covers):
        yield warning("K105", package.location(package.opf_name))


def _ways_in(package: Package) -> Iterator[Diagnostic]:
    navs: dict[str, Element] = {}
    for item in package.with_property("nav"):
        document = package.documents.get(item.name)
        if document is not None:
            for element in document.iter(f"{XHTML}nav"):
                navs.setdefault(element.get(EPUB_TYPE, ""), element)
    for kind in ("toc", "landmarks"):
        nav = navs.get(kind)
        if nav is None or nav.find(f".//{XHTML}a") is None:
            say = error if kind == "toc" else warning
            yield say("K106", package.location(package.opf_name), kind=kind)


def _language(package: Package) -> Iterator[Diagnostic]:
    languages = [(element.text or "").strip() for element in package.opf.iter(f"{DC}language")]
    if not any(languages):
        yield error("K107", package.location(package.opf_name))
    for name, document in package.documents.items():
        if not document.get(XML_LANG):
            yield error("K107", package.location(name))


def _comments(package: Package) -> Iterator[Diagnostic]:
    # XML forbids `--` in a comment, so such a file is no XML and only its bytes can be asked.
    for name in [name for name, *_ in package.broken]:
        content = package.files[name]
        for comment in _COMMENT.finditer(content):
            if comment["open"] is not None:
                break
            if b"--" in comment[1] or comment[1].endswith(b"-"):
                line = content.count(b"\n", 0, comment.start()) + 1
                yield error("K108", package.location(name, line))


def _images(package: Package) -> Iterator[Diagnostic]:
    for name, document in package.documents.items():
        for image in document.iter(f"{XHTML}img"):
            source = image.get("src", "")
            is_inside = bool(source) and not _ABSOLUTE.match(source)
            if not source or (is_inside and resolve(source, name)[0] not in package.files):
                yield error("K109", package.location(name), source=source)
