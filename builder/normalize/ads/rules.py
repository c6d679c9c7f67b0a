"""The rules for ads: whole lines of them, and scraps of them stuck to sentences of the story.

What a line says decides, and how much of it says that: a sentence that mentions an address
is no ad. Lines that say enough for a doubt, not for a verdict, are judged by how often lines
of their make come back.
"""

from collections.abc import Iterator

from builder.normalize.ads.cues import LONGEST_HEADING, SPACES
from builder.normalize.ads.headings import LABELLED
from builder.normalize.ads.scraps import scraps
from builder.normalize.ads.survey import Memory, Survey
from builder.normalize.rule import Change, Rule


def _ad_lines(text: str, found: Survey) -> Iterator[Change]:
    """Whole lines, each with its line ends: of the gaps around it the larger one remains."""
    position = 0
    for start, end in found.ads:
        first = text.rfind("\n", 0, start) + 1
        before, after = _newlines_before(text, first), _newlines_after(text, end)
        last = end + after
        if last == len(text) or after < before:
            # The gap before it goes, but for what the next line needs.
            kept = 0 if last == len(text) else before
            first, last = (first - before + kept, last) if kept else (first - before, last)
        first = max(first, position)
        position = last
        yield first, text[first:last], ""


def _newlines_before(text: str, at: int) -> int:
    count = 0
    while at > count and text[at - count - 1] == "\n":
        count += 1
    return count


def _newlines_after(text: str, at: int) -> int:
    end = at
    while end < len(text) and text[end] in SPACES:
        end += 1
    while end < len(text) and text[end] == "\n":
        end += 1
    return end - at


def _glued(found: Survey) -> Iterator[Change]:
    """Scraps of ads inside lines that are story."""
    for story in found.stories:
        line, reading = story.line, story.reading
        if LABELLED.match(line.text) and len(line.text) < LONGEST_HEADING:
            continue
        fold = reading.line
        whole = (story.start, story.end)
        position = 0
        for first, last in [whole] if story.end else scraps(fold.text, reading.tokens):
            first, last = max(fold.origin(first), position), fold.origin(last)
            if first < last:
                yield line.start + first, line.text[first:last], ""
                position = last


def rules(memory: Memory) -> tuple[Rule, Rule]:
    """The rules for scraps and for whole lines, with a memory of one book."""
    return (
        Rule(
            "N041",
            "judgement",
            "standard",
            frozenset(),
            lambda text: _glued(memory.survey(text)),
            is_contextual=True,
            is_removal=True,
        ),
        Rule(
            "N040",
            "judgement",
            "standard",
            frozenset(),
            lambda text: _ad_lines(text, memory.survey(text)),
            is_contextual=True,
            is_removal=True,
        ),
    )
