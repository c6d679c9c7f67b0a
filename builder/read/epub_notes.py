"""Notes of older EPUBs: nothing says that they are notes, but mark and note link to each other.

<a id="r1" href="#n1">[1]</a> in a sentence, <p><a id="n1" href="#r1">[1]</a> …</p> further on, on
the same page or another. Two links that point at each other, each showing no more than a
number, are a note's two ends; the one that comes first in the book is its mark. In pandoc's
books an arrow at the end of the note leads back, and the note is known by its id.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from html import unescape

from builder.core.manuscript import Mark, MarkKind
from builder.read.html_notes import NUMBER, note_id
from builder.read.html_tokens import attributes
from builder.read.passes import EditRow, Passed, with_removals

# A link with the id that stands on it or right before it.
# Examples: <sup id="r1"><a href="#n1">[1]</a></sup>, <a id="r1"></a><a href="#n1">[1]</a>.
_LINK = re.compile(
    r"""(?:\bid\s{0,9}=\s{0,9}["'](?P<near>[^"'<>]{1,200})["'][^<>]{0,600}+>\s*+(?:<(?!a\s|/)[^<>]{0,200}>\s*+){0,2}+)?
        <a\s(?P<rest>[^<>]{1,600})>(?P<inside>(?:[^<]|<(?!/?a[\s>])){0,80})</a>""",
    re.VERBOSE | re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]*>")
# What leads back from the end of a note. Example: <a href="#fnref1">↩︎</a>.
_ARROW = re.compile(r"[↩↑^←⏎]\ufe0e?")
NOTES_HEADING = "R132"
_LINE = re.compile(r"[^\n]+\n*")
# A line that is a note of its own. Examples: [2] 帆布, ② 帆布, 3. 帆布. Counter-example: 3 月.
_NUMBERED = re.compile(r"[\[［(（〔【]?[0-9]{1,4}[\]］)）〕】.．、]|[①-⑳㉑-㉟㊱-㊿]")
# A line that is prose and no label. Counter-examples: 第一章　雪夜, 注释.
_PROSE = re.compile(r"[。！？…”；]|.{40}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class NotePairs:
    """`marks` are the notes that marks point to; `ways_back` leads from a mark to its note.

    `by_id` are notes that are known by their id alone: an arrow at their end leads back.
    """

    marks: frozenset[str] = frozenset()
    ways_back: Mapping[str, str] = field(default_factory=dict)
    by_id: frozenset[str] = frozenset()


def note_pairs(pages: Iterable[tuple[str, str]]) -> NotePairs:
    """The notes of a book; `pages` are names and sources in reading order."""
    places: dict[str, tuple[int, str]] = {}
    arrows: set[str] = set()
    for name, source in pages:
        before, end = "", -1
        for match in _LINK.finditer(source) if "<a " in source else ():
            found = attributes(match["rest"])
            own = found.get("id") or found.get("name") or match["near"]
            if not own and not _TAG.sub("", source[end : match.start()]).strip() and end > 0:
                own = before
            # An anchor by itself is the id of the link behind it: <a id="r1"></a><a href=…>.
            is_anchor = "href" not in found and not match["inside"]
            before, end = (own or "", match.end()) if is_anchor else ("", -1)
            shown = unescape(_TAG.sub("", match["inside"])).strip()
            if _ARROW.fullmatch(shown) and "#" in found.get("href", ""):
                arrows.add(note_id(name, found["href"]))
            if own and "#" in found.get("href", "") and NUMBER.fullmatch(shown):
                places.setdefault(f"{name}#{own}", (len(places), note_id(name, found["href"])))
    marks: set[str] = set()
    ways_back: dict[str, str] = {}
    for here, (order, there) in places.items():
        if there in places and places[there][1] == here and order < places[there][0]:
            marks.add(there)
            ways_back[here] = there
    by_id = {there for here, (_, there) in places.items() if here in arrows} - set(places)
    return NotePairs(frozenset(marks | by_id), ways_back, frozenset(by_id))


# --- pages of notes -----------------------------------------------------------------------


def notes_page(passed: Passed) -> Passed:
    """A page that holds notes and nothing else: the headings between them go, under R132.

    A paragraph that follows a note there belongs to the note. Other pages stay as they are.
    """
    notes = sorted(
        (mark for mark in passed.marks if mark.kind is MarkKind.NOTE), key=lambda mark: mark.start
    )
    unchanged = Passed(passed.text, (), passed.marks)
    if not notes or _PROSE.search(passed.text[: notes[0].start]):
        return unchanged
    headings = {mark.start for mark in passed.marks if mark.kind is MarkKind.HEADING}
    rows: list[EditRow] = []
    ends: dict[int, int] = {}
    current = -1
    for line in _LINE.finditer(passed.text):
        while current + 1 < len(notes) and notes[current + 1].start < line.end():
            current += 1
        if current >= 0 and line.start() < notes[current].end:
            continue
        if line.start() in headings or current < 0:
            rows.append((NOTES_HEADING, line.start(), line[0], ""))
        elif _NUMBERED.match(line[0]) or (rows and rows[-1][1] > notes[current].start):
            # A note that is not known as one, or words under a heading of their own.
            return unchanged
        else:
            ends[current] = line.start() + len(line[0].rstrip("\n"))
    if not rows and not ends:
        return unchanged
    longer = {notes[index]: replace(notes[index], end=end) for index, end in ends.items()}
    marks: tuple[Mark, ...] = tuple(longer.get(mark, mark) for mark in passed.marks)
    return with_removals(replace(passed, marks=marks), rows)
