"""What old e-texts did for want of better: ．for 。, “ on both sides, 1，400万.

Each of these marks is right somewhere, so the whole text, or the whole paragraph, decides.
"""

import re
from collections.abc import Iterator

from builder.normalize.characters import HAN_RANGES, NARROW_SPACES
from builder.normalize.rule import Change, Rule

# A ． behind Han or a closing mark, before anything but a letter or a digit: 了．他, not 3．14.
FULL_STOP = re.compile(f"．(?<=[{HAN_RANGES}”’」』》）？！].)(?![．0-9A-Za-z])")
LEAST_FULL_STOPS = 8

CURLY = re.compile("[“”]")
MARK_OR_END = re.compile("[“”\n]")
BEFORE_CLOSING = frozenset("。.！!？?，,、；;…—．~～》）)")
BEFORE_OPENING = frozenset("：:。.！!？?，,、；;…—（(《")

# 1，400万: groups of three digits, and something to count behind them. Not 100，200，300.
GROUPED = re.compile(
    "[0-9](?<![0-9，,].)(?<![0-9][.].)[0-9]{0,2}(?:，[0-9]{3}){1,4}(?=[万亿萬億元块塊美人名个個只里米吨噸公斤字户戶家件套册冊页頁本年])"
)


def _full_stops(text: str) -> Iterator[Change]:
    """．that end sentences, where the text has no other full stop worth the name."""
    found = [match.start() for match in FULL_STOP.finditer(text)]
    if len(found) < LEAST_FULL_STOPS or text.count("。") > len(found):
        return
    for at in found:
        yield at, "．", "。"


def _turned_quotes(text: str) -> Iterator[Change]:
    """Curly marks that look the wrong way, when turning them pairs the paragraph."""
    marks = "".join(MARK_OR_END.findall(text))
    if not marks.replace("“”", "").strip("\n"):
        return
    start = 0
    for line, its_marks in zip(text.split("\n"), marks.split("\n"), strict=True):
        if its_marks.replace("“”", ""):
            for at in _turns(line):
                yield start + at, line[at], "”" if line[at] == "“" else "“"
        start += len(line) + 1


def _turns(line: str) -> list[int]:
    """Where marks have to turn for the paragraph to be paired; none when that cannot be."""
    turned: list[int] = []
    is_open = False
    for match in CURLY.finditer(line):
        at, mark = match.start(), match[0]
        # Spaces beside a mark may go with the points that are made full-width later.
        before, after = _beside(line, at)
        if (mark == "“") != is_open:
            is_open = not is_open
        elif mark == "“" and (before in BEFORE_CLOSING or not after):
            turned.append(at)
            is_open = False
        elif mark == "”" and after and (not before or before in BEFORE_OPENING):
            turned.append(at)
            is_open = True
        else:
            return []
    return [] if is_open else turned


def _beside(line: str, at: int) -> tuple[str, str]:
    """The characters on both sides of a mark, empty at the ends of the line."""
    left, right = at - 1, at + 1
    while left >= 0 and line[left] in NARROW_SPACES:
        left -= 1
    while right < len(line) and line[right] in NARROW_SPACES:
        right += 1
    return line[left] if left >= 0 else "", line[right : right + 1]


def _grouped_digits(text: str) -> Iterator[Change]:
    for match in GROUPED.finditer(text):
        for comma in re.finditer("，", match[0]):
            yield match.start() + comma.start(), "，", ","


RULES = (
    Rule("N036", "judgement", "standard", frozenset("．"), _full_stops, "raw and addresses"),
    Rule("N037", "judgement", "standard", frozenset("“”"), _turned_quotes),
    Rule("N038", "judgement", "standard", frozenset("，"), _grouped_digits),
)
