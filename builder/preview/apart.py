"""A preview in a child process: PDFium is native code, and a PDF can be made to hurt it.

The child has the memory, the processor time and the clock that a preview may take, and is ended as
a whole when it takes more. What it answers is JSON and a PNG's bytes, nothing that could be run here.
"""

import json
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builder.core.bounds import end_group
from builder.core.catalogue import say, spoken
from builder.core.diagnostic import Diagnostic, Location, Severity
from builder.core.errors import BuilderError, ConfigError, SourceError
from builder.preview import USUAL_WIDTH, ContactSheet

# The modules of the child are those of its parent, not those of the folder it stands in (-P).
_START = """
import json, sys
asked = json.loads(sys.stdin.buffer.readline())
sys.path[:] = asked["modules"]
from builder.preview.worker import main
main(asked)
"""
_KINDS: dict[str, type[BuilderError]] = {kind.__name__: kind for kind in (ConfigError, SourceError)}


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a preview may take: a page of 89 megapixels is drawn in 0.6 GB and two seconds.

    `memory_bytes` is beside the PDF's own when that lies in memory; `page_cpu_s` is for each page,
    and for what comes before the first.
    """

    memory_bytes: int = 1_000_000_000
    page_cpu_s: int = 10
    clock_s: float = 600


USUAL = Bounds()


def preview_apart(
    pdf: Path | bytes,
    name: str,
    *,
    pages: str = "",
    width: int = USUAL_WIDTH,
    is_single: bool = False,
    bounds: Bounds = USUAL,
) -> ContactSheet:
    """`builder.preview.preview`, in a child process.

    Raises what that raises, and SourceError V010 when the PDF takes more than `bounds`, or brings
    down the library that draws it.
    """
    is_file = isinstance(pdf, Path)
    content = b"" if isinstance(pdf, Path) else pdf
    asked = {
        "modules": sys.path,
        "language": spoken(),
        "path": str(pdf) if is_file else None,
        "name": name,
        "pages": pages,
        "width": width,
        "is_single": is_single,
        "memory_bytes": bounds.memory_bytes + 2 * len(content),
        "page_cpu_s": bounds.page_cpu_s,
    }
    code, said = _answer(json.dumps(asked).encode() + b"\n" + content, bounds.clock_s)
    page, answer, png = _parts(said)
    if "error" in answer:
        raise _error(answer["error"])
    if "sheet" not in answer:
        place = Location(f"{name}#page={page}" if page else name)
        raise SourceError("V010", location=place, reason=_reason(code, bounds))
    sheet = answer["sheet"]
    told = tuple(map(_diagnostic, sheet["diagnostics"]))
    return ContactSheet(png, tuple(sheet["size"]), tuple(sheet["pages"]), sheet["page_count"], told)


def _answer(asked: bytes, clock_s: float) -> tuple[int | None, bytes]:
    """The exit code of the child, None when the clock ended it, and what it wrote.

    Whatever ends this process in order (Ctrl-C, SIGTERM) ends the child, too.
    """
    command = [sys.executable, "-P", "-c", _START]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as child:
        try:
            said, _ = child.communicate(asked, timeout=clock_s)
        except subprocess.TimeoutExpired:
            end_group(child)
            return None, child.communicate()[0]
        except BaseException:
            end_group(child)
            raise
        return child.returncode, said


def _parts(said: bytes) -> tuple[int, dict[str, Any], bytes]:
    """The page that was begun last (0 for none), the answer (empty for none), the PNG."""
    page = 0
    while said:
        line, _, said = said.partition(b"\n")
        told = json.loads(line)
        if "page" not in told:
            return page, told, said
        page = told["page"]
    return page, {}, b""


def _reason(code: int | None, bounds: Bounds) -> str:
    if code is None:
        return say("preview.late", seconds=round(bounds.clock_s))
    if code == -getattr(signal, "SIGXCPU", 0):
        return say("preview.slow", seconds=bounds.page_cpu_s)
    return say("preview.heavy", megabytes=bounds.memory_bytes // 1_000_000)


def _error(told: dict[str, Any]) -> BuilderError:
    found = _diagnostic(told["diagnostic"])
    return _KINDS[told["kind"]](found.code, location=found.location, **dict(found.values))


def _diagnostic(told: dict[str, Any]) -> Diagnostic:
    place = Location(**told["location"]) if told["location"] else None
    values = tuple((name, value) for name, value in told["values"])
    return Diagnostic(told["code"], Severity(told["severity"]), place, values)
