"""A password that the server refuses."""

from tests.deliver.test_mail import (
    authority,
    box,
    settings,
    test_a_wrong_password_is_told,
    test_books_arrive_with_their_chinese_names,
)

# The server that says no, and the same that says yes.
__all__ = [
    "authority", "box", "settings", "test_a_wrong_password_is_told",
    "test_books_arrive_with_their_chinese_names",
]  # fmt: skip
