"""SVG drawings made safe: nothing runs, nothing is fetched, nothing leads out of the book.

A drawing is written anew from what is left, so two readers cannot disagree on what it says.
What goes: scripts and handlers, animation (it can change a link after all), foreign mark-up,
whatever is not of SVG's own vocabulary, and every reference that is not into the drawing itself
or to picture data inside it.
Source: W3C, SVG 2, Secure static mode; EPUB 3.3, SVG content documents.
"""

import re
import sys
from base64 import b64decode
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from builder.core.drawing_work import is_endless, local, style_of
from builder.core.xml_text import xml_escaped, xml_quoted

SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_PREFIXES = {"": "", f"{{{_XLINK}": "xlink:", f"{{{_XML}": "xml:"}
_HREFS = frozenset({"href", f"{{{_XLINK}}}href"})
_OTHER_ATTRIBUTES = frozenset({f"{{{_XML}}}space", f"{{{_XML}}}lang"})
_DROPPED = frozenset(
    {
        "script", "handler", "listener", "foreignObject", "iframe", "audio", "video", "canvas",
        "animate", "animateColor", "animateMotion", "animateTransform", "set", "discard",
        "metadata", "unknown",
    }
)  # fmt: skip
# One that nobody closes goes to the end, as in CSS.
# Example: url(https://a.b/c), url('x.svg#a'). Counter-example: url(#a), url("#a").
_URL_OUT = re.compile(r"""url\(\s*+["']?(?!\s*["']?#)[^)]*+(?:\)|\Z)""", re.IGNORECASE)
# Example: @import "a.css";. Counter-example: @media print.
_IMPORT = re.compile(r"@import[^;]*;?", re.IGNORECASE)
# One inside of a word was put there to be taken out.
# Example: @imp@import x;ort "a". Counter-example: */@import "a", ;@import "a".
_IMPORT_IN_WORD = re.compile(r"[^\s;}/]@import", re.IGNORECASE)
# Example: data:image/png;base64,AAAA. Counter-example: data:image/svg+xml,…, data:text/html,….
_PICTURE_DATA = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,([A-Za-z0-9+/=\s]*)")
# What takes an address as a bare string, too. Example: image-set("a.png" 1x), src("a.png").
# Counter-example: scale(1).
_BY_STRING_OUT = re.compile(r"(?:image-set|image|src|cross-fade)\(", re.IGNORECASE)
# What names something, inside or outside; a name made of escapes cannot be judged by its letters.
# Example: url(, @import. Counter-example: "\201C".
_NAMING = re.compile(r"url\(|@import|(?:image-set|image|src|cross-fade)\(", re.IGNORECASE)
# Example: \75, \000075 , \u. Counter-example: u.
_ESCAPED = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|(.))", re.IGNORECASE | re.DOTALL)
MAX_DEPTH = 200


def safe_svg(content: bytes) -> bytes:
    """The drawing without anything that runs or refers outside; empty when it is no drawing.

    Entities are not expanded: a drawing that declares some is refused.
    """
    root = _root(content)
    if root is None:
        return b""
    has_namespace = root.tag.startswith("{")
    waiting = [root]
    while waiting:
        element = waiting.pop()
        _clean(element)
        if not has_namespace:
            element.tag = f"{{{SVG}}}{element.tag}"
        kept = [child for child in element if _is_kept(child, has_namespace=has_namespace)]
        kept = [child for child in kept if not _is_picture_elsewhere(child)]
        element[:] = kept
        waiting += kept
    head = '<?xml version="1.0" encoding="utf-8"?>\n'
    return (head + "".join(_written(root, is_root=True))).encode()


def _root(content: bytes) -> ET.Element | None:
    """The drawing's element; None when it is no drawing, declares entities, goes too deep, or
    has no end to be painted to.
    """
    if b"<!ENTITY" in content or b"<\0!\0E\0N\0T" in content:
        return None
    try:
        # Entities are refused above, and expat fetches nothing by itself.
        root = ET.fromstring(content)  # noqa: S314  (see above)
    except (ET.ParseError, ValueError, LookupError):
        return None
    is_drawing = local(root.tag) == "svg" and _depth(root) <= MAX_DEPTH
    return root if is_drawing and not is_endless(root) else None


