"""A paragraph cut in two, at the end of a sentence if there is one near."""

import re
import unicodedata
from dataclasses import replace
from typing import assert_never

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
from builder.core.traversal import inline_text

# Example: 。”, ！？, ……, a dot before a space. Counter-example: ，, the dot of 3.14.
_SENTENCE_END = re.compile(r"(?:[。！？…!?]+|\.(?=\s))[”’」』）》〕】]*")
# Example: ，, ；, a space. Counter-example: 。.
_PAUSE = re.compile(r"[，、；：,;:\s][”’」』）》〕】]*")

# Categories of what belongs to the character before it: accents, variation selectors, most marks.
_NEVER_FIRST = frozenset({"Mn", "Mc", "Me", "Pe", "Pf", "Po", "Pd"})
# Marks that may stand beside each other and are not to be parted: ？！……”）.
_MARKS_TOGETHER = 8

Inlines = tuple[Inline, ...]


def cut_inlines(inlines: Inlines, share: float) -> tuple[Inlines, Inlines]:
    """Both halves of a paragraph; the first has about `share` of its characters, not more.

    Either may be empty. A sentence is cut only when none ends in the last half of the room,
    and then at a pause; without pauses between any two characters. Ruby, code and pictures
    stay whole.
    """
    text = inline_text(inlines, readings=False)
    return _divide(inlines, _place(text, int(len(text) * share)))


def _place(text: str, at: int) -> int:
    """The best place for a cut in the second half of `text[:at]`."""
    for mark in (_SENTENCE_END, _PAUSE):
        ends = [found.end() for found in mark.finditer(text, at // 2, at + _MARKS_TOGETHER)]
        if ends := [end for end in ends if end <= at]:
            return ends[-1]
    while 0 < at < len(text) and unicodedata.category(text[at]) in _NEVER_FIRST:
        at -= 1
    return at


def _divide(inlines: Inlines, at: int) -> tuple[Inlines, Inlines]:
    """The inlines before and after the character `at`; a note's mark stays with what it marks."""
    for index, inline in enumerate(inlines):
        length = len(inline_text((inline,), readings=False))
        if at < length or (at == length == 0 and not isinstance(inline, NoteRef)):
            head, tail = _cut(inline, at)
            return (*inlines[:index], *head), (*tail, *inlines[index + 1 :])
        at -= length
    return inlines, ()


def _cut(inline: Inline, at: int) -> tuple[Inlines, Inlines]:
    match inline:
        case Text(value):
            return _text(value[:at]), _text(value[at:])
        case Emphasis(children) | Link(_, children):
            head, tail = _divide(children, at)
            first = (replace(inline, children=head),) if head else ()
            return first, (replace(inline, children=tail),) if tail else ()
        case Ruby() | Code() | NoteRef() | Image() | LineBreak():
            return (), (inline,)
        case _:
            assert_never(inline)


def _text(value: str) -> Inlines:
    return (Text(value),) if value else ()
