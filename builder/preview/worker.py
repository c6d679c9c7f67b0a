"""What the child process of a preview does: draw it within limits, and write down how far it is.

To stdout go lines of JSON: {"page": 3} before a page is drawn, then {"sheet": …} with the PNG's
bytes behind its line, or {"error": …}. A limit or a crash leaves neither of these.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from builder.core.bounds import allow_cpu, bound_self
from builder.core.diagnostic import Diagnostic
from builder.core.errors import BuilderError
from builder.preview import preview


def main(asked: dict[str, object]) -> None:
    """Draw what is `asked`: the values of `builder.preview.apart`."""
    from builder.core.catalogue import use_language

    use_language(str(asked["language"]))
    page_cpu_s = int(str(asked["page_cpu_s"]))
    bound_self(memory_bytes=int(str(asked["memory_bytes"])), cpu_s=page_cpu_s)
    path = asked["path"]

    def before(page: int) -> None:
        allow_cpu(page_cpu_s)
        _say({"page": page})

    try:
        sheet = preview(
            sys.stdin.buffer.read() if path is None else Path(str(path)),
            str(asked["name"]),
            pages=str(asked["pages"]),
            width=int(str(asked["width"])),
            is_single=bool(asked["is_single"]),
            before=before,
        )
    except BuilderError as problem:
        kind = type(problem).__name__
        _say({"error": {"kind": kind, "diagnostic": _plain(problem.diagnostic)}})
        return
    told = {
        "size": sheet.size,
        "pages": sheet.pages,
        "page_count": sheet.page_count,
        "diagnostics": [_plain(diagnostic) for diagnostic in sheet.diagnostics],
    }
    _say({"sheet": told})
    sys.stdout.buffer.write(sheet.png)
    sys.stdout.buffer.flush()


def _plain(diagnostic: Diagnostic) -> dict[str, object]:
    return asdict(diagnostic)


def _say(line: dict[str, object]) -> None:
    sys.stdout.buffer.write(f"{json.dumps(line)}\n".encode())
    sys.stdout.buffer.flush()
