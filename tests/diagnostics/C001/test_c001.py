"""OpenCC is there but cannot be loaded: a missing or damaged compiled library."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from builder.convert import convert_text
from builder.convert.opencc import _converter
from builder.core.errors import DependencyError
from builder.core.language import TARGETS


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    """Each test loads OpenCC anew, and leaves the real one behind."""
    loaded = {name: module for name, module in sys.modules.items() if name.startswith("opencc")}
    for name in loaded:
        del sys.modules[name]
    _converter.cache_clear()
    yield
    _converter.cache_clear()
    for name in [name for name in sys.modules if name.startswith("opencc")]:
        del sys.modules[name]
    sys.modules.update(loaded)


def test_a_broken_installation_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "opencc"
    package.mkdir()
    (package / "__init__.py").write_text("from opencc.clib import opencc_clib\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(DependencyError) as problem:
        convert_text("这里", TARGETS["zh-Hant"])
    assert str(problem.value) == (
        "error C001: OpenCC cannot be loaded: ModuleNotFoundError: No module named 'opencc.clib'\n"
        '  hint: install it again: pip install --force-reinstall "opencc>=1.4,<2"'
    )


def test_the_real_one_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    assert convert_text("这里", TARGETS["zh-Hant"]).text == "這裡"
