"""The word lists of `words.txt`, and of `strange.txt` for the stranger's mix."""

from functools import lru_cache
from pathlib import Path

FILES = tuple(Path(__file__).with_name(name) for name in ("words.txt", "strange.txt"))


@lru_cache(maxsize=1)
def _sections() -> dict[str, tuple[str, ...]]:
    sections: dict[str, list[str]] = {}
    name = ""
    for line in (line for file in FILES for line in file.read_text("utf-8").splitlines()):
        if line.startswith("[") and line.endswith("]") and "{" not in line:
            name = line[1:-1]
        elif line and name:
            sections.setdefault(name, []).append(line)
    return {name: tuple(lines) for name, lines in sections.items()}


def words(name: str) -> tuple[str, ...]:
    """The entries of one list."""
    return _sections()[name]


def pairs(name: str) -> dict[str, str]:
    """The entries `kind | words` of one list."""
    return {kind: rest for kind, _, rest in (line.partition(" | ") for line in words(name))}


def groups(name: str) -> tuple[tuple[str, ...], ...]:
    """The entries of one list that are several lines each, written with ／ between."""
    return tuple(tuple(line.split("／")) for line in words(name))
