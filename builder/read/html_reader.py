"""HTML to text and marks: tags, breaks, entities and white space removed under rules.

Paragraphs are parted by a blank line, lines inside one by a newline; a run of `<br>` becomes
as many newlines. So a poem (single breaks) and paragraphs (double breaks, `<p>`) can be told
apart by what follows.

Rules: R110 tag, R111 break, R112 paragraph or line of mark-up, R113 character reference,
R114 what nobody reads (comments, scripts, heads), R115 white space, R116 picture, R117 scene
break, R118 a note's way back to its mark, R133 figures above or below the line.
"""

import re
from dataclasses import replace

from builder.core.manuscript import Mark, MarkKind
from builder.read.epub_notes import NotePairs
from builder.read.html_notes import hints_of, note_id, note_role, way_back
from builder.read.html_showing import Showing, TakePicture
from builder.read.html_tokens import (
    DROPPED,
    IMPLIED,
    INDEX,
    KNOWN,
    MARKS,
    SHOWN,
    SMALL,
    TOKEN,
    VOID,
    attributes,
    cell_look,
    declared_entities,
)
from builder.read.html_writing import Gap, Open
from builder.read.passes import Passed

# Deeper nesting than this is not looked into: a bound on the work, far above real pages.
MAX_DEPTH = 256
# Blocks that a note is, when its links alone say that it is one.
NOTE_BLOCKS = frozenset(("p", "li", "dd", "div", "aside", "td"))
# The value of an element that holds notes and nothing else.
NOTE_LIST = "notes"
MARKS_OF_TWO_PAIRS = 4


