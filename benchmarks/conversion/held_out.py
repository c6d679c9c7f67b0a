"""Nothing is scored on what it was trained on: each text by figures made without it.

`python -m scripts.conversion --corpus DIR --folds OUT` trains on the corpus several times, each
time without some of its texts, and writes files named by those: `ahq,shuihu.bin`. OUT stays
outside the repository. A text that no file names is converted with the figures that are
shipped: they never saw it.
"""

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from unittest import mock

from benchmarks.conversion.converters import Converter, ours
from benchmarks.conversion.texts import TRADITIONAL
from builder.convert import figures

SUFFIX = ".bin"


def converters_of(folder: Path, names: Iterable[str]) -> Mapping[str, Converter]:
    """Our converter to Traditional for each text, with figures that did not see it."""
    files = {name: path for path in folder.glob(f"*{SUFFIX}") for name in path.stem.split(",")}
    return {name: partial(_convert, files.get(name, figures.FILE)) for name in names}


def _convert(path: Path, text: str) -> str:
    with mock.patch.object(figures, "FILE", path):
        return ours(text, TRADITIONAL)
