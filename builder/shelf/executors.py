"""Who does the work: this process, or several beside it. Results come as they are done.

A process that a book brings down takes nothing with it but that book (pebble starts another).
Memory stays flat: after each book its process looks for what was left behind (of a PDF 16,000 things
in cycles, 7 MB), and after a hundred it is replaced, since libraries keep something that nobody can free
(of each PDF 0.3 MB: Pango a list of all fonts). So a shelf with one process has one beside this.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from itertools import chain, islice
from multiprocessing import get_context
from typing import Protocol, TypeVar

from builder.core.collector import collect_between
from builder.core.diagnostic import Location, error
from builder.core.errors import WriteError
from builder.shelf.job import Job, Outcome
from builder.shelf.work import do, failed

_BOOKS_A_PROCESS = 100
_TIME_A_BOOK_S = 3600.0
# So many wait beside those that are worked on: the list of jobs is not copied into a queue.
_AHEAD = 2


Result = TypeVar("Result")


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
        """The outcomes, as they come. Leaving the loop early ends the processes."""
        from pebble import ProcessPool

        waiting = iter(jobs)
        first = list(islice(waiting, self._count))
        if not first:
            return
        # No more processes than books: each starts with a second of work.
        pool = ProcessPool(len(first), _BOOKS_A_PROCESS, context=get_context("spawn"))
        waiting = chain(first, waiting)
        running: dict[Future[Outcome], Job] = {}
        try:
            while True:
                while len(running) < len(first) * _AHEAD and (job := next(waiting, None)):
                    task = pool.schedule(_one_of_many, args=[self._work, job], timeout=self._time_s)
                    running[task] = job
                if not running:
                    break
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    yield result_of(future, running.pop(future))
            pool.close()
        finally:
            pool.stop()
            pool.join()


def _one_of_many(work: Callable[[Job], Outcome], job: Job) -> Outcome:
    """Do a job, in a process that will do others."""
    outcome = work(job)
    collect_between()
    return outcome


def result_of(future: "Future[Result]", job: Job) -> Result | Outcome:
    """What a job gave; or what became of it when its process died (L001) or took too long (L002)."""
    try:
        return future.result()
    except TimeoutError:
        told = error("L002", Location(job.path))
    # The process died: killed, out of memory, brought down by a library.
    except Exception as problem:  # noqa: BLE001  (pebble says it by several classes)
        told = error("L001", Location(job.path), reason=str(problem) or type(problem).__name__)
    return failed(job, told, WriteError.exit_code)
