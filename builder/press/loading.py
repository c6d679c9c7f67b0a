"""Loading WeasyPrint: quietly, and in half its time.

WeasyPrint asks for each system library by the names of several systems, and cffi looks for each
name that does not load with `ctypes.util.find_library`, which on Linux runs ldconfig, a compiler
and a linker: 55 processes, half of the time that loading takes. On Linux `declared` stands for
cffi, which loads libraries by their names alone, and need not read what they have. Where that
does not do, WeasyPrint is loaded after all as it loads itself.

It also imports two modules of fontTools, a tenth of a second, for what hardly a book needs: to
fix a variable font, and to cut a font when HarfBuzz cannot. They are imported when they are
called.
"""

import importlib
import logging
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from types import ModuleType
from typing import Any

from builder.core.errors import DependencyError
from builder.press.declared import DeclaredFFI, OtherDeclarationsError, in_place_of_cffi

_HOST = "builder.press.host"
_HALF_LOADED = ("weasyprint", _HOST)
_LATER = ("fontTools.subset", "fontTools.varLib.instancer")


def load_host() -> None:
    """Make `builder.press.host` ready to be imported; what it logs, prints or warns of is not heard.

    Raises DependencyError P001 when a system library is missing.
    """
    logging.getLogger("weasyprint").propagate = False
    try:
        with silenced(), _put_off(_LATER):
            _load()
    except OSError as problem:
        raise DependencyError("P001", reason=str(problem).splitlines()[0]) from problem


@contextmanager
def silenced() -> Iterator[None]:
    """What is printed or warned of while libraries are loaded is not heard."""
    with redirect_stdout(StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


def _load() -> None:
    if sys.platform == "linux" and "weasyprint" not in sys.modules:
        try:
            with in_place_of_cffi(DeclaredFFI):
                importlib.import_module(_HOST)
        except (OSError, OtherDeclarationsError):
            for name in [name for name in sys.modules if name.startswith(_HALF_LOADED)]:
                del sys.modules[name]
    importlib.import_module(_HOST)


class _Later(ModuleType):
    """Stands for a module until something of it is called."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)

        def called(*arguments: Any, **named: Any) -> Any:
            return getattr(importlib.import_module(self.__name__), name)(*arguments, **named)

        return called


@contextmanager
def _put_off(names: tuple[str, ...]) -> Iterator[None]:
    """Let modules be imported by name, and import them when their functions are called."""
    stand_ins = {name: _Later(name) for name in names if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name in stand_ins:
            del sys.modules[name]
