"""Markdown to text and marks, through markdown-it-py and back onto the source.

What is printed is found again in the source, block by block and token by token; all else is
taken out under rules: R120 what makes blocks (#, >, -, fences, blank lines), R121 what makes
inlines (*, `, brackets, backslashes), R113 character references, R116 pictures.
Paragraphs are parted by a blank line. A soft line end (R122) is a space, or nothing between
Chinese characters; where the lines are paragraphs or verse (`wrapping`) it stays a newline.
Front matter is taken out whole (R106): it is about the book.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, islice
from urllib.parse import unquote

from markdown_it.token import Token

from builder.core.manuscript import Mark, MarkKind
from builder.read.front_matter import front_matter
from builder.read.html_reader import read_html
from builder.read.html_showing import TakePicture
from builder.read.html_tokens import cell_look
from builder.read.markdown_parser import Ends, parse
from builder.read.passes import MADE_PAGE, Passed
from builder.read.rewriting import OBJECT, Rewriter, is_square
from builder.read.wrapping import is_wrapped

BLOCK, INLINE, SOFT_BREAK = "R120", "R121", "R122"

_MARKS = {
    "em_open": MarkKind.EMPHASIS,
    "strong_open": MarkKind.STRONG,
    "link_open": MarkKind.LINK,
    "heading_open": MarkKind.HEADING,
    "blockquote_open": MarkKind.QUOTE,
    "bullet_list_open": MarkKind.LIST,
    "ordered_list_open": MarkKind.LIST,
    "list_item_open": MarkKind.ITEM,
    "table_open": MarkKind.TABLE,
    "tr_open": MarkKind.ROW,
    "th_open": MarkKind.CELL,
    "td_open": MarkKind.CELL,
    "note_open": MarkKind.NOTE,
}
# Example: 　 ！ ( * `. Counter-example: a letter, a space, - and _.
_NOT_OF_SLUG = re.compile(r"[^\w \-]")
# A heading has so many words at most that a link may name the first of.
MOST_PARTS = 100
_NOT_LINE_END = re.compile("[^\n]")
# Blocks that ask for one newline only; all others ask for a blank line.
_ONE_LINE = frozenset(("tr_open", "th_open", "td_open", "list_item_open", "list_item_close"))


@dataclass(frozen=True, slots=True)
class _Lines:
    """Where the lines of a block's content stand in the source."""

    content: str
    offsets: tuple[int, ...]
    starts: tuple[int, ...]
    is_wrapped: bool = False

    def source(self, offset: int) -> int:
        """The place in the source of an offset in the content."""
        index = bisect_right(self.offsets, offset) - 1
        return self.starts[index] + offset - self.offsets[index]


@dataclass(slots=True, eq=False)
class _Open:
    kind: MarkKind | None
    value: str
    start: int = -1


def read_markdown(source: str, take_picture: TakePicture, note_prefix: str) -> Passed:
    """The text and marks of a Markdown file; notes are called `note_prefix` and their label."""
    # markdown-it shows NUL as U+FFFD; the same here keeps every offset.
    visible = source.replace("\0", "\N{REPLACEMENT CHARACTER}")
    start, hints = front_matter(source)
    # The parser sees blank lines instead, so that its line numbers hold.
    visible = _NOT_LINE_END.sub(" ", visible[:start]) + visible[start:] if start else visible
    tokens, ends = parse(visible)
    reader = _Reader(source, visible, ends, take_picture, note_prefix)
    reader.leave_out(start)
    return replace(reader.passed(tokens), hints=hints)


