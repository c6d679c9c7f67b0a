"""One book of a shelf: what is to be done, and what became of it. Both travel between processes."""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from builder.core.book import Series
from builder.core.diagnostic import Diagnostic, Location, Severity, error
from builder.core.errors import BuilderError, ConfigError, SourceError
from builder.core.files import write_whole
from builder.core.traversal import project
from builder.core.version import __version__
from builder.settings import BuildOptions, user_settings
from builder.shelf.likeness import sketch

RECORDS = ".shelf"
# What the bytes of a book depend on beside our own code.
_LIBRARIES = ("opencc", "weasyprint", "ebooklib", "fonttools", "uharfbuzz", "pillow", "deflate")
# What a record holds; one of another shape is not believed.
_RECORD_SHAPE = 2
_ENVIRONMENT = "BUILDER_"
_UNEXPECTED = 10
# What is wrong with a book itself, and will be the next time; a full disk or a missing font are not.
_LASTING = (SourceError, ConfigError)


@dataclass(frozen=True, slots=True)
class Job:
    """A book to be built: its path, the folder for its results, and what was asked for."""

    path: str
    name: str
    out: str
    record: str
    settings_digest: str
    series: str = ""
    position: float | None = None
    to: str = ""
    formats: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    vertical: bool = False
    device: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a book: `state` is built, unchanged or failed. Paths are as the job has them.

    `sketch` is what its text is known by (see `likeness`).
    """

    path: str
    state: str
    files: tuple[str, ...] = ()
    title: str = ""
    creators: tuple[str, ...] = ()
    series: str = ""
    position: float | None = None
    edits: int = 0
    warnings: int = 0
    sketch: str = ""
    exit_code: int = 0
    problem: Diagnostic | None = None


@dataclass(frozen=True, slots=True)
class _Record:
    """What is known of a finished book; written last, so a book without one is not finished."""

    settings: str
    inputs: str
    stamps: list[list[Any]]
    files: list[list[Any]]
    outcome: dict[str, Any] = field(default_factory=dict)


def settings_digest(options: BuildOptions) -> str:
    """By what the settings of a run are known: options, environment, own settings, versions."""
    shelf = user_settings(options.environment)
    parts: list[object] = [
        _RECORD_SHAPE,
        __version__,
        [(name, _version(name)) for name in _LIBRARIES],
        options.to, options.formats, options.settings, options.vertical, options.device,
        sorted((k, v) for k, v in options.environment.items() if k.startswith(_ENVIRONMENT)),
        options.environment.get("SOURCE_DATE_EPOCH", ""),
        shelf.read_text("utf-8", "replace") if shelf else "",
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
    if any(not _stands(Path(path), size) for path, size in record.files):
        return None
    stamps = list(_stamps(Path(job.path)))
    if stamps != record.stamps:
        if _digest(Path(job.path)) != record.inputs:
            return None
        _keep(job, _Record(record.settings, record.inputs, stamps, record.files, record.outcome))
    before = _outcome(record.outcome)
    return before if before.state == "failed" else replace(before, state="unchanged")


def do(job: Job) -> Outcome:
    """Build a book and write its record. Never raises: what goes wrong is in the outcome."""
    from builder.core.catalogue import use_language
    from builder.pipeline import build

    use_language(job.language)
    options = BuildOptions(
        to=job.to, formats=job.formats, out=Path(job.out), settings=job.settings,
        vertical=job.vertical, device=job.device,
        series=Series(job.series, job.position) if job.series else None,
    )  # fmt: skip
    path = Path(job.path)
    stamps: list[list[Any]] = []
    inputs = ""
    try:
        stamps, inputs = list(_stamps(path)), _digest(path)
        built = build(path, options)
    except BuilderError as problem:
        failed = Outcome(
            job.path, "failed", exit_code=problem.exit_code, problem=problem.diagnostic
        )
        if isinstance(problem, _LASTING) and os.access(job.path, os.R_OK):
            _keep(job, _Record(_settings(job), inputs, stamps, [], asdict(failed)))
        return failed
    # One book must never stop the others, whatever is wrong with it.
    except Exception as problem:  # noqa: BLE001  (see above)
        told = error("B099", Location(job.path), reason=f"{type(problem).__name__}: {problem}")
        return Outcome(job.path, "failed", exit_code=_UNEXPECTED, problem=told)
    metadata = built.book.metadata
    outcome = Outcome(
        job.path,
        "built",
        tuple(str(file.path) for file in built.files),
        metadata.title,
        tuple(creator.name for creator in metadata.creators),
        series=metadata.series.name if metadata.series else "",
        position=metadata.series.position if metadata.series else None,
        edits=len(built.ledger),
        warnings=sum(one.severity is Severity.WARNING for one in built.diagnostics),
        sketch=sketch(project(built.book, readings=False)),
    )
    files = [[str(file.path), file.size_bytes] for file in built.files]
    _keep(job, _Record(_settings(job), inputs, stamps, files, asdict(outcome)))
    return outcome


def _settings(job: Job) -> str:
    """The settings of a run, with what the other books say of this one."""
    return (
        f"{job.settings_digest} {job.series} {job.position}" if job.series else job.settings_digest
    )


def _keep(job: Job, record: _Record) -> None:
    write_whole(Path(job.record), json.dumps(asdict(record), ensure_ascii=False).encode())


def _load(path: Path) -> _Record | None:
    try:
        return _Record(**json.loads(path.read_bytes()))
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


def _stands(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except OSError:
        return False


def _inputs(path: Path) -> Iterator[Path]:
    """The files that a book is made from, its cover and settings among them."""
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            yield Path(folder, name)


def _stamps(path: Path) -> Iterator[list[Any]]:
    for file in _inputs(path):
        told = file.lstat()
        yield [str(file), told.st_size, told.st_mtime_ns]


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    for file in _inputs(path):
        digest.update(f"{file.relative_to(path.parent)}\0".encode("utf-8", "surrogateescape"))
        with file.open("rb") as content:
            digest.update(hashlib.file_digest(content, "sha256").digest())
    return digest.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
