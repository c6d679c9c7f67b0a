"""What the rules that are not safe have changed: one finding a rule, never silence."""

from collections.abc import Iterable, Iterator, Mapping

from builder.core.catalogue import say
from builder.core.diagnostic import Diagnostic, note, warning
from builder.core.ledger import Layer
from builder.core.manuscript import Manuscript
from builder.normalize.rule import Rule

PLACES_SHOWN = 5
EXAMPLES_SHOWN = 3
LONGEST_EXAMPLE = 24


def summary(
    changes: Iterable[tuple[Rule, Manuscript, Layer]], says: Mapping[str, str]
) -> Iterator[Diagnostic]:
    """N110 for each rule that is lossy or a judgement: how often, first where, what.

    `changes` are the rules that ran with the manuscript each received; `says` what user rules
    say about themselves.
    """
    by_code: dict[str, list[tuple[Rule, Manuscript, Layer]]] = {}
    for rule, manuscript, layer in changes:
        if rule.kind != "safe":
            by_code.setdefault(rule.code, []).append((rule, manuscript, layer))
    for code, runs in by_code.items():
        rule, manuscript, layer = runs[0]
        # An edit that takes a line with its line ends may start at the ends before it.
        starts = [
            start + len(before) - len(before.lstrip("\n"))
            for start, before in zip(layer.starts, layer.befores[:PLACES_SHOWN], strict=False)
        ]
        places = [manuscript.origin(start) for start in starts]
        tell = warning if rule.is_removal else note
        yield tell(
            "N110",
            places[0],
            rule=code,
            name=says[code] or say("rule.unnamed_user") if code in says else say(f"rule.{code}"),
            kind=rule.kind,
            count=sum(len(layer) for _, _, layer in runs),
            places=", ".join(str(place) for place in places),
            examples=" ".join(_examples(layer)),
        )


def _examples(layer: Layer) -> Iterator[str]:
    """A few different things that were changed, each on one line."""
    for before in list(dict.fromkeys(before for before in layer.befores if before.strip()))[
        :EXAMPLES_SHOWN
    ]:
        shown = " ".join(before.split())
        yield f"“{shown[:LONGEST_EXAMPLE]}…”" if len(shown) > LONGEST_EXAMPLE else f"“{shown}”"
