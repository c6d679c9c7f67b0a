"""What a child process of the studio does: look at a book, or build it, within limits.

    python -m builder.studio.worker analyse|build FOLDER LANGUAGE

It writes `progress.json` while it works, and `result.json` at the end: {"error": …} when the book
could not be read or built. A crash, a limit or a kill leaves no result, and the server says so.
"""

import os
import sys
from pathlib import Path

from builder import report
from builder.core.catalogue import use_language
from builder.core.errors import BuilderError
from builder.core.events import Event, StageStarted
from builder.studio.desk import Draft
from builder.studio.limits import CHILD_CPU_S, CHILD_MEMORY_BYTES
from builder.studio.lines import note_lines

PROGRESS, RESULT, ANALYSIS = "progress.json", "result.json", "analysis.json"


def main(arguments: list[str]) -> int:
    """Run one job; the exit code is 0 even when the book is at fault, which the result tells."""
    kind, folder, language, *rest = arguments
    _limit()
    use_language(language)
    draft = Draft(Path(folder).name, Path(folder).parent.name, Path(folder))
    try:
        done = _analyse(draft) if kind == "analyse" else _build(draft, rest)
    except BuilderError as problem:
        done = report.error_report(problem.diagnostic, problem.exit_code)
    draft.note(RESULT, done)
    return 0


def _analyse(draft: Draft) -> dict[str, object]:
    from builder.pipeline import BuildOptions, inspect
    from builder.structure import plan_of

    draft.note(PROGRESS, {"stage": "read"})
    understood = inspect(draft.source, BuildOptions())
    draft.note(PROGRESS, {"stage": "structure"})
    examination = report.examined(understood)
    found = report.inspection_report(understood, examination)
    found["plan"] = plan_of(understood.book, understood.manuscript)
    found["has_cover"] = understood.book.cover is not None
    note_lines(draft, understood)
    draft.note(ANALYSIS, found)
    return {"analysed": True}


def _build(draft: Draft, formats: list[str]) -> dict[str, object]:
    from builder.pipeline import BuildOptions, build

    def listen(event: Event) -> None:
        if isinstance(event, StageStarted):
            draft.note(PROGRESS, {"stage": event.stage, "index": event.index})

    built = build(draft.source, BuildOptions(formats=tuple(formats), out=draft.made), listen)
    _clear(draft, {*(file.path for file in built.files), built.conversion_report})
    return report.build_report(built)


def _clear(draft: Draft, kept: set[Path | None]) -> None:
    """Take away what an earlier build left and this one did not make."""
    known = {path.resolve() for path in kept if path}
    for path in draft.made.rglob("*"):
        if path.is_file() and path.suffix != ".ledger" and path.resolve() not in known:
            path.unlink()


def _limit() -> None:
    """Give up before the machine does; where there are no such limits, the server's clock holds."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in (
        (resource.RLIMIT_AS, CHILD_MEMORY_BYTES),
        (resource.RLIMIT_CPU, CHILD_CPU_S),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (least, hard))


if __name__ == "__main__":
    # The owner of the server has settings of his own, which are nobody else's.
    os.environ["XDG_CONFIG_HOME"] = os.devnull
    sys.exit(main(sys.argv[1:]))
