"""Books for machines that do not see the shelf: the files go there, the finished ones come back.

A parcel is built in a folder that the machine keeps no longer than that. What comes back is
written by who asked, whole and once, however often a job was given out.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from builder.core.diagnostic import Diagnostic, Location
from builder.core.errors import BuilderError, SourceError
from builder.core.files import write_whole
from builder.read import is_inside, unreadable
from builder.shelf.job import Job, Outcome
from builder.shelf.records import Seen, inputs_of, keep, look_at
from builder.shelf.work import failed

Files = tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class Parcel:
    """A job with its files, named from the folder that the book lies in. `seen` stays here."""

    job: Job
    files: Files = field(repr=False)


@dataclass(frozen=True, slots=True)
class Returned:
    """What became of a parcel, and its files, named from the folder for the results."""

    outcome: Outcome
    files: Files = field(default=(), repr=False)


def pack(job: Job) -> tuple[Parcel, Seen]:
    """The book of a job, ready to go, and how its files were.

    Raises SourceError R016 when it cannot be read, R014 when a link leads out of it: there it would
    be a file like any other.
    """
    path = Path(job.path)
    try:
        seen = look_at(path)
        files = tuple(
            (file.relative_to(path.parent).as_posix(), _kept_in(file, path).read_bytes())
            for file in inputs_of(path)
        )
    except OSError as problem:
        raise unreadable(path, problem) from problem
    return Parcel(job, files), seen


def _kept_in(file: Path, book: Path) -> Path:
    if book.is_dir() and not is_inside(file, book):
        raise SourceError("R014", location=Location(str(file)), root=str(book))
    return file


def build_away(parcel: Parcel, work: Callable[[Job], Outcome]) -> Returned:
    """Build a parcel in a folder of this machine, with `work`."""
    job = parcel.job
    with TemporaryDirectory(prefix="ebook-builder-") as name:
        here, out = Path(name, "in"), Path(name, "out")
        for file, content in parcel.files:
            place = here / file
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        own = Path(job.path)
        record = Path(name, "record.json")
        outcome = work(
            replace(job, path=str(here / own.name), out=str(out), record=str(record), root="")
        )
        files = tuple(
            (file.relative_to(out).as_posix(), file.read_bytes())
            for file in sorted(out.rglob("*"))
            if file.is_file()
        )
        made = tuple(str(Path(job.out, Path(file).relative_to(out))) for file in outcome.files)
        told = _at_home(outcome.problem, str(here), str(own.parent)) if outcome.problem else None
        return Returned(replace(outcome, path=job.path, files=made, problem=told), files)


def unpack(job: Job, returned: Returned, seen: Seen) -> Outcome:
    """Write what came back, and the record last."""
    outcome = returned.outcome
    if outcome.state != "built":
        return outcome
    sizes = {str(Path(job.out, name)): len(content) for name, content in returned.files}
    try:
        for name, content in returned.files:
            write_whole(Path(job.out, name), content)
        keep(job, seen, outcome, {file: sizes[file] for file in outcome.files})
    except BuilderError as problem:
        return failed(job, problem.diagnostic, problem.exit_code)
    return outcome


def _at_home(problem: Diagnostic, away: str, home: str) -> Diagnostic:
    """`problem` with the places that it has here."""
    place = problem.location
    if place and place.file.startswith(away):
        place = Location(home + place.file.removeprefix(away), place.line, place.column)
    return replace(problem, location=place)
