"""Rows of the contents that are none; and rows that are."""

from tests.studio.test_studio_api import (
    address,
    me,
    state,
    test_rows_that_are_none_are_refused,
)

__all__ = [
    "address",
    "me",
    "state",
    "test_rows_that_are_none_are_refused",
]
