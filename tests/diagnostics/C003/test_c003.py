"""OpenCC loads but its dictionaries are gone or damaged."""

from collections.abc import Iterator

import pytest

from builder.convert.opencc import _converter, convert_lines
from builder.core.errors import ConvertError


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    _converter.cache_clear()
    yield
    _converter.cache_clear()


def test_a_configuration_that_is_gone_is_named() -> None:
    with pytest.raises(ConvertError) as problem:
        convert_lines(["这里"], "s2mars")
    assert problem.value.diagnostic.code == "C003"
    assert problem.value.message.startswith("OpenCC cannot convert by s2mars: ")
    assert "--force-reinstall" in problem.value.hint


def test_a_configuration_that_is_there_is_not() -> None:
    assert convert_lines(["这里"], "s2tw") == ["這裡"]
