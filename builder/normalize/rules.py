"""The table of rules, in the order they run.

Invisible characters go first, so that nothing hides between a rule and what it looks for;
then the characters that stand for others; then lines; then spaces, which the rules of
punctuation count on being gone; then strokes, quotes, brackets and points, each looking only
at what the ones before it have settled. The order makes one run enough: running all rules
again changes nothing.
"""

from builder.normalize import invisible, punctuation, quotes, variants, whitespace
from builder.normalize.rule import Profile, Rule

RULES: tuple[Rule, ...] = (
    *invisible.RULES,
    *variants.RULES,
    *whitespace.RULES_OF_LINES,
    *whitespace.RULES_OF_SPACES,
    *punctuation.RULES_OF_STROKES,
    *quotes.RULES,
    *punctuation.RULES_OF_POINTS,
)

PROFILES: tuple[Profile, ...] = ("minimal", "standard", "thorough")


def rules_of(profile: Profile) -> tuple[Rule, ...]:
    """The rules that a profile runs, in order."""
    least = PROFILES.index(profile)
    return tuple(rule for rule in RULES if PROFILES.index(rule.profile) <= least)
