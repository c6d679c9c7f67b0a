"""What the rules did: totals for all of them, and every removal of those that lose something."""

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from operator import attrgetter

from builder.core.ledger import Layer, Ledger
from builder.core.manuscript import Manuscript
from builder.inspection.examination import Place, Removal, RemovalGroup, RuleTotal
from builder.inspection.keeping import MOST_PLACES, At, Keeping
from builder.inspection.passages import Passages

CONTEXT_CHARS = 30
LISTED_KINDS = frozenset({"lossy", "judgement"})


def rule_totals(ledger: Ledger, kinds: Mapping[str, str]) -> tuple[RuleTotal, ...]:
    """Every rule of the ledger in the order they first ran; a kind that is unknown is empty."""
    edits: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    for layer in ledger.layers:
        for index, count in Counter(layer.rule_index).items():
            edits[layer.rules[index]] += count
        for rule, change in _changes(layer):
            characters[rule] += change
    return tuple(
        RuleTotal(rule, kinds.get(rule, ""), count, characters[rule])
        for rule, count in edits.items()
    )


def _changes(layer: Layer) -> Iterator[tuple[str, int]]:
    """For each rule of a layer, the characters it removed less those it added."""
    by_rule = array("q", bytes(8 * len(layer.rules)))
    for index, before, after in zip(layer.rule_index, layer.befores, layer.afters, strict=True):
        by_rule[index] += len(before) - len(after)
    yield from zip(layer.rules, by_rule, strict=True)


@dataclass(slots=True)
class _Tally:
    """The changes of one rule: how often each was made, and where at first."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    places: dict[tuple[str, str], list[At]] = field(default_factory=dict)


def find_removals(
    ledger: Ledger, manuscript: Manuscript, passages: Passages, kinds: Mapping[str, str]
) -> tuple[RemovalGroup, ...]:
    """What each lossy or judgement rule removed or replaced, alike removals together."""
    later = sum(1 for layer in manuscript.layers if len(layer))
    keeping = Keeping(ledger, manuscript)
    groups = [
        RemovalGroup(
            rule,
            kinds[rule],
            tally.counts.total(),
            tuple(
                replace(
                    _removal(ledger, manuscript, passages, key=key, at=tally.places[key][0],
                             count=count, later=later),
                    keep=keeping.entries(tally.places[key], count=count),
                )
                for key, count in tally.counts.most_common()
            ),
        )
        for rule, tally in _tallies(ledger, kinds).items()
    ]  # fmt: skip
    return tuple(sorted(groups, key=attrgetter("edits"), reverse=True))


def _tallies(ledger: Ledger, kinds: Mapping[str, str]) -> dict[str, _Tally]:
    tallies: dict[str, _Tally] = {}
    for index, layer in enumerate(ledger.layers):
        listed = {
            which: tallies.setdefault(rule, _Tally())
            for which, rule in enumerate(layer.rules)
            if kinds.get(rule) in LISTED_KINDS
        }
        if not listed:
            continue
        columns = zip(layer.rule_index, layer.befores, layer.afters, strict=True)
        for at, (which, before, after) in enumerate(columns):
            if tally := listed.get(which):
                key = before.strip() or before, after
                tally.counts[key] += 1
                places = tally.places.setdefault(key, [])
                if len(places) < MOST_PLACES:
                    places.append((index, at))
    return tallies


def _removal(
    ledger: Ledger,
    manuscript: Manuscript,
    passages: Passages,
    *,
    key: tuple[str, str],
    at: tuple[int, int],
    count: int,
    later: int,
) -> Removal:
    """One removal; the first `later` layers of the ledger lead to the manuscript's text."""
    index, edit = at
    layer = ledger.layers[index]
    if index < later:
        start = layer.output_starts[edit]
        end = start + len(layer.afters[edit])
        for following in ledger.layers[index + 1 : later]:
            start, end = following.forward(start), following.forward(end)
    else:
        start, end = layer.starts[edit], layer.ends[edit]
        for earlier in reversed(ledger.layers[later:index]):
            start, end = earlier.backward(start), earlier.backward(end)
    position = layer.starts[edit]
    position += len(layer.befores[edit]) - len(layer.befores[edit].lstrip("\n"))
    for earlier in reversed(ledger.layers[:index]):
        position = earlier.backward(position)
    return Removal(
        *key,
        passages.text[max(0, start - CONTEXT_CHARS) : start].rstrip().rpartition("\n")[2],
        passages.text[end : end + CONTEXT_CHARS].lstrip().partition("\n")[0],
        count,
        Place(manuscript.location(position), passages.section_at(start)),
    )
