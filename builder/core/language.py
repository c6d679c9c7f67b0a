"""Language tags of Chinese books, and what they decide.

A tag is BCP 47: a script (`Hans`, `Hant`), perhaps a region, perhaps the private subtag
`x-phrases`, which asks the converter for regional vocabulary as well (软件 → 軟體).
"""

from dataclasses import dataclass
from typing import Literal

Script = Literal["Hans", "Hant"]
Region = Literal["", "CN", "TW", "HK"]

PHRASES_SUFFIX = "-x-phrases"


@dataclass(frozen=True, slots=True)
class Target:
    """What a book is converted to."""

    script: Script
    region: Region = ""
    phrases: bool = False

    @property
    def tag(self) -> str:
        """The language tag of a book converted so, without the private subtag."""
        return f"zh-{self.script}" + (f"-{self.region}" if self.region else "")

    @property
    def name(self) -> str:
        """The tag with the private subtag: what the user asked for, and the edition's name."""
        return self.tag + (PHRASES_SUFFIX if self.phrases else "")


TARGETS = {
    target.name: target
    for target in (
        Target("Hans"),
        Target("Hans", "CN"),
        Target("Hant"),
        Target("Hant", "TW"),
        Target("Hant", "HK"),
        Target("Hans", "CN", phrases=True),
        Target("Hant", "TW", phrases=True),
        Target("Hant", "HK", phrases=True),
    )
}

# What people type instead of the full tag.
ALIASES = {
    "zh-cn": "zh-Hans-CN",
    "zh-sg": "zh-Hans",
    "zh-tw": "zh-Hant-TW",
    "zh-hk": "zh-Hant-HK",
    "zh-mo": "zh-Hant-HK",
    "zh": "zh-Hans",
}


def target_of(tag: str) -> Target | None:
    """The target a tag names, whatever its case; None for a tag that names no Chinese script."""
    by_lower_case = {name.lower(): target for name, target in TARGETS.items()}
    lowered = tag.lower().replace("_", "-")
    return by_lower_case.get(ALIASES.get(lowered, lowered).lower())


def is_traditional(tag: str) -> bool:
    """Whether text so tagged is written in Traditional characters."""
    target = target_of(tag)
    return target is not None and target.script == "Hant"
