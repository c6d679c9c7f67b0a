"""Jobs: one child process a book, a few at once, killed when they take too long.

`job.json` beside a book says what runs or ran, so that nothing is forgotten over a restart.
"""

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from builder.core.catalogue import spoken
from builder.core.diagnostic import error
from builder.core.errors import ConfigError, WriteError
from builder.report import diagnostic_report
from builder.studio.children import child, kill
from builder.studio.desk import PART, Desks, Draft, place_of
from builder.studio.limits import CHILD_WALL_S, MOST_RUNNING, MOST_WAITING
from builder.studio.worker import PROGRESS, RESULT

Kind = Literal["analyse", "build"]
JOB = "job.json"
_ALIVE = frozenset({"queued", "running"})


@dataclass(slots=True)
class _Job:
    draft: Draft
    kind: Kind
    formats: tuple[str, ...]
    language: str
    process: asyncio.subprocess.Process | None = None
    is_cancelled: bool = False


class Jobs:
    """The queue of a server. All methods belong to its event loop."""

    def __init__(self, *, wall_s: float = CHILD_WALL_S) -> None:
        self._wall_s = wall_s
        self._waiting: list[_Job] = []
        self._running: list[_Job] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_stopping = False

    def start(self, draft: Draft, kind: Kind, formats: Sequence[str] = ()) -> None:
        """Queue a job. Raises ConfigError W005 when the book has one, W006 when the queue is full."""
        if any(job.draft == draft for job in (*self._waiting, *self._running)):
            raise ConfigError("W005", location=place_of(draft))
        if len(self._waiting) >= MOST_WAITING:
            raise ConfigError("W006", location=place_of(draft))
        for name in (PROGRESS, RESULT):
            (draft.folder / name).unlink(missing_ok=True)
        draft.note(JOB, {"kind": kind, "state": "queued"})
        self._waiting.append(_Job(draft, kind, tuple(formats), spoken()))
        self._pump()

    def cancel(self, draft: Draft) -> None:
        """Stop what runs or waits for a book."""
        for job in [job for job in self._waiting if job.draft == draft]:
            self._waiting.remove(job)
            draft.note(JOB, {"kind": job.kind, "state": "cancelled"})
        for job in self._running:
            if job.draft == draft:
                job.is_cancelled = True
                kill(job.process)

    async def stop(self) -> None:
        """End every child; what they did is told as interrupted when the server comes back."""
        self._is_stopping = True
        self._waiting.clear()
        for job in self._running:
            job.is_cancelled = True
            kill(job.process)
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _pump(self) -> None:
        """Start what may start: two jobs at once, one a person."""
        for job in list(self._waiting):
            busy = {one.draft.owner for one in self._running}
            if len(self._running) >= MOST_RUNNING:
                return
            if job.draft.owner in busy:
                continue
            self._waiting.remove(job)
            self._running.append(job)
            task = asyncio.get_running_loop().create_task(self._run(job))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _run(self, job: _Job) -> None:
        begun = time.time()
        _note(job.draft, {"kind": job.kind, "state": "running", "started": begun})
        ended = "failed"
        try:
            ended = await self._child(job)
        except OSError:  # no more processes
            pass
        finally:
            self._running.remove(job)
            if job.draft.folder.is_dir() and not self._is_stopping:
                told = {"kind": job.kind, "state": ended, "started": begun, "ended": time.time()}
                _note(job.draft, told | self._result(job, ended))
            self._pump()

    async def _child(self, job: _Job) -> str:
        job.process = await child(job.kind, job.draft, job.language, *job.formats)
        if job.is_cancelled:
            kill(job.process)
        try:
            code = await asyncio.wait_for(job.process.wait(), self._wall_s)
        except TimeoutError:
            kill(job.process)
            await job.process.wait()
            return "timeout"
        if job.is_cancelled:
            return "cancelled"
        result = job.draft.noted(RESULT)
        return "done" if code == 0 and result is not None and "error" not in result else "failed"

    def _result(self, job: _Job, ended: str) -> dict[str, object]:
        result = job.draft.noted(RESULT) or {}
        match ended:
            case "done":
                return {"result": result}
            case "cancelled":
                return {}
            case "timeout":
                return {"error": diagnostic_report(error("W007", place_of(job.draft)))}
            case _:
                lost = diagnostic_report(error("W008", place_of(job.draft)))
                return {"error": result.get("error", lost)}


def _note(draft: Draft, told: dict[str, object]) -> None:
    """Say what a job does. Where the disk is full nothing is said, and the next job goes on."""
    with suppress(WriteError):
        draft.note(JOB, told)


def mend(desks: Desks) -> None:
    """Say of jobs that a crash or a restart cut off that they were; take away what came half."""
    for draft in desks.everyone():
        for part in draft.folder.glob(f"*{PART}"):
            with suppress(OSError):
                part.unlink()
        job = draft.noted(JOB)
        if isinstance(job, dict) and job.get("state") in _ALIVE:
            cut = diagnostic_report(error("W009", place_of(draft)))
            _note(draft, {"kind": job.get("kind"), "state": "failed", "error": cut})
