"""How fast raw text is understood: read, cleaned, its chapters found, every change in the ledger."""

import tempfile
from pathlib import Path

from benchmarks.page.figures import Plot, Section, Series, Table
from benchmarks.page.measuring import shown
from benchmarks.speed import SIZES_MB, fresh, made

STAGES = ("read", "normalize", "structure", "total")


def raw_text(*, long: bool) -> Section:
    """One fresh process for each size; `long` changes nothing."""
    del long
    with tempfile.TemporaryDirectory(prefix="builder-speed-") as folder:
        runs = {}
        for size in SIZES_MB:
            path = made(size, Path(folder))
            runs[path.stat().st_size / 1e6] = fresh(path)
    rows = tuple(
        (shown(size), *(shown(run[stage]) for stage in STAGES), shown(run["memory"]), f"{run['edits']:,.0f}")
        for size, run in runs.items()
    )  # fmt: skip
    points = {
        key: Series(f"builder, {key}", tuple((round(size, 1), run[name]) for size, run in runs.items()))
        for key, name in (("seconds", "total"), ("memory", "memory"))
    }  # fmt: skip
    return Section(
        key="raw-text",
        title="Raw text, understood",
        about=(
            "A web novel with adverts, volumes and hard dirt, a chapter each 10 kB: its encoding found, its "
            "text cleaned, its chapters found, every change in the ledger; processor seconds by stage, imports left out."
        ),
        tables=(
            Table("", ("MB", "read s", "clean s", "chapters s", "all s", "peak MB", "edits"), rows),
        ),
        plots=(
            Plot("raw-text-seconds", "Raw text understood", "MB of text", "processor seconds", (points["seconds"],)),
            Plot("raw-text-memory", "Memory of understanding", "MB of text", "MB", (points["memory"],)),
        ),
    )  # fmt: skip
