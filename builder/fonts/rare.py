"""Characters that few fonts have, and how a document says which font draws them.

The fonts of e-readers reach as far as GBK or GB 18030's first version: the twenty-one thousand
ideographs of Unicode 1. What was added later shows as a box on many of them.
"""

import re
from collections.abc import Iterable

from builder.fonts.covering import is_visible

# Extension A, compatibility ideographs (twelve of them are characters of their own), the
# supplementary planes of ideographs, and the private use areas, where scans keep what Unicode
# lacks. Example: 㐀 𠮷. Counter-example: 吉.
RARE = re.compile(
    "[\u3400-\u4dbf\u9fa6-\u9fff\ue000-\uf8ff\ufa0e-\ufa29\U00020000-\U0003ffff\U000f0000-\U0010fffd]"
)
# The same for UTF-8 bytes, planes 2 and 3 only, which are found at the speed of memchr.
# Example: F0 A0 AE B7 (𠮷). Counter-example: F0 9F 98 80 (an emoji).
_PLANES_2_AND_3 = re.compile(rb"\xf0[\xa0-\xbf][\x80-\xbf][\x80-\xbf]")
# Example: <p class="a">. A document of ours writes > in an attribute's value as &gt;.
_TAG = r"<[^<>]*+>"
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_BODY = b"<body"
CLASS = "rare"
# Colour drawings that every reading system brings: Example: 😀. Counter-example: 𠮷.
_EMOJI = re.compile("[\u2600-\u27bf\U0001f000-\U0001faff]")


def rare_in(characters: Iterable[str]) -> str:
    """Which of the characters are rare, sorted."""
    return "".join(sorted(set(RARE.findall("".join(characters)))))


def ideographs_beyond_plane_0(documents: Iterable[bytes]) -> str:
    """The ideographs of planes 2 and 3 in UTF-8 documents, sorted."""
    found: set[bytes] = set()
    for content in documents:
        found.update(_PLANES_2_AND_3.findall(content))
    return "".join(sorted(one.decode() for one in found))


def needs_a_font(character: str) -> bool:
    """Whether a book should bring a font for a character that its fonts lack."""
    return is_visible(character) and not _EMOJI.match(character)


def with_rare_marked(content: bytes, characters: str) -> bytes:
    """An XHTML document in which each run of `characters` is a `span` of class `rare`.

    Only what the body says is marked, never an attribute, and not a character's text is changed.
    """
    start = content.find(_BODY)
    if not characters or start < 0:
        return content
    body = content[start:].decode()
    wanted = re.compile(f"({_TAG})|((?:[{re.escape(characters)}][{_SELECTORS}]?)+)")
    marked = wanted.sub(lambda found: found[1] or f'<span class="{CLASS}">{found[2]}</span>', body)
    return content if marked == body else content[:start] + marked.encode()
