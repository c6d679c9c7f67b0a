"""One book of a shelf: what is to be done, and what became of it. Both travel between machines."""

from dataclasses import dataclass

from builder.core.diagnostic import Diagnostic


@dataclass(frozen=True, slots=True)
class Job:
    """A book to be built: its path, the folder for its results, and what was asked for.

    `environment` is what of the environment of who asks has a say in a book, `root`
    the folder of the catalogue, "" where who builds does not draw for it.
    """

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
    environment: tuple[tuple[str, str], ...] = ()
    root: str = ""


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
