"""The garbage collector out of the way while a book is built.

A book is hundreds of thousands of small tuples without a cycle among them. The collector walks
all of them again and again as they come, finds nothing, and makes time grow faster than the
book: 5.6 s instead of 3.5 s for 46 MB.

When the program ends, the collector would walk all that is left once more, libraries included:
50 ms to free what the system takes back anyway. So nothing is left to it.
"""

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager

atexit.register(gc.freeze)


@contextmanager
def paused_collector() -> Iterator[None]:
    """No collection inside the block; afterwards the collector is as it was."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
