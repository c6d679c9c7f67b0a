"""What an HTML page shows besides its text: pictures, drawings, and rules across the page.

A picture stands in the text as its alternative text, or as one character. `Showing` knows what
such elements become; which element is one of them is the reader's to know.
"""

import re
from collections import Counter
from collections.abc import Callable

from builder.core.manuscript import Mark, MarkKind
from builder.read.html_drawings import drawing_of
from builder.read.html_notes import note_in_picture
from builder.read.html_tokens import LINES, PARAGRAPHS, attributes
from builder.read.html_writing import Gap, Writing
from builder.read.rewriting import OBJECT

SCENE_BREAK = "＊＊＊"
_LISTS = frozenset(("ul", "ol"))

# Takes a picture's address and the place of its tag; gives the asset's name, or nothing.
TakePicture = Callable[[str, int], str]


class Showing(Writing):
    """The text under construction with its pictures; `place` is the page's own name."""

    def __init__(
        self, source: str, take_picture: TakePicture, *, is_page: bool, place: str
    ) -> None:
        super().__init__(source, is_page=is_page)
        self._take_picture = take_picture
        self._place = place
        self._notes_open = 0
        self._open_names: Counter[str] = Counter()
        # Notes that stand in attributes: what their marks point to, and their words.
        self._picture_notes: list[tuple[str, str]] = []

    def _boundary(self, name: str, end: int) -> None:
        """The tag as a gap, with the lines it asks for."""
        if name in PARAGRAPHS:
            is_inner_list = name in _LISTS and self._open_names["li"] > 0
            self._lines_needed = max(self._lines_needed, 1 if is_inner_list else 2)
            self._gap("R112", end)
        elif name in LINES:
            self._lines_needed = max(self._lines_needed, 1)
            self._gap("R112", end)
        else:
            self._gap("R110", end)

    def _picture(self, rest: str, start: int, end: int) -> None:
        found = attributes(rest)
        alt = " ".join(found.get("alt", "").split())
        said = note_in_picture(found) if not self._notes_open else ""
        if said and not self._open_kinds_hold_reference():
            self._note_of_picture(said, end)
            return
        # The picture of a note's mark is no picture of the book.
        is_mark = bool(self._stack) and self._stack[-1].kind is MarkKind.NOTE_REF
        name = "" if is_mark else self._take_picture(found.get("src", "").strip(), start)
        text = alt or (OBJECT if name or is_mark else "")
        if not text:
            return
        self._gaps.pop()
        self._flush(text[0])
        self._out.replace("R116", end, text)
        if name:
            length = self._out.length
            self._out.marks.append(Mark(MarkKind.IMAGE, length - len(text), length, name))

    def _open_kinds_hold_reference(self) -> bool:
        return any(element.kind is MarkKind.NOTE_REF for element in self._stack)

    def _note_of_picture(self, words: str, end: int) -> None:
        """A note that only an attribute holds: its mark here, its words after the page."""
        value = f"{self._place}#in-picture-{len(self._picture_notes) + 1}"
        self._picture_notes.append((value, words))
        self._gaps.pop()
        self._flush(OBJECT)
        self._out.replace("R116", end, OBJECT)
        length = self._out.length
        self._out.marks.append(Mark(MarkKind.NOTE_REF, length - 1, length, value))

    def _write_picture_notes(self) -> None:
        if not self._picture_notes:
            return
        lead = "\n\n" if self._out.length else ""
        position = self._out.length + len(lead)
        for value, words in self._picture_notes:
            self._out.marks.append(Mark(MarkKind.NOTE, position, position + len(words), value))
            position += len(words) + len("\n\n")
        after = lead + "\n\n".join(words for _, words in self._picture_notes)
        self._out.replace("R131", len(self._source), after)

    def _shown(self, name: str, match: re.Match[str], stop: int) -> bool:
        """Whether a drawing, formula or film left something: its picture, or its words."""
        start, source = match.start(), self._source[match.start() : stop]
        reference, words = drawing_of(name, source)
        asset = self._take_picture(reference or f"<{name}>", start)
        text = words or (OBJECT if asset else "")
        if not text:
            return False
        self._boundary(name, match.end())
        self._gaps.pop()
        self._flush(text[0])
        self._out.replace("R116", stop, text)
        if asset:
            length = self._out.length
            self._out.marks.append(Mark(MarkKind.IMAGE, length - len(text), length, asset))
        return True

    def _scene_break(self, end: int) -> None:
        tag = self._gaps.pop()
        start = self._out.position if not self._gaps else self._gaps[-1].end
        # The tag itself becomes the break, so the lines before it are written at its start.
        self._gaps.append(Gap(tag.rule, start))
        self._flush(SCENE_BREAK)
        self._out.replace("R117", end, SCENE_BREAK)
        length = self._out.length
        self._out.marks.append(Mark(MarkKind.BREAK, length - len(SCENE_BREAK), length))
        self._gap("R112", end)
        self._lines_needed = 2
