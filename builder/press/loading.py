"""Loading WeasyPrint: quietly, and in half its time.

WeasyPrint asks for each system library by the names of several systems, and cffi looks for each
name that does not load with `ctypes.util.find_library`, which on Linux runs ldconfig, a compiler
and a linker: 55 processes, half of the time that loading takes. On Linux `declared` stands for
cffi, which loads libraries by their names alone, and need not read what they have. Where that
does not do, WeasyPrint is loaded after all as it loads itself.

It also imports fontTools, a tenth of a second, for what hardly a book needs: to unpack WOFF, to fix
a variable font, and to cut a font when HarfBuzz cannot. It is imported when it is used.
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
_USER = "weasyprint"
_HALF_LOADED = (_USER, _HOST)
_LATER = ("fontTools.ttLib", "fontTools.subset", "fontTools.varLib.instancer")


def load_host() -> None:
    """Make `builder.press.host` ready to be imported; what it logs, prints or warns of is not heard.

    Raises DependencyError P001 when a system library is missing.
    """
    logging.getLogger(_USER).propagate = False
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
    if sys.platform == "linux" and _USER not in sys.modules:
        try:
            with in_place_of_cffi(DeclaredFFI):
                importlib.import_module(_HOST)
        except (OSError, OtherDeclarationsError):
            for name in [name for name in sys.modules if name.startswith(_HALF_LOADED)]:
                del sys.modules[name]
    importlib.import_module(_HOST)


class _Later(ModuleType):
    """Stands for a module until something of it is used."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Part(self.__name__, name)


class _Part:
    """Stands for something of such a module. When one part is used, all become what they are:
    an exception that is only waited for is never used, and has to be the one that is raised.
    """

    def __init__(self, module: str, name: str) -> None:
        self._module = module
        self._name = name

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        return _arrived(self)(*arguments, **named)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(_arrived(self), name)

    def meant(self) -> Any:
        """What this stands for, which may be a module inside the other."""
        module = importlib.import_module(self._module)
        if not hasattr(module, self._name):
            return importlib.import_module(f"{self._module}.{self._name}")
        return getattr(module, self._name)


def _arrived(part: _Part) -> Any:
    """What a part stands for, after it has come to all that wait for one."""
    for module in [module for name, module in sys.modules.items() if name.startswith(_USER)]:
        for name, value in list(vars(module).items()):
            if type(value) is _Part:
                setattr(module, name, value.meant())
    return part.meant()


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
