"""F003: no fontconfig to ask; played by a PATH without it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from builder.core.errors import DependencyError
from builder.fonts import forget_faces, require_chinese


@pytest.fixture(autouse=True)
def _asked_anew() -> Iterator[None]:
    forget_faces()
    yield
    forget_faces()


def test_without_fontconfig_the_error_names_the_package(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DependencyError) as caught:
        require_chinese("zh-Hans")
    first, hint = str(caught.value).splitlines()
    assert first.startswith("error F003: cannot ask fontconfig which fonts there are: ")
    assert "sudo apt-get install fontconfig" in hint


def test_with_it_nothing_is_said() -> None:
    require_chinese("zh-Hans")
