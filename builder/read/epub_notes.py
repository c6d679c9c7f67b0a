"""Notes of older EPUBs: nothing says that they are notes, but mark and note link to each other.

<a id="r1" href="#n1">[1]</a> in a sentence, <p><a id="n1" href="#r1">[1]</a> …</p> further on, on
the same page or another. Two links that point at each other, each showing no more than a
number, are a note's two ends; the one that comes first in the book is its mark.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import unescape

from builder.read.html_notes import NUMBER, note_id
from builder.read.html_tokens import attributes

# A link with the id that stands on it or right before it.
# Example: <sup id="r1"><a href="#n1">[1]</a></sup>.
_LINK = re.compile(
    r"""(?:\bid\s*=\s*["'](?P<near>[^"'<>]{1,200})["'][^<>]*>\s*(?:<(?!a\s|/)[^<>]{0,200}>\s*){0,2})?
        <a\s(?P<rest>[^<>]{1,600})>(?P<inside>(?:[^<]|<(?!/?a[\s>])){0,80})</a>""",
    re.VERBOSE | re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class NotePairs:
    """`marks` are the notes that marks point to; `ways_back` leads from a mark to its note."""

    marks: frozenset[str] = frozenset()
    ways_back: Mapping[str, str] = field(default_factory=dict)


def note_pairs(pages: Iterable[tuple[str, str]]) -> NotePairs:
    """The notes of a book; `pages` are names and sources in reading order."""
    places: dict[str, tuple[int, str]] = {}
    for name, source in pages:
        for match in _LINK.finditer(source) if "<a " in source else ():
            found = attributes(match["rest"])
            own = found.get("id") or found.get("name") or match["near"]
            shown = unescape(_TAG.sub("", match["inside"])).strip()
            if own and "#" in found.get("href", "") and NUMBER.fullmatch(shown):
                places.setdefault(f"{name}#{own}", (len(places), note_id(name, found["href"])))
    marks: set[str] = set()
    ways_back: dict[str, str] = {}
    for here, (order, there) in places.items():
        if there in places and places[there][1] == here and order < places[there][0]:
            marks.add(there)
            ways_back[here] = there
    return NotePairs(frozenset(marks), ways_back)
