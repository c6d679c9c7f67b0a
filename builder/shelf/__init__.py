"""Many books: all that lie under a folder are built, a few at a time, and none twice.

`build_shelf` is the one verb. What is done stands in records beside the results, so a run that was
cut off goes on where it stopped, and one with nothing to do does nothing.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from builder.core.book import Series
from builder.core.catalogue import spoken
from builder.core.errors import SourceError
from builder.settings import BuildOptions
from builder.shelf.books import Found, books_on
from builder.shelf.catalogue import PAGE, write_catalogue
from builder.shelf.dask import Dask
from builder.shelf.executors import Executor, Processes, Serial
from builder.shelf.job import Job, Outcome
from builder.shelf.likeness import Alike, Part, alike
from builder.shelf.records import RECORDS, asked_of, finished, settings_digest
from builder.shelf.series import series_of

__all__ = [
    "Alike",
    "Dask",
    "Executor",
    "Outcome",
    "Part",
    "Processes",
    "Serial",
    "ShelfBuilt",
    "build_shelf",
    "is_changed",
]

Heard = Callable[[Outcome], None]


@dataclass(frozen=True, slots=True)
class ShelfBuilt:
    """What became of every book, in the order of their paths; `page` is the catalogue's.

    `alike` tells by index which of them have the same text.
    """

    outcomes: tuple[Outcome, ...]
    page: Path | None = None
    alike: Alike = field(default_factory=Alike)

    def count(self, state: str) -> int:
        """How many were built, unchanged, failed."""
        return sum(one.state == state for one in self.outcomes)


def build_shelf(
    root: Path,
    options: BuildOptions,
    executor: Executor,
    *,
    out: Path,
    begun: Callable[[int], None] = lambda _: None,
    heard: Heard = lambda _: None,
) -> ShelfBuilt:
    """Build every book under `root` into `out`; `heard` is told of each as it is done.

    `begun` is told how many there are. Raises SourceError when there are none; a book that fails
    stops no other.
    """
    jobs = tuple(_jobs(books_on(root), options, out))
    begun(len(jobs))
    outcomes: dict[str, Outcome] = {}

    def tell(outcome: Outcome) -> None:
        outcomes[outcome.path] = outcome
        heard(outcome)

    for outcome in executor.run(_unfinished(jobs, tell)):
        tell(outcome)
    told = tuple(outcomes[job.path] for job in jobs)
    built = ShelfBuilt(told, alike=alike([one.sketch for one in told]))
    page = out / PAGE
    if built.count("built") or not page.is_file():
        page = write_catalogue(out, told, built.alike)
    return replace(built, page=page)


def is_changed(root: Path, options: BuildOptions, out: Path) -> bool:
    """Whether there is anything to build: a new book, one that has changed, a lost result."""
    try:
        return any(finished(job) is None for job in _jobs(books_on(root), options, out))
    except SourceError:
        return False


def _unfinished(jobs: tuple[Job, ...], tell: Heard) -> Iterator[Job]:
    """The jobs that are to be done; of the others it is told what became of them before."""
    for job in jobs:
        before = finished(job)
        if before is None:
            yield job
        else:
            tell(before)


def _jobs(books: tuple[Found, ...], options: BuildOptions, out: Path) -> Iterator[Job]:
    """A job for each book. Books of one folder that would be called alike get folders of their own."""
    digest = settings_digest(options)
    taken: set[str] = set()
    stems = [book.path.name if book.path.is_dir() else book.path.stem for book in books]
    series = series_of([(stem, book.shelf) for stem, book in zip(stems, books, strict=True)])
    for index, (stem, book) in enumerate(zip(stems, books, strict=True)):
        place = out / book.shelf
        mine = series.get(index, Series(""))
        if (name := f"{book.shelf}/{stem}".casefold()) in taken:
            place = place / book.path.suffix.lstrip(".")
        taken.add(name)
        key = hashlib.sha256(str(book.path.resolve()).encode("utf-8", "surrogateescape"))
        yield Job(
            str(book.path), stem, str(place), str(out / RECORDS / f"{key.hexdigest()[:24]}.json"),
            digest, mine.name, mine.position, options.to, options.formats, options.settings, options.vertical,
            options.device, spoken(), asked_of(options.environment),
        )  # fmt: skip
