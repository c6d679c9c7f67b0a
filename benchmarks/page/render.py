"""Sections as Markdown."""

import re
from collections.abc import Sequence

from benchmarks.page.figures import Section, Table

IMAGES = "images/benchmarks"
# Example: 3.20, 1,024, 98.5 %, 2.1×, – . Counter-example: 0.15.2 (a version), 1 MB.
NUMBER = re.compile(r"(?:[\d,]+(?:\.\d+)?(?: ?[%×])?|–|)")
HEAD = """# Benchmarks

`make bench` measures all of this anew and writes this page; `python -m benchmarks --only pdf` one part of it.
What is compared was run in turn, one round after another, in one run, so that a busy machine was busy for all;
each ratio is of medians of that run. Above 1× we are the faster or smaller one. What another does better is
said under each table. Texts are made by seeded generators (`benchmarks/`), so anyone can repeat it; what
needs real texts says which.
"""


def page(sections: Sequence[Section]) -> str:
    """The whole page."""
    return HEAD + "".join(_section(one) for one in sections)


def _section(one: Section) -> str:
    parts = [f"## {one.title}", one.about]
    parts += [_table(table) for table in one.tables]
    parts += [f"![{plot.title}]({IMAGES}/{plot.key}.svg)" for plot in one.plots]
    parts += _listed("Where others do better:", one.lost)
    parts += _listed("Not measured:", one.missing)
    measured = f"Measured {one.date} by `{one.command}` on {one.machine}."
    parts.append(" ".join((measured, *([", ".join(one.versions) + "."] if one.versions else []))))
    return "\n" + "\n\n".join(parts) + "\n"


def _listed(head: str, lines: Sequence[str]) -> list[str]:
    return [head + "\n\n" + "\n".join(f"- {line}" for line in lines)] if lines else []


def _table(table: Table) -> str:
    right = [all(NUMBER.fullmatch(row[at]) for row in table.rows) for at in range(len(table.head))]
    rule = "|" + "|".join("--:" if flush else "---" for flush in right) + "|"
    lines = ["| " + " | ".join(row) + " |" for row in (table.head, *table.rows)]
    return "\n".join([*([f"**{table.caption}**\n"] if table.caption else []), lines[0], rule, *lines[1:]])  # fmt: skip
