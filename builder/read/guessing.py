"""Which encoding a file is in: the one in which its text is likeliest.

Each candidate reads the same bytes; the sums of likelihoods are compared, and the difference
to the second-best reading gives the confidence. A large file is judged by stretches from its
beginning to its end.
"""

import math
import re
from dataclasses import dataclass

from builder.read.alignment import SMALL_BYTES, realigned, utf16_windows
from builder.read.codings import plain_text, rough_text
from builder.read.hz import decode_hz, is_sound_hz, looks_like_hz
from builder.read.plausibility import is_gibberish, likelihood

SCORED = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
# Stretches of the file that are scored, evenly spread.
SAMPLES = 16
SAMPLE_BYTES = 4_096
# Characters are not independent of each other: so many nats count as one.
TEMPERATURE = 3.0
# What a byte beyond ASCII counts when the file is in none of the encodings known here.
FOREIGN_BYTE = -5.4
# What it counts that letters with accents in a Latin text are UTF-8 without any fault.
SOUND_UTF8 = 12.0
# A character that only Chinese, Japanese and Korean text has in numbers. Written as what it is
# not, which compiles in a third of the time.
_EAST_ASIAN = re.compile("[^\0-\u2e7f]")
HIGH = bytes(range(0x80, 0x100))
# How sure HZ is whose characters nobody would expect: a list of chemical elements.
UNUSUAL = 0.8


@dataclass(frozen=True, slots=True)
class Guess:
    """An encoding, how sure it is (0..1), and whether other readings were compared with it."""

    encoding: str
    confidence: float = 1.0
    is_scored: bool = False


def guess(content: bytes) -> Guess:
    """The likeliest encoding of a file without byte order mark."""
    if looks_like_hz(content):
        if _is_hz(content):
            return Guess("hz")
        if is_sound_hz(content):
            # Its escapes are there; the characters are just such as are hardly ever written.
            return Guess("hz", UNUSUAL)
    if _is_utf8(content):
        return Guess("utf-8")
    samples = _samples(content)
    by_name = {name: _score(samples, name) for name in SCORED}
    foreign = _foreign_score(samples)
    if is_sound_utf8(content):
        by_name["utf-8"] += SOUND_UTF8 if _is_mostly_ascii(content) else 0.0
        foreign = min(foreign, by_name["utf-8"] - SOUND_UTF8)
    (best, encoding), (second, _), *_ = sorted(
        ((score, name) for name, score in by_name.items()), reverse=True
    )
    second = max(second, foreign)
    margin = max(-40.0, min(40.0, (best - second) / TEMPERATURE))
    return Guess(encoding, 1 / (1 + math.exp(-margin)), is_scored=True)


def _is_hz(content: bytes) -> bool:
    sample = content[: SAMPLES * SAMPLE_BYTES]
    as_ascii = sample.decode("ascii", "surrogateescape")
    return likelihood(decode_hz(sample)) > likelihood(as_ascii)


def _is_utf8(content: bytes) -> bool:
    """Whether the whole file is UTF-8 and could hardly be anything else.

    Two Chinese characters of GBK can be four bytes of Greek or Cyrillic UTF-8, so short texts
    in such letters are left to be compared; a file may be cut inside its last character.
    """
    if b"\0" in content:
        return False
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as problem:
        if problem.start < len(content) - 3 or problem.reason != "unexpected end of data":
            return False
        text = content[: problem.start].decode("utf-8")
        return _EAST_ASIAN.search(text) is not None
    return text.isascii() or _EAST_ASIAN.search(text) is not None


def is_sound_utf8(content: bytes) -> bool:
    """Whether the whole file is UTF-8 without a fault."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_mostly_ascii(content: bytes) -> bool:
    return len(content.translate(None, HIGH)) * 5 > len(content) * 4


def _score(samples: list[bytes], encoding: str) -> float:
    is_small = len(samples) == 1 and len(samples[0]) <= SMALL_BYTES
    if encoding.startswith("utf-16"):
        if is_small:
            return likelihood(realigned(samples[0], encoding))
        return sum(score for sample in samples for _, score in utf16_windows(sample, encoding))
    if not is_small:
        return sum(likelihood(rough_text(sample, encoding)) for sample in samples)
    score = likelihood(plain_text(samples[0], encoding))
    if encoding == "utf-8":
        return score
    return max(score, likelihood(realigned(samples[0], encoding)))


def is_nothing(content: bytes) -> bool:
    """Whether a file has many stretches and none reads as text in any encoding.

    Then no line needs to be looked at. A small file is read whole before it is judged.
    """
    samples = _samples(content)
    return len(samples) > 1 and all(
        is_gibberish(rough_text(sample, name)) for sample in samples for name in SCORED
    )


def _foreign_score(samples: list[bytes]) -> float:
    """How likely the bytes are as text of another kind: Latin, Japanese, Korean."""
    total = 0.0
    for sample in samples:
        ascii_part = sample.translate(None, HIGH)
        total += likelihood(ascii_part.decode("ascii"))
        total += FOREIGN_BYTE * (len(sample) - len(ascii_part))
    return total


def _samples(content: bytes) -> list[bytes]:
    """Stretches from the beginning to the end; all of it when the file is small.

    Each begins after a line's end, where every encoding begins a character.
    """
    if len(content) <= SAMPLES * SAMPLE_BYTES:
        return [content]
    step = (len(content) - SAMPLE_BYTES) // (SAMPLES - 1)
    return [_from_boundary(content, index * step) for index in range(SAMPLES)]


def _from_boundary(content: bytes, start: int) -> bytes:
    """So many bytes from `start` on, begun at a line or at least at an even byte."""
    start -= start % 2
    if not start:
        return content[:SAMPLE_BYTES]
    line = content.find(b"\n", start, start + SAMPLE_BYTES // 2)
    begin = line + 1 if line >= 0 else start
    return content[begin : begin + SAMPLE_BYTES]
