"""The table of rules, in the order they run, and which of them a book wants.

Invisible characters go first, so that nothing hides between a rule and what it looks for;
then a user's own rules, which see the text as it was written; then hard-wrapped lines, which
are told by widths and indents that the rules after them change; then the characters that stand
for others, and junk; then spaces, which the rules of punctuation count on being gone;
then strokes, quotes, brackets and points, each looking only at what the ones before it have
settled. The order makes one run enough: running all rules again changes nothing.
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from builder.core.catalogue import say
from builder.core.config import NormalizeConfig
from builder.core.diagnostic import Location
from builder.core.errors import ConfigError
from builder.normalize import (
    invisible,
    old_texts,
    punctuation,
    quotes,
    remarks,
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
    whitespace.RULES_OF_LINES[1],
    *wrapped.RULES,
    *variants.RULES,
    AD_SCRAPS,
    AD_LINES,
    *titles.RULES,
    *remarks.RULES,
    *whitespace.RULES_OF_LINES[2:],
    *whitespace.RULES_OF_SPACES,
    old_texts.RULES[0],
    old_texts.RULES[2],
    *punctuation.RULES_OF_STROKES,
    *quotes.RULES,
    *punctuation.RULES_OF_POINTS,
    # Which way a mark looks is told by the points beside it.
    old_texts.RULES[1],
)
RULES = FIRST_RULES + RULES_AFTER_USERS

CODE_LENGTH = 4
PROFILES: tuple[Profile, ...] = ("minimal", "standard", "thorough", "request")


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
    settings: NormalizeConfig, memory: Memory, users: tuple[Rule, ...] = ()
) -> tuple[Rule, ...]:
    """The rules that the settings ask for, in order; `memory` is what one book teaches.

    Raises ConfigError N201 for a code that no rule has.
    """
    known = {rule.code for rule in (*RULES, *users)}
    for key, codes in (("enable", settings.enable), ("disable", settings.disable)):
        _require_known(codes, known, key)
    wanted = {rule.code for rule in (*rules_of(settings.profile), *users)}
    wanted = (wanted | set(settings.enable)) - set(settings.disable)
    own = {rule.code: rule for rule in ad_rules(memory)}
    return tuple(
        own.get(rule.code, rule)
        for rule in (*FIRST_RULES, *users, *RULES_AFTER_USERS)
        if rule.code in wanted
    )


def _require_known(codes: Iterable[str], known: set[str], key: str) -> None:
    for code in codes:
        if code not in known:
            close = [code.upper()[:CODE_LENGTH]] if code.upper()[:CODE_LENGTH] in known else []
            close = close or difflib.get_close_matches(code.upper(), sorted(known), n=1, cutoff=0.5)
            nearest = close[0] if close else "docs/rules.md"
            location = Location(f"[normalize] {key}")
            raise ConfigError("N201", location=location, rule=code, nearest=nearest)
