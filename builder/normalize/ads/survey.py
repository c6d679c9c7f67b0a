"""A book surveyed for ads: its lines read, judged, and what they teach."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from builder.normalize.ads.cues import Found, Line, Watch
from builder.normalize.ads.headings import (
    LABELLED,
    book_headings,
    heading_counts,
    is_second_heading,
    names_site,
)
from builder.normalize.ads.lessons import taught
from builder.normalize.ads.reading import Reading, again, read_line
from builder.normalize.ads.stretches import Story, with_stretches
from builder.normalize.ads.tokens import Learned, written
from builder.normalize.ads.verdict import Repeats, is_ad, is_doubtful, is_sure

# What one reading teaches may show more ads to the next.
MOST_LESSONS = 4


@dataclass(frozen=True, slots=True)
class Survey:
    """What a text has of ads: whole lines as `[start, end)`, the starts of lines in doubt, lines
    of story that an ad may be stuck to, and what was learned from them.
    """

    ads: tuple[tuple[int, int], ...]
    doubtful: tuple[int, ...]
    stories: tuple[Story, ...]
    learned: Learned


class Memory:
    """What the rules learn about one book while it is cleaned.

    Once its lines are gone an ad teaches nothing more, and its scraps are still there.
    """

    def __init__(self) -> None:
        self._learned = Learned()
        self._watch = Watch()
        self._readings: dict[str, Reading] = {}
        self._text = ""
        self._survey = Survey((), (), (), self._learned)

    def survey(self, text: str) -> Survey:
        """The survey of a text, in the light of all that was seen before."""
        if text is not self._text:
            found, repeats = self._studied(text)
            self._survey = _judged(found, repeats, self._learned, self._read)
            self._text = text
        return self._survey

    def _studied(self, text: str) -> tuple[Found, Repeats]:
        """Every line that has a cue of an ad, read, until the readings teach nothing more."""
        found = self._watch.look(text)
        for _ in range(MOST_LESSONS):
            places = _places(found.cued)
            readings = {line: self._read(line) for line in places}
            repeats = Repeats(readings.values(), places.values(), found.lines)
            counted = [(readings[line], len(where)) for line, where in places.items()]
            sure = [(reading, count) for reading, count in counted if is_sure(reading, repeats)]
            learned = self._learned.and_more(*taught(text, sure, counted, known=self._learned))
            if learned is self._learned:
                break
            self._learned = learned
            self._readings = {
                line: reading
                for line, before in self._readings.items()
                if (reading := again(before, learned)) is not None
            }
            words = set[str]().union(*map(written, learned.names))
            found = self._watch.learn(words | learned.addresses)
        return found, repeats

    def _read(self, line: str) -> Reading:
        reading = self._readings.get(line)
        if reading is None:
            reading = self._readings[line] = read_line(line, self._learned)
        return reading


def _places(lines: Sequence[Line]) -> dict[str, list[int]]:
    """The different lines, and where among the lines of the text each stands."""
    places: dict[str, list[int]] = {}
    for line in lines:
        places.setdefault(line.text, []).append(line.at)
    return places


def _judged(
    found: Found, repeats: Repeats, learned: Learned, read: Callable[[str], Reading]
) -> Survey:
    """Which of the lines are ads, in doubt, or story with a word of ads in it."""
    # Counted only when a heading is in question, which is seldom.
    headings: Counter[str] | None = None
    ads = {(line.start, line.end) for line in book_headings(found)}
    # Every line once, wherever it stands.
    gone: set[str] = set()
    told: set[str] = set()
    doubted: set[str] = set()
    for line in {line.text for line in found.cued}:
        reading = read(line)
        label = LABELLED.match(line)
        is_one = is_ad(reading, repeats) or (label and names_site(line, learned))
        if is_one and label is not None and headings is None:
            headings = heading_counts(found.headings)
        if is_one and (
            headings is None or label is None or is_second_heading(line, reading, headings)
        ):
            gone.add(line)
        elif reading.has_strong:
            told.add(line)
            if label is None and is_doubtful(reading):
                doubted.add(line)
    ads |= {(line.start, line.end) for line in found.cued if line.text in gone}
    stories = [(line, read(line.text)) for line in found.cued if line.text in told]
    return Survey(
        tuple(sorted(ads)),
        tuple(line.start for line in found.cued if line.text in doubted),
        tuple(with_stretches(stories, read)),
        learned,
    )
