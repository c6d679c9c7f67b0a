"""Raw text to an EPUB, beside pandoc and calibre."""

from benchmarks.epub import PATIENCE_S, SIZES_MB, Result, all_measured, present, version
from benchmarks.page.figures import Plot, Section, Series, Table
from benchmarks.page.measuring import Measure, losses, shown, times

OURS = "builder"


def epub(*, long: bool) -> Section:
    """`long` lets what needs minutes try the largest text, too."""
    by_size = list(all_measured(SIZES_MB, slow_too=long))
    results = [one for results in by_size for one in results]
    names = {one.program.name for one in results}
    missing = tuple(
        f"{name} at {size:g} MB: it would take longer than {PATIENCE_S:.0f} s; `--long` lets it"
        for size, done in zip(SIZES_MB, by_size, strict=True)
        for name in sorted(names - {one.program.name for one in done})
    )
    return Section(
        key="epub",
        title="Raw text to an EPUB",
        about=(
            "The same web novel with a blank line between paragraphs, made an EPUB of. builder cleans it, finds "
            "chapters in their volumes, accounts for every character, draws a cover and checks itself; pandoc cuts "
            "nothing into chapters and cleans nothing; calibre is given a pattern of headings, and cleans nothing."
        ),
        tables=(
            Table(
                "",
                ("MB of text", "program", "wall s", "× builder", "CPU s", "peak MB", "file MB"),
                tuple(_row(one, results) for one in results),
            ),
        ),
        plots=tuple(_plots(results)),
        lost=losses(OURS, _measures(results)),
        missing=missing,
        versions=tuple(version(program) for program in present()),
    )


def _ours(one: Result, results: list[Result]) -> Result:
    return next(two for two in results if two.program.name == OURS and two.size_mb == one.size_mb)


def _row(one: Result, results: list[Result]) -> tuple[str, ...]:
    return (
        f"{one.size_mb:.1f}",
        one.program.name,
        shown(one.wall_s),
        times(one.wall_s / _ours(one, results).wall_s),
        shown(min(cost.cpu_s for cost in one.costs)),
        shown(one.memory_mb),
        shown(one.file_mb),
    )


def _plots(results: list[Result]) -> list[Plot]:
    def plot(key: str, title: str, y: str, values: dict[tuple[str, float], float]) -> Plot:
        names = dict.fromkeys(name for name, _ in values)
        series = tuple(
            Series(name, tuple((size, value) for (who, size), value in values.items() if who == name))
            for name in names
        )  # fmt: skip
        return Plot(f"epub-{key}", title, "MB of text", y, series)

    def of(key: str) -> dict[tuple[str, float], float]:
        return {(one.program.name, round(one.size_mb, 1)): getattr(one, key) for one in results}

    return [
        plot("seconds", "Raw text to an EPUB", "seconds by the clock", of("wall_s")),
        plot("memory", "Memory on the way to an EPUB", "MB", of("memory_mb")),
    ]


def _measures(results: list[Result]) -> list[Measure]:
    measures = []
    for size in dict.fromkeys(one.size_mb for one in results):
        done = [one for one in results if one.size_mb == size]
        for key, what, unit in (
            ("wall_s", "time", "s"),
            ("memory_mb", "memory", "MB"),
            ("file_mb", "size of the file", "MB"),
        ):
            values = {one.program.name: getattr(one, key) for one in done}
            measures.append(Measure(f"{what} at {size:.1f} MB", unit, values))
    return measures
