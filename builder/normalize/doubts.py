"""What looks wrong and no rule may decide: told, never changed."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from builder.core.diagnostic import Diagnostic, Location, warning
from builder.core.manuscript import Manuscript
from builder.normalize.quotes import lonely_quotes

# Of one code no more are shown than this; the rest are counted.
MOST_OF_A_CODE = 20

PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")


def doubts(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """N101 a straight quotation mark without a partner, N102 private-use characters."""
    yield from _lonely(manuscript)
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


def _lonely(manuscript: Manuscript) -> Iterator[Diagnostic]:
    return _placed("N101", manuscript, lonely_quotes(manuscript.text))


def _placed(code: str, manuscript: Manuscript, positions: Iterable[int]) -> Iterator[Diagnostic]:
    """One finding a position; those beyond the cap have no place, which costs nothing."""
    for count, position in enumerate(positions):
        place = manuscript.origin(position) if count <= MOST_OF_A_CODE else Location("")
        yield warning(code, place)


def capped(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The first few of each code, and N199 with the number of those left out."""
    counts: Counter[str] = Counter()
    left_out: dict[str, Diagnostic] = {}
    for diagnostic in diagnostics:
        counts[diagnostic.code] += 1
        if counts[diagnostic.code] <= MOST_OF_A_CODE:
            yield diagnostic
        else:
            left_out.setdefault(diagnostic.code, diagnostic)
    for code, first in left_out.items():
        yield warning("N199", first.location, of=code, count=counts[code] - MOST_OF_A_CODE)
