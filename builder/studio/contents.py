"""The contents of a book as the page shows and changes them: rows of a plan (docs/plan.md)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from builder.core.errors import ConfigError
from builder.core.files import write_whole
from builder.structure import plan_rows
from builder.studio.desk import ANALYSIS, PLAN, Draft
from builder.studio.limits import MOST_ROWS
from builder.studio.lines import is_place


@dataclass(frozen=True, slots=True)
class Row:
    """A section: its level or role, its heading, and where it begins (`file:line`, or with a column
    behind it where a line of the file holds several).
    """

    level: str
    heading: str
    place: str
    depth: int = 0
    characters: int | None = None


def rows_of(plan: str) -> tuple[Row, ...]:
    """The rows of a plan as `inspect` writes it."""
    return tuple(
        Row(level, heading, str(place), depth) for depth, level, heading, place in plan_rows(plan)
    )


def contents_of(draft: Draft) -> list[dict[str, object]]:
    """The contents of a book: those that were kept since it was read, else those that were read.

    How long a section is, and how deep it stands, is known of those that were read.
    """
    analysis = draft.noted(ANALYSIS)
    if not analysis:
        return []
    rows = rows_of(analysis["plan"])
    sections = analysis["sections"]
    if len(sections) == len(rows):
        rows = tuple(
            replace(row, characters=section["characters"])
            for row, section in zip(rows, sections, strict=True)
        )
    kept = draft.source / PLAN
    if kept.is_file() and kept.stat().st_mtime_ns > (draft.folder / ANALYSIS).stat().st_mtime_ns:
        known = {row.place: row for row in rows}
        rows = tuple(
            replace(known.get(row.place, row), level=row.level, heading=row.heading)
            for row in rows_of(kept.read_text("utf-8"))
        )
    return [asdict(row) for row in rows]


def plan_with(rows: Sequence[object]) -> str:
    """A plan of rows as the page sends them. Raises ConfigError W010 for what is no row."""
    if len(rows) > MOST_ROWS:
        raise ConfigError("W010", row=str(MOST_ROWS))
    lines = []
    for row in rows:
        if not isinstance(row, dict):
            raise ConfigError("W010", row=str(row)[:80])
        level, heading, place = (str(row.get(key, "")) for key in ("level", "heading", "place"))
        heading = " ".join(heading.splitlines()).strip()
        is_whole = level.isascii() and level.isalpha() and is_place(place)
        if not is_whole or " @ " in heading:
            raise ConfigError("W010", row=f"{level} {heading} @ {place}"[:80])
        lines.append(f"{level}  {heading} @ {place}")
    return "\n".join(lines) + "\n"


def keep_plan(draft: Draft, rows: Sequence[object]) -> Path:
    """Write the rows as the book's plan, which it obeys from then on."""
    path = draft.source / PLAN
    write_whole(path, plan_with(rows).encode())
    draft.keep({**draft.settings(), "structure.plan": PLAN})
    return path


def forget_plan(draft: Draft) -> None:
    """Take the plan away: the chapters are those that are found."""
    draft.keep({**draft.settings(), "structure.plan": None})
    (draft.source / PLAN).unlink(missing_ok=True)
