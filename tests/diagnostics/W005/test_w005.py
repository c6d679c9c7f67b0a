"""A book has one job at a time."""

from tests.studio.test_studio_api import (
    address,
    me,
    state,
    test_a_book_has_one_job_at_a_time_and_it_can_be_stopped,
)

__all__ = [
    "address",
    "me",
    "state",
    "test_a_book_has_one_job_at_a_time_and_it_can_be_stopped",
]
