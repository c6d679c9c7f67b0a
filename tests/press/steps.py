"""How many steps some work takes: counted, so that the same work always takes the same.

A step is a function that is called, or a character that one call looks at: of a text that is a
`Counted`, and of whatever a regular expression of the press reads.
"""

import re
import sys
from collections.abc import Callable, Iterator
from types import FrameType, ModuleType

import pytest


class Steps:
    """Counts. `pattern` and `text` make what counts its characters."""

    def __init__(self) -> None:
        self.count = 0

    def of(self, work: Callable[[], object]) -> int:
        """The steps of some work."""

        def called(frame: FrameType, event: str, arg: object) -> None:
            if event.endswith("call"):
                self.count += 1

        self.count = 0
        sys.setprofile(called)
        try:
            work()
        finally:
            sys.setprofile(None)
        return self.count

    def watch(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Count what the regular expressions of the press read from here on."""
        modules = [
            module for name, module in sys.modules.items() if name.startswith("builder.press.")
        ]
        for module, name, pattern in _patterns(modules):
            monkeypatch.setattr(module, name, Reading(pattern, self))

    def text(self, text: str) -> str:
        """A text that counts."""
        return Counted.by(self, text)


def _patterns(modules: list[ModuleType]) -> Iterator[tuple[ModuleType, str, re.Pattern[str]]]:
    for module in modules:
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                yield module, name, value


class Reading:
    """A regular expression that counts the characters between which it looks."""

    def __init__(self, pattern: re.Pattern[str], steps: Steps) -> None:
        self._pattern, self._steps = pattern, steps

    def _count(self, text: str, start: int = 0, end: int = sys.maxsize) -> None:
        self._steps.count += max(0, min(end, len(text)) - start)

    def finditer(self, text: str, *bounds: int) -> Iterator[re.Match[str]]:
        self._count(text, *bounds)
        return self._pattern.finditer(text, *bounds)

    def search(self, text: str, *bounds: int) -> re.Match[str] | None:
        found = self._pattern.search(text, *bounds)
        if found:
            self._count(text, bounds[0] if bounds else 0, found.end())
        else:
            self._count(text, *bounds)
        return found

    def match(self, text: str, *bounds: int) -> re.Match[str] | None:
        found = self._pattern.match(text, *bounds)
        self._count(found[0] if found else "")
        return found

    fullmatch = match

    def sub(self, by: str, text: str) -> str:
        self._count(text)
        return Counted.by(self._steps, self._pattern.sub(by, text))


class Counted(str):
    """A text that counts the characters of it that are looked at."""

    steps: Steps

    @classmethod
    def by(cls, steps: Steps, text: str) -> "Counted":
        own = cls(text)
        own.steps = steps
        return own

    def __getitem__(self, key: object) -> str:
        found = super().__getitem__(key)  # type: ignore[index]  # whatever str takes
        self.steps.count += len(found)
        return found

    def __contains__(self, key: object) -> bool:
        self.steps.count += len(self)
        return super().__contains__(key)  # type: ignore[operator]  # whatever str takes

    def __iter__(self) -> Iterator[str]:
        self.steps.count += len(self)
        return super().__iter__()

    def find(self, sub: str, *bounds: int) -> int:  # type: ignore[override]  # never None here
        found = super().find(sub, *bounds)
        start, end = (*bounds, 0)[0], (*bounds, 0, len(self))[1] if len(bounds) > 1 else len(self)
        self.steps.count += max(0, (found if found >= 0 else end) - start)
        return found

    def count(self, sub: str, *bounds: int) -> int:  # type: ignore[override]  # never None here
        self.steps.count += len(self)
        return super().count(sub, *bounds)

    def translate(self, table: object) -> str:
        self.steps.count += len(self)
        return Counted.by(self.steps, super().translate(table))  # type: ignore[arg-type]

    def encode(self, *how: str) -> bytes:
        self.steps.count += len(self)
        return super().encode(*how)

    def isupper(self) -> bool:
        self.steps.count += len(self)
        return super().isupper()
