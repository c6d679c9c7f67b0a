"""Inlines → copy: the characters of a paragraph and the runs of style they come in.

What a paragraph refers to beside its characters (notes, links) comes with it as `Copied`. Marks
of notes have no number yet: that is known when the page is full.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, TypeVar, assert_never

from builder.core.book import (
    Code,
    Emphasis,
    Image,
    Inline,
    LineBreak,
    Link,
    NoteRef,
    Ruby,
    Text,
)
from builder.core.specimen import BlockKey, InlineKind, SectionKey
from builder.core.xml_text import xml_safe
from builder.press.frame import BlockStyle, Frame, Part, TextStyle
from builder.press.ruby import parted
from builder.press.setting import OBJECT, Copy, Run
from builder.press.tree import Tree
from builder.press.upright import cells

if TYPE_CHECKING:
    from builder.press.hosting import LaidSlab
    from builder.press.notes import SetNote

Key = BlockKey | SectionKey | str | None
# Example: a tab, two spaces. Counter-example: one space, U+3000.
_SPACES = re.compile("[\t\n\r\f ]+")
_FEW = 8  # links, which are looked at one by one
_AT, _START, _END, _FIRST = attrgetter("at"), attrgetter("start"), attrgetter("end"), itemgetter(0)
T = TypeVar("T")


@dataclass(slots=True, eq=False)
class Mention:
    """Where a note is mentioned: its mark's place in the copy, and who tells what the mark says.

    `brings` are the notes that go to the foot of the page with it; none at a second mention.
    """

    at: int
    words: Callable[[], str]
    target: str = ""
    brings: tuple["SetNote", ...] = ()


@dataclass(frozen=True, slots=True)
class LinkSpan:
    """Characters of a copy that lead somewhere."""

    start: int
    end: int
    target: str
    element: int


@dataclass(slots=True)
class Copied:
    """A copy, and what it mentions."""

    copy: Copy
    mentions: tuple[Mention, ...] = ()
    links: tuple[LinkSpan, ...] = ()
    # Small pictures, each with its place in the text.
    pictures: tuple[tuple[int, "LaidSlab"], ...] = ()
    _layers: tuple[list[LinkSpan], list[LinkSpan]] | None = None

    def resolved(self, start: int, end: int) -> Copy:
        """The copy with the true words of its marks from `start` to `end`."""
        mentions = self.mentions_in(start, end)
        if not mentions:
            return self.copy
        runs = list(self.copy.runs)
        for mention in mentions:
            number = bisect_right(runs, mention.at, key=_START) - 1
            runs[number] = replace(runs[number], extra=mention.words())
        resolved = replace(self.copy, runs=tuple(runs))
        resolved.like = self.copy
        return resolved

    def mentions_in(self, start: int, end: int) -> Sequence[Mention]:
        """The mentions from `start` to `end`."""
        return _between(self.mentions, start, end, key=_AT)

    def pictures_in(self, start: int, end: int) -> Sequence[tuple[int, "LaidSlab"]]:
        """The small pictures from `start` to `end`."""
        return _between(self.pictures, start, end, key=_FIRST)

    def links_in(self, start: int, end: int) -> Sequence[LinkSpan]:
        """The links that have a character from `start` to `end`."""
        if len(self.links) < _FEW:
            return [link for link in self.links if link.start < end and link.end > start]
        if self._layers is None:
            self._layers = _layers(self.links)
        found = [link for layer in self._layers for link in _overlapping(layer, start, end)]
        return sorted(found, key=_END)


def _between(among: Sequence[T], start: int, end: int, *, key: Callable[[T], int]) -> Sequence[T]:
    """Those of some things in order whose place is from `start` to `end`."""
    first = bisect_left(among, start, key=key)
    return among[first : bisect_left(among, end, first, key=key)]


def _layers(links: Sequence[LinkSpan]) -> tuple[list[LinkSpan], list[LinkSpan]]:
    """Links as they end one after the other, parted into those that stand side by side, and those
    around some of them: a link may hold marks of notes, which lead somewhere themselves.
    """
    inner: list[LinkSpan] = []
    outer: list[LinkSpan] = []
    for link in links:
        (outer if inner and link.start < inner[-1].end else inner).append(link)
    return inner, outer


def _overlapping(links: Sequence[LinkSpan], start: int, end: int) -> Sequence[LinkSpan]:
    first = bisect_right(links, start, key=_END)
    return links[first : bisect_left(links, end, first, key=_START)]


def is_plain(text: str) -> bool:
    """Whether a text can be set as it is: nothing to collapse or to replace."""
    return text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " "


# A note's mark: its `Mention`, not yet in its place, how it looks, the element of its words.
Noted = tuple[Mention, TextStyle, int]


@dataclass(slots=True, eq=False)
class Writer:
    """Makes the copies of one book; `note` is asked for every mark, with its paragraph's element.

    `link` turns a `Link.href` into what `PlacedLink.target` wants, or "". `pictures` are those of
    the block in hand; the small ones stand among its words.
    """

    frame: Frame
    tree: Tree
    note: Callable[[str, int], Noted | None]
    link: Callable[[str], str]
    pictures: Iterator["LaidSlab"] = field(default_factory=lambda: iter(()))

    def is_small(self, picture: "LaidSlab") -> bool:
        """Whether a picture can stand on a line and touch no character of the next ones."""
        base = self.frame.base
        across = picture.width if self.frame.is_vertical else picture.height
        return across <= 2 * base.leading - base.text.size

    def copy(
        self,
        inlines: tuple[Inline, ...],
        style: BlockStyle,
        *,
        measure: float,
        element: int,
        key: Key = None,
        part: Part = "",
    ) -> Copied:
        """Some inlines as the copy of a block in `style`, whose lines are `measure` wide."""
        sheet = _Sheet(self, key, part, element)
        sheet.add_all(inlines, (), style.text)
        return sheet.finished(style, measure)


@dataclass(slots=True, eq=False)
class _Sheet:
    """A copy as it grows."""

    writer: Writer
    key: Key
    part: Part
    element: int
    text: list[str] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    links: list[LinkSpan] = field(default_factory=list)
    pictures: list[tuple[int, "LaidSlab"]] = field(default_factory=list)
    length: int = 0
    inside: int = -1  # the element of the link around

    def add_all(
        self, inlines: tuple[Inline, ...], kinds: tuple[InlineKind, ...], style: TextStyle
    ) -> None:
        for inline in inlines:
            self.add(inline, kinds, style)

    def add(self, inline: Inline, kinds: tuple[InlineKind, ...], style: TextStyle) -> None:
        match inline:
            case Text(value):
                self.words(value, style)
            case Emphasis(children, strong):
                inner: tuple[InlineKind, ...] = (*kinds, "strong" if strong else "em")
                self.add_all(children, inner, self.style(inner, style))
            case Code(value):
                element = self.writer.tree.add("Code", self.parent)
                code = self.style((*kinds, "code"), style)
                self.put(_SPACES.sub(" ", xml_safe(value)), code, "code", element=element)
            case Ruby(base, reading):
                self.ruby(base, reading, kinds, style)
            case NoteRef(note_id):
                self.mention(note_id)
            case Link(href, children):
                self.link(href, children, kinds, style)
            case Image():
                self.picture(style)
            case LineBreak():
                self.put("\n", style, "break")
            case _:
                assert_never(inline)

    @property
    def parent(self) -> int:
        return self.inside if self.inside >= 0 else self.element

    def style(self, kinds: tuple[InlineKind, ...], around: TextStyle) -> TextStyle:
        if self.key is None:
            return around
        return self.writer.frame.inlines.get((self.key, self.part, kinds), around)

    def put(
        self, text: str, style: TextStyle, kind: str = "text", *, extra: str = "", element: int = -2
    ) -> None:
        """Add characters in one style; equal neighbours become one run."""
        if not text:
            return
        element = self.inside if element == -2 else element
        start, self.length = self.length, self.length + len(text)
        self.text.append(text)
        last = self.runs[-1] if self.runs else None
        if (
            last is not None
            and kind == "text"
            and last.kind == "text"
            and last.element == element
            and last.style == style
        ):
            self.runs[-1] = Run(last.start, self.length, style, "text", "", element)
        else:
            self.runs.append(Run(start, self.length, style, kind, extra, element))  # type: ignore[arg-type]  # one of Run's own names

    def words(self, value: str, style: TextStyle) -> None:
        value = _SPACES.sub(" ", xml_safe(value))
        if value[:1] == " " and (not self.text or self.text[-1][-1] in " \n"):
            value = value[1:]
        self.put(value, style)

    def ruby(
        self, base: str, reading: str, kinds: tuple[InlineKind, ...], style: TextStyle
    ) -> None:
        """The run's element is the base's (RB); that of the reading (RT) is the next one."""
        tree = self.writer.tree
        ruby = tree.add("Ruby", self.parent)
        element = tree.add("RB", ruby)
        tree.add("RT", ruby)
        own = self.style((*kinds, "ruby"), style)
        self.put(xml_safe(base), own, "ruby", extra=xml_safe(reading), element=element)
        beside = self.style((*kinds, "ruby", "rt"), own)
        self.runs[-1] = replace(self.runs[-1], beside=beside)

    def picture(self, style: TextStyle) -> None:
        """A picture among words: a small one stands where the author put it."""
        picture = next(self.writer.pictures, None)
        if picture is not None and self.writer.is_small(picture):
            self.pictures.append((self.length, picture))
            along = picture.height if self.writer.frame.is_vertical else picture.width
            self.put(OBJECT, style, "image", extra=str(along))

    def mention(self, note_id: str) -> None:
        noted = self.writer.note(note_id, self.element)
        if noted is None:
            return
        mention, style, element = noted
        mention.at = self.length
        self.mentions.append(mention)
        self.put(OBJECT, style, "note", extra=mention.words(), element=element)
        if mention.target:
            self.links.append(LinkSpan(mention.at, mention.at + 1, mention.target, element))

    def link(
        self, href: str, children: tuple[Inline, ...], kinds: tuple[InlineKind, ...],
        style: TextStyle,
    ) -> None:  # fmt: skip
        target = self.writer.link(href)
        if not target or self.inside >= 0:
            self.add_all(children, kinds, style)
            return
        start = self.length
        self.inside = self.writer.tree.add("Link", self.element)
        inner: tuple[InlineKind, ...] = (*kinds, "a")
        self.add_all(children, inner, self.style(inner, style))
        if self.length > start:
            self.links.append(LinkSpan(start, self.length, target, self.inside))
        self.inside = -1

    def finished(self, style: BlockStyle, measure: float) -> Copied:
        text = "".join(self.text)
        runs = self.runs
        if text.endswith(" ") and runs[-1].kind == "text":
            text = text[:-1]
            last = runs.pop()
            if last.end - 1 > last.start:
                runs.append(replace(last, end=last.end - 1))
        copy = Copy(text, tuple(runs), measure, style.indent, style.align, self.element)
        copy = parted(copy)
        if self.writer.frame.is_vertical:
            copy = cells(copy)
        return Copied(copy, tuple(self.mentions), tuple(self.links), tuple(self.pictures))
