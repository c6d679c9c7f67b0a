"""What the parts of the page share: losses in words, numbers as they are shown."""

from collections.abc import Iterable
from dataclasses import dataclass

# Closer than this is called a draw.
DRAW = 1.02


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of each program at one size; the lesser is the better."""

    what: str
    unit: str
    values: dict[str, float]


def losses(ours: str, measures: Iterable[Measure]) -> tuple[str, ...]:
    """A line for each measure in which another program does better than `ours`."""
    lines = []
    for one in measures:
        if ours not in one.values:
            continue
        own = one.values[ours]
        better = {
            name: value
            for name, value in one.values.items()
            if not name.startswith("builder") and value * DRAW < own
        }
        if better:
            named = ", ".join(f"{name} {shown(value)}" for name, value in better.items())
            lines.append(f"{one.what}: {named} against our {shown(own)} {one.unit}".rstrip())
    return tuple(lines)


def shown(value: float) -> str:
    """Three digits that count: 0.147, 3.20, 83.5, 1,826."""
    if value >= 100:
        return f"{value:,.0f}"
    digits = 1 if value >= 10 else 2 if value >= 1 else 3
    return f"{value:.{digits}f}"


def times(value: float) -> str:
    """Example: 1.94×."""
    return f"{shown(value)}×"
