"""A column of strings of which few differ: each is held once, and its number for every place."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import overload


class Strings(Sequence[str]):
    """A sequence of strings that takes four bytes a place. Equal to a tuple of the same strings."""

    __slots__ = ("_numbers", "_table")

    def __init__(self, table: Sequence[str], numbers: array[int]) -> None:
        """`numbers` point into `table`, which may belong to several columns.

        Raises IndexError when one points beyond it.
        """
        if numbers and max(numbers) >= len(table):
            raise IndexError(f"{max(numbers)} is no place in a table of {len(table)}")
        self._table = table
        self._numbers = numbers

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[str]:
        return map(self._table.__getitem__, self._numbers)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[str, ...]: ...
    def __getitem__(self, at: int | slice) -> str | tuple[str, ...]:
        if isinstance(at, slice):
            return tuple(map(self._table.__getitem__, self._numbers[at]))
        return self._table[self._numbers[at]]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Strings | tuple):
            return len(self) == len(other) and all(map(str.__eq__, self, other))
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]  # as the arrays beside it have none

    def __repr__(self) -> str:
        return f"Strings({tuple(self)!r})"


class StringsBuilder:
    """Collects two columns that share a table: what stood at a place, and what stands there."""

    def __init__(self) -> None:
        self._numbers = _Numbering()
        self._columns = array("I"), array("I")

    def add(self, before: str, after: str) -> None:
        """One more place."""
        numbers = self._numbers
        self._columns[0].append(numbers[before])
        self._columns[1].append(numbers[after])

    def extend(self, befores: Iterable[str], afters: Iterable[str]) -> None:
        """Many more places; as many in both."""
        number = self._numbers.__getitem__
        self._columns[0].extend(map(number, befores))
        self._columns[1].extend(map(number, afters))

    def strings(self) -> tuple[Strings, Strings]:
        """The columns, which take over what was collected: the builder ends with them."""
        table = tuple(self._numbers)
        self._numbers.clear()
        befores, afters = self._columns
        return Strings(table, befores), Strings(table, afters)


class _Numbering(dict[str, int]):
    """A number for each string, in the order in which they are met."""

    def __missing__(self, text: str) -> int:
        self[text] = number = len(self)
        return number
