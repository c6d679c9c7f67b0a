"""Many books: all that lie under a folder are built, a few at a time, and none twice.

`build_shelf` is the one verb. What is done stands in records beside the results, so a run that was
cut off goes on where it stopped, and one with nothing to do does nothing.
"""

import hashlib
import os
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, count
from pathlib import Path
from unicodedata import normalize

from builder.core.book import Series
from builder.core.catalogue import spoken
from builder.core.diagnostic import Location
from builder.core.errors import ConfigError, SourceError, WriteError
from builder.read import slug_at
from builder.settings import BuildOptions
from builder.shelf.books import Found, lying_in, search
from builder.shelf.catalogue import write_catalogue
from builder.shelf.covers import FOLDER, PAGE
from builder.shelf.dask import Dask
from builder.shelf.executors import MOST_A_PROCESSOR, Executor, Processes, Serial, processors
from builder.shelf.job import Job, Outcome
from builder.shelf.likeness import Alike, Part, alike
from builder.shelf.records import RECORDS, asked_of, finished, settings_digest, stamps_of
from builder.shelf.series import series_of
from builder.shelf.work import PASSING

__all__ = [
    "MOST_A_PROCESSOR",
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
    "is_passing",
    "processors",
    "tried",
]

Heard = Callable[[Outcome], None]
# A book's files with their sizes and times.
Seen = tuple[tuple[object, ...], ...]


@dataclass(frozen=True, slots=True)
class ShelfBuilt:
    """What became of every book, in the order of their paths; `page` is the catalogue's.

    `alike` tells by index which of them have the same text; `passed_by` are files that were not
    taken for books, `in_out` those that lie among the results; `problem` is why there is no
    catalogue.
    """

    outcomes: tuple[Outcome, ...]
    page: Path | None = None
    alike: Alike = field(default_factory=Alike)
    passed_by: tuple[Path, ...] = ()
    in_out: tuple[Path, ...] = ()
    problem: WriteError | None = None

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

    `begun` is told how many there are. Raises SourceError when there are none, WriteError B010 or
    ConfigError L011 when `out` cannot be or is not for this; a book that fails stops no other.
    """
    found = search(root, out=out)
    _take(out)
    jobs = tuple(_jobs(found.books, options, out))
    begun(len(jobs))
    outcomes: dict[str, Outcome] = {}

    def tell(outcome: Outcome) -> None:
        outcomes[outcome.path] = outcome
        heard(outcome)

    for outcome in executor.run(_unfinished(jobs, tell)):
        tell(outcome)
    told = tuple(outcomes[job.path] for job in jobs)
    built = ShelfBuilt(
        told,
        alike=alike([one.sketch for one in told]),
        passed_by=found.passed_by,
        in_out=lying_in(out, root),
    )
    page = out / PAGE
    if built.count("built") or not page.is_file():
        try:
            page = write_catalogue(out, told, built.alike)
        except WriteError as problem:
            # The books are there; that they have no catalogue is told beside what became of them.
            return replace(built, problem=problem)
    return replace(built, page=page)


def is_changed(
    root: Path, options: BuildOptions, out: Path, failed: Collection[Seen] = frozenset()
) -> bool:
    """Whether there is anything to build: a new book, one that has changed, a lost result.

    Of `failed`, as `tried` gives them, nothing is to be expected until they change.
    """
    try:
        jobs = list(_jobs(search(root, out=out).books, options, out))
    except SourceError:
        return False
    return any(finished(job) is None and _now(job.path) not in failed for job in jobs)


def tried(built: ShelfBuilt, *, is_over: bool = False) -> frozenset[Seen]:
    """The books that failed, with how their files are now; when what may pass `is_over`, without
    those that failed by it.
    """
    failed = [one for one in built.outcomes if one.state == "failed"]
    return frozenset(_now(one.path) for one in failed if not (is_over and _has_passed(one)))


def is_passing(built: ShelfBuilt) -> bool:
    """Whether something failed that may be over soon: a full disk, a file that was locked."""
    return built.problem is not None or any(map(_has_passed, built.outcomes))


def _has_passed(one: Outcome) -> bool:
    return one.problem is not None and one.problem.code in PASSING


def _take(out: Path) -> None:
    """Have the folder for the results, before a thousand books are built in vain.

    Raises ConfigError L011 when something else is called as the catalogue will be.
    """
    if not (out / RECORDS).is_dir():
        for name in (PAGE, FOLDER):
            if os.path.lexists(out / name):
                raise ConfigError("L011", location=Location(str(out)), name=name)
    try:
        (out / RECORDS).mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise WriteError("B010", location=Location(str(out)), reason=reason) from problem


def _unfinished(jobs: tuple[Job, ...], tell: Heard) -> Iterator[Job]:
    """The jobs that are to be done; of the others it is told what became of them before."""
    for job in jobs:
        before = finished(job)
        if before is None:
            yield job
        else:
            tell(before)


def _now(path: str) -> Seen:
    try:
        return tuple((name, *times) for name, *times in stamps_of(Path(path)))
    except OSError:
        return ()


def _jobs(books: tuple[Found, ...], options: BuildOptions, out: Path) -> Iterator[Job]:
    """A job for each book, each with a place of its own for what is made of it."""
    digest = settings_digest(options)
    taken: set[str] = {_folded(out / FOLDER), _folded(out / PAGE)}
    stems = [book.path.name if book.path.is_dir() else book.path.stem for book in books]
    series = series_of([(stem, book.shelf) for stem, book in zip(stems, books, strict=True)])
    for index, (stem, book) in enumerate(zip(stems, books, strict=True)):
        mine = series.get(index, Series(""))
        key = hashlib.sha256(str(book.path.resolve()).encode("utf-8", "surrogateescape"))
        yield Job(
            str(book.path), stem, str(_place(book, out, taken)),
            str(out / RECORDS / f"{key.hexdigest()[:24]}.json"), digest, mine.name, mine.position,
            options.to, options.formats, options.settings, options.vertical, options.device,
            spoken(), asked_of(options.environment), str(out),
        )  # fmt: skip


def _place(book: Found, out: Path, taken: set[str]) -> Path:
    """The folder for a book's folder: as the book lies, or below when another book is called alike
    on some system, or the catalogue is.
    """
    slug = slug_at(book.path)
    first, *rest = Path(book.shelf).parts or ("",)
    is_catalogue = bool(first) and _folded(out / first) in {
        _folded(out / FOLDER),
        _folded(out / PAGE),
    }
    place = Path(out, f"{first}-books" if is_catalogue else first, *rest)
    suffix = book.path.suffix.lstrip(".") or "book"
    choices = (place / suffix / str(number) if number else place / suffix for number in count())
    for choice in chain((place,), choices):
        if _folded(choice / slug) not in taken:
            place = choice
            break
    taken.add(_folded(place / slug))
    return place


def _folded(path: Path) -> str:
    return normalize("NFC", str(path)).casefold()
