"""Small exact passes over one file's text, and joining the files into one manuscript.

Every pass gives its text and its edits; edits of all files together become one layer a pass.
Rules: R101 broken bytes, R102 byte order mark, R103 line ends, R104 the newline between two
files, R105 blank lines at the outer edges of a file, R106 a page that is about the book, R107 a
title that only the contents have. R110 and above belong to mark-up.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, groupby
from operator import itemgetter

from builder.core.ledger import Layer, LayerBuilder
from builder.core.manuscript import Mark
from builder.read.encodings import BYTE_ORDER_MARK

STAGE = "read"
MADE_PAGE = "R106"
CONTENTS_TITLE = "R107"

# (rule, start, before, after), in order; `start` is a code point of the text received.
EditRow = tuple[str, int, str, str]


@dataclass(frozen=True, slots=True)
class Passed:
    """What one pass made of one file's text. Marks point into `text`."""

    text: str = field(repr=False)
    edits: tuple[EditRow, ...] = ()
    marks: tuple[Mark, ...] = ()
    # Where the elements with the ids that were asked for begin in `text`.
    anchors: tuple[tuple[str, int], ...] = ()
    # What the file says about the book, keyed like [book] of book.toml.
    hints: tuple[tuple[str, str], ...] = ()


# Codes that GB 18030 of 2000 put into the private use area, as Python still does, and the
# characters that have them since. Source: GB 18030-2005 and -2022, index of the WHATWG.
_FROM_PRIVATE = dict(
    zip(
        "\ue78d\ue78e\ue78f\ue790\ue791\ue792\ue793\ue794\ue795\ue796\ue7c7"
        "\ue816\ue817\ue818\ue81e\ue826\ue82b\ue82c\ue831\ue832\ue83b\ue843\ue854\ue855\ue864",
        "\ufe10\ufe12\ufe11\ufe13\ufe14\ufe15\ufe16\ufe17\ufe18\ufe19\u1e3f"
        "\U00020087\U00020089\U000200cc\u9fb4\u9fb5\u9fb6\u9fb7\U000215d7\u9fb8\U0002298f"
        "\u9fb9\u9fba\U000241fe\u9fbb",
        strict=True,
    )
)

# Line ends that are not one newline, and broken bytes. Examples: "\r\n", "\r", "\udc81".
# Counter-examples: "\n", "\N{LINE SEPARATOR}".
_UNEVEN = re.compile("\r\n|\r|[\udc00-\udcff]")
_UNEVEN_OR_PRIVATE = re.compile(f"{_UNEVEN.pattern}|[{''.join(_FROM_PRIVATE)}]")
_CR = re.compile("\r")
_REPLACED = {"\r\n": ("R103", "\n"), "\r": ("R103", "\n")}
_FAULT = ("R101", "\N{REPLACEMENT CHARACTER}")


def even_out(text: str, *, has_faults: bool, encoding: str = "") -> Passed:
    """The text without byte order mark, with newlines only, broken bytes shown as U+FFFD."""
    edits: list[EditRow] = []
    mark = BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""
    if mark:
        edits.append(("R102", 0, mark, ""))
    replaced = dict(_REPLACED)
    if encoding == "gb18030":
        private = [code for code in _FROM_PRIVATE if code in text]
        replaced |= {code: ("R119", _FROM_PRIVATE[code]) for code in private}
    if "\r" not in text and not has_faults and len(replaced) == len(_REPLACED):
        return Passed(text[len(mark) :], tuple(edits))
    if not has_faults and len(replaced) == len(_REPLACED) and _is_all_crlf(text):
        edits.extend(("R103", match.start(), "\r", "") for match in _CR.finditer(text))
        return Passed(text.replace("\r", "")[len(mark) :], tuple(edits))
    uneven = _UNEVEN if len(replaced) == len(_REPLACED) else _UNEVEN_OR_PRIVATE
    for match in uneven.finditer(text):
        found = match[0]
        rule, after = replaced.get(found, _FAULT)
        edits.append((rule, match.start(), found, after))
    even = uneven.sub(lambda match: replaced.get(match[0], _FAULT)[1], text)
    return Passed(even[len(mark) :], tuple(edits))


