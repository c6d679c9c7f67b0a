"""Work that goes wrong in ways that no book can be made to; for child processes to import."""

import gc
import os
import signal
import time
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from builder.core.files import write_through
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


class Circle:
    """What only the collector can free."""

    def __init__(self) -> None:
        self.itself = self


def leaves_a_circle(job: Job) -> Outcome:
    """Builds nothing, leaves a circle behind, and tells as `edits` how many there were before.

    The collector looks by itself for nothing, as in a process with much to do.
    """
    gc.disable()
    before = sum(isinstance(one, Circle) for one in gc.get_objects())
    Circle()
    return Outcome(job.path, "built", edits=before, creators=(str(os.getpid()),))


def writes_for_ever(job: Job) -> Outcome:
    """Writes a file that never ends."""

    def write(file: BinaryIO) -> None:
        file.write(b"begun")
        Path(job.path).with_name("begun").touch()
        time.sleep(600)

    write_through(Path(job.path), write)
    return Outcome(job.path, "built")
