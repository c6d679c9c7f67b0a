"""Names that are loaded when they are asked for."""

import sys

import pytest

from builder.core.late import late_names


def test_a_late_name_is_what_its_module_has() -> None:
    load = late_names("builder.core", numerals=("to_roman",))
    assert load("to_roman") is sys.modules["builder.core.numerals"].to_roman


def test_a_name_that_nobody_promised_is_missing_as_in_any_module() -> None:
    with pytest.raises(
        AttributeError, match=r"module 'builder\.core' has no attribute 'to_arabic'"
    ):
        late_names("builder.core", numerals=("to_roman",))("to_arabic")


def test_a_late_name_is_no_module_beside_it() -> None:
    with pytest.raises(ValueError, match="numerals"):
        late_names("builder.core", language=("numerals",), numerals=("to_roman",))
