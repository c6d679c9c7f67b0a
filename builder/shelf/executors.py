"""Who does the work: this process, or several beside it. Results come as they are done.

A process that a book brings down takes nothing with it but that book (pebble starts another).
Memory stays flat: after each book its process looks for what was left behind (of a PDF 16,000 things
in cycles, 7 MB), and after a hundred it is replaced, since libraries keep something that nobody can free
(of each PDF 0.3 MB: Pango a list of all fonts). So a shelf with one process has one beside this.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Future, wait
from contextlib import suppress
from itertools import chain, islice
from multiprocessing import get_context
from typing import TYPE_CHECKING, Protocol, TypeVar

from builder.core.collector import collect_between
from builder.core.diagnostic import Location, error
from builder.core.endings import Ended, ending_in_order
from builder.core.errors import WriteError
from builder.shelf.job import Job, Outcome
from builder.shelf.work import do, failed

if TYPE_CHECKING:
    from pebble import ProcessPool

_BOOKS_A_PROCESS = 100
_TIME_A_BOOK_S = 3600.0
# So many wait beside those that are worked on: the list of jobs is not copied into a queue.
_AHEAD = 2
# How often it is looked whether a book takes too long.
_LOOK_S = 1.0
# More at once than this for each processor only wait for each other, with a hundred megabytes each.
MOST_A_PROCESSOR = 4


Result = TypeVar("Result")


def processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Executor(Protocol):
    """Does jobs, in any order; every job has exactly one outcome."""

    def run(self, jobs: Iterable[Job]) -> Iterator[Outcome]:
        """The outcomes, as they come."""
        ...


class Serial:
    """One book after the other, here: for a few, and for who wants no other process."""

    def run(self, jobs: Iterable[Job]) -> Iterator[Outcome]:
        """The outcomes, in the order of the jobs."""
        return map(do, jobs)


class Processes:
    """At most so many books at once, each in a process; `work` is what is done to each."""

    def __init__(
        self,
        count: int,
        *,
        time_s: float = _TIME_A_BOOK_S,
        work: Callable[[Job], Outcome] = do,
    ) -> None:
        self._count = count
        self._work = work
        self._time_s = time_s

    def run(self, jobs: Iterable[Job]) -> Iterator[Outcome]:
        """The outcomes, as they come. Leaving the loop early ends the processes.

        A system that starts no processes has the books built here, one after the other.
        """
        waiting = iter(jobs)
        first = list(islice(waiting, self._count))
        if not first:
            return
        waiting = chain(first, waiting)
        # No more processes than books: each starts with a second of work.
        pool = _started(len(first))
        if pool is None:
            yield from map(self._work, waiting)
            return
        try:
            yield from self._worked_off(pool, waiting, len(first) * _AHEAD)
        finally:
            pool.stop()
            pool.join()

    def _worked_off(
        self, pool: "ProcessPool", waiting: Iterator[Job], room: int
    ) -> Iterator[Outcome]:
        running: dict[Future[Outcome], Job] = {}
        since: dict[Future[Outcome], float] = {}
        while True:
            while len(running) < room and (job := next(waiting, None)):
                try:
                    running[pool.schedule(_one_of_many, args=[self._work, job])] = job
                except RuntimeError:  # no process can be started any more
                    waiting = chain([job], waiting)
                    break
            if not running:
                break
            done, _ = wait(running, _LOOK_S, FIRST_COMPLETED)
            for future in done:
                job = running.pop(future)
                since.pop(future, None)
                if _is_of_pool(future):  # it was not the book that failed
                    waiting = chain([job], waiting)
                else:
                    yield result_of(future, job)
            for future in _overdue(running, since, self._time_s):
                # The process ends with it.
                future.cancel()
        yield from map(self._work, waiting)


def _started(count: int) -> "ProcessPool | None":
    """So many processes; None where the system gives none: no semaphores, no more processes."""
    from pebble import ProcessPool

    try:
        pool = ProcessPool(count, _BOOKS_A_PROCESS, context=get_context("spawn"))
    except (OSError, ImportError):
        return None
    try:
        if pool.active:
            return pool
    except (OSError, ImportError, BrokenExecutor):
        pass
    with suppress(OSError):
        pool.stop()
        pool.join()
    return None


def _is_of_pool(future: "Future[Outcome]") -> bool:
    """Whether a job has no outcome because processes cannot be started."""
    return not future.cancelled() and isinstance(future.exception(), BrokenExecutor)


def _overdue(
    running: "Iterable[Future[Outcome]]", since: "dict[Future[Outcome], float]", time_s: float
) -> "list[Future[Outcome]]":
    """What is worked on for too long, by a clock that nobody sets: pebble's own would end every
    book of an hour when the machine's clock is put forward.
    """
    now = time.monotonic()
    return [
        future
        for future in running
        if future.running() and now - since.setdefault(future, now) > time_s
    ]


def _one_of_many(work: Callable[[Job], Outcome], job: Job) -> Outcome:
    """Do a job, in a process that will do others. Ended by a signal, it leaves no draft."""
    try:
        with ending_in_order():
            outcome = work(job)
    except Ended as problem:
        os._exit(problem.exit_code)
    collect_between()
    return outcome


def result_of(future: "Future[Result]", job: Job) -> Result | Outcome:
    """What a job gave; or what became of it when its process died (L001) or took too long (L002)."""
    try:
        return future.result()
    except (TimeoutError, CancelledError):
        told = error("L002", Location(job.path))
    # The process died: killed, out of memory, brought down by a library.
    except Exception as problem:  # noqa: BLE001  (pebble says it by several classes)
        told = error("L001", Location(job.path), reason=str(problem) or type(problem).__name__)
    return failed(job, told, WriteError.exit_code)