def _is_all_crlf(text: str) -> bool:
    """Whether every line ends as on Windows: the common case, and the quick one."""
    return text.count("\r") == text.count("\r\n")


def with_removals(passed: Passed, rows: list[EditRow]) -> Passed:
    """The text without some stretches of it, the marks moved along."""
    if not rows:
        return Passed(passed.text, (), passed.marks)
    text = passed.text
    pieces: list[str] = []
    position = 0
    for _, start, before, _ in rows:
        pieces.append(text[position:start])
        position = start + len(before)
    pieces.append(text[position:])

    def moved(offset: int) -> int:
        gone = sum(
            min(len(before), offset - start) for _, start, before, _ in rows if start < offset
        )
        return offset - gone

    marks = tuple(
        replace(mark, start=moved(mark.start), end=moved(mark.end)) for mark in passed.marks
    )
    kept = tuple(
        new
        for old, new in zip(passed.marks, marks, strict=True)
        if old.start == old.end or new.start < new.end
    )
    return Passed("".join(pieces), tuple(rows), kept)


def moved(marks: Sequence[Mark], edits: Sequence[EditRow]) -> list[Mark]:
    """The marks where their characters stand after the edits."""
    starts = [at for _, at, _, _ in edits]
    growth = [len(new) - len(old) for _, _, old, new in edits]
    shifts = list(accumulate(growth, initial=0))

    def after(offset: int, count: int) -> int:
        """An offset behind `count` edits, or inside the last of them."""
        if count and offset < starts[count - 1] + len(edits[count - 1][2]):
            return starts[count - 1] + shifts[count - 1]
        return offset + shifts[count]

    found: list[Mark] = []
    for mark in marks:
        start = after(mark.start, bisect_right(starts, mark.start))
        # A line that is put in at a mark's end stays outside of it.
        end = after(mark.end, bisect_left(starts, mark.end))
        found.append(replace(mark, start=start, end=max(start, end)))
    return found


def layer_of(passes: tuple[Passed, ...], received: tuple[str, ...]) -> Layer:
    """One layer from the edits of all files; `received` are the texts the pass was given."""
    building = LayerBuilder(STAGE)
    for passed, base in zip(passes, accumulate(map(len, received), initial=0), strict=False):
        for rule, rows in groupby(passed.edits, key=itemgetter(0)):
            building.add_all(rule, ((base + start, old, new) for _, start, old, new in rows))
    return building.layer()


def join(
    passes: tuple[Passed, ...], apart: tuple[bool, ...] = ()
) -> tuple[str, Layer, tuple[Mark, ...]]:
    """All files as one text, exactly one newline between two, none at its ends.

    Before a file that is to stand `apart` there are two: it goes on with the text before it, and
    its first line is a paragraph of its own. A file without anything but newlines leaves
    nothing. Marks are moved along.
    """
    building = LayerBuilder(STAGE)
    pieces: list[str] = []
    marks: list[Mark] = []
    last = max((i for i, passed in enumerate(passes) if passed.text.strip("\n")), default=-1)
    base = length = 0
    for index, passed in enumerate(passes):
        core = passed.text.strip("\n")
        lead = len(passed.text) - len(passed.text.lstrip("\n"))
        if core:
            end = lead + len(core)
            rest = range(index + 1, last + 1)
            following = next((i for i in rest if passes[i].text.strip("\n")), 0)
            ending = ("\n\n" if apart and apart[following] else "\n") if following else ""
            building.add("R105", base, "\n" * lead, "")
            rule = "R105" if len(passed.text) > end else "R104"
            building.add(rule, base + end, passed.text[end:], ending)
            pieces.append(core + ending)
            marks.extend(_moved(mark, lead, len(core), length) for mark in passed.marks)
            length += len(core) + len(ending)
        else:
            building.add("R105", base, passed.text, "")
        base += len(passed.text)
    return "".join(pieces), building.layer(), tuple(marks)


def _moved(mark: Mark, lead: int, length: int, target: int) -> Mark:
    start = min(max(mark.start - lead, 0), length)
    end = min(max(mark.end - lead, start), length)
    return replace(mark, start=target + start, end=target + end)
