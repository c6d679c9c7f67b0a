"""What is known of the books of a shelf: the settings, files and results of each that is finished.

A record is written last, so a book without one is not finished.
"""

import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from builder.core.config import ENVIRONMENT_PREFIX, Config
from builder.core.diagnostic import Diagnostic, Location, Severity
from builder.core.files import write_whole
from builder.core.version import __version__
from builder.read import IMAGE_SUFFIXES, unreadable
from builder.settings import BuildOptions, files_in, user_settings
from builder.shelf.job import Job, Outcome

RECORDS = ".shelf"
# What the bytes of a book depend on beside our own code.
_LIBRARIES = ("opencc", "weasyprint", "ebooklib", "fonttools", "uharfbuzz", "pillow", "deflate")
# What a record holds; one of another shape is not believed.
_RECORD_SHAPE = 3
# Settings by their table; of mail no book knows. Counter-examples: BUILDER_DEBUG, BUILDER_PASSWORD.
_SETTINGS = tuple(
    f"{ENVIRONMENT_PREFIX}{table.name.upper()}_" for table in fields(Config) if table.name != "mail"
)
_EPOCH = "SOURCE_DATE_EPOCH"
# The times of FAT are even seconds.
_TICK_NS = 2_500_000_000


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of a finished book; written last, so a book without one is not finished."""

    settings: str
    inputs: str
    stamps: list[list[Any]]
    files: list[list[Any]]
    outcome: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seen:
    """How a book's files were: each with size and times, and the digest of all they hold."""

    stamps: list[list[Any]]
    digest: str


def asked_of(environment: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What of an environment has a say in a book: no secrets, since it goes to other machines."""
    return tuple(
        sorted(
            (name, value)
            for name, value in environment.items()
            if name.startswith(_SETTINGS) or name == _EPOCH
        )
    )


def settings_digest(options: BuildOptions) -> str:
    """By what the settings of a run are known: options, environment, own settings, versions."""
    shelf = user_settings(options.environment)
    parts: list[object] = [
        _RECORD_SHAPE,
        __version__,
        [(name, _version(name)) for name in _LIBRARIES],
        options.to, options.formats, options.settings, options.vertical, options.device,
        asked_of(options.environment),
        [_content(file) for file in _files_named(options.settings, shelf)],
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()


def finished(job: Job) -> Outcome | None:
    """What became of a book before, if nothing that matters has changed since; else None.

    A book that could not be read fails again without being read.

    Files that look untouched (size and time) are not read again; others are, and count as
    unchanged when they say the same.
    """
    record = _load(Path(job.record))
    if record is None or record.settings != _settings(job):
        return None
    if any(not stands(Path(path), size) for path, size in record.files):
        return None
    try:
        stamps = list(stamps_of(Path(job.path)))
        if stamps != record.stamps:
            if _digest(Path(job.path)) != record.inputs:
                return None
            if (settled := _settled(stamps)) != record.stamps:
                _write(job, replace(record, stamps=settled))
    except OSError:
        return None
    before = _outcome(record.outcome)
    return before if before.state == "failed" else replace(before, state="unchanged")


def _settings(job: Job) -> str:
    """The settings of a run, with what the other books say of this one."""
    return (
        f"{job.settings_digest} {job.series} {job.position}" if job.series else job.settings_digest
    )


def keep(job: Job, seen: Seen, outcome: Outcome, sizes: Mapping[str, int]) -> None:
    """Write down what became of a book; `seen` is how it was before it was read, `sizes` are those
    of its files.
    """
    files = [[path, size] for path, size in sizes.items()]
    _write(job, Record(_settings(job), seen.digest, seen.stamps, files, asdict(outcome)))


def look_at(path: Path) -> Seen:
    """How a book's files are now. Raises SourceError R016 when they go while they are looked at."""
    try:
        return Seen(_settled(stamps_of(path)), _digest(path))
    except OSError as problem:
        raise unreadable(path, problem) from problem


def _write(job: Job, record: Record) -> None:
    write_whole(
        Path(job.record),
        json.dumps(asdict(record), ensure_ascii=False).encode("utf-8", "surrogatepass"),
    )


def _load(path: Path) -> Record | None:
    try:
        return Record(**json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def _outcome(data: Mapping[str, Any]) -> Outcome:
    return Outcome(**{
        **data,
        "files": tuple(data["files"]),
        "creators": tuple(data["creators"]),
        "problem": _problem(data["problem"]),
    })  # fmt: skip


def _problem(data: Mapping[str, Any] | None) -> Diagnostic | None:
    if data is None:
        return None
    place = Location(**data["location"]) if data["location"] else None
    values = tuple((str(name), value) for name, value in data["values"])
    return Diagnostic(data["code"], Severity(data["severity"]), place, values)


def stands(path: Path, size: int) -> bool:
    """Whether a file is there in this size."""
    try:
        return path.stat().st_size == size
    except OSError:
        return False


def _files_named(settings: Iterable[str], shelf: Path | None) -> Iterator[Path]:
    """The files that settings name and that lie in no book: the user's own settings with what is
    beside them, and those of the command line.
    """
    if shelf:
        yield from sorted(one for one in shelf.parent.iterdir() if one.is_file())
    yield from sorted(Path(name).expanduser() for _, name in files_in(settings))


def _content(file: Path) -> list[str]:
    try:
        return [str(file), hashlib.sha256(file.read_bytes()).hexdigest()]
    except OSError:
        return [str(file), ""]


def inputs_of(path: Path) -> Iterator[Path]:
    """The files that a book is made from, its cover and settings among them."""
    if not path.is_dir():
        yield path
        for stem in (path.stem, "cover"):
            beside = (path.with_name(f"{stem}{suffix}") for suffix in IMAGE_SUFFIXES)
            yield from (picture for picture in beside if picture.is_file())
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(folder, name)
            # A link may lead nowhere or to itself; who opens a pipe waits for ever.
            if file.is_file():
                yield file


def stamps_of(path: Path) -> Iterator[list[Any]]:
    """Each file of a book with its size and times, as far as they tell whether it changed."""
    for file in inputs_of(path):
        told = file.stat()
        # The time of the last change of anything: an editor can set the other one back.
        yield [str(file), told.st_size, told.st_mtime_ns, told.st_ctime_ns]


def _settled(stamps: Iterable[list[Any]]) -> list[list[Any]]:
    """Stamps that tell a later change: those of a file that changed just now might not, since many
    disks tell times by the second or two. Without its times a file is looked into the next time.
    """
    now = time.time_ns()
    return [
        [file, size, *times] if abs(now - max(times)) > _TICK_NS else [file, size]
        for file, size, *times in stamps
    ]


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    for file in inputs_of(path):
        digest.update(f"{file.relative_to(path.parent)}\0".encode("utf-8", "surrogateescape"))
        # If the book needs a file that may not be read, it is told when it is built.
        with suppress(PermissionError), file.open("rb") as content:
            digest.update(hashlib.file_digest(content, "sha256").digest())
    return digest.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
