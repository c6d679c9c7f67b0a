"""Deflating what goes into the file: by libdeflate, which is given all of it at once.

A page has some 2 kB. zlib spends most of its time on setting up for them, 53 µs a page whatever
the level; libdeflate takes 17, and packs better (6,048 pages: 7.02 MB, zlib at its best 7.04).
zlib-ng and ISA-L are as fast, but pack what another processor packs otherwise, and the same book
has to be the same file everywhere.
"""

from collections.abc import Callable, Sequence
from itertools import starmap
from threading import Thread

from deflate import zlib_compress

# Pages: harder work would save 0.3 % of them for half as much time again.
FAST = 1
# Objects, which are so alike that the next level finds a fifth less to write.
OBJECTS = 5
THOROUGH = 6


def deflated(content: bytes, level: int = THOROUGH) -> bytes:
    """`content` as a zlib stream, as FlateDecode wants it."""
    return bytes(zlib_compress(content, level))


def deflated_beside(*contents: tuple[bytes, int]) -> Callable[[], list[bytearray]]:
    """What will give each content deflated at its level, while a thread of its own is at it:
    libdeflate does not need the interpreter. The fonts of a novel, 20 ms, are done while the
    structure is written.
    """
    found: list[bytearray] = []
    thread = Thread(target=lambda: found.extend(starmap(zlib_compress, contents)))
    thread.start()

    def result() -> list[bytearray]:
        thread.join()
        return found

    return result


def deflated_together(contents: Sequence[tuple[bytes, int]]) -> list[bytearray]:
    """Each content deflated at its level: one half here, one by another thread. The pages of a
    thousand chapters take 70 ms, one after another 110.
    """
    half = len(contents) // 2
    others = deflated_beside(*contents[half:])
    return [*starmap(zlib_compress, contents[:half]), *others()]
