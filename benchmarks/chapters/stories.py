"""What stands between the headings: formulas that repeat, lines that only look like headings."""

from random import Random

from benchmarks.chapters.words import groups, words

FORMULAS = words("formulas")
# What a story may well say in each chapter, and an ad might.
AD_FORMULAS = words("formulas like ads")
STORY_ADDRESSES = words("story like ads")
FALSE_PARAGRAPHS = words("false paragraphs")
FALSE_LINES = words("false lines")
LISTS = groups("lists")
VERSES = groups("verses")


def false_paragraph(random: Random, rest: str) -> str:
    """A sentence of the story that starts like a heading."""
    return random.choice(FALSE_PARAGRAPHS).format(rest=rest)
