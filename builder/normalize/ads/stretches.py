"""The whole stretch of an ad that is stuck to a sentence: what would be an ad on its own line.

Words without an address, or behind one, are an ad's by what stands beside them; a scrap of an
ad that stays is worse than the ad.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from builder.normalize.ads.cues import Line
from builder.normalize.ads.notices import NARRATED, speaks_of_trade
from builder.normalize.ads.own import STRONG
from builder.normalize.ads.reading import Reading
from builder.normalize.ads.scraps import is_inside_speech
from builder.normalize.ads.verdict import Repeats, is_sure
from builder.normalize.characters import is_han

# The end of a sentence, before an ad: 。 or ！” or …….
BREAK = re.compile("[。！？!?…]+[”」』’）)]*")
# So much an ad's words weigh beside a story's.
LEAST_WEIGHT = 4.0


@dataclass(frozen=True, slots=True)
class Story:
    """A line of story with words of an ad, and `[start, end)` of its folded text that are an ad
    as a whole; nothing if `start` is `end`.
    """

    line: Line
    reading: Reading
    start: int = 0
    end: int = 0


def with_stretches(
    stories: Sequence[tuple[Line, Reading]], read: Callable[[str], Reading]
) -> Iterator[Story]:
    """The stories, with the stretches that `read` and the other stretches show to be ads."""
    parts = [_part(reading) for _, reading in stories]
    readings = [
        read(reading.line.text[start:end].strip()) if start < end else None
        for (_, reading), (start, end) in zip(stories, parts, strict=True)
    ]
    all_of_them = [reading for reading in readings if reading is not None]
    repeats = Repeats(all_of_them, ([at] for at in range(len(all_of_them))))
    for (line, reading), (start, end), part in zip(stories, parts, readings, strict=True):
        if part is not None and _is_ad(part, repeats):
            yield Story(line, reading, start, end)
        else:
            yield Story(line, reading)


def _is_ad(part: Reading, repeats: Repeats) -> bool:
    """Whether a stretch would be an ad on a line of its own, wherever that stood."""
    return (
        part.has_strong
        and part.weight >= LEAST_WEIGHT
        and NARRATED.search(part.line.text) is None
        and (
            is_sure(part, repeats)
            or speaks_of_trade(part, repeats.times(part), edges=lambda: 0.0, is_last=lambda: False)
        )
    )


def _part(reading: Reading) -> tuple[int, int]:
    """`[start, end)` of the folded line from the sentence with its first word of an ad to the
    end, or to the story that goes on there; empty if that is all of it.
    """
    text = reading.line.text
    first = next(token.start for token in reading.tokens if token.kind in STRONG)
    start = 0
    for mark in BREAK.finditer(text, 0, first):
        if not is_inside_speech(text, mark.end()):
            start = mark.end()
    end = len(text)
    if reading.own and text.endswith(reading.own):
        end -= len(reading.own)
        # 求收藏 in 求收藏家来看 may be the story's.
        if is_han(text[end - 1]):
            return (0, 0)
    return (start, end) if start <= first < end and (start, end) != (0, len(text)) else (0, 0)
