"""The passes of a conversion in their order, each with the layer it leaves in the ledger.

    C101  OpenCC's phrases and characters (C104 between two regions)
    C107  the model, C106 names: Simplified to Traditional only (see `decisions`)
    C103  regional vocabulary, where it is asked for
    C105  the book's glossary, the last word
    C102  quotation marks

Up to the vocabulary every line keeps its length, so a place in the source is the same place in
the result. What vocabulary and glossary change is laid over that.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, repeat

from builder.convert.align import Difference, differences
from builder.convert.choice import Uncertain
from builder.convert.decisions import decide
from builder.convert.detect import Style, Survey, script_of, survey_of
from builder.convert.entries import Found, find_entries
from builder.convert.flow import Flow
from builder.convert.glossary import RULE as GLOSSARY
from builder.convert.glossary import Glossary
from builder.convert.opencc import convert_lines, let_go
from builder.convert.quotes import RULE as QUOTES
from builder.convert.quotes import convert_quotes
from builder.convert.route import CHARACTERS, Step, route
from builder.core.diagnostic import Diagnostic, note
from builder.core.language import Target, target_of
from builder.core.ledger import Layer

STAGE = "convert"
# Fewer marks say nothing about a section; the book's script holds for it.
SECTION_MARKS = 10
NO_GLOSSARY = Glossary()
# Of more characters nothing is kept in memory that is not needed any more.
LONG = 1_000_000


@dataclass(frozen=True, slots=True)
class Doubtful:
    """The lines that were converted, what they became before vocabulary, and what is in doubt.

    `settled` are the entries of the glossary in them, by line; nothing in one is in doubt.
    """

    lines: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    uncertain: tuple[Uncertain, ...] = ()
    settled: tuple[tuple[Found, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Passed:
    """What the passes made of a flow."""

    flow: Flow
    layers: tuple[Layer, ...]
    diagnostics: tuple[Diagnostic, ...]
    doubtful: Doubtful


# The converted lines after each pass, by its rule.
_Stages = deque[tuple[str, list[str]]]


def convert_flow(
    flow: Flow,
    target: Target,
    *,
    language: str = "zh-Hans",
    glossary: Glossary = NO_GLOSSARY,
    is_recorded: bool = True,
) -> Passed:
    """Run every pass that leads to `target`; `language` holds where the text is silent.

    Who needs no layers has them left out (not `is_recorded`).
    """
    texts = flow.texts
    found = survey_of(texts)
    source = _source(found, target, language)
    steps = route(source, target)
    if not steps:
        already = note("C010", tag=target.tag, found=found.tag)
        return Passed(flow, (), (already, *glossary.diagnostics), Doubtful())
    is_foreign = _foreign_lines(flow, texts, found, target)
    to_convert = [line for line, foreign in zip(texts, is_foreign, strict=True) if foreign]
    stages, doubtful = _words(to_convert, steps, target, glossary)
    layers: list[Layer] = []
    current = flow
    while stages:
        # Each is let go when its layer is there: a long book is in memory often enough.
        rule, changed = stages.popleft()
        texts = _woven(texts, changed, is_foreign)
        if is_recorded:
            current = _advance(current, texts, rule, layers)
    if source.script != target.script:
        texts = convert_quotes(texts, target.script, frozenset(flow.groups))
        if is_recorded:
            current = _advance(current, texts, QUOTES, layers)
    if not is_recorded:
        current = flow.after(texts)
    diagnostics = (*_diagnostics(found, source, target), *glossary.diagnostics)
    return Passed(current, tuple(layers), diagnostics, doubtful)


def _words(
    lines: list[str], steps: tuple[Step, ...], target: Target, glossary: Glossary
) -> tuple[_Stages, Doubtful]:
    """What becomes of lines that are all in the source's script, and what is in doubt."""
    first = steps[0]
    plain = _by_opencc(lines, first)
    words = _vocabulary(lines, plain, steps[1:])
    found = find_entries(lines, first.configs[0], glossary.entries) if glossary.entries else ()
    if sum(map(len, lines)) > LONG:
        let_go()
    stages: _Stages = deque([(first.rule, plain)])
    uncertain: tuple[Uncertain, ...] = ()
    if first.rule == CHARACTERS and target.script == "Hant":
        decided = decide(lines, plain, target.region)
        stages += decided.stages
        uncertain = decided.uncertain
    texts = stages[-1][1]
    for rule, changes in words:
        stages.append((rule, _each_laid_over(texts, changes, repeat(()))))
    if found:
        vocabulary = words[-1][1] if words else repeat(())
        stages.append((GLOSSARY, _each_laid_over(texts, vocabulary, found)))
        inside = [_inside(entries) for entries in found]
        uncertain = tuple(place for place in uncertain if place.at not in inside[place.line])
    doubtful = Doubtful(tuple(lines), tuple(texts), uncertain, tuple(found))
    return stages, doubtful


