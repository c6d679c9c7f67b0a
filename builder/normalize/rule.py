"""What a normalization rule is, and how one is run over a text.

A rule finds its changes in a whole text at once, with a compiled pattern; it is skipped when
none of its trigger characters occurs. Each run yields one ledger layer, so the rule's changes
can be replayed and explained alone.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal, assert_never

from builder.core.ledger import Layer, LayerBuilder

Kind = Literal["safe", "lossy", "judgement"]
Profile = Literal["minimal", "standard", "thorough", "request"]
Shielded = Literal["nothing", "raw", "raw and addresses", "blocks", "marked"]

# Where it starts, what stands there, what shall stand there.
Change = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of change. Its name is in the catalogue under `rule.CODE`.

    `profile` is the least thorough profile that has the rule; those on request run only when
    they are enabled by code. `find` yields the changes of a
    text in ascending order. The rule is skipped when the text has none of `triggers`; an empty
    set means it is never skipped. It does not touch what is `shielded`. `is_contextual` rules
    judge a line by the others, so what they change may change what they see. `is_removal`
    rules take words of the text away.
    """

    code: str
    kind: Kind
    profile: Profile
    triggers: frozenset[str]
    find: Callable[[str], Iterator[Change]]
    shielded: Shielded = "raw"
    is_contextual: bool = False
    is_removal: bool = False

    @property
    def is_of_user(self) -> bool:
        """Whether somebody wrote it for one book: U001."""
        return self.code.startswith("U")


# http://example.com/a?b=c or www.example.com.
# Han belong to it between two signs of a path: http://example.com/船灯?x=1.
WEB_ADDRESS = re.compile(
    r"(?:https?://|www\.)(?:[!#-&(-~]|(?<=[/=])[\u4e00-\u9fff]{1,20}(?=[/?#&.%=]))*[A-Za-z0-9/#=_-]"
)
# name@example.com, but not 用户@某处: what stands before the sign, and from it on.
MAILBOX = re.compile(r"(?<![A-Za-z0-9._+-])[A-Za-z0-9._+-]{1,64}$")
MAIL_HOST = re.compile(r"@[A-Za-z0-9-]{1,64}(?:\.[A-Za-z0-9-]{1,64})+")


# What texts are not full of.
UNCOMMON = re.compile("[^\u4e00-\u9fff，。“”！？：、…；—（）《》\N{IDEOGRAPHIC SPACE} \n]")


Stretch = tuple[int, int]
# So many changes are held at once; ten million of them would take gigabytes.
_BATCH = 50_000


@dataclass(frozen=True, slots=True)
class Fixed:
    """What mark-up says about stretches of a text, as far as rules care.

    `raw`, blocks of code and code in a line, must keep its spaces and lines; the lines of `blocks` (a list, a table, a poem) are
    lines because mark-up says so. What `is_marked` came from a file that is mark-up. The words of
    `kept` were asked for: only our own rules that are safe touch them.
    """

    raw: tuple[Stretch, ...] = ()
    blocks: tuple[Stretch, ...] = ()
    is_marked: bool = False
    kept: tuple[Stretch, ...] = ()


class Shield:
    """Stretches of a text that a rule must leave alone: ordered, apart."""

    def __init__(self, text: str, fixed: Fixed, rule: Rule) -> None:
        stretches: tuple[Stretch, ...] = ()
        match rule.shielded:
            case "nothing":
                pass
            case "raw":
                stretches = fixed.raw
            case "raw and addresses":
                stretches = (*fixed.raw, *_addresses(text))
            case "blocks":
                stretches = (*fixed.raw, *fixed.blocks)
            case "marked":
                stretches = ((0, len(text)),) if fixed.is_marked else ()
            case _:
                assert_never(rule.shielded)
        if rule.kind != "safe" or rule.is_of_user:
            stretches = (*stretches, *fixed.kept)
        apart = merged(stretches)
        self._starts = [start for start, _ in apart]
        self._ends = [end for _, end in apart]

    def __bool__(self) -> bool:
        return bool(self._starts)

    def covers(self, start: int, end: int) -> bool:
        """Whether any character of `[start, end)` is shielded."""
        index = bisect_left(self._starts, max(end, start + 1))
        return index > 0 and self._ends[index - 1] > start


def triggers_in(text: str, rules: Iterable[Rule]) -> set[str]:
    """Which characters of a text rules may wait for.

    Not the usual Han that no rule names: to look at each of them would take longer than most
    rules do.
    """
    named = frozenset[str]().union(*(rule.triggers for rule in rules))
    usual = {character for character in named if UNCOMMON.match(character) is None}
    return {*UNCOMMON.findall(text), *(character for character in usual if character in text)}


def merged(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """The same stretches in order, those that lie in or touch each other made one."""
    apart: list[Stretch] = []
    for start, end in sorted(stretches):
        if apart and start <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return tuple(apart)


def _addresses(text: str) -> Iterator[Stretch]:
    end = 0
    for at in sorted(
        {*_all_of(text, "http://"), *_all_of(text, "https://"), *_all_of(text, "www.")}
    ):
        match = WEB_ADDRESS.match(text, at)
        if at >= end and match is not None:
            end = match.end()
            yield at, end
    for host in MAIL_HOST.finditer(text) if "@" in text else ():
        mailbox = MAILBOX.search(text, max(host.start() - 65, 0), host.start())
        if mailbox is not None:
            yield mailbox.start(), host.end()


def _all_of(text: str, word: str) -> Iterator[int]:
    """Where a word stands."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def run(rule: Rule, text: str, fixed: Fixed) -> tuple[str, Layer]:
    """The text after one rule, and the layer that says what it did."""
    building = LayerBuilder("normalize")
    pieces: list[str] = []
    position = 0
    found = rule.find(text)
    shield: Shield | None = None
    while changes := list(islice(found, _BATCH)):
        # Most rules find nothing in most texts, and then nothing needs a shield.
        if shield is None:
            shield = Shield(text, fixed, rule)
        if shield:
            changes = [one for one in changes if not shield.covers(one[0], one[0] + len(one[1]))]
        if changes:
            building.add_all(rule.code, changes)
            pieces.append(_applied(text, changes, position))
            position = changes[-1][0] + len(changes[-1][1])
    if not pieces:
        return text, building.layer()
    return "".join((*pieces, text[position:])), building.layer()


def _applied(text: str, changes: list[Change], position: int) -> str:
    """The text from `position` to the end of the last change, changed."""
    pieces: list[str] = []
    for start, before, after in changes:
        pieces.append(text[position:start])
        pieces.append(after)
        position = start + len(before)
    return "".join(pieces)


def removal(pattern: re.Pattern[str]) -> Callable[[str], Iterator[Change]]:
    """A `find` that removes every match."""

    def find(text: str) -> Iterator[Change]:
        for match in pattern.finditer(text):
            yield match.start(), match[0], ""

    return find


def replacement(
    pattern: re.Pattern[str], change: Callable[[str], str]
) -> Callable[[str], Iterator[Change]]:
    """A `find` that passes every match through `change`."""

    def find(text: str) -> Iterator[Change]:
        for match in pattern.finditer(text):
            yield match.start(), match[0], change(match[0])

    return find
