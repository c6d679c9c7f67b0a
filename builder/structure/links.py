"""Links inside the book: from a place of a file to the section that the place is in now."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from builder.core.manuscript import Mark, MarkKind


def led_to_sections(marks: Sequence[Mark], sections: Sequence[tuple[int, str]]) -> tuple[Mark, ...]:
    """The marks, each link to an anchor led to the id of the section that holds it.

    `sections` are where each begins and its id, in reading order, inner ones behind outer ones.
    A link to a place that the book does not have stays as it is: it is set as plain words.
    """
    places = {f"#{mark.value}": mark.start for mark in marks if mark.kind is MarkKind.ANCHOR}
    if not places or not sections:
        return tuple(marks)
    ordered = sorted(sections, key=lambda one: one[0])
    starts = [start for start, _ in ordered]

    def led(mark: Mark) -> Mark:
        if mark.kind is not MarkKind.LINK or mark.value not in places:
            return mark
        index = max(bisect_right(starts, places[mark.value]) - 1, 0)
        return replace(mark, value=f"#{ordered[index][1]}")

    return tuple(led(mark) for mark in marks)