_SPACES = re.compile(r"[ \t\r\n\f]*")
_SCHEME = re.compile(r"[a-z][a-z0-9+.\-]*:|//", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|mailto:|#)[^\s]+", re.IGNORECASE)


def read_html(
    source: str,
    take_picture: TakePicture,
    *,
    is_page: bool,
    place: str = "",
    wanted: frozenset[str] = frozenset(),
    pairs: NotePairs | None = None,
) -> Passed:
    """The text and marks of an HTML page, or of a fragment.

    Notes are called by `place`, the page's own name, and their id. `wanted` are the ids whose
    places are asked for, in a book whose pages link to each other ("" is the page itself), `pairs` the notes that nothing but their links shows.

    In a page white space collapses as in a browser and every tag is mark-up. In a fragment
    newlines that stand by no break stay, and only tags that HTML knows are mark-up, so that a
    text keeps its <生化危机> and its a < b.
    """
    reader = _Reader(source, take_picture, is_page=is_page, place=place, wanted=wanted, pairs=pairs)
    return reader.passed()


class _Reader(Showing):
    def __init__(
        self,
        source: str,
        take_picture: TakePicture,
        *,
        is_page: bool,
        place: str,
        wanted: frozenset[str],
        pairs: NotePairs | None,
    ) -> None:
        super().__init__(source, take_picture, is_page=is_page, place=place)
        self._wanted = wanted
        self._pairs = pairs or NotePairs()
        self._hints: tuple[tuple[str, str], ...] = ()
        # Elements that are known to have no end tag from some place on.
        self._endless: set[str] = set()
        self._next_angle = self._next_reference = -1

    def passed(self) -> Passed:
        position = 0
        while match := self._next_token(position):
            start = match.start()
            if start > position:
                self._text(position, start)
            position = self._token(match)
        if position < len(self._source):
            self._text(position, len(self._source))
        self._close_down_to(0)
        self._lines_needed = 0
        for gap in self._gaps:
            self._out.replace(gap.rule, gap.end)
        self._place_anchors()
        self._write_picture_notes()
        if self._wanted:
            places = {"": 0, **self._anchors}.items()
            self._out.marks.extend(
                Mark(MarkKind.ANCHOR, at, at, f"{self._place}#{name}") for name, at in places
            )
        passed = self._out.passed()
        return replace(passed, anchors=tuple(self._anchors.items()), hints=self._hints)

    def _next_token(self, position: int) -> re.Match[str] | None:
        """The next tag, comment or character reference from `position` on.

        Looking for its first character by itself is many times faster than trying the pattern
        at every place.
        """
        source = self._source
        while True:
            if self._next_angle < position:
                self._next_angle = _found(source, "<", position)
            if self._next_reference < position:
                self._next_reference = _found(source, "&", position)
            at = min(self._next_angle, self._next_reference)
            if at == len(source):
                return None
            if match := TOKEN.match(source, at):
                return match
            position = at + 1

    def _token(self, match: re.Match[str]) -> int:
        """Deal with one token; return where reading goes on."""
        kind = match.lastgroup
        if kind == "seam":
            return self._seam(match)
        if kind == "breaks":
            self._breaks(match)
        elif kind == "entity":
            self._entity(match)
        elif kind == "indent":
            spaces = "\N{NO-BREAK SPACE}" * (len(match[0]) // len("&nbsp;"))
            self._flush(spaces[0])
            self._out.replace("R113", match.end(), spaces)
        elif kind == "comment":
            return self._comment(match)
        elif kind == "cdata":
            return self._cdata(match)
        elif kind == "declaration":
            self._entities = declared_entities(match["subset"] or "") or self._entities
            self._gap("R114", match.end())
        else:
            return self._tag(match)
        return match.end()

    # --- tags -----------------------------------------------------------------------------

    def _comment(self, match: re.Match[str]) -> int:
        end = self._find_end("-->", match.end())
        if end < 0:
            self._text(match.start(), match.end())
            return match.end()
        self._gap("R114", end)
        return end

    def _cdata(self, match: re.Match[str]) -> int:
        """Text in which no tag and no reference counts."""
        end = self._find_end("]]>", match.end())
        if end < 0:
            self._text(match.start(), match.end())
            return match.end()
        self._gap("R110", match.end())
        if match.end() < end - len("]]>"):
            self._text(match.end(), end - len("]]>"))
        self._gap("R110", end)
        return end

    def _find_end(self, closing: str, position: int) -> int:
        """Where `closing` ends after `position`; -1 when it never comes, looked for only once."""
        if closing in self._endless:
            return -1
        found = re.compile(re.escape(closing), re.IGNORECASE).search(self._source, position)
        if found is None:
            self._endless.add(closing)
            return -1
        return found.end()

    def _seam(self, match: re.Match[str]) -> int:
        """The end of a paragraph and the start of the next: most of a page's mark-up."""
        block = self._stack[-1] if self._stack else None
        if block is None or block.name != "p" or block.start < 0 or block.kind or self._raw_depth:
            end = match.start() + len("</p>")
            self._end_tag("p", end)
            return end
        if block.breaks:
            self._close(block)
            block.breaks = []
        block.has_blank_line = False
        block.start = -1
        self._unstarted.append(block)
        self._lines_needed = 2
        self._gaps.append(Gap("R112", match.end()))
        return match.end()

    def _tag(self, match: re.Match[str]) -> int:
        name, end = match["name"].lower(), match.end()
        if not self._is_page and name not in KNOWN:
            self._text(match.start(), end)
            return end
        if match["close"]:
            self._end_tag(name, end)
            return end
        if name in DROPPED and (stop := self._dropped_end(name, end)) > end:
            if name == "head":
                self._hints = hints_of(self._source[end:stop])
            if name not in SHOWN or not self._shown(name, match, stop):
                self._gap("R114", stop)
            return stop
        if name in {"sup", "sub"} and (stop := self._index(match)):
            return stop
        if self._pairs.marks and name == "a":
            self._open_paired_note(match["rest"])
        if self._notes_open and name == "a" and (stop := way_back(self._source, match)):
            self._gap("R118", stop)
            return stop
        self._start_tag(name, match["rest"], match.start(), end)
        return end

    def _index(self, match: re.Match[str]) -> int:
        """Write small figures as the characters that are so, H₂O, x²; 0 when they are a note's mark.

        A mark stands after Han characters or their punctuation, a power after a letter or figure.
        """
        index = INDEX.match(self._source, match.start())
        before = self._source[max(match.start() - 1, 0) : match.start()]
        if index is None or not before.isascii() or not (before.isalnum() or before == ")"):
            return 0
        written = index["words"].translate(SMALL[index["name"].lower()])
        self._flush(written[0])
        self._out.replace("R133", index.end(), written)
        return index.end()

    def _open_paired_note(self, rest: str) -> None:
        """Make the block that begins with a way back to a mark the note of that mark."""
        target = note_id(self._place, attributes(rest).get("href", ""))
        note = self._pairs.ways_back.get(target)
        if note is None or self._notes_open:
            return
        blocks = [e for e in reversed(self._stack) if e.name in NOTE_BLOCKS and e.start < 0]
        # An item or an aside is the whole note, the paragraph in it only its beginning.
        block = next((e for e in blocks if e.name in {"li", "aside"}), next(iter(blocks), None))
        if block is None:
            return
        block.kind, block.value = MarkKind.NOTE, note
        self._notes_open += 1
        self._unlist()

    def _unlist(self) -> None:
        """A list of notes is no list of the book: each note is set where it belongs."""
        for around in self._stack:
            if around.kind is MarkKind.LIST:
                around.kind = None

    def _dropped_end(self, name: str, end: int) -> int:
        if name in VOID:
            return end
        closing = self._find_end(f"</{name}", end)
        bracket = self._source.find(">", closing) if closing >= 0 else -1
        return bracket + 1 if bracket >= 0 else end

    def _start_tag(self, name: str, rest: str, start: int, end: int) -> None:
        self._close_implied(name)
        self._boundary(name, end)
        if self._wanted and ("id" in rest or (name == "a" and "name" in rest)):
            found = attributes(rest)
            own = {found.get("id", ""), found.get("name", "") if name == "a" else ""}
            self._waiting.extend((own & self._wanted) - {""})
        if name == "img":
            self._picture(rest, start, end)
        elif name == "hr":
            # The rule above a list of notes belongs to the list.
            is_inside = bool(self._stack) and self._stack[-1].value == NOTE_LIST
            if not is_inside and not self._is_rule_of_notes(rest, end):
                self._scene_break(end)
        elif name in {"rt", "rtc"}:
            # What stands in <rtc> is one reading, however many <rt> it is cut into.
            is_inner = name == "rt" and self._open_names["rtc"] > 0
            self._push(Open(name, None if is_inner else MarkKind.READING))
        elif name not in VOID and not rest.endswith("/"):
            self._open(name, rest)

    def _open(self, name: str, rest: str) -> None:
        kind = MARKS.get(name)
        value = ""
        role = note_role(name, rest) if "note" in rest else ""
        if self._pairs.by_id and name in NOTE_BLOCKS and "id" in rest:
            own = note_id(self._place, "#" + attributes(rest).get("id", ""))
            role = "note" if own in self._pairs.by_id else role
        if name == "a" and self._pairs.marks and not role:
            target = note_id(self._place, attributes(rest).get("href", ""))
            role = "reference" if target in self._pairs.marks else ""
        if role == "reference":
            kind, value = MarkKind.NOTE_REF, note_id(self._place, attributes(rest)["href"])
        elif role == "note":
            kind, value = MarkKind.NOTE, note_id(self._place, "#" + attributes(rest)["id"])
            self._notes_open += 1
            self._unlist()
        elif role == "list":
            kind, value = None, NOTE_LIST
        elif kind is MarkKind.HEADING:
            value = name[1]
        elif kind is MarkKind.LINK:
            address = attributes(rest).get("href", "").strip()
            address = self._address(address)
            kind, value = (kind, address) if address else (None, "")
        elif kind is MarkKind.CELL:
            value = cell_look(rest)
        elif name == "ol":
            first = attributes(rest).get("start", "1").strip()
            value = first if first.isascii() and first.isdigit() else "1"
        elif name == "ruby":
            kind = MarkKind.RUBY
        self._push(Open(name, kind, value))

    def _is_rule_of_notes(self, rest: str, end: int) -> bool:
        """Whether a rule stands above notes: its class says so, or a list of them follows."""
        if "notes-rule" in rest:
            return True
        spaces = _SPACES.match(self._source, end)
        following = TOKEN.match(self._source, spaces.end() if spaces else end)
        return (
            following is not None
            and bool(following["name"])
            and not following["close"]
            and note_role(following["name"].lower(), following["rest"]) in {"list", "note"}
        )

    def _address(self, href: str) -> str:
        """What a link is called: an address, or # and a place of the book; else empty."""
        if _ADDRESS.fullmatch(href) and not (href.startswith("#") and self._wanted):
            return href
        if not self._wanted or not href or _SCHEME.match(href):
            return ""
        return "#" + note_id(self._place, href)

    def _push(self, element: Open) -> None:
        if len(self._stack) < MAX_DEPTH:
            self._stack.append(element)
            self._unstarted.append(element)
            self._open_names[element.name] += 1
            self._raw_depth += element.name == "pre"

    def _end_tag(self, name: str, end: int) -> None:
        if name == "br":
            self._gap("R111", end, 1)
            return
        if name in {"td", "th"} and self._open_names[name]:
            self._start_empty_cell(name)
        if self._open_names[name]:
            depth = len(self._stack) - 1
            while self._stack[depth].name != name:
                depth -= 1
            self._close_down_to(depth)
        self._boundary(name, end)

    def _start_empty_cell(self, name: str) -> None:
        """An empty cell still counts: it gets an empty line of its own."""
        cell = next(e for e in reversed(self._stack) if e.name == name)
        if cell.start < 0:
            self._flush("")

    def _close_implied(self, name: str) -> None:
        if name not in IMPLIED:
            return
        closed, limits = IMPLIED[name]
        for depth in range(len(self._stack) - 1, -1, -1):
            open_name = self._stack[depth].name
            if open_name in closed:
                self._close_down_to(depth)
                return
            if open_name in limits:
                return

    def _close_down_to(self, depth: int) -> None:
        while len(self._stack) > depth:
            element = self._stack.pop()
            self._open_names[element.name] -= 1
            self._raw_depth -= element.name == "pre"
            self._notes_open -= element.kind is MarkKind.NOTE
            if element.start < 0:
                self._unstarted.remove(element)
                continue
            self._close(element)

    def _close(self, element: Open) -> None:
        end = self._out.length
        if not element.has_blank_line and len(element.breaks) <= MAX_BREAKS_IN_PARAGRAPH:
            self._out.marks.extend(element.breaks)
        if element.kind is MarkKind.READING:
            self._out.marks.append(Mark(MarkKind.READING, element.start, end))
            self._close_ruby(end)
        elif element.kind is MarkKind.ROW:
            self._out.marks.append(Mark(MarkKind.ROW, element.start, end, element.value))
        elif element.kind is not None and element.kind is not MarkKind.RUBY:
            if element.name == "th":
                self._head_row()
            self._out.marks.append(Mark(element.kind, element.start, end, element.value))

    def _head_row(self) -> None:
        row = next((e for e in reversed(self._stack) if e.kind is MarkKind.ROW), None)
        if row is not None:
            row.value = "header"

    def _close_ruby(self, end: int) -> None:
        """A reading ends its pair of base and reading; the next base starts a new one."""
        ruby = next((e for e in reversed(self._stack) if e.kind is MarkKind.RUBY), None)
        if ruby is not None and ruby.start >= 0:
            self._out.marks.append(Mark(MarkKind.RUBY, ruby.start, end))
            self._merge_readings()
            ruby.start = -1
            self._unstarted.append(ruby)

    def _merge_readings(self) -> None:
        """Of two readings for one base (<rt>とう</rt><rt>きょう</rt>) make one."""
        if len(self._out.marks) < MARKS_OF_TWO_PAIRS:
            return
        before, base, reading, pair = self._out.marks[-4:]
        kinds = (before.kind, base.kind)
        if kinds == (MarkKind.READING, MarkKind.RUBY) and base.end == reading.start == pair.start:
            end = reading.end
            self._out.marks[-4:] = [replace(before, end=end), replace(base, end=end)]


def _found(source: str, character: str, position: int) -> int:
    """Where a character stands from `position` on; the end when nowhere."""
    at = source.find(character, position)
    return at if at >= 0 else len(source)


# Whole chapters come as one <p> with a break after each paragraph; no poem is that long.
MAX_BREAKS_IN_PARAGRAPH = 60
