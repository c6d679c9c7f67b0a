"""Whatever the bytes: a book, or an error of ours; never a traceback, never a hang.

The run in `make test` is the same each time; `make fuzz` goes on longer, and elsewhere.
"""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.strategies import FRAGMENTS, mutated, names, written, zipped
from tests.fuzz.understanding import TookTooLong, clock, is_understood

SEEDS = sorted(Path(__file__).with_name("seeds").iterdir())
EVERY = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
LONG = settings(max_examples=4000, deadline=None, suppress_health_check=EVERY)
ARCHIVES = st.sampled_from(("书.zip", "书.epub"))
REPEATED_CHARACTERS = 12_000


def quick(examples: int) -> settings:
    """A short run that never differs from the one before."""
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=EVERY,
    )


@quick(150)
@given(st.binary(max_size=600), names)
def test_any_bytes_make_a_book_or_an_error_of_ours(content: bytes, name: str) -> None:
    is_understood(content, name)


@quick(300)
@given(written(), names)
def test_pieces_of_books_in_any_order_make_a_book_or_an_error_of_ours(
    content: bytes, name: str
) -> None:
    is_understood(content, name)


@quick(80)
@given(mutated())
def test_a_raw_book_after_accidents_makes_a_book_or_an_error_of_ours(content: bytes) -> None:
    is_understood(content, "书.txt")


@quick(60)
@given(zipped(), ARCHIVES)
def test_any_archive_makes_a_book_or_an_error_of_ours(content: bytes, name: str) -> None:
    is_understood(content, name)


@pytest.mark.parametrize("name", ["书.txt", "书.html", "书.md"])
def test_one_piece_again_and_again_takes_no_longer_than_its_length(name: str) -> None:
    slow = []
    for fragment in FRAGMENTS:
        text = fragment * (REPEATED_CHARACTERS // len(fragment))
        try:
            with clock(2):
                is_understood(text.encode("utf-8"), name)
        except TookTooLong:
            slow.append(fragment)
    assert slow == []


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name)
def test_what_once_broke_stays_mended(seed: Path) -> None:
    is_understood(seed.read_bytes(), seed.name)


def test_a_hang_is_noticed() -> None:
    def hang() -> None:
        while True:
            pass

    with pytest.raises(TookTooLong), clock(0.05):
        hang()


@pytest.mark.slow
@LONG
@given(st.binary(max_size=4000), names)
def test_any_bytes_for_long(content: bytes, name: str) -> None:
    is_understood(content, name)


@pytest.mark.slow
@LONG
@given(written(), names)
def test_pieces_of_books_for_long(content: bytes, name: str) -> None:
    is_understood(content, name)


@pytest.mark.slow
@LONG
@given(mutated())
def test_accidents_for_long(content: bytes) -> None:
    is_understood(content, "书.txt")


@pytest.mark.slow
@LONG
@given(zipped(), ARCHIVES)
def test_archives_for_long(content: bytes, name: str) -> None:
    is_understood(content, name)
