"""What no stage foresaw, as an error with a sentence: the last line of defence before a traceback."""

from builder.core.diagnostic import Location
from builder.core.errors import BuilderError, DependencyError


def told(problem: Exception, location: Location | None = None) -> BuilderError:
    """B065 when a package cannot be loaded, B066 when memory is short, B099 for a fault of ours."""
    match problem:
        case BuilderError():
            return problem
        case ImportError():
            return DependencyError("B065", location=location, reason=str(problem))
        case MemoryError():
            return BuilderError("B066", location=location)
        case _:
            reason = f"{type(problem).__name__}: {problem}"
            return BuilderError("B099", location=location, reason=reason)
