"""A book surveyed for ads: its lines read, judged, and what they teach."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from builder.normalize.ads.cues import Cued, cued_lines
from builder.normalize.ads.headings import (
    LABELLED,
    book_headings,
    heading_counts,
    is_second_heading,
    names_site,
)
from builder.normalize.ads.lessons import taught
from builder.normalize.ads.reading import Reading, read_line
from builder.normalize.ads.tokens import Learned
from builder.normalize.ads.verdict import DOUBTFUL_SHARE, DOUBTFUL_WEIGHT, is_ad

# What one reading teaches may show more ads to the next.
MOST_LESSONS = 4


@dataclass(frozen=True, slots=True)
class Survey:
    """What a text has of ads: whole lines, lines in doubt, and what was learned from them.

    Lines are known by where they start, without their indent.
    """

    ads: tuple[tuple[int, int], ...]
    doubtful: tuple[int, ...]
    stories: tuple[tuple[int, int], ...]
    learned: Learned


def survey(text: str, known: Learned, cued: Cued) -> Survey:
    """Read every line that has a cue of an ad; `known` was learned from this book before."""
    spans = cued.spans(text)
    learned = known
    for _ in range(MOST_LESSONS):
        if learned.pattern is not None:
            spans = sorted({*spans, *cued_lines(text, (learned.pattern,))})
        readings = _readings(text, spans, learned)
        makes = Counter(readings[text[start:end]].make for start, end in spans)
        sure = [span for span in spans if is_ad(readings[text[slice(*span)]], makes)]
        before = learned
        learned = learned.and_more(
            *taught(text, [readings[text[slice(*span)]] for span in sure], spans, readings)
        )
        if learned is before:
            break
    # Counted only when a heading is in question, which is seldom.
    headings: Counter[str] | None = None
    ads: list[tuple[int, int]] = list(book_headings(text))
    doubtful: list[int] = []
    stories: list[tuple[int, int]] = []
    for span in spans:
        reading = readings[text[slice(*span)]]
        label = LABELLED.match(text, *span)
        is_one = is_ad(reading, makes) or (label and names_site(text[slice(*span)], learned))
        if is_one and label is not None and headings is None:
            headings = heading_counts(text)
        if is_one and (
            headings is None
            or label is None
            or is_second_heading(text[slice(*span)], reading, headings)
        ):
            ads.append(span)
            continue
        if reading.has_strong:
            stories.append(span)
        if (
            label is None
            and not reading.is_story
            and reading.has_strong
            and reading.weight >= DOUBTFUL_WEIGHT
            and reading.share >= DOUBTFUL_SHARE
        ):
            doubtful.append(span[0])
    return Survey(tuple(sorted(set(ads))), tuple(doubtful), tuple(stories), learned)


def _readings(text: str, spans: Iterable[tuple[int, int]], learned: Learned) -> dict[str, Reading]:
    return {line: read_line(line, learned) for line in {text[start:end] for start, end in spans}}


class Memory:
    """What the rules learn about one book while it is cleaned.

    Once its lines are gone an ad teaches nothing more, and its scraps are still there.
    """

    def __init__(self) -> None:
        self._learned = Learned()
        self._text = ""
        self._cued = Cued()
        self._survey = Survey((), (), (), self._learned)

    def survey(self, text: str) -> Survey:
        """The survey of a text, in the light of all that was seen before."""
        if text is not self._text:
            self._survey = survey(text, self._learned, self._cued)
            self._text, self._learned = text, self._survey.learned
        return self._survey
