"""The passes of a conversion in their order, each with the layer it leaves in the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from builder.convert.detect import Style, Survey, script_of, survey
from builder.convert.flow import Flow
from builder.convert.glossary import RULE as GLOSSARY
from builder.convert.glossary import Glossary
from builder.convert.opencc import Entries, convert_lines
from builder.convert.quotes import RULE as QUOTES
from builder.convert.quotes import convert_quotes
from builder.convert.route import Step, route
from builder.core.diagnostic import Diagnostic, note
from builder.core.language import Target, target_of
from builder.core.ledger import Layer

STAGE = "convert"
# Fewer marks say nothing about a section; the book's script holds for it.
SECTION_MARKS = 10
NO_GLOSSARY = Glossary()


@dataclass(frozen=True, slots=True)
class Passed:
    """What the passes made of a flow."""

    flow: Flow
    layers: tuple[Layer, ...]
    diagnostics: tuple[Diagnostic, ...]


def convert_flow(
    flow: Flow, target: Target, *, language: str = "zh-Hans", glossary: Glossary = NO_GLOSSARY
) -> Passed:
    """Run every pass that leads to `target`; `language` holds where the text is silent."""
    original = texts = flow.texts
    found = survey("\n".join(texts))
    source = _source(found, target, language)
    steps = route(source, target)
    if not steps:
        already = note("C010", tag=target.tag, found=found.tag)
        return Passed(flow, (), (already, *glossary.diagnostics))
    is_foreign = _foreign_lines(flow, texts, found, target)
    layers: list[Layer] = []
    current = flow
    for step in steps:
        base = original if step.from_source else texts
        texts = _chosen(is_foreign, base, texts, step)
        current = _advance(current, texts, step.rule, layers)
    if glossary.entries:
        texts = _chosen(is_foreign, original, texts, steps[-1], glossary.entries)
        current = _advance(current, texts, GLOSSARY, layers)
    if source.script != target.script:
        texts = convert_quotes(texts, target.script, frozenset(flow.groups))
        current = _advance(current, texts, QUOTES, layers)
    diagnostics = (*_diagnostics(found, source, target), *glossary.diagnostics)
    return Passed(current, tuple(layers), diagnostics)


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
        section = survey("\n".join(texts[start:end]))
        enough = section.simplified + section.traditional >= SECTION_MARKS
        usual = section.script if enough else found.script
        foreign.extend((script_of(line) or usual) != target.script for line in texts[start:end])
    return foreign


def _chosen(
    is_foreign: Sequence[bool],
    base: Sequence[str],
    texts: Sequence[str],
    step: Step,
    entries: Entries = (),
) -> list[str]:
    """The lines after one step; those already in the target stay as they are."""
    to_convert = [line for line, foreign in zip(base, is_foreign, strict=True) if foreign]
    for config in step.configs:
        to_convert = convert_lines(to_convert, config, entries)
        entries = tuple((target, target) for _, target in entries)
    converted = iter(to_convert)
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
