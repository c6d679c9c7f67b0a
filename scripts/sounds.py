"""Writes builder/inspection/sounds.txt: the sound of every common Han character, tones left out.

The readings are the Unicode CLDR's (transform Han-Latin, which rests on Unihan's kMandarin),
asked for with ICU's `uconv` (Debian: icu-devtools); Unicode License v3. The characters are
those of GB 2312 and of Big5's first level, that is, what books are written with.

Run: python scripts/sounds.py
"""

import subprocess
import unicodedata
from collections import defaultdict
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "builder" / "inspection" / "sounds.txt"
GB2312 = ("gb2312", range(0xB0, 0xF8), range(0xA1, 0xFF))
BIG5_LEVEL_1 = ("big5", range(0xA4, 0xC7), (*range(0x40, 0x7F), *range(0xA1, 0xFF)))


def characters() -> list[str]:
    """The Han characters of both standards, sorted."""
    found: set[str] = set()
    for encoding, leads, trails in (GB2312, BIG5_LEVEL_1):
        for lead in leads:
            for trail in trails:
                found.update(bytes((lead, trail)).decode(encoding, "ignore"))
    return sorted(c for c in found if "\u4e00" <= c <= "\u9fff")


def toneless(reading: str) -> str:
    """lǘ as lv, fēng as feng."""
    parts = unicodedata.normalize("NFD", reading.strip()).replace("u\u0308", "v")
    return "".join(c for c in parts if c.isascii())


def main() -> None:
    every = characters()
    asked = "\n".join(every)
    command = ["uconv", "-f", "utf-8", "-t", "utf-8", "-x", "Han-Latin"]
    answer = subprocess.run(command, input=asked, text=True, capture_output=True, check=True)
    by_sound: dict[str, list[str]] = defaultdict(list)
    for character, reading in zip(every, answer.stdout.splitlines(), strict=True):
        by_sound[toneless(reading)].append(character)
    lines = (f"{sound} {''.join(by_sound[sound])}\n" for sound in sorted(by_sound))
    TARGET.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
