"""A file that is too large."""

from tests.studio.test_studio_api import (
    address,
    me,
    state,
    test_too_large_a_file_is_refused_and_leaves_nothing,
)

__all__ = [
    "address",
    "me",
    "state",
    "test_too_large_a_file_is_refused_and_leaves_nothing",
]
