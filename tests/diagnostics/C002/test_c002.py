"""Another package installs into the same folder and converts differently."""

import sys
from collections.abc import Iterator
from importlib import metadata
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


@pytest.fixture
def look_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of the same name in pure Python, in front of the real one."""
    package = tmp_path / "opencc"
    package.mkdir()
    (package / "__init__.py").write_text(
        "class OpenCC:\n"
        "    def __init__(self, conversion=None):\n        self.conversion = conversion\n"
        "    def convert(self, text):\n        return text\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    return package


def said(expected: str) -> None:
    with pytest.raises(DependencyError) as problem:
        convert_text("这里", TARGETS["zh-Hant"])
    assert problem.value.message == expected
    assert "pip uninstall opencc-python-reimplemented opencc-py" in problem.value.hint


def test_a_look_alike_is_named(look_alike: Path) -> None:
    said(f"another package stands where OpenCC should: {look_alike / '__init__.py'}")


def test_a_look_alike_that_is_registered_is_named_by_its_name(
    look_alike: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = look_alike.parent / "opencc_python_reimplemented-0.1.7.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text("Name: opencc-python-reimplemented\nVersion: 0.1.7\n")
    assert metadata.distribution("opencc-python-reimplemented").version == "0.1.7"
    said(f"opencc-python-reimplemented stands where OpenCC should: {look_alike / '__init__.py'}")


def test_the_real_one_is_not() -> None:
    assert convert_text("这里", TARGETS["zh-Hant"]).text == "這裡"
