"""What drawings, formulas and embedded things leave in a book: a picture, or words.

A book shows pictures in files and text; nothing is drawn or run. A cover in <svg> is a picture
with a frame around it; a formula has its letters; a film may say in words what it shows.
"""

import re
from collections.abc import Iterator
from html import unescape

from builder.read.html_tokens import attributes

_PICTURE = re.compile(r"<(?:image|img)\s(?P<rest>[^<>]{1,2000})>", re.IGNORECASE)
_START = re.compile(r"<[a-z]++(?P<rest>[^<>]{0,2000})>", re.IGNORECASE)
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-z:\-]*+)[^<>]*+>", re.IGNORECASE)
# What nobody sees. Example: <annotation>x^2</annotation>.
_UNSEEN = frozenset(("annotation", "annotation-xml", "style", "script", "defs", "metadata"))
# Fallbacks of these say no more than that a program cannot play them.
_PLAYED = frozenset(("audio", "video", "canvas", "iframe"))


def drawing_of(name: str, source: str) -> tuple[str, str]:
    """The picture an element shows, and its words; either may be empty. `source` is all of it."""
    start = _START.match(source)
    own = attributes(start["rest"]) if start else {}
    if name in _PLAYED:
        return "", ""
    if name == "math":
        return "", _words(own.get("alttext", "")) or _words("".join(_seen(source)))
    pictures = [attributes(match["rest"]) for match in _PICTURE.finditer(source)]
    if name == "object" and own.get("type", "").startswith("image/"):
        pictures.insert(0, {"src": own.get("data", "")})
    reference = next((one for found in pictures if (one := _reference(found))), "")
    said = next((found["alt"] for found in pictures if found.get("alt")), "")
    return reference, _words(said) or _words(" ".join(_seen(source)))


def _reference(found: dict[str, str]) -> str:
    return (found.get("src") or found.get("xlink:href") or found.get("href", "")).strip()


def _words(text: str) -> str:
    return " ".join(unescape(text).split())


def _seen(source: str) -> Iterator[str]:
    """The texts between the tags, but for those that nobody sees."""
    position, hidden = 0, ""
    for match in _TAG.finditer(source):
        if not hidden:
            yield source[position : match.start()]
        position = match.end()
        name = match["name"].lower()
        if match["close"]:
            hidden = "" if name == hidden else hidden
        elif not hidden and name in _UNSEEN and not match[0].endswith("/>"):
            hidden = name
