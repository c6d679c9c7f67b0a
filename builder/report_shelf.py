"""What `builder shelf` reports: a line for people, and data for programs."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from builder.core.catalogue import say
from builder.core.diagnostic import Diagnostic, Location, note
from builder.report import Report, diagnostic_report

if TYPE_CHECKING:
    from builder.shelf import Outcome, ShelfBuilt

_MOST_NAMES = 5


def shelf_line(built: "ShelfBuilt", seconds: float) -> str:
    """How many books there are, and what became of them."""
    return say(
        "shelf.summary",
        count=len(built.outcomes),
        built=built.count("built"),
        unchanged=built.count("unchanged"),
        failed=built.count("failed"),
        seconds=seconds,
    )


def shelf_report(built: "ShelfBuilt", seconds: float) -> Report:
    """Every book and what became of it."""
    return {
        "seconds": round(seconds, 3),
        "built": built.count("built"),
        "unchanged": built.count("unchanged"),
        "failed": built.count("failed"),
        "page": str(built.page or ""),
        "passed_by": [str(path) for path in built.passed_by],
        "in_out": [str(path) for path in built.in_out],
        "same": [[built.outcomes[one].path for one in group] for group in built.alike.same],
        "parts": [
            {
                "path": built.outcomes[part.book].path,
                "of": built.outcomes[part.of].path,
                "share": round(part.share, 2),
            }
            for part in built.alike.parts
        ],
        "books": [_book(one) for one in built.outcomes],
    }


def passed_by(built: "ShelfBuilt") -> Diagnostic:
    """L009: what was not taken for a book."""
    return _named("L009", built.passed_by)


def in_out(built: "ShelfBuilt") -> Diagnostic:
    """L013: what looks like a book and lies among the results."""
    return _named("L013", built.in_out)


def _named(code: str, paths: Sequence[Path]) -> Diagnostic:
    names = [path.name for path in paths]
    shown = ", ".join(names[:_MOST_NAMES]) + (" …" if len(names) > _MOST_NAMES else "")
    return note(code, Location(str(paths[0].parent)), count=len(names), names=shown)


def likenesses(built: "ShelfBuilt") -> Iterator[Diagnostic]:
    """Which books have the text of others: L006 the same, L007 a part of it."""
    outcomes = built.outcomes
    for first, *others in built.alike.same:
        for other in others:
            place = Location(outcomes[other].path)
            yield note("L006", place, other=outcomes[first].path)
    for part in built.alike.parts:
        place, percent = Location(outcomes[part.book].path), round(part.share * 100)
        yield note("L007", place, other=outcomes[part.of].path, percent=percent)


def likeness_line(built: "ShelfBuilt") -> str:
    """How many books have the text of others; "" when none has."""
    twice = sum(len(group) - 1 for group in built.alike.same)
    parts = len(built.alike.parts)
    return say("shelf.likeness", twice=twice, parts=parts) if twice or parts else ""


def _book(one: "Outcome") -> Report:
    told: Report = {
        "path": one.path,
        "state": one.state,
        "title": one.title,
        "creators": list(one.creators),
        "series": one.series,
        "position": one.position,
        "files": list(one.files),
        "edits": one.edits,
        "warnings": one.warnings,
    }
    if one.problem:
        told |= {"error": diagnostic_report(one.problem), "exit_code": one.exit_code}
    return told