def asked_outside(content: bytes) -> tuple[str, ...]:
    """What a drawing asks for that lies outside of it, each once, in its order; `safe_svg` leaves
    all of it out. Links that a reader may follow ask for nothing by themselves.
    """
    root = _root(content)
    asked: dict[str, None] = {}
    for element in () if root is None else root.iter():
        is_link = local(str(element.tag)) == "a"
        for name, value in element.attrib.items():
            if name in _HREFS or name == "src":
                if not is_link and value.strip() and not _stays_inside(value):
                    asked[value] = None
            else:
                if _BY_STRING_OUT.search(value) or _is_disguised(value):
                    asked[value] = None
                asked |= dict.fromkeys(found[0] for found in _URL_OUT.finditer(value))
        if local(str(element.tag)) == "style":
            asked |= dict.fromkeys(_asked_by_style(style_of(element)))
    return tuple(asked)


def pictures_in(content: bytes) -> Iterator[bytes]:
    """The pictures that a drawing made safe holds itself, one for each place that shows it."""
    root = _root(content)
    for element in () if root is None else root.iter():
        for name in _HREFS:
            if data := _PICTURE_DATA.fullmatch(element.get(name, "").strip()):
                yield _decoded(data[1])


def _decoded(data: str) -> bytes:
    """The bytes of a picture's data; none when it is broken."""
    try:
        return b64decode(data)
    except ValueError:
        return b""


def _asked_by_style(style: str) -> Iterator[str]:
    if _is_disguised(style) or _BY_STRING_OUT.search(style):
        yield style.strip()
        return
    for found in _IMPORT.finditer(style):
        yield found[0]
    for found in _URL_OUT.finditer(_IMPORT.sub(" ", style)):
        yield found[0]


def _is_kept(element: ET.Element, *, has_namespace: bool) -> bool:
    if local(element.tag) in _DROPPED:
        return False
    return element.tag.startswith(f"{{{SVG}}}") or not has_namespace


def _is_picture_elsewhere(element: ET.Element) -> bool:
    """Whether an element stands for a picture or a part that the drawing does not hold itself."""
    if local(element.tag) not in {"image", "use", "feImage"}:
        return False
    return not any(_stays_inside(element.get(name, "")) for name in _HREFS)


def _written(element: ET.Element, *, is_root: bool = False) -> Iterator[str]:
    """The element as XML with SVG's own names bare, as the simplest of readers expect them."""
    tag = local(element.tag)
    yield f"<{tag}"
    if is_root:
        yield f' xmlns="{SVG}" xmlns:xlink="{_XLINK}"'
    for name, value in element.attrib.items():
        space, _, bare = name.rpartition("}")
        yield f" {_PREFIXES[space]}{bare}={xml_quoted(value)}"
    if not len(element) and not element.text:
        yield "/>"
        return
    yield f">{xml_escaped(element.text or '')}"
    for child in element:
        yield from _written(child)
        yield xml_escaped(child.tail or "")
    yield f"</{tag}>"


def _clean(element: ET.Element) -> None:
    """Take away what runs or refers outside from one element, its children apart."""
    for name, value in list(element.attrib.items()):
        is_foreign = name.startswith("{") and name not in _HREFS | _OTHER_ATTRIBUTES
        is_handler = name.lower().startswith("on")
        is_reference = name in _HREFS or name == "src"
        if (
            is_foreign
            or is_handler
            or (is_reference and not _stays_inside(value))
            or (not is_reference and _leads_out(value))
        ):
            del element.attrib[name]
    if local(element.tag) == "style":
        element.text = _safe_style(style_of(element))
        element[:] = []


def _safe_style(style: str) -> str:
    """A style without what leads out; what is taken away leaves a space, so that no two parts
    that stood apart make a name together.
    """
    if _is_disguised(style) or _BY_STRING_OUT.search(style) or _IMPORT_IN_WORD.search(style):
        return ""
    return _URL_OUT.sub(" none ", _IMPORT.sub(" ", style))


def _is_disguised(style: str) -> bool:
    """Whether what has escapes names something, once they are read."""
    if "\\" not in style:
        return False
    return bool(_NAMING.search(_ESCAPED.sub(_unescaped, style)))


def _unescaped(escape: re.Match[str]) -> str:
    number = int(escape[1], 16) if escape[1] else 0
    return escape[2] or (chr(number) if number <= sys.maxunicode else "")


def _stays_inside(reference: str) -> bool:
    reference = reference.strip()
    return reference.startswith("#") or bool(_PICTURE_DATA.fullmatch(reference))


def _leads_out(value: str) -> bool:
    lowered = value.lower()
    if "javascript:" in lowered or _URL_OUT.search(value):
        return True
    return bool(_BY_STRING_OUT.search(value)) or _is_disguised(value)


def _depth(root: ET.Element) -> int:
    """How deep elements nest, counted level by level."""
    depth, level = 0, [root]
    while level and depth <= MAX_DEPTH:
        depth += 1
        level = [child for element in level for child in element]
    return depth
