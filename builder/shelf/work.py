"""The work itself: one book of a shelf is built, and what became of it written down."""

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from builder.core.book import Series
from builder.core.diagnostic import Diagnostic, Location, Severity
from builder.core.errors import BuilderError, ConfigError, SourceError, WriteError
from builder.core.traversal import project
from builder.core.unforeseen import told
from builder.settings import BuildOptions
from builder.shelf.covers import draw_covers_of
from builder.shelf.job import Job, Outcome
from builder.shelf.likeness import sketch
from builder.shelf.records import Seen, asked_of, finished, keep, look_at

if TYPE_CHECKING:
    from builder.pipeline import BuildResult

# What is wrong with a book itself, and will be the next time; a full disk or a missing font are not.
_LASTING = (SourceError, ConfigError)
# What may be over the next time, though nobody changes the book: the disk was full (B010), a file
# could not be read just then (R016, B025), memory or something of the system's was short.
PASSING = frozenset({"B010", "B025", "B066", "B068", "L008", "R016"})


def do(job: Job) -> Outcome:
    """Build a book and write its record. Never raises: what goes wrong is in the outcome."""
    from builder.core.catalogue import use_language
    from builder.pipeline import build

    # A cluster may give out a job twice, and of a run that was killed a process may be left that
    # ends its book: what is done is not done again.
    if before := finished(job):
        return before if before.state == "failed" else replace(before, state="built")
    use_language(job.language)
    seen = Seen([], "")
    try:
        seen = look_at(Path(job.path))
        built = build(Path(job.path), _options(job))
        outcome = _outcome(job, built)
        if job.root:
            draw_covers_of(tuple(file.path for file in built.files), Path(job.root))
        keep(job, seen, outcome, {str(file.path): file.size_bytes for file in built.files})
    except BuilderError as problem:
        failure = failed(job, problem.diagnostic, problem.exit_code)
        is_lasting = isinstance(problem, _LASTING) and problem.diagnostic.code not in PASSING
        if is_lasting and os.access(job.path, os.R_OK):
            # On a full disk there is no record either, and the book is tried again.
            with suppress(WriteError):
                keep(job, seen, failure, {})
        return failure
    # One book must never stop the others, whatever is wrong with it.
    except Exception as problem:  # noqa: BLE001  (see above)
        unforeseen = told(problem, Location(job.path))
        return failed(job, unforeseen.diagnostic, unforeseen.exit_code)
    return outcome


def failed(job: Job, problem: Diagnostic, exit_code: int) -> Outcome:
    """What becomes of a book that could not be built."""
    return Outcome(job.path, "failed", exit_code=exit_code, problem=problem)


def _options(job: Job) -> BuildOptions:
    """What was asked for. The environment is that of who asks, not of the machine that does it."""
    own = dict(asked_of(os.environ))
    here = {name: value for name, value in os.environ.items() if name not in own}
    return BuildOptions(
        to=job.to, formats=job.formats, out=Path(job.out), settings=job.settings,
        vertical=job.vertical, device=job.device, environment=here | dict(job.environment),
        series=Series(job.series, job.position) if job.series else None,
    )  # fmt: skip


def _outcome(job: Job, built: "BuildResult") -> Outcome:
    metadata = built.book.metadata
    return Outcome(
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
