"""A structured novel to a PDF, and how well it is set, beside the typesetters."""

import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks.page.figures import Plot, Section, Series, Table
from benchmarks.page.measuring import Measure, losses, shown, times
from benchmarks.pdf.__main__ import Result, measured, written
from benchmarks.pdf.peers import PEERS, Peer
from builder.check.typography import FaultKind, count_faults

OURS = "press"
CHAPTERS = (100, 1000, 2000)
# Who is asked for so many chapters; --long asks all of them for 1,000.
ASKED = {
    100: ("press", "builder build", "Typst", "WeasyPrint", "Chromium", "XeLaTeX"),
    1000: ("press", "builder build", "Typst"),
    2000: ("press", "Typst"),
}
ROUNDS = {100: 2, 1000: 3, 2000: 1}
SEED = 1


def pdf(*, long: bool) -> Section:
    """`long` asks everyone for 1,000 chapters: an hour and more."""
    asked = ASKED | ({1000: ASKED[100]} if long else {})
    by_size: dict[int, list[Result]] = {}
    faults: Table | None = None
    characters = {}
    with tempfile.TemporaryDirectory(prefix="builder-pdf-") as name:
        for chapters, names in asked.items():
            folder = Path(name, str(chapters))
            folder.mkdir()
            peers = [peer for peer in PEERS if peer.name in names and not peer.missing()]
            with ProcessPoolExecutor(max_workers=1) as worker:
                words = tuple(peer.name for peer in peers)
                made = worker.submit(written, folder, chapters, SEED, words)
                characters[chapters] = made.result()
            by_size[chapters] = list(measured(folder, peers, ROUNDS[chapters]))
            faults = faults or _faults(by_size[chapters])
    assert faults is not None
    return Section(
        key="pdf",
        title="A novel to a PDF",
        about=(
            "Chapters of about 3,000 characters, A5, 10.5 pt, contents, running heads, outline, tags where the "
            "program writes them; a fresh process each, imports counted. `press` is builder from a structured book, on "
            "one core; `builder build` begins at raw TXT; Typst uses all cores. "
            + "; ".join(f"{peer.name}: {peer.remark}" for peer in _peers(by_size) if peer.name != OURS)
            + "."
        ),
        tables=(*(_table(chapters, characters[chapters], done) for chapters, done in by_size.items()), faults),
        plots=tuple(_plots(by_size)),
        lost=losses(OURS, _measures(by_size)),
        missing=tuple(_missing(asked)),
        versions=tuple(f"{peer.name} {peer.version()}" for peer in _peers(by_size)),
    )  # fmt: skip


def _peers(by_size: dict[int, list[Result]]) -> list[Peer]:
    return list({id(one.peer): one.peer for done in by_size.values() for one in done}.values())


def _ours(done: Sequence[Result]) -> Result:
    return next(one for one in done if one.peer.name == OURS)


def _table(chapters: int, characters: int, done: Sequence[Result]) -> Table:
    ours = _ours(done).cost
    rows = tuple(
        (
            one.peer.name,
            shown(one.cost.wall_s),
            times(one.cost.wall_s / ours.wall_s),
            shown(one.cost.cpu_s),
            times(one.cost.cpu_s / ours.cpu_s),
            shown(one.cost.memory_mb),
            shown(one.file_mb),
            f"{one.pages:,}",
            "yes" if one.is_tagged else "no",
        )
        for one in done
    )
    head = ("program", "wall s", "× press", "CPU s", "× press", "peak MB", "file MB", "pages", "tags")  # fmt: skip
    return Table(f"{chapters:,} chapters, {characters:,} characters", head, rows)


def _faults(done: Sequence[Result]) -> Table:
    """What `builder check` counts in every PDF of the smallest size."""
    reports = [count_faults(one.pdf) for one in done]
    used = [kind for kind in FaultKind if any(report.counts[kind] for report in reports)]
    rows = tuple(
        (
            one.peer.name,
            f"{report.lines:,}",
            *(f"{report.counts[kind]:,}" for kind in used),
            f"{len(report.faults):,}",
        )
        for one, report in zip(done, reports, strict=True)
    )
    return Table(
        "Faults of setting in those of 100 chapters, counted in the files alone",
        ("program", "lines", *map(str, used), "all"),
        rows,
    )


def _missing(asked: dict[int, tuple[str, ...]]) -> list[str]:
    absent = [
        f"{peer.name}: {why}" for peer in PEERS if peer.name in ASKED[100] and (why := peer.missing())
    ]  # fmt: skip
    slow = [name for name in ASKED[100] if name not in asked[1000]]
    return absent + ([f"{', '.join(slow)} at 1,000 chapters: minutes each; `--long` does"] if slow else [])  # fmt: skip


def _plots(by_size: dict[int, list[Result]]) -> list[Plot]:
    def plot(key: str, title: str, y: str) -> Plot:
        lines: dict[str, list[tuple[float, float]]] = {}
        for chapters, done in by_size.items():
            for one in done:
                value = one.file_mb if key == "size" else getattr(one.cost, key)
                name = "builder: press" if one.peer.name == OURS else one.peer.name
                lines.setdefault(name, []).append((chapters, value))
        series = tuple(Series(name, tuple(points)) for name, points in lines.items())
        return Plot(
            f"pdf-{key.replace('_', '-')}", title, "chapters of 3,000 characters", y, series
        )

    return [
        plot("wall_s", "A novel to a PDF", "seconds by the clock"),
        plot("memory_mb", "Memory on the way to a PDF", "MB"),
        plot("size", "Size of the PDF", "MB"),
    ]


def _measures(by_size: dict[int, list[Result]]) -> list[Measure]:
    measures = []
    for chapters, done in by_size.items():
        for what, unit, values in (
            ("time", "s", {one.peer.name: one.cost.wall_s for one in done}),
            ("memory", "MB", {one.peer.name: one.cost.memory_mb for one in done}),
            ("size of the file", "MB", {one.peer.name: one.file_mb for one in done}),
        ):
            measures.append(Measure(f"{what} at {chapters:,} chapters", unit, values))
    return measures
