"""Text in, clean text out: the mess of files and scrapers taken away, rule by rule.

`normalize` runs a table of small rules over the whole text. Each leaves a ledger layer that
names it, so every change can be replayed, undone and explained. Nothing here knows about
chapters; that is structure's work.
"""

from dataclasses import dataclass

from builder.core.config import Config
from builder.core.diagnostic import Diagnostic
from builder.core.ledger import Layer
from builder.core.manuscript import Manuscript, MarkKind
from builder.normalize.ads.survey import Memory
from builder.normalize.doubts import capped, doubts
from builder.normalize.keeping import whole_lines, with_kept
from builder.normalize.report import summary
from builder.normalize.rule import Fixed, Rule, run, triggers_in
from builder.normalize.rules import Place, RuleInfo, rules_for, rules_table, setting_name
from builder.normalize.user_rules import RuleFile, user_rules

__all__ = ["Normalized", "RuleFile", "RuleInfo", "normalize", "rules_table"]

# Removing a line may bring two others together; a text that still changes after so many
# rounds is one that its own user rules never let rest.
MOST_ROUNDS = 3

LINE_KINDS = frozenset(
    {
        MarkKind.HEADING,
        MarkKind.NOTE,
        MarkKind.VERSE,
        MarkKind.LIST,
        MarkKind.TABLE,
        MarkKind.CAPTION,
        MarkKind.BREAK,
        MarkKind.LINE_BREAK,
    }
)


@dataclass(frozen=True, slots=True)
class Normalized:
    """The manuscript with one layer more for each rule that changed something."""

    manuscript: Manuscript
    diagnostics: tuple[Diagnostic, ...] = ()


def normalize(
    manuscript: Manuscript,
    config: Config,
    rule_files: tuple[RuleFile, ...] = (),
    *,
    place: Place = setting_name,
) -> Normalized:
    """Clean the manuscript's text by the rules that `[normalize]` asks for, but for the words that
    it keeps.

    `rule_files` are the files of `[normalize] rules`, read; `place` tells where a code of the
    settings stands. Normalizing the result again
    changes nothing. Raises ConfigError N201 (unknown code) to N205 (see `user_rules`). What
    was changed by a rule that is not safe, what no rule may decide, and words to keep that nothing
    says (N111), is told by diagnostics.
    """
    users = user_rules(rule_files)
    memory = Memory()
    rules = rules_for(config.normalize, memory, tuple(user.rule for user in users), place=place)
    manuscript, missing = with_kept(manuscript, config.normalize.keep, place)
    changes: list[tuple[Rule, Manuscript, Layer]] = []
    contextual = tuple(rule for rule in rules if rule.is_contextual)
    early = _until_last(rules, contextual)
    late = rules[len(early) :]
    alphabet: set[str] = set()
    for _ in range(MOST_ROUNDS):
        # Characters that may occur, or did before a rule removed them: a rule none of whose
        # triggers is here has nothing to do.
        alphabet = triggers_in(manuscript.text, rules)
        manuscript = _round(early, manuscript, changes, alphabet)
        manuscript = _settled(contextual, manuscript, changes, alphabet)
        manuscript = _round(late, manuscript, changes, alphabet)
        count = len(changes)
        manuscript = _round(contextual, manuscript, changes, alphabet)
        if len(changes) == count:
            break
    found = summary(changes, {user.rule.code: user.says for user in users})
    doubtful = tuple(
        # What somebody keeps is in doubt no more.
        start
        for start in memory.survey(manuscript.text).doubtful
        if not manuscript.is_kept(start, start + 1)
    )
    told = (*missing, *found, *capped(doubts(manuscript, doubtful, alphabet)))
    return Normalized(manuscript, told)


def _until_last(rules: tuple[Rule, ...], contextual: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """The rules up to the last one that judges lines by others."""
    return rules[: rules.index(contextual[-1]) + 1] if contextual else rules


Changes = list[tuple[Rule, Manuscript, Layer]]


def _settled(
    contextual: tuple[Rule, ...], manuscript: Manuscript, changes: Changes, alphabet: set[str]
) -> Manuscript:
    """The manuscript after these rules have run until they change nothing.

    Each line they take away may show them another, and it is cheaper to look again now than
    after all the other rules.
    """
    for _ in range(MOST_ROUNDS):
        count = len(changes)
        if not count or changes[-1][0] not in contextual:
            break
        manuscript = _round(contextual, manuscript, changes, alphabet)
        if len(changes) == count:
            break
    return manuscript


def _round(
    rules: tuple[Rule, ...], manuscript: Manuscript, changes: Changes, alphabet: set[str]
) -> Manuscript:
    """The manuscript after every rule has run once; what each changed goes to `changes`.

    `alphabet` has every trigger that is in the text, and gets those that the rules bring.
    """
    for rule in rules:
        if rule.triggers and rule.triggers.isdisjoint(alphabet):
            continue
        text, layer = run(rule, manuscript.text, _fixed(manuscript))
        if len(layer):
            alphabet.update("".join({*layer.afters}))
            changes.append((rule, manuscript, layer))
            manuscript = manuscript.after(text, layer)
    return manuscript


def _fixed(manuscript: Manuscript) -> Fixed:
    """The stretches that mark-up, or whoever keeps them, has decided about."""
    between_files = tuple((at - 1, at) for at in manuscript.boundaries()[1:] if at)
    lines = (*between_files, *whole_lines(manuscript))
    if not manuscript.marks:
        return Fixed(blocks=lines, kept=manuscript.kept)
    return Fixed(
        tuple(
            (m.start, m.end) for m in manuscript.marks if m.kind in {MarkKind.RAW, MarkKind.CODE}
        ),
        (*lines, *((m.start, m.end) for m in manuscript.marks if m.kind in LINE_KINDS)),
        is_marked=True,
        kept=manuscript.kept,
    )
