"""What was tried and what broke, a row for each kind of trouble."""

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """`inputs` is how often it was tried, `failures` how often a law was broken; `remark` what a
    reader should know: what the laws were, or why nothing was tried.
    """

    area: str
    what: str
    inputs: int
    failures: int
    seconds: float = 0.0
    peak_mb: float = 0.0
    remark: str = ""


def load(path: Path) -> tuple[Row, ...]:
    """The rows of a file; none where there is none. Keys of others are passed over."""
    if not path.exists():
        return ()
    names = set(Row.__dataclass_fields__)
    return tuple(
        Row(**{key: value for key, value in one.items() if key in names})
        for one in json.loads(path.read_text(encoding="utf-8"))["rows"]
    )
