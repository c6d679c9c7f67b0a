"""What a measurement found, as plain data: kept in docs/benchmarks.json, shown in benchmarks.md."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Table:
    """Cells as they are shown; a column whose cells are all numbers is set flush right."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Series:
    """One program's points (x, y), by x."""

    name: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """Lines on two logarithmic axes; `key` names the file in docs/images/benchmarks."""

    key: str
    title: str
    x: str
    y: str
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One measurement: what was asked, what came out, and on what.

    `lost` says where somebody else does better, `missing` what was not measured and why.
    """

    key: str
    title: str
    about: str
    tables: tuple[Table, ...]
    plots: tuple[Plot, ...] = ()
    lost: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    machine: str = ""
    date: str = ""
    command: str = ""


def save(sections: Sequence[Section], path: Path) -> None:
    """Write sections as JSON."""
    content = json.dumps([asdict(one) for one in sections], ensure_ascii=False, indent=1)
    path.write_text(content + "\n", encoding="utf-8")


def load(path: Path) -> tuple[Section, ...]:
    """Sections as `save` wrote them; none when there is no file."""
    if not path.exists():
        return ()
    return tuple(_section(one) for one in json.loads(path.read_text(encoding="utf-8")))


def _section(fields: dict[str, Any]) -> Section:
    tables = tuple(
        Table(one["caption"], tuple(one["head"]), tuple(tuple(row) for row in one["rows"]))
        for one in fields.pop("tables")
    )
    plots = tuple(_plot(one) for one in fields.pop("plots"))
    return Section(
        tables=tables,
        plots=plots,
        lost=tuple(fields.pop("lost")),
        missing=tuple(fields.pop("missing")),
        versions=tuple(fields.pop("versions")),
        **fields,
    )


def _plot(fields: dict[str, Any]) -> Plot:
    series = tuple(
        Series(one["name"], tuple((x, y) for x, y in one["points"])) for one in fields.pop("series")
    )
    return Plot(series=series, **fields)
