"""Another site can change nothing."""

from tests.studio.test_studio_api import (
    address,
    me,
    state,
    test_another_site_can_change_nothing,
)

__all__ = [
    "address",
    "me",
    "state",
    "test_another_site_can_change_nothing",
]
