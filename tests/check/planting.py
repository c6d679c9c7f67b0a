"""Faults planted in a correct book, at random places, one to a paragraph."""

import random

from builder.check.typography import FaultKind
from tests.check.setter import MARKS, SetPage, Sheets

AT_PAGE_EDGES = (FaultKind.WIDOW, FaultKind.ORPHAN, FaultKind.HEADING)
STARTS = "，。、；：！？”）》」』·～"
ENDS = "“‘（《「『"
PAIRS = ("。”", "，“", "”（", "》《", "”，", "（“", "、《", "：“")
LONELY = ("了。", "家", "钟？”", "雨……")


def plant(
    sheets: Sheets, kind: FaultKind, count: int, seed: int, taken: set[int] | None = None
) -> None:
    """`count` faults of one kind that lie inside a line or a paragraph, noted in `planted`.

    Paragraphs in `taken` are left alone; those that are damaged join them.
    """
    taken = set() if taken is None else taken
    chance = random.Random(seed)
    places = [
        (number, page, at)
        for number, page in enumerate(sheets.pages, start=1)
        for at in range(len(page.lines))
        if fits(page, at, kind)
    ]
    chance.shuffle(places)
    used: set[int] = set()
    drifting: set[int] = set()
    for number, page, at in places:
        line = page.lines[at]
        if line.paragraph in used | taken or number in drifting:
            continue
        if kind is FaultKind.GRID:
            drifting.add(number)
        used.add(line.paragraph)
        damage(page, at, kind, chance)
        sheets.planted.append((kind, number))
        if len(used) == count:
            taken |= used
            return
    raise AssertionError(f"only {len(used)} places for {kind}")


def fits(page: SetPage, at: int, kind: FaultKind) -> bool:
    """Whether a line can take this fault and no other comes of it."""
    line = page.lines[at]
    after = page.lines[at + 1] if at + 1 < len(page.lines) else None
    if line.paragraph < 0 or not (plain(line.text) or kind is FaultKind.LONELY):
        return False
    is_last, is_first = line.number == line.of - 1, line.number == 0
    # Quotations of few lines do not show what their measure is.
    if line.start != 2 * is_first:
        return False
    goes_on = after is not None and after.paragraph == line.paragraph and plain(after.text)
    match kind:
        case FaultKind.LINE_START:
            return not is_first and not is_last
        case FaultKind.LINE_END:
            return goes_on and line.measure is not None
        case FaultKind.SPLIT:
            return goes_on and line.measure is not None
        case FaultKind.UNFLUSHED | FaultKind.OVERFULL:
            return goes_on and not is_last
        case FaultKind.UNSQUEEZED:
            return line.measure is not None
        case FaultKind.LONELY:
            return is_last and not is_first
        case FaultKind.GRID:
            return 3 < at < len(page.lines) - 2
        case _:
            raise AssertionError(kind)


def plain(text: str) -> bool:
    """Han at both ends, two deep."""
    edge = text[:3] + text[-3:]
    return len(text) > 8 and not any(one in MARKS + "—…·～①" or one.isascii() for one in edge)


def damage(page: SetPage, at: int, kind: FaultKind, chance: random.Random) -> None:
    line = page.lines[at]
    match kind:
        case FaultKind.LINE_START:
            line.text = chance.choice(STARTS) + line.text[1:]
        case FaultKind.LINE_END:
            line.text = line.text[:-1] + chance.choice(ENDS)
        case FaultKind.SPLIT:
            mark, after = chance.choice("—…"), page.lines[at + 1]
            line.text, after.text = line.text[:-1] + mark, mark + after.text[1:]
        case FaultKind.UNFLUSHED:
            assert line.measure is not None
            short = chance.choice((0.15, 0.25, 0.5, 0.8, 1.0, 1.5, 2.0))
            line.measure -= short
            line.text = line.text[: len(line.text) - round(short)]
        case FaultKind.OVERFULL:
            assert line.measure is not None
            line.measure += chance.choice((0.3, 0.5, 0.8, 1.0))
        case FaultKind.UNSQUEEZED:
            pair = chance.choice(PAIRS)
            middle = len(line.text) // 2
            # Nothing else on the line may be squeezed with it.
            rest = [one if one not in MARKS else "的" for one in line.text]
            rest[middle : middle + 2] = pair
            line.text, line.wide_pair = "".join(rest), middle
        case FaultKind.LONELY:
            line.text = chance.choice(LONELY)
        case FaultKind.GRID:
            drift_points = chance.choice((-5.0, -3.0, 2.0, 4.0, 6.0))
            until = at + 1 if chance.random() < 0.5 else len(page.lines)
            for later in page.lines[at:until]:
                later.drift = drift_points
        case _:
            raise AssertionError(kind)
