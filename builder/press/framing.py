"""The frame of a book: the specimen's computed styles, sorted under the keys of its kinds.

The specimen comes twice: as a Book, whose keys are those of the real one, and as HTML, whose
elements have the styles. Both are walked side by side. Class names are the contract between
`compose`, the style sheets and this.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Literal

from builder.core.book import Block, Book, ListBlock, Quote, Section, Verse
from builder.core.publication import PrintDocument
from builder.core.specimen import (
    BlockKey,
    InlineKind,
    Nesting,
    PartName,
    SectionKey,
    block_keys,
    section_key,
)
from builder.press.computed import Content
from builder.press.demands import without_unseen
from builder.press.frame import (
    BLANK,
    IN_NOTES,
    BlockStyle,
    Frame,
    NoteArea,
    PageStyle,
    Part,
    Said,
    Side,
    TextStyle,
)
from builder.press.host import Host
from builder.press.host.styles import Styles
from builder.press.reckoning import (
    Place,
    block_style,
    distances,
    note_area,
    page_style,
    strongest,
    words,
)

SECTION_PREFIX = "s-"  # of the ids that sections have in the HTML
_TAGS: Mapping[str, InlineKind] = {
    "em": "em",
    "strong": "strong",
    "code": "code",
    "ruby": "ruby",
    "rt": "rt",
    "a": "a",
}
_INLINE = frozenset({"inline", "none"})


def frame_from(document: PrintDocument, host: Host, *, is_vertical: bool = False) -> Frame:
    """The frame that a document's style sheets give its book. `host` is the document's.

    A vertical book takes the same sheets, turned: what is above a block stands before it, what
    is left of it at the start of its columns. Pages stay as they are, bound at the right.
    """
    if document.specimen is None:
        raise ValueError(document.identifier)  # composed for the other engine
    # A selector that means one thing among many alike would mean any in the specimen.
    seen = {name: without_unseen(css) for name, css in document.own_sheets}
    styles = host.styles(document.specimen_html, seen)
    return _Reader(styles, document.specimen, is_vertical=is_vertical).frame()


class _Reader:
    """Reads one frame; what it finds first under a key counts."""

    def __init__(self, styles: Styles, specimen: Book, *, is_vertical: bool) -> None:
        self._styles = styles
        self._specimen = specimen
        self._is_vertical = is_vertical
        self._blocks: dict[tuple[BlockKey, Part], BlockStyle] = {}
        self._headings: dict[tuple[SectionKey, Part], BlockStyle] = {}
        self._inlines: dict[tuple[BlockKey | SectionKey | str, Part, Nesting], TextStyle] = {}
        self._markers: dict[BlockKey, str] = {}
        self._strings: dict[SectionKey, tuple[tuple[str, Said], ...]] = {}
        self._pages: dict[tuple[str, Side, bool], PageStyle] = {}
        self._notes: list[Place] = []
        self._break_words = ""

    def frame(self) -> Frame:
        """Everything."""
        root = Place(self._styles.root, self._styles.look(self._styles.root))
        body = next(place for place in self._inside(root) if place.element.tag == "body")
        places = list(self._under(body))
        sections = {place.element.get("id", ""): place for place in places}
        self._read_sections(sections)
        by_class = {name: place for place in reversed(places) for name in place.classes}
        prose = [(key[0], style) for (key, _), style in self._blocks.items() if key[2] == "p.body"]
        # A preface may look otherwise, and where the body begins a page of its own does.
        prose.sort(key=lambda found: (found[0][0] != "body", found[0][1]))
        base = prose[0][1] if prose else self._style(body)
        title = by_class.get("contents-title")
        contents_title = self._opening(by_class["contents"], title) if title else base
        left = by_class["left-notes"]
        left_title = self._opening(left, by_class["left-notes-title"])
        left_note = next(place for place in self._under(left) if place.element.tag == "book-note")
        self._page(BLANK, is_blank=True)
        return Frame(
            base=base,
            blocks=self._blocks,
            headings=self._headings,
            inlines=self._inlines,
            pages=self._pages,
            markers=self._markers,
            strings=self._strings,
            notes=self._note_area(base.page, left_note),
            contents=dict(self._contents(places)),
            contents_title=contents_title,
            left_note=self._style(left_note),
            left_title=left_title,
            again=self._after(by_class["note-again"]) if "note-again" in by_class else base.text,
            break_words=self._break_words,
            has_leaders=self._has_leaders(places),
            is_vertical=self._is_vertical,
        )

    # --- elements -------------------------------------------------------------------------

    def _inside(self, place: Place) -> Iterator[Place]:
        around = (*place.around, place.look)
        for child in place.element:
            if isinstance(child.tag, str):
                yield Place(child, self._styles.look(child), around)

    def _under(self, place: Place) -> Iterator[Place]:
        for child in self._inside(place):
            yield child
            yield from self._under(child)

    def _style(self, place: Place, text: TextStyle | None = None) -> BlockStyle:
        return block_style(place, self._measure(place.look.page), text=text)

    def _after(self, place: Place) -> TextStyle:
        after = self._styles.pseudo_look(place.element, "after")
        return after.text if after else place.look.text

    # --- pages ----------------------------------------------------------------------------

    def _measure(self, page: str) -> float:
        """How long a line is on a page of that name."""
        self._page(page)
        style = self._pages[page, "recto", False]
        return style.measure_y if self._is_vertical else style.measure_x

    def _page(self, name: str, *, is_blank: bool = False) -> None:
        if (name, "recto", False) in self._pages:
            return
        sides: dict[Side, Literal["left", "right"]] = {"recto": "right", "verso": "left"}
        if self._is_vertical:
            sides = {"recto": "left", "verso": "right"}
        for side, hand in sides.items():
            for is_first in (False, True):
                look = self._styles.page_look(
                    "" if is_blank else name, hand, is_first=is_first, is_blank=is_blank
                )
                self._pages[name, side, is_first] = page_style(look)

    # --- sections -------------------------------------------------------------------------

    def _read_sections(self, places: Mapping[str, Place]) -> None:
        book = self._specimen
        parts: tuple[tuple[PartName, tuple[Section, ...]], ...] = (
            ("front", book.front),
            ("body", book.body),
            ("back", book.back),
        )
        for part, sections in parts:
            for number, section in enumerate(sections):
                self._section(part, (section,), places, is_first=number == 0)

    def _section(
        self,
        part: PartName,
        path: tuple[Section, ...],
        places: Mapping[str, Place],
        *,
        is_first: bool,
    ) -> None:
        section = path[-1]
        key = section_key(part, path, is_first=is_first)
        place = places[SECTION_PREFIX + section.id]
        children = list(self._inside(place))
        divider = next((one for one in children if "divider" in one.classes), None)
        own = list(self._inside(divider)) if divider else children
        header = next((one for one in own if one.element.tag == "header"), None)
        if (key, "") not in self._headings:
            self._heading(key, place, divider, header)
        blocks = [one for one in own if one.element.tag not in {"header", "section"}]
        self._stand_together(key, (), section.blocks, blocks)
        for child in section.children:
            self._section(part, (*path, child), places, is_first=is_first)

    def _heading(
        self, key: SectionKey, place: Place, divider: Place | None, header: Place | None
    ) -> None:
        outer = [place, *([divider] if divider else []), *([header] if header else [])]
        heading = next(self._inside(header)) if header else None
        innermost = heading or outer[-1]
        style = self._style(innermost)
        chain = [one.look for one in outer] + ([heading.look] if heading else [])
        before, after = distances(chain, self._measure(innermost.look.page))
        self._headings[key, ""] = replace(
            style,
            before=before if heading else 0.0,
            after=after if heading else 0.0,
            break_before=strongest(look.break_before for look in chain),
            break_after=divider.look.break_after if divider else "auto",
            is_shown=heading is not None and style.is_shown,
        )
        if header and heading:
            self._strings[key] = tuple(
                (name, _said(content)) for name, content in header.look.strings
            )
            self._heading_parts(key, heading)

    def _heading_parts(self, key: SectionKey, heading: Place) -> None:
        parts = {one.element.get("class", ""): one for one in self._inside(heading)}
        self._lay_beside(key, parts, "label", "gap", also=parts.get("title"))
        if title := parts.get("title"):
            self._headings.setdefault((key, "title"), self._style(title))
            halves = {one.element.get("class", ""): one for one in self._inside(title)}
            self._lay_beside(key, halves, "half", "half-gap", gap_class="gap")

    def _lay_beside(
        self,
        key: SectionKey,
        parts: Mapping[str, Place],
        name: Part,
        gap_name: Part,
        *,
        also: Place | None = None,
        gap_class: str = "gap",
    ) -> None:
        """Two parts of a heading, and the gap between them where they share a line."""
        if part := parts.get(name):
            self._headings[key, name] = self._style(part)
        if gap := parts.get(gap_class):
            displays = {one.look.display for one in (part, also) if one}
            shares = gap.look.display != "none" and displays <= _INLINE
            self._headings[key, gap_name] = replace(self._style(gap), is_shown=shares)

    def _opening(self, section: Place, title: Place) -> BlockStyle:
        """A title that is a block right inside what opens with it."""
        style = self._style(title)
        before, _ = distances((section.look, title.look), self._measure(title.look.page))
        breaks = (section.look.break_before, title.look.break_before)
        return replace(style, before=before, break_before=strongest(breaks))

    # --- blocks ---------------------------------------------------------------------------

    def _stand_together(
        self,
        section: SectionKey,
        around: tuple[str, ...],
        blocks: tuple[Block, ...],
        places: list[Place],
    ) -> None:
        keys = block_keys(section, around, blocks)
        for key, block, place in zip(keys, blocks, places, strict=True):
            if (key, "") not in self._blocks:
                self._block(key, block, place)
            if isinstance(block, Quote):
                inside = list(self._inside(place))
                self._stand_together(section, (*around, key[2]), block.blocks, inside)
            elif isinstance(block, ListBlock):
                for item, one in zip(block.items, self._inside(place), strict=True):
                    inside = list(self._inside(one))
                    self._stand_together(section, (*around, key[2]), item, inside)

    def _block(self, key: BlockKey, block: Block, place: Place) -> None:
        self._blocks[key, ""] = self._style(place)
        if isinstance(block, Verse):
            self._verse(key, place)
        elif place.element.tag == "hr":
            drawn = self._styles.pseudo_look(place.element, "before")
            self._break_words = words(drawn.content) if drawn else ""
        elif isinstance(block, ListBlock):
            item = next(self._inside(place))
            mark = self._styles.pseudo_look(item.element, "marker")
            self._blocks[key, "marker"] = self._style(item, mark.text if mark else None)
            self._markers[key] = item.look.marker
        elif not isinstance(block, Quote):
            self._inside_line(key, "", (), place)

    def _verse(self, key: BlockKey, place: Place) -> None:
        stanzas = list(self._inside(place))
        lines = [line for stanza in stanzas for line in self._inside(stanza)]
        kept = any(stanza.look.keeps_together for stanza in stanzas)
        self._blocks[key, "line"] = replace(self._style(lines[0]), keeps_together=kept)
        self._blocks[key, "gap"] = self._style(stanzas[-1])
        for line in lines:
            self._inside_line(key, "line", (), line)

    # --- inlines --------------------------------------------------------------------------

    def _inside_line(self, key: BlockKey | str, part: Part, nesting: Nesting, place: Place) -> None:
        for child in self._inside(place):
            tag, classes = child.element.tag, child.classes
            if tag == "book-note":
                self._note(key, part, nesting, child)
                continue
            if "note-again" in classes:
                continue
            inner = nesting
            if tag in _TAGS:
                inner = (*nesting, _TAGS[tag])
                self._inlines.setdefault((key, part, inner), child.look.text)
            self._inside_line(key, part, inner, child)

    def _note(self, key: BlockKey | str, part: Part, nesting: Nesting, note: Place) -> None:
        call = self._styles.pseudo_look(note.element, "footnote-call")
        text = call.text if call else note.look.text
        self._inlines.setdefault((key, part, (*nesting, "note")), text)
        self._notes.append(note)
        self._inside_line(IN_NOTES, "", (), note)

    def _note_area(self, page: str, left: Place) -> NoteArea:
        """The foot of the page; a book without a mark has it, too."""
        note = self._notes[0] if self._notes else left
        call = self._styles.pseudo_look(note.element, "footnote-call")
        marker = self._styles.pseudo_look(note.element, "footnote-marker")
        # Out of the flow: what is around its mark takes nothing off its lines.
        body = self._style(replace(note, around=()))
        area = self._styles.page_look(page, "right", is_first=False, is_blank=False).notes
        hang = -marker.margin.left.of(0.0) if marker else 0.0
        return note_area(area, body, call.text if call else body.text, hang)

    # --- contents -------------------------------------------------------------------------

    def _contents(self, places: list[Place]) -> Iterator[tuple[tuple[int, bool], BlockStyle]]:
        for place in places:
            if place.element.tag == "contents-entry":
                level = next(name for name in place.classes if name.startswith("level-"))
                entry = next(self._inside(place))
                style = self._style(place, entry.look.text)
                yield (int(level.removeprefix("level-")), "group" in place.classes), style

    def _has_leaders(self, places: list[Place]) -> bool:
        after = (
            self._styles.pseudo_look(place.element, "after")
            for place in places
            if "entry" in place.classes
        )
        return any(("other", "leader()") in look.content for look in after if look)


def _said(content: Content) -> Said:
    """What `string-set` says: the heading stands in an attribute, and is the element's content."""
    return tuple(
        ("words", said) if kind == "words" else ("heading", "")
        for kind, said in content
        if kind in {"words", "attr"} or said.startswith("content")
    )
