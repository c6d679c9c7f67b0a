"""What a book's own ads teach: the names and addresses of the sites that left them.

With these, ads are found again where they are hidden or stuck to a sentence.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence, Set

from builder.normalize.ads.reading import LONGEST_NAME, Reading
from builder.normalize.ads.scraps import BOUNDARY
from builder.normalize.ads.tokens import Learned, bare_address, written
from builder.normalize.ads.words import SITE_WHOLE
from builder.normalize.characters import HAN_RANGES

# A name that may be a site's, before its address.
SHOP_AT_END = re.compile(
    f"(?<![{HAN_RANGES}])([{HAN_RANGES}]{{2,5}}(?:[吧阁閣楼樓斋齋轩軒坊屋库庫馆館网網居社]|文[学學]|小[说說]))[ :：]?$"
)
LEAST_NAMED = 2
SHOP = f"([{HAN_RANGES}]{{2,5}}(?:(?<![酒网贴茶])吧|[阁楼斋轩坊屋库网居社]|(?<![茶宾旅书物])馆|文学|小说))"
# Where names of sites stand apart: in brackets behind a sentence, between ornaments, behind what
# leads to them, before what they do.
APART = (
    re.compile(f"[\\w。！？!?…”][(\\[【]{SHOP}[)\\]】]"),
    re.compile(f"^[^\\w\\s(\\[【《“]{{2,}} ?{SHOP} ?[^\\w\\s)\\]】》”]{{2,}}$"),
    re.compile(f"(?:请看|尽在|就到|就来|就上|请到|认准|欢迎来到?|光临){SHOP}(?![{HAN_RANGES}])"),
    re.compile(f"(?<![{HAN_RANGES}]){SHOP}(?:首发|提供|独家|手打|更新|整理|最新章节)"),
)
LEAST_APART = 3
# A line, and how often it stands in the book.
Counted = tuple[Reading, int]


def taught(
    text: str, ads: Iterable[Counted], readings: Sequence[Counted], *, known: Learned
) -> tuple[set[str], set[str]]:
    """Names and addresses in the lines that are ads beyond doubt; `readings` are of all lines,
    each with how often it stands in the book.
    """
    names: Counter[str] = Counter()
    addresses: set[str] = set()
    for reading, count in ads:
        for token in reading.tokens:
            word = reading.line.text[token.start : token.end]
            match token.kind:
                case "address":
                    addresses.add(bare_address(word))
                case "site":
                    names[word] += count
                case "name" | "badge" if SITE_WHOLE.fullmatch(word[1:-1]) and word[0] != "《":
                    names[word[1:-1]] += count
                case _:
                    pass
    addresses |= _standing_alone(readings)
    shops = _before_addresses(readings) + _set_apart(text, readings, known.names)
    names.update(shops)
    # 请到墨泊文学网 and 墨泊文学网: the name is what they share.
    shortest = {
        name
        for name in names
        if len(name) >= 3
        and not any(other != name and name.endswith(other) and len(other) >= 4 for other in names)
    }
    return (
        {
            name
            for name in shortest - known.names
            if name in shops or _is_name(text, name, names[name])
        },
        {address for address in addresses if len(address) > 4},
    )


def _before_addresses(readings: Iterable[Counted]) -> Counter[str]:
    """晚笙吧 in 晚笙吧www.example.com, where it comes back: names that end as shops do."""
    counts: Counter[str] = Counter()
    for reading, times in readings:
        for token in reading.tokens:
            if token.kind in {"address", "learned"}:
                name = SHOP_AT_END.search(
                    reading.line.text, max(token.start - LONGEST_NAME, 0), token.start
                )
                if name is not None:
                    counts[name[1]] += times
    return Counter({name: count for name, count in counts.items() if count >= LEAST_NAMED})


def _set_apart(text: str, readings: Iterable[Counted], known: Set[str]) -> Counter[str]:
    """晚笙吧 in （晚笙吧） behind sentences, in ……晚笙吧……, in 更多章节请看晚笙吧: what comes back set
    apart like this, and hardly ever in a sentence.
    """
    counts: Counter[str] = Counter()
    for reading, times in readings:
        for pattern in APART:
            for found in pattern.finditer(reading.line.text):
                counts[found[1]] += times
    return Counter(
        {
            name: count
            for name, count in counts.items()
            if count >= LEAST_APART and (name in known or _all_of(text, name) <= 2 * count + 1)
        }
    )


def _all_of(text: str, name: str) -> int:
    """How often a folded name stands in a text of either script."""
    return sum(map(text.count, written(name)))


def _is_name(text: str, name: str, count: int) -> bool:
    """Whether a word from an ad is the site's name, and not a thing that the story knows too."""
    return text.count(name) <= 3 * count + 3


def _standing_alone(readings: Iterable[Counted]) -> set[str]:
    """Addresses that come back between sentences, part of none."""
    counts: Counter[str] = Counter()
    apart: Counter[str] = Counter()
    for reading, times in readings:
        for token in reading.tokens:
            if token.kind == "address":
                address = bare_address(reading.line.text[token.start : token.end])
                before = reading.line.text[: token.start].rstrip(" (【[~")
                counts[address] += times
                apart[address] += times * (not before or before[-1] in BOUNDARY)
    return {
        address for address, count in counts.items() if count >= 2 and apart[address] >= 0.8 * count
    }
