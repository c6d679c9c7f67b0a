"""Workers that see other folders. With --carry they need to see none: the near miss."""

from tests.shelf.test_dask import (
    cluster,
    root,
    test_workers_that_do_not_see_the_shelf_are_told_of_and_carrying_helps,
)

__all__ = [
    "cluster",
    "root",
    "test_workers_that_do_not_see_the_shelf_are_told_of_and_carrying_helps",
]
