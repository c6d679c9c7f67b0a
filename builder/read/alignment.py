"""Where characters begin in damaged text: a lost or added byte must not garble what follows.

In GB18030, Big5 and UTF-16 one byte too few or too many shifts every character after it. The
reading with the best sum of likelihoods finds the place again: each position is reached by a
whole character or by leaving one byte out as broken.
"""

import math
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import groupby

from builder.read.plausibility import BROKEN_BYTE, likelihood

ESCAPE_BASE = 0xDC00
# UTF-16 is looked at in windows of so many bytes, and with every so many characters of them.
WINDOW_BYTES = 512
STRIDE = 4
# Under this size damage could decide, so every byte is looked at.
SMALL_BYTES = 2_048
# More shifts than these, and the file is something else.
MAX_SHIFTS = 200
# What a shift must win to be believed, in nats.
SHIFT_COST = 12.0
# The same where the codec finds no fault: some e-texts were garbled long before they came here,
# and what the file says without a fault is changed only for a dozen characters' worth.
SOUND_SHIFT_COST = 60.0

Decode = Callable[[bytes], str]


def realigned(content: bytes, encoding: str) -> str:
    """The likeliest text of `content`; each byte left out is one lone surrogate.

    For short stretches: every position costs about a microsecond.
    """
    is_wide = encoding.startswith("utf-16")
    # Where in four bytes the sign of a long character stands: GB18030 has a digit there, UTF-16
    # the upper half of a surrogate.
    sign_at = {"gb18030": 1, "utf-16-le": 1, "utf-16-be": 0}.get(encoding)
    signs = range(0xD8, 0xDC) if is_wide else range(0x30, 0x3A)
    best = [0.0]
    back: list[str] = [""]
    steps = [0]
    for end in range(1, len(content) + 1):
        byte = content[end - 1]
        score, reading, step = best[end - 1] + BROKEN_BYTE, chr(ESCAPE_BASE + byte), 1
        if byte < 0x80 and not is_wide:
            value, character = _whole(content[end - 1 : end], encoding)
            if best[end - 1] + value > score:
                score, reading = best[end - 1] + value, character
        if end > 1 and (is_wide or content[end - 2] > 0x80):
            value, character = _whole(content[end - 2 : end], encoding)
            if best[end - 2] + value > score:
                score, reading, step = best[end - 2] + value, character, 2
        if end > 3 and sign_at is not None and content[end - 4 + sign_at] in signs:
            value, character = _whole(content[end - 4 : end], encoding)
            if best[end - 4] + value > score:
                score, reading, step = best[end - 4] + value, character, 4
        best.append(score)
        back.append(reading)
        steps.append(step)
    pieces: list[str] = []
    position = len(content)
    while position:
        pieces.append(back[position])
        position -= steps[position]
    return "".join(reversed(pieces))


@lru_cache(maxsize=65_536)
def _whole(content: bytes, encoding: str) -> tuple[float, str]:
    """The one character that these bytes are and how likely it is; never, when they are none."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return -math.inf, ""
    if len(content) == 4 and len(text) > 1:
        return -math.inf, ""
    return likelihood(text), text


def utf16_windows(content: bytes, encoding: str) -> list[tuple[int, float]]:
    """For each window, whether characters begin at even (0) or odd (1) bytes, and how likely it is."""
    scores = [
        tuple(
            STRIDE
            * likelihood(
                content[start + shift : start + shift + WINDOW_BYTES].decode(encoding, "replace")[
                    ::STRIDE
                ]
            )
            for shift in (0, 1)
        )
        for start in range(0, len(content), WINDOW_BYTES)
    ]
    return _likeliest(scores)


def _likeliest(scores: list[tuple[float, ...]]) -> list[tuple[int, float]]:
    """The best sequence of states, each change of state paid for."""
    totals = [0.0, -SHIFT_COST]
    choices: list[tuple[int, int]] = []
    for even, odd in scores:
        stay_even, stay_odd = (
            totals[0] >= totals[1] - SHIFT_COST,
            totals[1] >= totals[0] - SHIFT_COST,
        )
        choices.append((0 if stay_even else 1, 1 if stay_odd else 0))
        totals = [
            (totals[0] if stay_even else totals[1] - SHIFT_COST) + even,
            (totals[1] if stay_odd else totals[0] - SHIFT_COST) + odd,
        ]
    state = 0 if totals[0] >= totals[1] else 1
    path: list[tuple[int, float]] = []
    for choice, score in zip(reversed(choices), reversed(scores), strict=True):
        path.append((state, score[state]))
        state = choice[state]
    return path[::-1]


def utf16_text(content: bytes, encoding: str, decode: Decode) -> str:
    """The text of a UTF-16 file, with lost or added bytes found; `decode` reads sound stretches."""
    if len(content) <= SMALL_BYTES:
        plain, aligned = decode(content), realigned(content, encoding)
        return aligned if likelihood(aligned) > likelihood(plain) else plain
    states = [state for state, _ in utf16_windows(content, encoding)]
    shifts = sum(1 for before, after in zip([0, *states], states, strict=False) if before != after)
    if not shifts or shifts > MAX_SHIFTS:
        return decode(content)
    return "".join(_stretches(content, encoding, states, decode))


def _stretches(content: bytes, encoding: str, states: list[int], decode: Decode) -> Iterator[str]:
    """The text, run by run; where the shift changes, two windows are read byte by byte."""
    position = 0
    window = 0
    runs = [(state, len(list(group))) for state, group in groupby(states)]
    if runs[0][0] == 1:
        runs.insert(0, (0, 0))
    for index, (_, count) in enumerate(runs[:-1]):
        window += count
        following = runs[index + 1][0]
        seam_start = max(position, (window - 1) * WINDOW_BYTES + runs[index][0])
        seam_end = min(len(content), (window + 1) * WINDOW_BYTES + following)
        yield decode(content[position:seam_start])
        yield realigned(content[seam_start:seam_end], encoding)
        position = max(seam_end, position)
    yield decode(content[position:])
