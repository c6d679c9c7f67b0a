"""From a text's style and a target to OpenCC's configurations: the only place with their names.

Why these: against the parallel Bible, s2tw differs from print in 0.21 % of the characters and
s2t in 2.46 %; tw2s in 0.116 % and t2s in 0.538 %. OpenCC's own standard (爲 裏 麪 着) is printed
by hardly anyone, so plain zh-Hant means Taiwan's forms, as it does in Unicode's likely
subtags (zh-Hant → zh-Hant-TW).
"""

from dataclasses import dataclass

from builder.convert.detect import Style
from builder.core.language import Target


@dataclass(frozen=True, slots=True)
class Step:
    """One pass from the source's words: what the ledger calls it, and the configurations it chains.

    A second step redoes the first with more knowledge; only the first keeps every line's length.
    """

    rule: str
    configs: tuple[str, ...]


CHARACTERS = "C101"
REGIONAL_WORDS = "C103"
REGIONAL_FORMS = "C104"


def route(source: Style, target: Target) -> tuple[Step, ...]:
    """The steps from the source's style to the target; none when it is there already."""
    if target.script == "Hant":
        if source.script == "Hant":
            return _between_regions(source.region, target.region)
        return _to_traditional(target)
    return _to_simplified(source, target) if source.script == "Hant" else ()


def _to_traditional(target: Target) -> tuple[Step, ...]:
    config = "s2hk" if target.region == "HK" else "s2tw"
    return _steps(config, target)


def _to_simplified(source: Style, target: Target) -> tuple[Step, ...]:
    if source.region == "HK":
        return _steps("hk2s", target)
    # tw2s knows all of OpenCC's standard forms too; what decides is who writes 著 for 着.
    # OpenCC has no vocabulary for t2s, and texts that want it are not of its standard.
    return _steps("tw2s" if source.uses_zhe or target.phrases else "t2s", target)


def _steps(config: str, target: Target) -> tuple[Step, ...]:
    characters = Step(CHARACTERS, (config,))
    if not target.phrases:
        return (characters,)
    return characters, Step(REGIONAL_WORDS, (config + "p",))


def _between_regions(source: str, target: str) -> tuple[Step, ...]:
    if not target or source == target:
        return ()
    to_standard = {"TW": ("tw2t",), "HK": ("hk2t",)}.get(source, ())
    from_standard = {"TW": "t2tw", "HK": "t2hk"}[target]
    return (Step(REGIONAL_FORMS, (*to_standard, from_standard)),)
