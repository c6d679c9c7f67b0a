"""Which series the books of a shelf belong to, as their names say together.

江湖（上） says so by itself; 江湖2 only beside 江湖 or 江湖3, and 02 夜雨 only in a folder where most
are numbered so. What a book says of itself (book.toml, its EPUB) holds over all this.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from unicodedata import normalize

from builder.core.book import Series
from builder.read import InSeries, led, numbered, title_and_author
from builder.shelf.likeness import folded

# A folder of more than these numbered books is a collection, not a series.
_MOST_LED = 40
_MOSTLY = 0.8


@dataclass(frozen=True, slots=True)
class _Book:
    """A book by its name; `place` is where it stands in a series, if its name tells."""

    index: int
    title: str
    author: str
    place: InSeries | None


def series_of(places: Sequence[tuple[str, str]]) -> dict[int, Series]:
    """The series of the books that belong to one, by index; each place is a stem and its shelf.

    Books of one series lie in one folder.
    """
    folders: dict[str, list[_Book]] = defaultdict(list)
    for index, (stem, shelf) in enumerate(places):
        named = title_and_author(stem)
        folders[shelf].append(_Book(index, named.title or stem, named.author, named.series))
    found: dict[int, Series] = {}
    for shelf, books in folders.items():
        found |= _led(shelf, books) | _told(books)
    return found


def _told(books: list[_Book]) -> dict[int, Series]:
    """Series whose name stands in the titles."""
    groups: dict[tuple[str, str], list[_Book]] = defaultdict(list)
    for book in books:
        place = book.place or numbered(book.title)
        if place:
            key = _key(place.series)
            groups[key, book.author].append(replace(book, place=place))
    firsts = {(_key(book.title), book.author): book for book in books if not book.place}
    found: dict[int, Series] = {}
    for (name, author), members in groups.items():
        # 江湖 beside 江湖2 is the first of them, unless another is.
        first = firsts.get((name, author))
        numbers = {one.place.position for one in members if one.place and not one.place.is_several}
        if first and 1 not in numbers:
            members = [replace(first, place=InSeries(_series(members[0]), 1.0)), *members]
        sure = [book for book in books if book.place and book in members]
        if not _count_up(members):
            members = sure
        found |= _placed(members)
    return found


def _led(shelf: str, books: list[_Book]) -> dict[int, Series]:
    """The series that a folder is, when its books are numbered: 02 夜雨, 第二部 归舟."""
    name = title_and_author(PurePosixPath(shelf).name).title
    members = [replace(book, place=place) for book in books if (place := led(book.title))]
    is_one = _MOSTLY * len(books) <= len(members) <= _MOST_LED and _count_up(members)
    if not name or not is_one:
        return {}
    return {
        book.index: Series(name, book.place.position) for book in members if book.place is not None
    }


def _placed(members: list[_Book]) -> dict[int, Series]:
    """Each with its place; 下 is the third where there is a 中."""
    has_middle = any(one.place and one.place.position == 2 and not one.place.is_last for one in members)  # fmt: skip
    return {
        book.index: Series(
            book.place.series, book.place.position + (book.place.is_last and has_middle)
        )
        for book in members
        if book.place
    }


def _count_up(members: list[_Book]) -> bool:
    """Whether several are numbered differently, from the beginning and without large gaps."""
    single = [one for one in members if one.place and not one.place.is_several]
    numbers = {one.place.position for one in single if one.place}
    return len(single) == len(numbers) > 1 and max(numbers) <= 2 * len(numbers)


def _series(book: _Book) -> str:
    return book.place.series if book.place else book.title


def _key(title: str) -> str:
    """A title as titles are compared: without script, width, case and gaps."""
    return folded("".join(normalize("NFKC", title).casefold().split()))
