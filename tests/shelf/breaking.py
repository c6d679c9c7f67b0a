"""Work that goes wrong in ways that no book can be made to; for child processes to import."""

import os
import signal
import time
from dataclasses import replace

from builder.shelf.job import Job, Outcome
from builder.shelf.work import do


def dies_of_one(job: Job) -> Outcome:
    """Builds, but for a book that brings down its process."""
    if "崩" in job.path:
        os.kill(os.getpid(), signal.SIGKILL)
    return do(job)


def never_ends_one(job: Job) -> Outcome:
    """Builds, but for a book that takes for ever."""
    if "久" in job.path:
        time.sleep(600)
    return do(job)


def fails_to_publish(job: Job) -> Outcome:
    """Builds into a folder that only this machine has."""
    return replace(do(job), files=(f"{job.out}/elsewhere.txt",))


def told_where(job: Job) -> Outcome:
    """Builds, and tells where the book lay."""
    done = do(job)
    return replace(done, creators=(*done.creators, job.path))
