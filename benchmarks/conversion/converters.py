"""Who converts: we, plain OpenCC, and the other converters on PyPI, each in a process of its own.

Two of the others install over OpenCC's folder, so none of them is imported here. `--peers DIR`
names a folder with one folder a package, each filled by `pip install --no-deps --target
DIR/NAME NAME`. A package that is not there, or does not run, is named and skipped.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from opencc import OpenCC

from builder.convert import convert_text
from builder.core.language import target_of

# Plain OpenCC by its best configuration for the target.
CONFIGS = {"zh-Hant-TW": "s2tw", "zh-Hans": "tw2s"}
Converter = Callable[[str], str]


@cache
def _opencc(config: str) -> OpenCC:
    return OpenCC(config)


def plain(text: str, tag: str) -> str:
    """The text as OpenCC alone converts it."""
    return str(_opencc(CONFIGS[tag]).convert(text))


def ours(text: str, tag: str) -> str:
    """The text as `builder convert` does, but for its quotation marks, which no other changes."""
    target = target_of(tag)
    assert target is not None
    return convert_text(text, target).text


@dataclass(frozen=True, slots=True)
class Peer:
    """A package on PyPI: what to import, and the expression of its converter to Traditional."""

    package: str
    imports: str
    expression: str


# Each in its mode for Traditional without regional vocabulary; langconv has none without.
PEERS = (
    Peer("zhconv", "import zhconv", "lambda text: zhconv.convert(text, 'zh-hant')"),
    Peer("zhconv-rs", "import zhconv_rs", "lambda text: zhconv_rs.zhconv(text, 'zh-hant')"),
    Peer("hanziconv", "from hanziconv import HanziConv", "HanziConv.toTraditional"),
    Peer("opencc-python-reimplemented", "from opencc import OpenCC", "OpenCC('s2tw').convert"),
    Peer(
        "opencc-jieba-pyo3",
        "from opencc_jieba_pyo3 import OpenCC",
        "OpenCC('s2tw').convert",
    ),
    Peer("opencc-purepy", "from opencc_purepy import OpenCC", "OpenCC('s2tw').convert"),
    Peer("chinese-converter", "import chinese_converter", "chinese_converter.to_traditional"),
    Peer(
        "langconv",
        "from langconv.converter import LanguageConverter\nfrom langconv.language.zh import zh_tw",
        "LanguageConverter.from_language(zh_tw).convert",
    ),
)

_RUN = """
import json, sys
sys.stdin.reconfigure(encoding="utf-8")
sys.stdout.reconfigure(encoding="utf-8")
{imports}
convert = {expression}
print(json.dumps([convert(text) for text in json.load(sys.stdin)]))
"""


class PeerUnavailableError(Exception):
    """The package is not installed, or does not run."""


def by_peer(peer: Peer, folder: Path, texts: Sequence[str]) -> list[str]:
    """Each text as the package converts it. Raises PeerUnavailableError."""
    home = folder / peer.package
    if not home.is_dir():
        raise PeerUnavailableError(f"{home} is not there")
    program = _RUN.format(imports=peer.imports, expression=peer.expression)
    run = subprocess.run(
        [sys.executable, "-c", program],
        input=json.dumps(list(texts)),
        env={**os.environ, "PYTHONPATH": str(home)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if run.returncode:
        raise PeerUnavailableError(run.stderr.strip().splitlines()[-1])
    converted: list[str] = json.loads(run.stdout)
    return converted
