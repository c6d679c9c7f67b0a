"""Work that goes wrong in ways that no book can be made to; for child processes to import."""

import os
import signal
import time

from builder.shelf.work import Job, Outcome, do


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
