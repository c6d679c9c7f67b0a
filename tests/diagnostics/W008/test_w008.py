"""A child process that dies."""

from tests.studio.test_studio_api import (
    address,
    me,
    state,
    test_a_child_that_dies_is_told_and_the_server_goes_on,
)

__all__ = [
    "address",
    "me",
    "state",
    "test_a_child_that_dies_is_told_and_the_server_goes_on",
]
