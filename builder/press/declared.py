"""WeasyPrint's C functions, declared without reading C.

WeasyPrint tells cffi in 600 lines of C which functions of Pango, HarfBuzz and fontconfig it
calls. cffi has pycparser read them, and again all names among them for each type that is asked
for later: 65 ms, the tenth part of setting a short book. What comes of it is always the same, so
it stands in `declared.json`, as cffi writes it for modules made in advance ("out-of-line", ABI).
`python -m scripts.declared` writes that anew, for another version of WeasyPrint.

Source: cffi's documentation, Preparing and Distributing modules.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import _cffi_backend
import cffi

TABLES = Path(__file__).with_name("declared.json")
# What cffi.FFI of such a module is made of; the values are bytes, written as Latin-1.
PARTS = ("_types", "_globals", "_struct_unions", "_enums", "_typenames")


class OtherDeclarationsError(Exception):
    """Something else was declared than the tables know."""


class DeclaredFFI(_cffi_backend.FFI):  # type: ignore[misc]  # cffi has no annotations
    """What cffi.FFI() is to WeasyPrint, with all that it will declare."""

    def __init__(self) -> None:
        tables = json.loads(TABLES.read_text("utf-8"))
        # cffi points into the names and does not keep them.
        self._sources = tables["sources"]
        self._parts = {name: _bytes(tables[name]) for name in PARTS}
        super().__init__(tables["name"], _version=tables["version"], **self._parts)

    def cdef(self, source: str) -> None:
        """Declare what is declared already. Raises OtherDeclarationsError."""
        if digest_of(source) not in self._sources:
            raise OtherDeclarationsError(source)


@contextmanager
def in_place_of_cffi(ffi: type) -> Iterator[None]:
    """Who asks for a `cffi.FFI` gets another one."""
    module: Any = cffi
    own = module.FFI
    module.FFI = ffi
    try:
        yield
    finally:
        module.FFI = own


def digest_of(source: str) -> str:
    """By what a source of declarations is known."""
    return hashlib.sha256(source.encode()).hexdigest()


def _bytes(part: Any) -> Any:
    """Strings as bytes and lists as tuples, however deep."""
    if isinstance(part, str):
        return part.encode("latin-1")
    return tuple(map(_bytes, part)) if isinstance(part, Iterable) else part
