"""Scene breaks that are nothing but a gap: a blank line where the book has none otherwise.

What a gap means is the book's own habit. Where paragraphs follow each other line by line, one
blank line is a gap; where each is followed by a blank line, two are. A gap that comes often
means nothing, nor does one around a poem, a sign, or whatever is set apart on both sides.
"""

from collections.abc import Iterable, Iterator, Sequence

from builder.structure.lines import Line
from builder.structure.verse import is_scene_break

MOST_GAPS = 1 / 8  # of the steps from paragraph to paragraph; a scene has eight at least
LEAST_SENTENCES = 0.7  # of the paragraphs end a sentence; those of wrapped text do not
LEAST_STEPS = 8  # for a habit
LEAST_SCENE = 2  # paragraphs; a single one between two gaps is set apart, not a scene
SENTENCE_ENDS = frozenset('。！？…!?”」』’"）)～~—')

Section = Sequence[Line]


def scene_starts(text: str, sections: Iterable[Section], spaced: Sequence[bool]) -> frozenset[int]:
    """The starts of the lines before which a scene ends.

    `sections` are the lines of each, without headings and notes; `spaced` says of each file
    whether blank lines part its paragraphs.
    """
    kept = tuple(lines for lines in sections if len(lines) > 1)
    found: set[int] = set()
    for is_spaced in (False, True):
        own = [lines for lines in kept if spaced[lines[0].file] is is_spaced]
        least = 3 if is_spaced else 2
        gaps = [_gaps(text, lines, least) for lines in own]
        count = sum(map(len, gaps))
        steps = sum(len(lines) - 1 for lines in own)
        if not count or steps < LEAST_STEPS or count > MOST_GAPS * steps:
            continue
        if not _are_paragraphs(text, own):
            continue
        for lines, at in zip(own, gaps, strict=True):
            found.update(lines[index].start for index in _scenes(text, lines, at))
    return frozenset(found)


def _gaps(text: str, lines: Section, least: int) -> list[int]:
    """The indices of lines with `least` newlines or more, and nothing else, before them."""
    found: list[int] = []
    for index in range(1, len(lines)):
        before, line = lines[index - 1], lines[index]
        if line.is_apart and line.file == before.file:
            between = text[before.end : line.start]
            if between.count("\n") >= least and not between.strip():
                found.append(index)
    return found


def _are_paragraphs(text: str, sections: Iterable[Section]) -> bool:
    """Whether lines end where sentences end: those of wrapped text do not."""
    ends = [text[line.end - 1] for lines in sections for line in lines if line.end > line.start]
    return sum(end in SENTENCE_ENDS for end in ends) >= LEAST_SENTENCES * len(ends)


def _scenes(text: str, lines: Section, gaps: Sequence[int]) -> Iterator[int]:
    """Those gaps of a section with a scene on either side."""
    starts = [0, *gaps, len(lines)]
    for number, index in enumerate(gaps, 1):
        before = lines[starts[number - 1] : index]
        after = lines[index : starts[number + 1]]
        is_last = number == len(gaps)
        if (
            len(before) >= LEAST_SCENE
            and (len(after) >= LEAST_SCENE or is_last)
            and _ends_sentence(text, before[-1])
            and _ends_sentence(text, after[-1])
            and not is_scene_break(text, before[-1])
            and not is_scene_break(text, after[0])
        ):
            yield index


def _ends_sentence(text: str, line: Line) -> bool:
    return line.end > line.start and text[line.end - 1] in SENTENCE_ENDS
