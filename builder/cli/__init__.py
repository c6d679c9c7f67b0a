"""The command line: parses, calls, prints. No logic lives here.

Stages are imported inside the commands, so that `builder --help` answers at once.
"""

import json
import os
import sys
import traceback
from collections.abc import Sequence

from builder import report
from builder.cli.tongue import tongue
from builder.console import prepare_streams, print_aside, print_diagnostic, print_result
from builder.core.catalogue import use_language
from builder.core.collector import collect_seldom
from builder.core.diagnostic import Diagnostic
from builder.core.diagnostic import error as error_diagnostic
from builder.core.errors import BuilderError
from builder.core.unforeseen import FULL, told

# What typer answers when Ctrl-C stopped a command; the shell's own code for it.
INTERRUPTED = 130
# What a command line that cannot be understood is answered with.
USAGE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; no exception leaves it."""
    if arguments is None:  # a program of its own
        collect_seldom()
    prepare_streams()
    given = list(sys.argv[1:] if arguments is None else arguments)
    as_json = "--json" in given[: given.index("--")] if "--" in given else "--json" in given
    try:
        language, given = tongue(given, os.environ)
        use_language(language)
        from builder.cli.commands import app

        # Not standalone, so that the exit code comes back and errors are ours to print.
        code = app(args=given, standalone_mode=False)
        sys.stdout.flush()
    except BuilderError as problem:
        return _failed(problem.diagnostic, problem.exit_code, as_json=as_json)
    except BrokenPipeError:
        # The reader of our output has gone, as `head` does; there is nobody left to tell.
        _close_output()
        return 0
    except Exception as problem:  # noqa: BLE001  (the last line of defence: no traceback for users)
        return _unexpected(problem, as_json=as_json)
    if code == INTERRUPTED:
        return _failed(error_diagnostic("B098"), INTERRUPTED, as_json=as_json)
    return code if isinstance(code, int) else 0


def _close_output() -> None:
    """What is still to be written goes nowhere, so that nothing fails once more at the very end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _failed(problem: Diagnostic, exit_code: int, *, as_json: bool) -> int:
    """Tell why a command failed: to people on stderr, to programs as JSON on stdout."""
    if as_json:
        failure = report.error_report(problem, exit_code)
        print_result(json.dumps(failure, ensure_ascii=False, indent=2))
    else:
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
            print_aside(line)
        return exit_code
    if os.environ.get("BUILDER_DEBUG"):
        print_aside("".join(traceback.format_exception(problem)))
    error = told(problem)
    if isinstance(problem, OSError) and problem.errno in FULL and problem.filename is None:
        _close_output()  # it may be our output that cannot be written
    return _failed(error.diagnostic, error.exit_code, as_json=as_json)
