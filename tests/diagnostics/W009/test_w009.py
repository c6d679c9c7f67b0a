"""Work that a restart cut off."""

from tests.studio.test_studio_api import (
    address,
    me,
    state,
    test_what_a_restart_cut_off_is_said_and_can_be_done_again,
)

__all__ = [
    "address",
    "me",
    "state",
    "test_what_a_restart_cut_off_is_said_and_can_be_done_again",
]
