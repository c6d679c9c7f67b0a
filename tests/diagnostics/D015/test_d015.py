"""A mail that the server refuses."""

from tests.deliver.test_mail import (
    authority,
    box,
    settings,
    test_books_arrive_with_their_chinese_names,
    test_what_the_server_does_not_take_is_not_sent,
)

# The server that says no, and the same that says yes.
__all__ = [
    "authority", "box", "settings", "test_books_arrive_with_their_chinese_names",
    "test_what_the_server_does_not_take_is_not_sent",
]  # fmt: skip
