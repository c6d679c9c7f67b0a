"""What no stage foresaw, as an error with a sentence: the last line of defence before a traceback."""

import errno
import os

from builder.core.diagnostic import Location
from builder.core.errors import BuilderError, DependencyError, WriteError

# No room, no more allowed, no writing at all: the fault is the disk's, also where stdout is a file.
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})
# What Python says where the system would say EAGAIN.
_NO_THREAD = "can't start new thread"


def told(problem: Exception, location: Location | None = None) -> BuilderError:
    """B065 when a package cannot be loaded, B066 when memory is short, B010 when a disk is full.

    B067 when the locale has no name for a file, B068 when the system refuses what it never should:
    open files, processes, a folder for temporary files; B099 for a fault of ours.
    """
    match problem:
        case BuilderError():
            return problem
        case ImportError():
            return DependencyError("B065", location=location, reason=str(problem))
        case MemoryError():
            return BuilderError("B066", location=location)
        case OSError() if problem.errno in FULL:
            return WriteError("B010", location=location, reason=problem.strerror or str(problem))
        case OSError() if problem.errno == errno.ENOMEM:
            return BuilderError("B066", location=location)
        case OSError() if problem.errno:
            reason = problem.strerror or str(problem)
            place = Location(os.fsdecode(problem.filename)) if _has_name(problem) else location
            return BuilderError("B068", location=place, reason=reason)
        case RuntimeError() if str(problem) == _NO_THREAD:
            return BuilderError("B068", location=location, reason=str(problem))
        case UnicodeEncodeError():
            return BuilderError("B067", location=location, encoding=problem.encoding)
        case _:
            reason = f"{type(problem).__name__}: {problem}"
            return BuilderError("B099", location=location, reason=reason)


def _has_name(problem: OSError) -> bool:
    """Whether the system says which file it was; a number is a descriptor's."""
    return isinstance(problem.filename, str | bytes)
