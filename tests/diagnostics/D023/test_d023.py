"""A later mail that the server refuses, after others went."""

from tests.deliver.test_mail import (
    authority,
    box,
    settings,
    test_books_arrive_with_their_chinese_names,
    test_when_a_later_mail_is_refused_what_went_and_what_did_not_is_told,
)

# The server that takes one mail only, and the same that takes all.
__all__ = [
    "authority", "box", "settings", "test_books_arrive_with_their_chinese_names",
    "test_when_a_later_mail_is_refused_what_went_and_what_did_not_is_told",
]  # fmt: skip
