"""A book that takes for ever. The other books of the test are the near miss."""

from tests.shelf.test_shelf import root, test_a_book_that_takes_too_long_is_stopped

__all__ = ["root", "test_a_book_that_takes_too_long_is_stopped"]
