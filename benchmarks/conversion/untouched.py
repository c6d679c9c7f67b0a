"""What no conversion may change, there and back: ASCII, emoji, selectors, Han beyond U+FFFF.

A few Han beyond U+FFFF are Simplified (𬘭 of 綝): Traditional text has none of them, so for the
way from Traditional and back they are left out.
"""

from collections.abc import Callable, Iterator

from benchmarks.conversion.converters import ours
from benchmarks.conversion.texts import SIMPLIFIED, TRADITIONAL

# Sentences around the samples, so that the script of the text is plain.
FRAMES = {
    SIMPLIFIED: ("这本书说了{}", "他们在里面说：{}，后来就没有了。"),
    TRADITIONAL: ("這本書說了{}", "他們在裡面說：{}，後來就沒有了。"),
}
ZERO_WIDTH_JOINER = "\N{ZERO WIDTH JOINER}"
Convert = Callable[[str, str], str]


def samples() -> Iterator[tuple[str, str]]:
    """Kind and text of everything that has to stay."""
    yield "ASCII", "".join(map(chr, range(0x20, 0x7F)))
    for start in range(0x1F300, 0x1FB00, 64):
        yield "emoji", "".join(map(chr, range(start, start + 64)))
    yield "emoji", ZERO_WIDTH_JOINER.join("👩👩👧👦")
    yield "emoji", "🇹🇼🇭🇰👍🏽❤\ufe0f1\ufe0f\N{COMBINING ENCLOSING KEYCAP}"
    yield "selectors", "".join(f"葛{chr(code)}" for code in range(0xFE00, 0xFE10))
    yield "selectors", "".join(f"里{chr(code)}发{chr(code)}" for code in range(0xE0100, 0xE01F0))
    for first, last in ((0x20000, 0x2A6DF), (0x2A700, 0x2EBE0), (0x30000, 0x323AF)):
        for start in range(first, last, 1000):
            yield "astral Han", "".join(map(chr, range(start, min(start + 1000, last + 1))))


def changed(convert: Convert = ours) -> dict[str, list[str]]:
    """By kind: characters that did not come back from the other script as they were."""
    lost: dict[str, list[str]] = {}
    for kind, sample in samples():
        here = lost.setdefault(kind, [])
        as_traditional = _inside(convert, sample, SIMPLIFIED, TRADITIONAL)
        pairs = zip(sample, as_traditional, strict=True)
        traditional = "".join(one for one, other in pairs if one == other)
        for tag, other in ((SIMPLIFIED, TRADITIONAL), (TRADITIONAL, SIMPLIFIED)):
            kept = sample if tag == SIMPLIFIED else traditional
            for frame in FRAMES[tag]:
                text = frame.format(kept)
                back = convert(convert(text, other), tag)
                start = frame.index("{")
                found = back[start : start + len(kept)]
                here += [one for one, two in zip(kept, found, strict=False) if one != two]
                here += ["?"] * abs(len(back) - len(text))
    return lost


def _inside(convert: Convert, sample: str, tag: str, other: str) -> str:
    """The sample as it comes out of a sentence of the one script, in the other."""
    frame = FRAMES[tag][0]
    start = frame.index("{")
    return convert(frame.format(sample), other)[start : start + len(sample)].ljust(len(sample))


def print_untouched() -> None:
    """How many of each kind changed, and the first of them."""
    print("\nthere and back    changed")
    for kind, characters in changed().items():
        print(f"{kind:20}{len(characters):>5}  {' '.join(characters[:12])}")
