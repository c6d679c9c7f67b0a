"""Another's book is not found."""

from tests.studio.test_studio_api import (
    address,
    me,
    state,
    test_nobody_sees_another_s_books,
)

__all__ = [
    "address",
    "me",
    "state",
    "test_nobody_sees_another_s_books",
]
