"""What guided fuzzing begins with is a book, and what it grows stands where it would be read."""

from collections.abc import Iterator

import pytest

from tests.fuzz.kinds import KINDS, case_of
from tests.fuzz.world import World, new_world

# Where others say enough of the book, and where anything is text.
STILL_A_BOOK = frozenset({"txt", "html", "markdown", "navigation", "page", "styles"})


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with new_world() as made:
        yield made


@pytest.mark.parametrize("kind", KINDS)
def test_what_it_begins_with_is_a_book(kind: str, world: World) -> None:
    verdict = world.try_case(case_of(kind, KINDS[kind][1].encode()))
    assert (verdict.failure, verdict.is_book) == ("", True)


@pytest.mark.parametrize("kind", KINDS)
def test_what_it_grows_is_what_is_read(kind: str, world: World) -> None:
    """Bytes that are nothing of the kind leave no trace of the book it began with."""
    grown = world.try_case(case_of(kind, b"\xff\xfe[[{\0"))
    assert grown.failure == ""
    assert grown.is_book is (kind in STILL_A_BOOK)