def _vocabulary(
    lines: Sequence[str], plain: Sequence[str], steps: Sequence[Step]
) -> list[tuple[str, list[tuple[Difference, ...]]]]:
    """What each further step makes of each line that OpenCC's first did not, by the step's rule."""
    return [
        (
            step.rule,
            [
                tuple(differences(one, other))
                for one, other in zip(plain, _by_opencc(lines, step), strict=True)
            ],
        )
        for step in steps
    ]


def _by_opencc(lines: Sequence[str], step: Step) -> list[str]:
    converted = list(lines)
    for config in step.configs:
        converted = convert_lines(converted, config)
    return converted


def _inside(entries: Sequence[Found]) -> frozenset[int]:
    """The places of a line that entries have."""
    return frozenset(at for entry in entries for at in range(entry.start, entry.end))


def _each_laid_over(
    texts: Sequence[str],
    vocabulary: Iterable[Sequence[Difference]],
    found: Iterable[tuple[Found, ...]],
) -> list[str]:
    return [
        _laid_over(text, changes, entries) if changes or entries else text
        for text, changes, entries in zip(texts, vocabulary, found, strict=False)
    ]


def _laid_over(text: str, changes: Sequence[Difference], entries: tuple[Found, ...]) -> str:
    """The line with the entries in their places, and the vocabulary where no entry stands."""
    laid = [(entry.start, entry.end, entry.target) for entry in entries]
    taken = _inside(entries)
    for start, before, after in changes:
        end = start + len(before)
        if taken.isdisjoint(range(start, end)):
            laid.append((start, end, after))
    pieces: list[str] = []
    position = 0
    for start, end, after in sorted(laid):
        pieces += (text[position:start], after)
        position = end
    return "".join((*pieces, text[position:]))


def _source(found: Survey, target: Target, language: str) -> Style:
    """The style to convert from: the other script's part, when the text is a mixed one."""
    style = found.style
    if style is None:
        said = target_of(language)
        return Style(said.script, said.region) if said else Style("Hans")
    if found.is_mixed and style.script == target.script:
        return replace(style, script="Hans" if target.script == "Hant" else "Hant")
    return style


def _foreign_lines(flow: Flow, texts: Sequence[str], found: Survey, target: Target) -> list[bool]:
    """Which lines are not in the target yet."""
    if not found.has_both or (found.script == target.script and not found.is_mixed):
        return [True] * len(texts)
    foreign: list[bool] = []
    for start, end in pairwise((*flow.groups, len(texts))):
        section = survey_of(texts[start:end])
        enough = section.simplified + section.traditional >= SECTION_MARKS
        usual = section.script if enough else found.script
        foreign.extend((script_of(line) or usual) != target.script for line in texts[start:end])
    return foreign


def _woven(texts: Sequence[str], changed: Sequence[str], is_foreign: Sequence[bool]) -> list[str]:
    """All lines, with the converted ones in their places."""
    converted = iter(changed)
    return [
        next(converted) if foreign else line
        for line, foreign in zip(texts, is_foreign, strict=True)
    ]


def _advance(flow: Flow, texts: Sequence[str], rule: str, layers: list[Layer]) -> Flow:
    changed = flow.after(texts)
    layer = flow.layer_to(changed, STAGE, rule)
    if len(layer):
        layers.append(layer)
    return changed


def _diagnostics(found: Survey, source: Style, target: Target) -> tuple[Diagnostic, ...]:
    diagnostics: list[Diagnostic] = []
    if found.is_mixed:
        share = round(100 * found.minority_share, 1)
        diagnostics.append(note("C011", share=share, tag=found.tag))
    if target.phrases and source.script == target.script:
        diagnostics.append(note("C012", tag=target.name))
    return tuple(diagnostics)
