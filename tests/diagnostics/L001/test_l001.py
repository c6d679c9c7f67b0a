"""A book that brings down its process. The other books of the test are the near miss."""

from tests.shelf.test_shelf import root, test_a_book_that_kills_its_process_stops_no_other

__all__ = ["root", "test_a_book_that_kills_its_process_stops_no_other"]
