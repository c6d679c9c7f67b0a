"""Deflating by two threads gives what one would give, in the same order."""

import pytest

from builder.press.deflating import (
    FAST,
    OBJECTS,
    THOROUGH,
    deflated,
    deflated_beside,
    deflated_together,
)

LINES = tuple(f"第{number}章 渡口的灯亮了。".encode() * number for number in range(9))
LEVELS = (FAST, OBJECTS, THOROUGH)


@pytest.mark.parametrize("count", [0, 1, 2, 9])
def test_what_is_deflated_together_comes_back_in_order(count: int) -> None:
    contents = [(line, LEVELS[at % 3]) for at, line in enumerate(LINES[:count])]
    assert deflated_together(contents) == [deflated(line, level) for line, level in contents]


def test_what_is_deflated_beside_is_there_when_it_is_asked_for() -> None:
    result = deflated_beside((LINES[8], FAST), (LINES[3], THOROUGH))
    assert result() == [deflated(LINES[8], FAST), deflated(LINES[3], THOROUGH)]
    assert result() == result()