class _Reader:
    def __init__(
        self, source: str, visible: str, ends: Ends, take_picture: TakePicture, note_prefix: str
    ) -> None:
        self._out = Rewriter(source)
        self._visible = visible
        self._line_starts = tuple(
            accumulate((len(line) + 1 for line in visible.split("\n")), initial=0)
        )
        self._ends = ends
        self._take_picture = take_picture
        self._note_prefix = note_prefix
        self._stack: list[_Open] = []
        self._needed = 0
        self._lists = 0
        self._in_head = False
        # The places that links ask for, and those that were found.
        self._wanted: set[str] = set()

    def leave_out(self, end: int) -> None:
        """Take out the front matter, which ends there."""
        self._out.replace(MADE_PAGE, end)

    def passed(self, tokens: list[Token]) -> Passed:
        self._wanted = _places_asked_for(tokens)
        for token in tokens:
            if token.type == "inline":
                self._inline_block(token)
            elif token.type == "fence":
                self._fence(token)
            elif token.type == "hr":
                self._scene_break(token)
            elif token.type == "html_block":
                self._html(token)
            elif token.nesting > 0:
                self._open_block(token)
            elif token.nesting < 0:
                self._close_block(token)
        self._out.replace(BLOCK, len(self._visible))
        return self._out.passed()

    # --- blocks ---------------------------------------------------------------------------

    def _open_block(self, token: Token) -> None:
        name = token.type
        self._need(token)
        self._lists += name in {"bullet_list_open", "ordered_list_open"}
        value = ""
        if name == "thead_open":
            self._in_head = True
        elif name == "heading_open":
            value = token.tag[1:]
        elif name == "ordered_list_open":
            value = str(token.attrGet("start") or 1)
        elif name == "tr_open":
            value = "header" if self._in_head else ""
        elif name in {"th_open", "td_open"}:
            value = cell_look(f' style="{token.attrGet("style") or ""}"')
        elif name == "note_open":
            value = self._note_prefix + token.meta["label"]
        self._stack.append(_Open(_MARKS.get(name), value))

    def _close_block(self, token: Token) -> None:
        self._need(token)
        self._lists -= token.type in {"bullet_list_close", "ordered_list_close"}
        if token.type == "thead_close":
            self._in_head = False
        self._close()

    def _need(self, token: Token) -> None:
        """The newlines that a block asks for before what follows."""
        is_inner_list = token.type.endswith("list_open") and self._lists > 0
        if token.type in _ONE_LINE or token.hidden or is_inner_list:
            self._needed = max(self._needed, 1)
        elif not token.type.startswith(("thead", "tbody", "th_", "td_", "tr_")):
            self._needed = max(self._needed, 2)

    def _close(self) -> None:
        element = self._stack.pop()
        if element.kind is not None and element.start >= 0:
            mark = Mark(element.kind, element.start, self._out.length, element.value)
            self._out.marks.append(mark)

    def _reach(self, position: int) -> None:
        """Take out the block mark-up up to `position` and write the lines it stands for."""
        lines = "\n" * self._needed if self._out.length else ""
        self._out.replace(BLOCK, max(position, self._out.position), lines)
        self._needed = 0
        for element in self._stack:
            if element.start < 0:
                element.start = self._out.length

    def _range(self, token: Token) -> tuple[int, int]:
        """The first and last line of a block, half open."""
        first, last = token.map or (0, 0)
        return first, last

    def _line(self, index: int) -> tuple[int, int]:
        start = self._line_starts[index]
        end = self._line_starts[index + 1] - 1 if index + 1 < len(self._line_starts) else start
        return start, min(end, len(self._visible))

    def _located(self, token: Token) -> _Lines | None:
        """Where the lines of a block's content stand; None when they were rewritten."""
        first, last = self._range(token)
        content = token.content
        offsets: list[int] = []
        starts: list[int] = []
        offset, cursor = 0, self._out.position
        index = first
        for line in content.split("\n"):
            # The parser turns tabs before a line into spaces; they belong to the line end.
            bare = line.lstrip(" ") if token.type == "inline" else line
            while index < last:
                start, end = self._line(index)
                found = self._found(bare, max(start, cursor), end, token)
                index += 1
                if found >= 0:
                    break
            else:
                return None
            offsets.append(offset)
            starts.append(found - (len(line) - len(bare)))
            offset += len(line) + 1
            cursor = found + len(bare)
            if token.type == "inline" and "\n" not in content:
                break
        is_one = "\n" in content and token.type == "inline" and is_wrapped(content)
        return _Lines(content, tuple(offsets), tuple(starts), is_one)

    def _found(self, line: str, start: int, end: int, token: Token) -> int:
        """Where a line of content stands in a line of source: at its end, if it can."""
        if not line:
            return end if token.type == "fence" else -1
        bare = len(self._visible[start:end].rstrip())
        if token.type == "inline" and self._is_in_cell():
            return self._visible.find(line, start, end)
        at_end = start + bare - len(line.rstrip())
        if at_end >= start and self._visible.startswith(line, at_end):
            return at_end
        return self._visible.rfind(line, start, end)

    def _is_in_cell(self) -> bool:
        return bool(self._stack) and self._stack[-1].kind is MarkKind.CELL

    # --- blocks that are printed ----------------------------------------------------------

    def _inline_block(self, token: Token) -> None:
        if not token.content:
            self._reach(self._out.position)
            return
        lines = self._located(token)
        if lines is None:
            self._literal(token)
            return
        self._reach(lines.source(0))
        if self._wanted and self._stack and self._stack[-1].kind is MarkKind.HEADING:
            self._anchor(slug_of(token.content))
        children = token.children or []
        depth = len(self._stack)
        cursor = 0
        for index, child in enumerate(children):
            following = children[index + 1].type if index + 1 < len(children) else ""
            cursor = self._child(child, cursor, following, lines)
        self._out.keep(lines.source(len(lines.content)))
        while len(self._stack) > depth:
            self._close()

    def _anchor(self, slug: str) -> None:
        """Mark a heading as the place that links ask for by its slug, or by the start of it."""
        parts = islice((at for at, sign in enumerate(slug) if sign == "-"), MOST_PARTS)
        for name in (*(slug[:end] for end in parts), slug):
            if name in self._wanted:
                self._wanted.remove(name)
                at = self._out.length
                self._out.marks.append(Mark(MarkKind.ANCHOR, at, at, f"{self._note_prefix}#{name}"))

    def _literal(self, token: Token) -> None:
        """Content that the parser has rewritten, so that its tokens cannot be placed."""
        first, last = self._range(token)
        if self._is_in_cell():
            content = token.content.replace("|", "\\|")
            found = self._visible.find(content, self._out.position)
            if found >= 0:
                self._reach(found)
                self._out.replace(INLINE, found + len(content), token.content)
                return
        start, end = self._line(first)[0], self._line(max(first, last - 1))[1]
        self._reach(start)
        self._out.keep(end)

    def _fence(self, token: Token) -> None:
        self._needed = 2
        first, last = self._range(token)
        code = Token(
            "fence", "", 0, content=token.content.removesuffix("\n"), map=[first + 1, last]
        )
        if not code.content:
            return
        lines = self._located(code)
        if lines is None:
            self._literal(code)
            return
        self._reach(lines.source(0))
        start = self._out.length
        for number, content in enumerate(lines.content.split("\n")):
            if number:
                self._out.replace(BLOCK, max(lines.starts[number], self._out.position), "\n")
            self._out.keep(lines.starts[number] + len(content))
        self._out.marks.append(Mark(MarkKind.RAW, start, self._out.length))
        self._needed = 2

    def _scene_break(self, token: Token) -> None:
        self._needed = 2
        start, end = self._line(self._range(token)[0])
        shown = self._visible[start:end]
        bare = shown.lstrip(" \t>+-") or shown.strip()
        self._reach(start + shown.rfind(bare))
        begin = self._out.length
        self._out.keep(start + shown.rfind(bare) + len(bare.rstrip()))
        self._out.marks.append(Mark(MarkKind.BREAK, begin, self._out.length))
        self._needed = 2

    def _html(self, token: Token) -> None:
        self._needed = 2
        first, last = self._range(token)
        start, end = self._line(first)[0], self._line(max(first, last - 1))[1]
        start = max(start, self._out.position)
        passed = read_html(
            self._out.source[start:end],
            lambda reference, position: self._take_picture(reference, start + position),
            is_page=False,
        )
        if passed.text.strip():
            self._reach(start)
            base = self._out.length
            for rule, at, before, after in passed.edits:
                self._out.keep(start + at)
                self._out.replace(rule, start + at + len(before), after)
            self._out.keep(end)
            self._out.marks.extend(
                Mark(mark.kind, base + mark.start, base + mark.end, mark.value)
                for mark in passed.marks
            )
        self._needed = 2

    # --- inlines --------------------------------------------------------------------------

    def _child(self, token: Token, cursor: int, following: str, lines: _Lines) -> int:
        """Write one inline token; return where it ends in the content."""
        end = self._ends.get(id(token), cursor + len(token.content))
        here = lines.source(end)
        out = self._out
        match token.type:
            case "text" if token.content:
                kept = token.content
                if following.endswith("break"):
                    kept = kept.rstrip(" ")
                out.keep(here - len(token.content) + len(kept))
            case "text_special":
                out.replace("R113" if token.info == "entity" else INLINE, here, token.content)
            case "softbreak" | "hardbreak":
                self._line_break(token, lines, end)
            case "code_inline":
                self._code(token, here)
            case "note_ref":
                out.keep(here)
                value = self._note_prefix + token.meta["label"]
                start = out.length - len(token.content)
                out.marks.append(Mark(MarkKind.NOTE_REF, start, out.length, value))
            case "image":
                self._picture(token, here)
            case "html_inline":
                self._inline_tag(token, here)
            case _:
                self._change_of_style(token, here)
        return end

    def _line_break(self, token: Token, lines: _Lines, end: int) -> None:
        following = lines.content[end : end + 1]
        is_hard = token.type == "hardbreak"
        is_chinese = is_square(self._out.last or "　") and is_square(following or "　")
        if is_hard:
            self._out.replace(INLINE, lines.source(end), "\n")
        elif not is_chinese:
            self._out.replace(SOFT_BREAK, lines.source(end), " ")
        else:
            self._out.replace(SOFT_BREAK, lines.source(end), "" if lines.is_wrapped else "\n")
        if is_hard:
            length = self._out.length
            self._out.marks.append(Mark(MarkKind.LINE_BREAK, length - 1, length))

    def _code(self, token: Token, end: int) -> None:
        """A code span: its text stays, its backticks go."""
        at = self._visible.find(token.content, self._out.position, end)
        if at < 0:
            self._out.replace(INLINE, end, token.content)
        else:
            self._out.replace(INLINE, at)
            self._out.keep(at + len(token.content))
            self._out.replace(INLINE, end)
        length = self._out.length
        self._out.marks.append(Mark(MarkKind.CODE, length - len(token.content), length))

    def _picture(self, token: Token, end: int) -> None:
        alt = "".join(_plain(token.children or []))
        name = self._take_picture(str(token.attrGet("src") or ""), self._out.position)
        text = alt or (OBJECT if name else "")
        self._out.replace("R116", end, text)
        if name:
            length = self._out.length
            self._out.marks.append(Mark(MarkKind.IMAGE, length - len(text), length, name))

    def _inline_tag(self, token: Token, end: int) -> None:
        """A tag in the text: a break is one, ruby is kept, all else goes."""
        tag = token.content.lower().rstrip("/> ").lstrip("<")
        out = self._out
        if tag == "br":
            out.replace("R111", end, "\n")
            out.marks.append(Mark(MarkKind.LINE_BREAK, out.length - 1, out.length))
            return
        out.replace("R110", end)
        if tag in {"ruby", "rt"}:
            kind = MarkKind.RUBY if tag == "ruby" else MarkKind.READING
            self._stack.append(_Open(kind, "", out.length))
        elif tag in {"/ruby", "/rt"}:
            kind = MarkKind.RUBY if tag == "/ruby" else MarkKind.READING
            if self._stack and self._stack[-1].kind is kind:
                self._close()

    def _change_of_style(self, token: Token, end: int) -> None:
        """Emphasis or a link begins or ends; its signs go."""
        self._out.replace(INLINE, end)
        if token.nesting > 0:
            kind, value = _MARKS.get(token.type), ""
            if kind is MarkKind.LINK:
                value = str(token.attrGet("href") or "")
                kind = kind if value.startswith(("http://", "https://", "mailto:", "#")) else None
                if value.startswith("#"):
                    value = f"#{self._note_prefix}#{slug_of(unquote(value[1:]))}"
            self._stack.append(_Open(kind, value, self._out.length))
        elif token.nesting < 0 and self._stack:
            self._close()


def slug_of(heading: str) -> str:
    """What GitHub calls a heading in links: 第二章 辞！ → 第二章-辞; U+3000 counts as a space."""
    plain = heading.strip().lower().replace("\N{IDEOGRAPHIC SPACE}", " ")
    return _NOT_OF_SLUG.sub("", plain).replace(" ", "-")


def _places_asked_for(tokens: list[Token]) -> set[str]:
    """The slugs that the links of a text lead to."""
    hrefs = (
        str(child.attrGet("href") or "")
        for token in tokens
        for child in token.children or ()
        if child.type == "link_open"
    )
    return {slug_of(unquote(href[1:])) for href in hrefs if href[:1] == "#" and href[1:]}


def _plain(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        yield " " if token.type.endswith("break") else token.content
