"""Nothing is scored on what it was trained on: each text by figures made without it.

`python -m scripts.conversion --corpus DIR --folds OUT` trains on the corpus several times,
each time without some of its texts, and writes the figures with `folds.json`: which file is to
convert which text. OUT stays outside the repository. Texts it does not name are converted
with the figures that are shipped: they were never seen.
"""

import json
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

from benchmarks.conversion.converters import Converter, ours
from benchmarks.conversion.texts import TRADITIONAL
from builder.convert import figures

INDEX = "folds.json"


def converters_of(folder: Path, names: Iterable[str]) -> Mapping[str, Converter]:
    """Our converter to Traditional for each text, with figures that did not see it."""
    files: dict[str, str] = json.loads((folder / INDEX).read_text(encoding="utf-8"))
    return {
        name: partial(_convert, folder / files[name] if name in files else None) for name in names
    }


def _convert(path: Path | None, text: str) -> str:
    figures.use(path)
    try:
        return ours(text, TRADITIONAL)
    finally:
        figures.use(None)
