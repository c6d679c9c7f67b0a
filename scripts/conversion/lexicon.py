"""Traditional word lists to the lattice's lexicon, and OpenCC's tables to candidates."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from opencc import OpenCC

from builder.convert.figures import FIRST_RECORD, PREFIX, REGIONS, UNIT, Candidates, Record
from scripts.conversion.sources import Sources

# How much each list says; measured on the corpus, on words of both and of OpenCC's phrases.
SHARES = {"essay": 0.45, "chewing": 0.55, "phrases": 0.1}
# OpenCC's phrases have no counts: each counts as one of so many words.
PHRASES_TOTAL = 6e7
HIGHEST_COST = FIRST_RECORD - 1
# What a character costs as a candidate that no list has by itself.
UNSEEN_COST = 17 * UNIT

# Words without an ambiguous character that are rarer change no choice (measured: 2 of 2,400).
RAREST_PLAIN_COST = 13 * UNIT

# A plan is 計畫 in Taiwan only.
ONLY_IN_TAIWAN = {"划": {"畫": "劃"}}

Fold = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """As in `Figures`."""

    words: dict[str, int]
    records: tuple[Record, ...]


def candidates_of(
    characters: Mapping[str, Iterable[str]], seen: Mapping[str, set[str]], fold: Fold
) -> dict[str, Candidates]:
    """The characters of which more than one Traditional form is possible.

    Forms that fold to the same are one candidate. `seen` are forms that print shows besides
    OpenCC's.
    """
    to_tw, to_hk = OpenCC("t2tw"), OpenCC("t2hk")
    result = {}
    for character in sorted(characters):
        groups: dict[str, list[str]] = {}
        for form in [*characters[character], *sorted(seen.get(character, ()))]:
            if len(form) == 1 and ord(form) < 0x10000:
                groups.setdefault(fold(form), []).append(form)
        if len(groups) < 2 or len(character) > 1 or ord(character) >= 0x10000:
            continue
        forms = ["".join(group[0] for group in groups.values())]
        forms += [to_tw.convert(forms[0]), to_hk.convert(forms[0])]
        members: dict[str, int] = {}
        for number, group in enumerate(groups.values()):
            for form in group:
                for variant in (form, to_tw.convert(form), to_hk.convert(form)):
                    members.setdefault(variant, number)
        named = dict(zip(REGIONS, forms, strict=True))
        for own, other in ONLY_IN_TAIWAN.get(character, {}).items():
            named |= {region: named[region].replace(own, other) for region in ("", "HK")}
        result[character] = Candidates(named, members, 0, 1.0)
    return result


def lexicon_of(sources: Sources, candidates: Mapping[str, Candidates], fold: Fold) -> Lexicon:
    """Simplified words with their costs, or with their writings and the cost of each."""
    writings = _writings(_frequencies(sources), candidates, fold)
    for character, own in candidates.items():
        for number in range(own.count):
            writings[character].setdefault((number,), UNSEEN_COST)
    plain = {
        word: found[()]
        for word, found in writings.items()
        if () in found and (len(word) == 1 or found[()] <= RAREST_PLAIN_COST)
    }
    records: dict[Record, int] = {}
    words = dict(plain)
    for word in sorted(writings):
        if () not in writings[word]:
            record = tuple(sorted((cost, pattern) for pattern, cost in writings[word].items()))
            words[word] = FIRST_RECORD + records.setdefault(record, len(records))
    return Lexicon(with_prefixes(words), tuple(records))


def with_prefixes(words: Mapping[str, int]) -> dict[str, int]:
    """The words, and what spares the lattice three lookups of four: how longer words begin."""
    prefixes = {word[:2]: PREFIX for word in words if len(word) > 2}
    return {**prefixes, **words}


def _frequencies(sources: Sources) -> dict[str, float]:
    shares: dict[str, float] = defaultdict(float)
    for counts, weight, total in (
        (sources.essay, SHARES["essay"], sum(sources.essay.values())),
        (sources.chewing, SHARES["chewing"], sum(sources.chewing.values())),
        (sources.phrases, SHARES["phrases"], PHRASES_TOTAL),
    ):
        for word, count in counts.items():
            shares[word] += weight * count / total
    return shares


def _writings(
    shares: Mapping[str, float], candidates: Mapping[str, Candidates], fold: Fold
) -> defaultdict[str, dict[tuple[int, ...], int]]:
    """For each Simplified word its patterns of candidates, and the cost of each pattern."""
    traditional = sorted(shares)
    simplified = OpenCC("t2s").convert("\n".join(traditional)).split("\n")
    folded = {
        (character, fold(form)): number
        for character, own in candidates.items()
        for form, number in own.members.items()
    }
    sums: defaultdict[str, dict[tuple[int, ...], float]] = defaultdict(dict)
    for word, source in zip(traditional, simplified, strict=True):
        if len(word) != len(source):
            continue
        pattern = tuple(
            folded.get((old, fold(new)), -1)
            for old, new in zip(source, word, strict=True)
            if old in candidates
        )
        if -1 not in pattern:
            sums[source][pattern] = sums[source].get(pattern, 0.0) + shares[word]
    costs: defaultdict[str, dict[tuple[int, ...], int]] = defaultdict(dict)
    for source, found in sums.items():
        for pattern, share in found.items():
            costs[source][pattern] = min(HIGHEST_COST, round(-UNIT * math.log(share)))
    return costs
