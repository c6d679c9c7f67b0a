"""The command line: parses, calls, prints. No logic lives here.

Stages are imported inside the commands, so that `builder --help` answers at once.
"""

import json
import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress

from builder import report
from builder.cli.tongue import tongue
from builder.console import (
    give_up,
    has_room,
    prepare_streams,
    print_aside,
    print_diagnostic,
    print_result,
)
from builder.core.catalogue import use_language
from builder.core.collector import collect_seldom
from builder.core.diagnostic import Diagnostic
from builder.core.diagnostic import error as error_diagnostic
from builder.core.endings import ENDINGS, INTERRUPTED, Ended, end_in_order
from builder.core.errors import BuilderError, WriteError
from builder.core.shown import shown
from builder.core.unforeseen import FULL, told

# What a command line that cannot be understood is answered with.
USAGE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; no exception leaves it."""
    if arguments is None:  # a program of its own
        collect_seldom()
        end_in_order()
    prepare_streams()
    given = list(sys.argv[1:] if arguments is None else arguments)
    as_json = "--json" in given[: given.index("--")] if "--" in given else "--json" in given
    try:
        code = _ran(given)
    except KeyboardInterrupt:  # before typer was there to take it
        code = INTERRUPTED
    except Ended as problem:
        code = problem.exit_code
    except BuilderError as problem:
        return _failed(problem.diagnostic, problem.exit_code, as_json=as_json)
    except BrokenPipeError:
        # The reader of our output has gone, as `head` does; there is nobody left to tell.
        give_up(sys.stdout)
        return 0
    except Exception as problem:  # noqa: BLE001  (the last line of defence: no traceback for users)
        return _unexpected(problem, as_json=as_json)
    if code in ENDINGS:
        return _failed(error_diagnostic("B098"), code, as_json=as_json)
    return code


def _ran(given: list[str]) -> int:
    """What the command answers; raises what it raises."""
    language, given = tongue(given, os.environ)
    use_language(language)
    from builder.cli.commands import app

    # Not standalone, so that the exit code comes back and errors are ours to print.
    code = app(args=given, standalone_mode=False)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        give_up(sys.stdout)
    return code if isinstance(code, int) else 0


def _failed(problem: Diagnostic, exit_code: int, *, as_json: bool) -> int:
    """Tell why a command failed: to people on stderr, to programs as JSON on stdout."""
    if as_json:
        failure = report.error_report(problem, exit_code)
        with suppress(OSError):
            print_result(json.dumps(failure, ensure_ascii=False, indent=2))
        if not has_room(sys.stdout):
            give_up(sys.stdout)
            as_json = False
    if not as_json:
        print_diagnostic(problem)
    return exit_code


def _unexpected(problem: Exception, *, as_json: bool) -> int:
    # typer keeps its own copy of click's exceptions: usage errors know how to show themselves.
    if hasattr(problem, "show") and hasattr(problem, "format_message"):
        from builder.cli.manners import complaint, usage_of

        exit_code = int(getattr(problem, "exit_code", USAGE))
        if as_json:
            wrong = error_diagnostic("B097", reason=complaint(problem))
            return _failed(wrong, exit_code, as_json=True)
        for line in usage_of(problem):
            print_aside(shown(line))
        return exit_code
    if os.environ.get("BUILDER_DEBUG"):
        print_aside("".join(traceback.format_exception(problem)))
    error = told(problem)
    if isinstance(problem, OSError) and problem.filename is None and _is_of_output(problem):
        # What cannot be told there is told to people.
        give_up(sys.stdout)
        if problem.errno not in FULL:
            error = WriteError("B010", reason=problem.strerror or str(problem))
        as_json = False
    return _failed(error.diagnostic, error.exit_code, as_json=as_json)


def _is_of_output(problem: OSError) -> bool:
    """Whether it may be our own output that cannot be written."""
    return problem.errno in FULL or not has_room(sys.stdout)
