"""HZ: GB 2312 in seven bits, between `~{` and `~}`. Source: RFC 1843.

Python's codec refuses a whole file for one broken pair and cannot tell which byte it was; this
one keeps every byte. A line end closes a stretch that was left open, as the RFC advises.
"""

import re

from builder.read.alignment import SOUND_SHIFT_COST, realigned
from builder.read.plausibility import likelihood

# From ~{ to ~}, or to the line's end. Example: ~{VPND~}. Counter-example: ~~{.
_STRETCH = re.compile(rb"~\{(?P<pairs>(?:[^\n]{2})*?[^\n]?)(?:~\}|(?=\n)|\Z)")
# The same without a fault: rows 1 to 87 of GB 2312. Counter-example: ~{abc~}.
_SOUND_STRETCH = re.compile(rb"~\{(?P<pairs>(?:[\x21-\x77][\x21-\x7e])++)~\}")
# Mean likelihood under which a stretch is taken to be damaged; sound Chinese has about -6.5.
DOUBTFUL = -9.5
_TO_EIGHT_BITS = bytes(byte | 0x80 for byte in range(256))
_TO_SEVEN_BITS = bytes(byte & 0x7F for byte in range(256))


def looks_like_hz(content: bytes) -> bool:
    """Whether the file has HZ's escapes and hardly a byte that HZ cannot have."""
    if b"~{" not in content and b"~}" not in content:
        return False
    high = len(content) - len(content.translate(None, bytes(range(0x80, 0x100))))
    return high <= max(3, len(content) // 500)


def is_sound_hz(content: bytes) -> bool:
    """Whether escapes, closed and without a fault, hold most of the file, and ten characters."""
    held = sum(len(match["pairs"]) for match in _SOUND_STRETCH.finditer(content))
    escapes = content.count(b"~{"), content.count(b"~}")
    is_closed = escapes[0] == escapes[1] == len(_SOUND_STRETCH.findall(content))
    return is_closed and held >= 20 and held * 2 >= len(content)


def decode_hz(content: bytes) -> str:
    """The text; what cannot be read is one lone surrogate a byte."""
    pieces: list[str] = []
    position = 0
    while (start := content.find(b"~", position)) >= 0:
        match = _STRETCH.match(content, start)
        following = content[start + 1 : start + 2]
        if match:
            pieces.append(_escaped(content[position:start]))
            pieces.append(_pairs(match["pairs"]))
            position = match.end()
        elif following == b"}":
            pieces.append(_unopened(content[position:start]))
            position = start + 2
        else:
            pieces.append(_escaped(content[position:start]))
            pieces.append("" if following == b"\n" else "~")
            position = start + (2 if following in {b"\n", b"~"} and following else 1)
    pieces.append(_escaped(content[position:]))
    return "".join(pieces)


def encode_hz(text: str) -> bytes:
    """The plainest HZ for a text. What GB 2312 lacks comes out as something else."""
    pieces: list[bytes] = []
    for index, run in enumerate(re.split(r"([^\x00-\x7f]+)", text)):
        if index % 2:
            pairs = run.encode("gb18030").translate(_TO_SEVEN_BITS)
            pieces.append(b"~{" + pairs + b"~}")
        else:
            pieces.append(run.replace("~", "~~").encode("ascii"))
    return b"".join(pieces)


def _pairs(content: bytes) -> str:
    """The characters of an open stretch."""
    try:
        text = content.translate(_TO_EIGHT_BITS).decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    is_sound = len(text) * 2 == len(content) and content.isascii()
    likely = likelihood(text) if is_sound else 0.0
    if is_sound and likely >= DOUBTFUL * len(text):
        return text
    aligned = _aligned(content)
    is_standard = is_sound and _SOUND_STRETCH.fullmatch(b"~{" + content + b"~}")
    if is_standard and likelihood(aligned) <= likely + SOUND_SHIFT_COST:
        return text
    return aligned


def _aligned(content: bytes) -> str:
    """The likeliest characters of a damaged stretch."""
    pieces: list[str] = []
    position = 0
    for character in realigned(content.translate(_TO_EIGHT_BITS), "gb2312"):
        is_broken = "\udc00" <= character <= "\udcff"
        pieces.append(chr(0xDC00 + content[position]) if is_broken else character)
        position += 1 if is_broken else 2
    return "".join(pieces)


def _unopened(content: bytes) -> str:
    """What stands before a ~} whose ~{ was lost: characters, if that is likelier, from its line on."""
    line = content.rfind(b"\n") + 1
    plain, aligned = _escaped(content[line:]), _aligned(content[line:])
    better = aligned if likelihood(aligned) > likelihood(plain) else plain
    return _escaped(content[:line]) + better


def _escaped(content: bytes) -> str:
    """ASCII as it is, every other byte as a lone surrogate."""
    return content.decode("ascii", "surrogateescape")
