"""What a child process of the studio does: look at a book, draw its covers, or build it, within limits.

    python -m builder.studio.worker analyse|covers|build FOLDER LANGUAGE

It writes `progress.json` while it works, and `result.json` (for covers, `covers.json`) at the end:
{"error": …} when the book could not be read or built. A crash, a limit or a kill leaves no result, and the server says so.
"""

import os
import sys
from pathlib import Path

from builder import report
from builder.core.bounds import bound_self
from builder.core.catalogue import use_language
from builder.core.collector import collect_seldom
from builder.core.errors import BuilderError, SourceError
from builder.core.events import Event, StageStarted
from builder.studio.covering import COVERS, draw_covers, keep_about
from builder.studio.desk import ANALYSIS, TEXTS, Draft, place_of
from builder.studio.limits import CHILD_CPU_S, CHILD_MEMORY_BYTES
from builder.studio.lines import note_lines
from builder.studio.printing import PRINTING, said_by_printer, wrap_beside

PROGRESS, RESULT = "progress.json", "result.json"


def main(arguments: list[str]) -> int:
    """Run one job; the exit code is 0 even when the book is at fault, which the result tells."""
    kind, folder, language, *rest = arguments
    bound_self(memory_bytes=CHILD_MEMORY_BYTES, cpu_s=CHILD_CPU_S)
    collect_seldom()
    use_language(language)
    draft = Draft(Path(folder).name, Path(folder).parent.name, Path(folder))
    try:
        match kind:
            case "analyse":
                done = _analyse(draft)
            case "covers":
                done = draw_covers(draft)
            case _:
                done = _build(draft, rest)
    except BuilderError as problem:
        done = report.error_report(problem.diagnostic, problem.exit_code)
    draft.note(COVERS if kind == "covers" else RESULT, _from_book(done, draft))
    return 0


def _analyse(draft: Draft) -> dict[str, object]:
    from builder.pipeline import BuildOptions, inspect
    from builder.structure import plan_of

    draft.note(PROGRESS, {"stage": "read"})
    if not any(path.suffix.lower() in TEXTS for path in draft.files()):
        raise SourceError("W020", location=place_of(draft))
    # Its own picture is looked for even when it is not wanted, so that it can be chosen again.
    understood = inspect(draft.source, BuildOptions(settings=("cover.own=true", "book.cover=")))
    draft.note(PROGRESS, {"stage": "structure"})
    examination = report.examined(understood)
    found = report.inspection_report(understood, examination)
    found["plan"] = plan_of(understood.book, understood.manuscript)
    series = understood.book.metadata.series
    found["series"] = {"name": series.name, "position": series.position} if series else None
    found["keep"] = list(understood.config.normalize.keep)
    note_lines(draft, understood)
    keep_about(draft, understood.book)
    draft.note(ANALYSIS, _from_book(found, draft))
    return {"analysed": True}


def _build(draft: Draft, formats: list[str]) -> dict[str, object]:
    from builder.pipeline import BuildOptions, build
    from builder.settings import settle

    (draft.folder / PRINTING).unlink(missing_ok=True)

    def listen(event: Event) -> None:
        if isinstance(event, StageStarted):
            draft.note(PROGRESS, {"stage": event.stage, "index": event.index})

    built = build(draft.source, BuildOptions(formats=tuple(formats), out=draft.made), listen)
    _clear(draft, {*(file.path for file in built.files), built.conversion_report})
    pdf = next((file.path for file in built.files if file.format == "pdf"), None)
    pages = settle(draft.source, BuildOptions())[1].pdf
    if pdf and pages.printer:
        draft.note(PROGRESS, {"stage": "print"})
        said = said_by_printer(pdf, pages)
        draft.note(PRINTING, said | {"wrap": wrap_beside(pdf, draft.source, said)})
    return report.build_report(built)


def _from_book(told: object, draft: Draft) -> object:
    """The same without the folder of the book: where the server keeps it is nobody's business."""
    match told:
        case str():
            for folder in (draft.source, draft.folder):
                told = told.replace(f"{folder}{os.sep}", "")
            return told
        case dict():
            return {key: _from_book(value, draft) for key, value in told.items()}
        case list() | tuple():
            return [_from_book(value, draft) for value in told]
        case _:
            return told


def _clear(draft: Draft, kept: set[Path | None]) -> None:
    """Take away what an earlier build left and this one did not make."""
    known = {path.resolve() for path in kept if path}
    for path in draft.made.rglob("*"):
        if path.is_file() and path.suffix != ".ledger" and path.resolve() not in known:
            path.unlink()


if __name__ == "__main__":
    # The owner of the server has settings of his own, which are nobody else's.
    os.environ["XDG_CONFIG_HOME"] = os.devnull
    sys.exit(main(sys.argv[1:]))
