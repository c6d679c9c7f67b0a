"""Where exactly one encoding ends and the next begins, when that is inside a line.

Files joined by `cat`, the first without a newline at its end, change encoding in the middle of
a line. UTF-8 has so strict a form that the place can be told: the end of what is UTF-8 before a
part in GBK or Big5, the beginning of what is UTF-8 behind one.
"""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace

from builder.read.codings import rough_text
from builder.read.plausibility import likelihood

# What moving a change into a line must win, in nats: less than one character read rightly.
SEAM_COST = 4.0
# Longer lines are left as they are: the search costs time.
MAX_LINE_BYTES = 4_000
# A few bytes of the other encoding can look like UTF-8, so these many places are compared.
CANDIDATES = 4
_CHARACTER = (
    rb"(?:[\0-\x7f]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})"
)
# UTF-8 as far as it goes. Example: the last six bytes of b"\xd2\xb9\xe6\x9c\xaa\xe5\xbd\x92".
_UTF8 = re.compile(_CHARACTER + rb"++")


@dataclass(frozen=True, slots=True)
class Stretch:
    """`[start, end)` of the file's bytes is in `encoding`; damage shifted its characters."""

    start: int
    end: int
    encoding: str
    is_shifted: bool = False


def at_their_seams(content: bytes, stretches: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """The same stretches, each change between UTF-8 and another encoding where it really is."""
    placed = list(stretches)
    for index in range(len(placed) - 1):
        left, right = placed[index], placed[index + 1]
        if (left.encoding == "utf-8") == (right.encoding == "utf-8"):
            continue
        seam = _seam(content, left, right)
        if seam < left.end:
            # A line of two encodings had passed for a damaged one.
            placed[index] = replace(left, end=seam, is_shifted=False)
            placed[index + 1] = replace(right, start=seam)
        elif seam > left.end:
            placed[index] = replace(left, end=seam)
            placed[index + 1] = replace(right, start=seam, is_shifted=False)
    return tuple(stretch for stretch in placed if stretch.start < stretch.end)


def _seam(content: bytes, left: Stretch, right: Stretch) -> int:
    """The likeliest place of the change: inside the line before it, inside the one after, or it."""
    best, gain = left.end, SEAM_COST
    before = max(content.rfind(b"\n", left.start, left.end - 1) + 1, left.start)
    newline = content.find(b"\n", right.start, right.end)
    after = right.end if newline < 0 else newline + 1
    for start, end, told in ((before, left.end, left), (left.end, after, right)):
        line = content[start:end]
        if len(line) > MAX_LINE_BYTES or line.isascii():
            continue
        as_one = likelihood(rough_text(line, told.encoding))
        for at in _candidates(line, left.encoding):
            score = likelihood(rough_text(line[:at], left.encoding))
            score += likelihood(rough_text(line[at:], right.encoding))
            if score - as_one > gain:
                best, gain = start + at, score - as_one
    return best


def _candidates(line: bytes, first: str) -> Iterator[int]:
    """The places of a line where UTF-8 may end, if it comes `first`, or begin."""
    if first == "utf-8":
        try:
            line.decode("utf-8")
            end = len(line) - 1
        except UnicodeDecodeError as problem:
            end = problem.start
        starts = [at for at in range(end + 1) if not 0x80 <= line[at] < 0xC0]
        yield from starts[-CANDIDATES:]
        return
    # Looked for from every place, the end would take a long line its length by its length.
    (tail,) = deque(_UTF8.finditer(line), maxlen=1) or (None,)
    if tail is not None and tail.end() == len(line):
        starts = [at for at in range(tail.start(), len(line)) if not 0x80 <= line[at] < 0xC0]
        yield from starts[:CANDIDATES]
