"""What a person is called behind a surname (titles.txt), and what a name costs then."""

from pathlib import Path

from builder.convert.word_lists import word_lists

FILE = Path(__file__).with_name("titles.txt")
# Of offices, trades, kin by number.
OFFICE = 24
NUMBERED = 28
_LISTS = word_lists(FILE)


def _known() -> dict[str, int]:
    lists = _LISTS
    numbered = {one + kin: NUMBERED for one in lists["ordinal"] for kin in lists["numbered"]}
    costs = {
        title: int(kind) for kind, titles in lists.items() if kind.isdigit() for title in titles
    }
    return numbered | costs


def _held() -> dict[str, int]:
    """Offices, their deputies, heads and trades."""
    lists = _LISTS
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
TITLE_STARTS = frozenset(title[0] for title in TITLES)
