"""The same jobs on a Dask cluster that is there already: `--dask tcp://…`. The only user of it.

The scheduler hands a job to another worker when one dies, so a job may run twice; a book is
published once all the same: what is done is not done again, files and records are written whole
and alike each time, and each job has one outcome. A job that brings down three workers is given up.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from builder.core.diagnostic import Location, error
from builder.core.errors import BuilderError, DeliverError, DependencyError, WriteError
from builder.shelf.carrying import Returned, build_away, pack, unpack
from builder.shelf.executors import result_of
from builder.shelf.job import Job, Outcome
from builder.shelf.records import Seen
from builder.shelf.work import do, failed

_PATIENCE_S = 20
# Jobs for each worker that are handed out ahead, so that none waits and none hoards.
_AHEAD = 4
# A file that another machine has just written may take so long to be seen over NFS.
_SEEN_WITHIN_S = 5.0
_ASKED_EVERY_S = 1.0


class Dask:
    """The workers of a cluster; `work` is what is done to each book.

    With `is_carrying` the workers see neither the books nor the folder for the results: files are
    sent to them and back.
    """

    def __init__(
        self, address: str, *, work: Callable[[Job], Outcome] = do, is_carrying: bool = False
    ) -> None:
        self._address = address
        self._work = work
        self._is_carrying = is_carrying

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
            yield from self._worked_off(client, as_completed(loop=client.loop), iter(jobs))

    def _worked_off(self, client: Any, running: Any, waiting: Iterator[Job]) -> Iterator[Outcome]:
        named: dict[str, tuple[Job, Seen | None]] = {}
        refused: list[Outcome] = []
        room = _Room(client)

        def hand_out() -> None:
            while len(named) < room.size() and (job := next(waiting, None)):
                try:
                    future, seen = self._submitted(client, job)
                except BuilderError as problem:
                    refused.append(failed(job, problem.diagnostic, problem.exit_code))
                    continue
                named[str(future.key)] = job, seen
                running.add(future)

        hand_out()
        for future in running:
            yield self._received(future, *named.pop(str(future.key)))
            hand_out()
        yield from refused

    def _submitted(self, client: Any, job: Job) -> tuple[Any, Seen | None]:
        # Not pure: a book that changed meanwhile is not the one from before.
        if not self._is_carrying:
            return client.submit(_build_here, job, self._work, pure=False), None
        parcel, seen = pack(job)
        return client.submit(build_away, parcel, self._work, pure=False), seen

    def _received(self, future: Any, job: Job, seen: Seen | None) -> Outcome:
        result: Outcome | Returned = result_of(future, job)
        if isinstance(result, Returned):
            return unpack(job, result, seen or Seen([], ""))
        if result.state == "built" and not _have_come(result.files):
            return failed(job, error("L008", Location(job.out)), WriteError.exit_code)
        return result


class _Room:
    """How many jobs may be out: some for each thread of the workers there are, asked now and then."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._asked = -_ASKED_EVERY_S
        self._size = 0

    def size(self) -> int:
        now = time.monotonic()
        if now - self._asked >= _ASKED_EVERY_S:
            self._asked = now
            self._size = _AHEAD * max(1, sum(self._client.nthreads().values()))
        return self._size


def _build_here(job: Job, work: Callable[[Job], Outcome]) -> Outcome:
    """Build a book where it lies, which this machine must see."""
    if not os.path.lexists(job.path):
        return failed(job, error("L008", Location(job.path)), WriteError.exit_code)
    return work(job)


def _have_come(files: tuple[str, ...]) -> bool:
    """Whether the files that a worker wrote can be seen here."""
    deadline = time.monotonic() + _SEEN_WITHIN_S
    while not all(Path(file).is_file() for file in files):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.2)
    return True
