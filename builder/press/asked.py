"""Answers that are worked out when they are first asked for."""

from collections.abc import Callable
from typing import TypeVar

_K = TypeVar("_K")
_V = TypeVar("_V")


class Asked(dict[_K, _V]):
    """A mapping that asks for what it does not have yet, once."""

    __slots__ = ("_ask",)

    def __init__(self, ask: Callable[[_K], _V]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, key: _K) -> _V:
        value = self[key] = self._ask(key)
        return value
