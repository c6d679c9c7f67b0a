"""Who changed this line? The answer, from a ledger alone or with the source beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from builder.core.ledger import Edit, Layer, Ledger


@dataclass(frozen=True, slots=True)
class Step:
    """One edit that touched the line; `context` is the line as that stage received it.

    `start` and `end` are the place in the decoded source that the edit goes back to.
    """

    stage: str
    edit: Edit
    context: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """What became of a stretch of the source. `after` is what the book has of it."""

    before: str
    after: str
    steps: tuple[Step, ...]


def explain(ledger: Ledger, start: int, line: str) -> Explanation:
    """What happened to `line`, which stands at `start` of the decoded source.

    The line is carried through the layers on its own: an edit that reaches over its ends counts
    with the part inside. Of a line of which a part moved elsewhere (a note without its mark),
    that part is followed to where it went.
    """
    text, steps = line, list[Step]()
    for number, layer in enumerate(ledger.layers):
        end = start + len(text)
        touching = [
            edit for edit in layer.between(start, end) if _concerns(edit, start, end, len(text))
        ]
        before = ledger.layers[:number]
        steps += [Step(layer.stage, edit, text, *_origin(edit, before)) for edit in touching]
        moved = _moved(layer, start, end)
        if moved is not None:
            first, last, target = moved
            start, text = target, text[first - start : last - start]
            continue
        following = _start_after(layer, start, touching)
        text = _apply(text, start, touching)
        start = following
    return Explanation(line, text, tuple(steps))


def _origin(edit: Edit, layers: tuple[Layer, ...]) -> tuple[int, int]:
    """Where in the decoded source the edit's `before` came from, through the `layers` before it."""
    first, last = edit.start, max(edit.end - 1, edit.start)
    for layer in reversed(layers):
        first, last = layer.backward(first), layer.backward(last)
    return first, max(last + (edit.start < edit.end), first)


def _concerns(edit: Edit, start: int, end: int, length: int) -> bool:
    """An insertion at the end belongs to what follows, unless there is nothing else."""
    if edit.start == edit.end:
        return start <= edit.start < end or (length == 0 and edit.start == start)
    return edit.start < end and edit.end > start


def _moved(layer: Layer, start: int, end: int) -> tuple[int, int, int] | None:
    """The largest part `[first, last)` of a stretch that moved, and where it went."""
    moved = [
        (max(move.start, start), min(move.end, end), move.target + max(start - move.start, 0))
        for move in layer.moves
        if move.start < end and start < move.end
    ]
    return max(moved, key=lambda part: part[1] - part[0], default=None)


def _start_after(layer: Layer, start: int, edits: list[Edit]) -> int:
    """Where the text of `_apply` starts in the text returned."""
    if edits and edits[0].start < start:
        return layer.forward(edits[0].end)
    inserted = sum(len(e.after) for e in edits if e.start == e.end == start)
    return layer.forward(start) - inserted


def _apply(text: str, start: int, edits: list[Edit]) -> str:
    pieces: list[str] = []
    position = start
    for edit in edits:
        first, last = max(edit.start, start), min(edit.end, start + len(text))
        pieces.append(text[position - start : first - start])
        if edit.start >= start:
            pieces.append(edit.after)
        position = last
    pieces.append(text[position - start :])
    return "".join(pieces)
