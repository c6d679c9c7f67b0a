"""What a person should know about the structure: gaps, repeats, lonely notes."""

from collections.abc import Iterator

from builder.core.diagnostic import Diagnostic, note, warning
from builder.core.manuscript import Manuscript, MarkKind
from builder.structure.plan import Plan, nodes_of
from builder.structure.trace import CONTENTS_LIST
from builder.structure.tree import Node


def findings(manuscript: Manuscript, plan: Plan) -> Iterator[Diagnostic]:
    """The diagnostics of a plan, in reading order within each code."""
    nodes = tuple(nodes_of(plan.outline.nodes))
    if not plan.outline.found and nodes:
        yield warning("S101", manuscript.origin(_start(plan, nodes[0])), sections=len(nodes))
    yield from _numbering(manuscript, plan, nodes)
    for node in nodes:
        notes = plan.notes[node.id]
        for position, mark in notes.lone_marks:
            yield warning("S104", manuscript.origin(position), mark=mark)
        for position, mark in notes.lone_lines:
            yield warning("S105", manuscript.origin(position), mark=mark)
    for reference in manuscript.marks:
        if reference.kind is MarkKind.NOTE_REF and reference.value not in plan.marked_notes:
            printed = manuscript.text[reference.start : reference.end] or reference.value
            yield warning("S104", manuscript.origin(reference.start), mark=printed)
    listed = [claim for claim in plan.claims if claim.rule == CONTENTS_LIST]
    for claim, count in zip(listed, plan.contents_lists, strict=True):
        yield note("S106", manuscript.origin(claim.start), lines=count)


def _start(plan: Plan, node: Node) -> int:
    return plan.lines[node.opening.line].start


def _numbering(manuscript: Manuscript, plan: Plan, nodes: tuple[Node, ...]) -> Iterator[Diagnostic]:
    """Numbers that are missing, and numbers that come twice.

    Chapters may start again at one in a new volume, or count on.
    """
    previous: dict[str, int] = {}
    for node in nodes:
        opening = node.opening
        if opening.rank <= 1 and opening.role is None:
            previous = {role: number for role, number in previous.items() if role != "subchapter"}
        if opening.number is None or opening.role is not None:
            continue
        before = previous.get(node.role)
        previous[node.role] = opening.number
        if node.role == "chapter":
            previous.pop("subchapter", None)
        if before is None or opening.is_made:
            continue
        missing = opening.number - before - 1
        if missing != 0 and missing >= -1:
            place = manuscript.origin(_start(plan, node))
            heading = opening.label or opening.title
            if missing < 0:
                yield warning("S103", place, heading=heading)
            else:
                yield warning("S102", place, heading=heading, count=missing, after=before)
