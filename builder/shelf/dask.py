"""The same jobs on a Dask cluster that is there already: `--dask tcp://…`. The only user of it.

The scheduler hands a job to another worker when one dies, so a job may run twice; a book is
published once all the same, because its files and its record are written whole, and alike each
time. A job that brings down three workers is given up.
"""

from collections.abc import Callable, Iterable, Iterator

from builder.core.diagnostic import Location
from builder.core.errors import DeliverError, DependencyError
from builder.shelf.executors import outcome_of
from builder.shelf.work import Job, Outcome, do

_PATIENCE_S = 20
# Jobs for each worker that are handed out ahead, so that none waits and none hoards.
_AHEAD = 4


class Dask:
    """The workers of a cluster; `work` is what is done to each book."""

    def __init__(self, address: str, *, work: Callable[[Job], Outcome] = do) -> None:
        self._address = address
        self._work = work

    def run(self, jobs: Iterable[Job]) -> Iterator[Outcome]:
        """The outcomes, as they come.

        Raises DependencyError L005 without the extra, DeliverError L004 when nobody answers.
        """
        try:
            from distributed import Client, as_completed
        except ModuleNotFoundError as problem:
            raise DependencyError("L005") from problem
        try:
            client = Client(self._address, timeout=_PATIENCE_S, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as problem:
            place = Location(self._address)
            raise DeliverError("L004", location=place, reason=str(problem)) from problem
        with client:
            waiting = iter(jobs)
            running = as_completed(with_results=False, loop=client.loop)
            named: dict[str, Job] = {}

            def hand_out() -> None:
                room = _AHEAD * max(1, len(client.scheduler_info()["workers"]))
                while len(named) < room and (job := next(waiting, None)):
                    # Not pure: a book that changed meanwhile is not the one from before.
                    future = client.submit(self._work, job, pure=False)
                    named[str(future.key)] = job
                    running.add(future)

            hand_out()
            for future in running:
                yield outcome_of(future, named.pop(str(future.key)))
                hand_out()
