"""What a person is called behind a surname (titles.txt), and what a name costs then."""

from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("titles.txt")
# Of offices, trades, kin by number.
OFFICE = 24
NUMBERED = 28


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    """The words by what begins their lines: a cost, or the kind."""
    found: dict[str, tuple[str, ...]] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            kind, *words = line.split()
            found[kind] = (*found.get(kind, ()), *words)
    return found


def _known() -> dict[str, int]:
    lists = _lists()
    numbered = {one + kin: NUMBERED for one in lists["ordinal"] for kin in lists["numbered"]}
    costs = {
        title: int(kind) for kind, titles in lists.items() if kind.isdigit() for title in titles
    }
    return numbered | costs


def _held() -> dict[str, int]:
    """Offices, their deputies, heads and trades."""
    lists = _lists()
    deputies = {one + office: OFFICE for office in lists["office"] for one in ("副", "代", "前")}
    heads = {head + "长": OFFICE for head in lists["head"]}
    return dict.fromkeys((*lists["office"], *lists["trade"]), OFFICE) | heads | deputies


_KNOWN = _known()
# Offices and trades.
HELD = _held()
TITLES = HELD | _KNOWN
# Those that stand behind a preposition as often as behind a surname.
TRADES = frozenset(TITLES) - frozenset(_KNOWN)
LONGEST_TITLE = max(map(len, TITLES))
