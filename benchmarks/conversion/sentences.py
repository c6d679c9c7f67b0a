"""Sentences with surnames, and sentences with the same characters in other words."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
# Names, and the same characters in other words; those held out were not looked at while the
# rules were tuned.
FILES = ("surnames.txt", "counters.txt", "surnames_held_out.txt", "counters_held_out.txt")
# The character in the source, then all that are right. Example: [占佔占]了. Counter: [1].
_MARKED = re.compile(r"\[(.)([^]]+)\]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the characters that are right in it: (place, any of these)."""

    text: str
    wanted: tuple[tuple[int, str], ...]

    def is_right(self, converted: str) -> bool:
        """Whether every character in question came out as it should."""
        return all(converted[at] in right for at, right in self.wanted)


def sentence(marked: str) -> Sentence:
    """From a line such as `[于於]是他走了。`."""
    text = ""
    wanted = []
    end = 0
    for match in _MARKED.finditer(marked):
        text += marked[end : match.start()]
        wanted.append((len(text), match.group(2)))
        text += match.group(1)
        end = match.end()
    return Sentence(text + marked[end:], tuple(wanted))


def sentences(name: str) -> tuple[Sentence, ...]:
    """The sentences of one of the files."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return tuple(sentence(line) for line in lines if line and not line.startswith("#"))


def wrong(name: str, converter: Callable[[str], str]) -> list[str]:
    """The converted sentences that are not right, each converted alone."""
    pairs = [(one, converter(one.text)) for one in sentences(name)]
    return [text for one, text in pairs if not one.is_right(text)]
