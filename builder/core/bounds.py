"""Limits that a process sets itself before it touches what may do harm, and how it is ended.

Where a system knows no such limits (Windows; memory on macOS), the clock of who waits for it holds.
"""

import contextlib
import os
import signal
from types import ModuleType
from typing import Protocol


def bound_self(*, memory_bytes: int, cpu_s: int) -> None:
    """Give up before the machine does: what asks for more memory gets none, more time ends it.

    A crash leaves no image of its memory on the disk.
    """
    resource = _resource()
    if resource is None:
        return
    _lower(resource, resource.RLIMIT_AS, memory_bytes)
    _lower(resource, resource.RLIMIT_CPU, cpu_s)
    _lower(resource, resource.RLIMIT_CORE, 0)


def allow_cpu(seconds: int) -> None:
    """Let this process have so many more seconds of processor time, from now."""
    resource = _resource()
    if resource is None:
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime) + 1
    _lower(resource, resource.RLIMIT_CPU, used + seconds)


class Child(Protocol):
    """A process that was started here, by whichever library."""

    @property
    def pid(self) -> int: ...

    def kill(self) -> None: ...


def end_group(child: Child) -> None:
    """End a process that leads a group (start_new_session), and its own children with it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()


def _resource() -> ModuleType | None:
    try:
        import resource
    except ImportError:
        return None
    return resource


def _lower(resource: ModuleType, kind: int, most: int) -> None:
    """Set the limit that a process may raise again; the system's own stays above it."""
    _, hard = resource.getrlimit(kind)
    least = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(kind, (least, hard))
