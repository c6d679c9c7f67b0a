"""The lines of an HTML text: what stands between two stretches of text becomes newlines.

Mark-up is put off as gaps until the next character comes; then the lines it asked for are
written at once. `Writing` knows text, breaks and white space; tags are the reader's.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from builder.core.manuscript import Mark, MarkKind
from builder.read.html_tokens import SPACE, character_of
from builder.read.rewriting import Rewriter, joined

_WHITE = re.compile(r"[ \t\n\f]++")
# The rest of a source line after a break, up to the last newline. Example: "  \n\n".
_LINE_ENDS = re.compile(r"(?:[ \t\f]*+\n)*+")
_BREAKING = frozenset(("p", "li", "td", "th", "dd", "dt", "blockquote", "figcaption", "caption"))
_INDENTS = frozenset(("\N{NO-BREAK SPACE}", "\N{IDEOGRAPHIC SPACE}"))


@dataclass(slots=True, eq=False)
class Open:
    """An element whose end has not come yet. `start` is -1 until its first character."""

    name: str
    kind: MarkKind | None = None
    value: str = ""
    start: int = -1
    breaks: list[Mark] = field(default_factory=list)
    has_blank_line: bool = False


class Gap(NamedTuple):
    """Mark-up between two characters: it becomes `newlines` at the least."""

    rule: str
    end: int
    newlines: int = 0


class Writing:
    """The text under construction, and the mark-up that waits for its next character."""

    def __init__(self, source: str, *, is_page: bool) -> None:
        self._out = Rewriter(source)
        self._source = source
        self._is_page = is_page
        self._stack: list[Open] = []
        # Elements without a character yet, and ids whose places are asked for.
        self._unstarted: list[Open] = []
        self._waiting: list[str] = []
        self._anchors: dict[str, int] = {}
        self._gaps: list[Gap] = []
        self._lines_needed = 0
        self._raw_depth = 0
        # What a page's own document type declares.
        self._entities: dict[str, str] = {}

    def _place_anchors(self) -> None:
        for name in self._waiting:
            self._anchors.setdefault(name, self._out.length)
        self._waiting.clear()

    def _text(self, start: int, end: int) -> None:
        """Characters from `start` to `end`; white space at their edges waits for what follows."""
        if self._raw_depth:
            self._raw(start, end)
            return
        text = self._source
        if text[start] in SPACE:
            start = self._leading(start, end)
            if start == end:
                return
        core_end = end
        if text[end - 1] in SPACE:
            core_end = start + len(text[start:end].rstrip(SPACE))
        self._flush(text[start])
        if self._is_page:
            self._collapse(start, core_end)
        self._out.keep(core_end)
        if core_end < end:
            self._gap("R115", end)

    def _raw(self, start: int, end: int) -> None:
        """Characters inside `<pre>`, where only the newline at either edge is layout."""
        text = self._source
        is_first = text[start] == "\n" and text[start - 1] == ">"
        is_last = text[end - 1] == "\n" and text[end : end + 5].lower() == "</pre"
        if is_first:
            self._gap("R115", start + 1)
            start += 1
        stop = end - 1 if is_last and end > start else end
        if stop > start:
            self._flush(text[start])
            self._out.keep(stop)
        if stop < end:
            self._gap("R115", end)

    def _leading(self, start: int, end: int) -> int:
        """Put off white space before a text; return where the text starts."""
        first = end - len(self._source[start:end].lstrip(SPACE))
        if not self._is_page and first < end:
            if not self._is_at_break():
                return start
            # An indent says something about the line: only the line ends before it go.
            lines = _LINE_ENDS.match(self._source, start, first)
            first = lines.end() if lines else start
        if first > start:
            self._gap("R115", first)
        return first

    def _is_at_break(self) -> bool:
        return bool(self._lines_needed or not self._out.length) or any(
            gap.newlines for gap in self._gaps
        )

    def _collapse(self, start: int, end: int) -> None:
        """White space inside a text, as a browser shows it."""
        for white in _WHITE.finditer(self._source, start, end):
            run = white[0]
            if run != " ":
                before, after = self._source[white.start() - 1], self._source[white.end()]
                self._out.keep(white.start())
                self._out.replace("R115", white.end(), joined(run, before, after))

    def _entity(self, match: re.Match[str]) -> None:
        character = character_of(match[0])
        if character is None:
            character = self._entities.get(match[0])
        if character is None:
            self._text(match.start(), match.end())
            return
        self._flush(character[:1])
        self._out.replace("R113", match.end(), character)

    # --- between texts --------------------------------------------------------------------

    def _gap(self, rule: str, end: int, newlines: int = 0) -> None:
        self._gaps.append(Gap(rule, end, newlines))

    def _breaks(self, match: re.Match[str]) -> None:
        self._gap("R111", match.end(), match[0].lower().count("<br"))

    def _flush(self, following: str) -> None:
        """Write what stands between the last text and the one that starts with `following`."""
        if self._gaps:
            breaks = 0
            for gap in self._gaps:
                breaks += gap.newlines
            lines = max(breaks, self._lines_needed) if self._out.length else 0
            if lines:
                self._write_lines(lines, breaks, following)
            else:
                self._write_joint(following)
            self._gaps.clear()
        self._lines_needed = 0
        if self._waiting:
            self._place_anchors()
        if self._unstarted:
            for element in self._unstarted:
                element.start = self._out.length
            self._unstarted.clear()

    def _write_lines(self, lines: int, breaks: int, following: str) -> None:
        if not self._lines_needed and self._is_in_heading():
            self._write_heading_break()
            return
        missing = lines - breaks
        before = self._out.length
        for gap in self._gaps:
            if missing and gap.rule == "R112":
                self._out.replace(gap.rule, gap.end, "\n" * missing)
                missing = 0
            else:
                self._out.replace(gap.rule, gap.end, "\n" * gap.newlines)
        if breaks and not self._lines_needed and self._stack:
            self._note_break(before, lines, following)

    def _is_in_heading(self) -> bool:
        heading = next((e for e in reversed(self._stack) if e.kind is MarkKind.HEADING), None)
        return heading is not None and heading.start >= 0

    def _write_heading_break(self) -> None:
        """A heading is one line: a break in it parts the number from the name."""
        after = "\N{IDEOGRAPHIC SPACE}"
        for gap in self._gaps:
            self._out.replace(gap.rule, gap.end, after if gap.newlines else "")
            after = "" if gap.newlines else after

    def _note_break(self, start: int, lines: int, following: str) -> None:
        """Remember a single break inside a paragraph; it is one unless its lines are paragraphs."""
        block = next((e for e in reversed(self._stack) if e.name in _BREAKING), None)
        if block is None:
            return
        if lines > 1 or following in _INDENTS:
            block.has_blank_line = True
        elif block.start >= 0:
            block.breaks.append(Mark(MarkKind.LINE_BREAK, start, start + 1))

    def _write_joint(self, following: str) -> None:
        """Mark-up inside a line: tags vanish, white space in a page becomes at most one space."""
        has_space = not self._out.length or self._out.last == " "
        for gap in self._gaps:
            run = self._source[self._out.position : gap.end]
            if gap.rule != "R115":
                self._out.replace(gap.rule, gap.end)
            elif not self._is_page and self._out.length:
                self._out.keep(gap.end)
            else:
                space = "" if has_space else joined(run, self._out.last, following)
                has_space = has_space or space == " "
                self._out.replace(gap.rule, gap.end, space)
