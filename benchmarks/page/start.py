"""How quickly the tool answers."""

from benchmarks.page.figures import Section, Table
from benchmarks.page.measuring import shown
from benchmarks.start import ROOT, build_seconds, help_seconds


def start(*, long: bool) -> Section:
    """`long` changes nothing."""
    del long
    books = [path for path in sorted((ROOT / "source").iterdir()) if path.is_dir()]
    rows = [("`builder --help`, a fresh process, wall", shown(help_seconds()))]
    rows += [(f"{book.name} → EPUB, imports done, processor", shown(build_seconds(book))) for book in books]  # fmt: skip
    return Section(
        key="start",
        title="How quickly it answers",
        about="The median of seven runs.",
        tables=(Table("", ("what", "s"), tuple(rows)),),
    )
