"""Text in, clean text out: the mess of files and scrapers taken away, rule by rule.

`normalize` runs a table of small rules over the whole text. Each leaves a ledger layer that
names it, so every change can be replayed, undone and explained. Nothing here knows about
chapters; that is structure's work.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from builder.core.config import Config
from builder.core.diagnostic import Diagnostic, warning
from builder.core.manuscript import Manuscript, MarkKind
from builder.normalize.quotes import lonely_quotes
from builder.normalize.rule import run
from builder.normalize.rules import rules_of

__all__ = ["Normalized", "normalize"]

PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")


@dataclass(frozen=True, slots=True)
class Normalized:
    """The manuscript with one layer more for each rule that changed something."""

    manuscript: Manuscript
    diagnostics: tuple[Diagnostic, ...] = ()


def normalize(manuscript: Manuscript, config: Config) -> Normalized:
    """Clean the manuscript's text by the rules of the standard profile.

    Normalizing the result again changes nothing. Diagnostics: N101 a straight quotation mark
    without a partner, N102 private-use characters.
    """
    del config
    # Characters that occur, or did before a rule removed them: a rule none of whose triggers
    # is here has nothing to do.
    alphabet = set(manuscript.text)
    for rule in rules_of("standard"):
        if rule.triggers and rule.triggers.isdisjoint(alphabet):
            continue
        raw = tuple(
            (mark.start, mark.end) for mark in manuscript.marks if mark.kind is MarkKind.RAW
        )
        text, layer = run(rule, manuscript.text, raw)
        alphabet.update(*layer.afters)
        manuscript = manuscript.after(text, layer)
    return Normalized(manuscript, tuple(_doubts(manuscript)))


def _doubts(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """What no safe rule may decide."""
    for position in lonely_quotes(manuscript.text):
        yield warning("N101", manuscript.origin(position))
    private = PRIVATE_USE.findall(manuscript.text)
    if private:
        first = PRIVATE_USE.search(manuscript.text)
        position = first.start() if first else 0
        yield warning(
            "N102",
            manuscript.origin(position),
            count=len(private),
            character=f"U+{ord(private[0]):04X}",
        )
