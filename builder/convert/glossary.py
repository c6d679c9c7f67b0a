"""A book's own words: what they become, whatever a dictionary says.

A glossary is a UTF-8 file with an entry a line: the word of the source, a tab, the word of
the finished book. Empty lines and lines that start with `#` are remarks. Entries may name a
person (于小明, 于小明) or settle a doubt (发卷, 髮捲); the longest entry at a place holds. A single
character is an entry too: it holds wherever no longer one does, inside other words as well.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from builder.convert.opencc import Entries
from builder.core.diagnostic import Diagnostic, Location, warning
from builder.core.errors import ConfigError

RULE = "C105"
# No name or word of a book is as long; a line with this is a sentence that lost its tab.
LONGEST = 40


@dataclass(frozen=True, slots=True)
class GlossaryFile:
    """What people call the file, and what it says."""

    name: str
    content: str


@dataclass(frozen=True, slots=True)
class Glossary:
    """Entries, no source twice, and what is doubtful about them."""

    entries: Entries = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def glossary_of(*files: GlossaryFile) -> Glossary:
    """The entries of some files. Of two for one word the later holds, with a warning C202.

    Of two files the later holds without a word: a book's own glossary over that of its series.
    A single character as a word is warned of, C203: it changes inside every other word. Raises
    ConfigError C204 with file and line for a line that is no entry, C205 for one too long.
    """
    entries: dict[str, str] = {}
    diagnostics: list[Diagnostic] = []
    for file in files:
        own, found = _read(file)
        entries |= own
        diagnostics += found
    return Glossary(tuple(entries.items()), tuple(diagnostics))


def _read(file: GlossaryFile) -> tuple[dict[str, str], list[Diagnostic]]:
    entries: dict[str, str] = {}
    lines: dict[str, int] = {}
    diagnostics: list[Diagnostic] = []
    for number, source, target in lines_of(file):
        location = Location(file.name, number)
        if entries.get(source, target) != target:
            values = {"source": source, "target": target, "other": entries[source]}
            diagnostics.append(warning("C202", location, line=lines[source], **values))
        elif len(source) == 1 and source not in entries:
            diagnostics.append(warning("C203", location, source=source))
        entries[source] = target
        lines[source] = number
    return entries, diagnostics


def lines_of(file: GlossaryFile) -> Iterator[tuple[int, str, str]]:
    """Each entry with the number of its line. Raises as `glossary_of` does."""
    for number, line in enumerate(file.content.removeprefix("\ufeff").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        words = [word.strip() for word in line.rstrip("\t ").split("\t")]
        if len(words) != 2 or not all(words):
            raise ConfigError("C204", location=Location(file.name, number))
        if max(map(len, words)) > LONGEST:
            raise ConfigError("C205", location=Location(file.name, number), longest=LONGEST)
        yield number, words[0], words[1]
