"""Write builder/press/declared.json from what WeasyPrint and our own host declare to cffi.

`python -m scripts.declared` writes it, `--check` fails when it is out of date. See
`builder/press/declared.py`.
"""

import importlib
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import cffi

from builder.press.declared import PARTS, TABLES, digest_of, in_place_of_cffi
from builder.press.loading import silenced

NAME = "declared"


def declared() -> list[str]:
    """Every source of declarations, in the order of loading; in a process that has not loaded."""
    said: list[str] = []
    read: Any = cffi.FFI.cdef

    class Noting(cffi.FFI):
        def cdef(self, *given: Any, **options: Any) -> None:
            said.append(given[0])
            read(self, *given, **options)

    with silenced(), in_place_of_cffi(Noting):
        importlib.import_module("builder.press.host")
    return said


def tables(sources: list[str]) -> str:
    """What cffi makes of the sources, as JSON."""
    ffi = cffi.FFI()
    for source in sources:
        ffi.cdef(source)
    ffi.set_source(NAME, None)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tables.py"
        ffi.emit_python_code(str(path))
        code = path.read_text("utf-8").replace("import _cffi_backend\n", "")
    made: dict[str, Any] = {}

    class Taking:
        @staticmethod
        def FFI(name: str, **parts: Any) -> None:  # noqa: N802  (cffi's name)
            made.update(parts, name=name)

    exec(code, {"_cffi_backend": Taking})  # cffi has just written it
    found = {"name": made["name"], "version": made["_version"]}
    found["sources"] = [digest_of(source) for source in sources]
    found |= {part: _readable(made[part]) for part in PARTS}
    return json.dumps(found, ensure_ascii=True, indent=0) + "\n"


def _readable(part: Any) -> Any:
    if isinstance(part, bytes):
        return part.decode("latin-1")
    return list(map(_readable, part)) if isinstance(part, tuple) else part


def main() -> None:
    written = tables(declared())
    if "--check" in sys.argv:
        sys.exit(0 if written == TABLES.read_text("utf-8") else f"{TABLES.name} is out of date")
    TABLES.write_text(written, "utf-8")


if __name__ == "__main__":
    main()
