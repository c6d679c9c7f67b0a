"""The table of rules, in the order they run, and which of them a book wants.

Invisible characters go first, so that nothing hides between a rule and what it looks for;
then a user's own rules, which see the text as it was written; then hard-wrapped lines, which
are told by widths and indents that the rules after them change; then the characters that stand
for others, and junk; then spaces, which the rules of punctuation count on being gone;
then strokes, quotes, brackets and points, each looking only at what the ones before it have
settled. The order makes one run enough: running all rules again changes nothing.
"""

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from builder.core.catalogue import say
from builder.core.config import NormalizeConfig
from builder.core.diagnostic import Location
from builder.core.errors import ConfigError
from builder.normalize import (
    invisible,
    leftovers,
    old_texts,
    punctuation,
    quotes,
    remarks,
    run_together,
    titles,
    variants,
    whitespace,
    wrapped,
)
from builder.normalize.ads.rules import rules as ad_rules
from builder.normalize.ads.survey import Memory
from builder.normalize.rule import Kind, Profile, Rule

AD_SCRAPS, AD_LINES = ad_rules(Memory())

# User rules run between these.
FIRST_RULES: tuple[Rule, ...] = (*invisible.RULES, whitespace.RULES_OF_LINES[0])
RULES_AFTER_USERS: tuple[Rule, ...] = (
    *leftovers.RULES,
    whitespace.RULES_OF_LINES[1],
    *run_together.RULES,
    *wrapped.RULES,
    *variants.RULES,
    AD_SCRAPS,
    AD_LINES,
    *titles.RULES,
    *remarks.RULES,
    # What was removed may have left spaces at the end of its line.
    *whitespace.RULES_OF_LINES[1:],
    *quotes.RULES_OF_PAIRS,
    *whitespace.RULES_OF_SPACES,
    *variants.RULES_OF_MARKS,
    old_texts.RULES[0],
    old_texts.RULES[2],
    *punctuation.RULES_OF_STROKES,
    *quotes.RULES,
    # Points are placed by the way the marks look; so are straight marks that found no partner.
    old_texts.RULES[1],
    quotes.RULES[0],
    *punctuation.RULES_OF_POINTS,
)
RULES = tuple(dict.fromkeys(FIRST_RULES + RULES_AFTER_USERS))

CODE_LENGTH = 4
PROFILES: tuple[Profile, ...] = ("minimal", "standard", "thorough", "request")


# Where a code stands in the settings, asked with the key (`enable`, `disable`) and the code.
Place = Callable[[str, str], Location]


def setting_name(key: str, _code: str) -> Location:
    """The place of a setting that is in no file."""
    return Location(f"[normalize] {key}")


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """A rule as reports and the docs show it."""

    code: str
    kind: Kind
    profile: Profile
    name: str


def rules_table() -> tuple[RuleInfo, ...]:
    """Every rule of the house by code: its kind, the least profile that has it, its name."""
    return tuple(
        RuleInfo(rule.code, rule.kind, rule.profile, say(f"rule.{rule.code}"))
        for rule in sorted(RULES, key=lambda rule: rule.code)
    )


def rules_of(profile: Profile) -> tuple[Rule, ...]:
    """The rules that a profile runs, in order."""
    least = PROFILES.index(profile)
    return tuple(rule for rule in RULES if PROFILES.index(rule.profile) <= least)


def rules_for(
    settings: NormalizeConfig,
    memory: Memory,
    users: tuple[Rule, ...] = (),
    *,
    place: Place = setting_name,
) -> tuple[Rule, ...]:
    """The rules that the settings ask for, in order; `memory` is what one book teaches.

    Raises ConfigError N201 for a code that no rule has; `place` tells where it was written.
    """
    known = {rule.code for rule in (*RULES, *users)}
    for key, codes in (("enable", settings.enable), ("disable", settings.disable)):
        _require_known(codes, known, partial(place, key))
    wanted = {rule.code for rule in (*rules_of(settings.profile), *users)}
    wanted = (wanted | set(settings.enable)) - set(settings.disable)
    own = {rule.code: rule for rule in ad_rules(memory)}
    return tuple(
        own.get(rule.code, rule)
        for rule in (*FIRST_RULES, *users, *RULES_AFTER_USERS)
        if rule.code in wanted
    )


def _require_known(codes: Iterable[str], known: set[str], place: Callable[[str], Location]) -> None:
    for code in codes:
        if code not in known:
            start = code.upper()[:CODE_LENGTH]
            close = difflib.get_close_matches(code.upper(), sorted(known), n=1, cutoff=0.5)
            nearest = start if start in known else next(iter(close), "")
            raise ConfigError(
                "N201",
                location=place(code),
                rule=code,
                way_out=say("rule.did_you_mean", nearest=nearest)
                if nearest
                else say("rule.all_codes", first=min(known), last=max(known)),
            )
