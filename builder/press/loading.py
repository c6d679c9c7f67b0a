"""Loading WeasyPrint: quietly, and in half its time.

WeasyPrint asks for each system library by the names of several systems, and cffi looks for each
name that does not load with `ctypes.util.find_library`, which on Linux runs ldconfig, a compiler
and a linker: 55 processes, half of the time that loading takes. The names that Linux loads need
no search. Where they do not load, it is searched after all.
"""

import ctypes.util
import importlib
import logging
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO

from builder.core.errors import DependencyError

_HOST = "builder.press.host"
_HALF_LOADED = ("weasyprint", _HOST)


def load_host() -> None:
    """Make `builder.press.host` ready to be imported; what it logs, prints or warns of is not heard.

    Raises DependencyError P001 when a system library is missing.
    """
    logging.getLogger("weasyprint").propagate = False
    try:
        with redirect_stdout(StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            _load()
    except OSError as problem:
        raise DependencyError("P001", reason=str(problem).splitlines()[0]) from problem


def _load() -> None:
    if sys.platform == "linux" and "weasyprint" not in sys.modules:
        try:
            with _without_search():
                importlib.import_module(_HOST)
        except OSError:
            for name in [name for name in sys.modules if name.startswith(_HALF_LOADED)]:
                del sys.modules[name]
    importlib.import_module(_HOST)


@contextmanager
def _without_search() -> Iterator[None]:
    find = ctypes.util.find_library
    ctypes.util.find_library = _find_nothing
    try:
        yield
    finally:
        ctypes.util.find_library = find


def _find_nothing(name: str) -> None:
    del name
