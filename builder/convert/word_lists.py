"""Files of words: each line begins with the kind of the words behind it; # begins a remark."""

from pathlib import Path


def word_lists(path: Path) -> dict[str, tuple[str, ...]]:
    """The words by kind, in the order of the file."""
    found: dict[str, tuple[str, ...]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            kind, *words = line.split()
            found[kind] = (*found.get(kind, ()), *words)
    return found
