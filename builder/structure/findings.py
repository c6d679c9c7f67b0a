"""What a person should know about the structure: gaps, repeats, lonely notes."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import chain

from builder.core.diagnostic import Diagnostic, note, warning
from builder.core.manuscript import Manuscript, MarkKind
from builder.structure.outline import Opening
from builder.structure.plan import Plan, nodes_of
from builder.structure.trace import CONTENTS_LIST
from builder.structure.tree import Node

MOST_TOLD = 20
# A part of a chapter: 月台（上）, 月台 二, 月台下, but not 月台 and not 三块六毛五.
PART = re.compile(
    "(?P<name>[^\n]{0,60}?)[ \u3000·]{0,2}(?:[（(【](?P<mark>[上中下终終续續一二三四五六七八九十0-9０-９]{1,2})[）)】]"
    "|(?P<word>[上中下])|(?<=[ \u3000·])(?P<count>[一二三四五六七八九十0-9０-９]{1,2}))"
)


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
    told = {at for node in nodes for at, _ in plan.notes[node.id].lone_lines}
    for position, mark in plan.lone_notes:
        if position not in told:
            yield warning("S105", manuscript.origin(position), mark=mark)
    for position, count, marks in plan.refused_notes:
        yield warning("S109", manuscript.origin(position), notes=count, marks=marks)
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
    """Numbers that are missing, that come twice, and that stand where they do not belong.

    Chapters may start again at one in a new volume, or count on. Each code is told at most
    `MOST_TOLD` times; S107 says how many more there are.
    """
    told: Counter[str] = Counter()
    for diagnostic in chain.from_iterable(
        _run_findings(manuscript, plan, run) for run in _runs(nodes)
    ):
        told[diagnostic.code] += 1
        if told[diagnostic.code] <= MOST_TOLD:
            yield diagnostic
    for code, count in sorted(told.items()):
        if count > MOST_TOLD:
            yield note(
                "S107", manuscript.origin(_start(plan, nodes[0])), of=code, count=count - MOST_TOLD
            )


def _runs(nodes: tuple[Node, ...]) -> Iterator[list[Node]]:
    """The headings of each role that count together, up to where they start again."""
    open_runs: dict[str, list[Node]] = {}
    volumes = 0
    seen_volumes: dict[str, int] = {}
    for node in nodes:
        opening = node.opening
        volumes += node.role in {"volume", "part"}
        is_counted = opening.is_made and node.role not in {"volume", "part"}
        if opening.number is None or opening.role is not None or is_counted:
            continue
        run = open_runs.setdefault(node.role, [])
        is_elsewhere = seen_volumes.get(node.role, volumes) != volumes
        seen_volumes[node.role] = volumes
        if run and opening.number <= 1 and (len(run) > 1 or is_elsewhere):
            yield run
            run = open_runs[node.role] = []
        run.append(node)
        if node.role == "chapter" and "subchapter" in open_runs:
            yield open_runs.pop("subchapter")
    yield from open_runs.values()


def _run_findings(manuscript: Manuscript, plan: Plan, run: list[Node]) -> Iterator[Diagnostic]:
    labels = "".join(node.opening.label[:1] for node in run)
    has_two = "下" in labels and "中" not in labels
    numbers = [
        2 if has_two and node.opening.label.startswith("下") else node.opening.number or 0
        for node in run
    ]
    present, seen = sorted(set(numbers)), {numbers[0]}
    highest = numbers[0]
    for index in range(1, len(run)):
        number, node = numbers[index], run[index]
        place = manuscript.origin(_start(plan, node))
        heading = node.opening.label or node.opening.title
        following = numbers[index + 1] if index + 1 < len(run) else None
        is_astray = following is not None and highest < following <= highest + 2 < number
        if number == numbers[index - 1] and _are_parts(run[index - 1].opening, node.opening):
            continue
        if number in seen:
            yield warning("S103", place, heading=heading)
        elif number < highest or is_astray:
            yield warning("S108", place, heading=heading, after=numbers[index - 1])
        elif missing := _missing(present, highest, number):
            yield warning("S102", place, heading=heading, count=missing, after=numbers[index - 1])
        seen.add(number)
        if not is_astray:
            highest = max(highest, number)


def _are_parts(first: Opening, second: Opening) -> bool:
    """Whether one chapter goes on in the next: 第二章 月台（上）, 第二章 月台（下）."""
    one, other = PART.fullmatch(first.title), PART.fullmatch(second.title)
    return (
        one is not None
        and other is not None
        and one["name"] == other["name"]
        and one.groups()[1:] != other.groups()[1:]
    )


def _missing(present: list[int], low: int, high: int) -> int:
    """How many numbers between two are not there; `present` is sorted.

    By counting those that are: a heading may have any number, and then as many are missing.
    """
    return high - low - 1 - (bisect_left(present, high) - bisect_right(present, low))
