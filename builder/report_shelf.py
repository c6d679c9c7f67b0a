"""What `builder shelf` reports: a line for people, and data for programs."""

from typing import TYPE_CHECKING

from builder.core.catalogue import say
from builder.report import Report, diagnostic_report

if TYPE_CHECKING:
    from builder.shelf import Outcome, ShelfBuilt


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
        "books": [_book(one) for one in built.outcomes],
    }


def _book(one: "Outcome") -> Report:
    told: Report = {
        "path": one.path,
        "state": one.state,
        "title": one.title,
        "creators": list(one.creators),
        "files": list(one.files),
        "edits": one.edits,
        "warnings": one.warnings,
    }
    if one.problem:
        told |= {"error": diagnostic_report(one.problem), "exit_code": one.exit_code}
    return told
