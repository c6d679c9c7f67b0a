"""One encoding at a time: bytes to text and back, losing no byte.

A byte that the encoding cannot read becomes one lone surrogate, U+DC00 plus the byte's value.
Big5 is read as HKSCS with the characters that Windows has in a dozen places, as browsers do.
"""

import codecs
import re
from dataclasses import dataclass

from builder.read.alignment import (
    ESCAPE_BASE,
    SHIFT_COST,
    SMALL_BYTES,
    SOUND_SHIFT_COST,
    realigned,
    utf16_text,
)
from builder.read.hz import decode_hz, encode_hz
from builder.read.plausibility import likelihood

# A byte that could not be read. Example: "\udc81". Counter-example: "\ufffd", which is text.
BROKEN_BYTES = re.compile("[\udc00-\udcff]+")
EURO = "€"
EURO_IN_GBK = 0x80
_HAN_DIGITS = frozenset(digit.encode("gbk") for digit in "一二两三四五六七八九十百千万萬亿億几幾")
EURO_IN_BIG5 = b"\xa3\xe1"

# What HKSCS has and what Windows has for the same bytes.
# Source: WHATWG Encoding Standard, index Big5, against Python's big5hkscs.
_WINDOWS_SIGNS = tuple(zip("•､‾∼♁☉¥¢£￭", "‧﹑¯～⊕⊙￥￠￡▓", strict=True))
# More damage than this is left as the codec reads it: realigning costs time.
MAX_REALIGNED_BYTES = 400_000
MAX_REALIGNED_LINE_BYTES = 20_000
_CAN_SHIFT = frozenset(("gb18030", "big5hkscs"))


@dataclass(frozen=True, slots=True)
class Text:
    """A text, and whether the codec read every byte of it."""

    value: str
    is_sound: bool = True


def text_of(content: bytes, encoding: str, *, is_shifted: bool = False) -> Text:
    """The text of bytes in `encoding`, its damage kept and damaged lines read as well as can be.

    Shifted bytes are read anew even where the codec finds no fault.
    """
    if is_shifted:
        return Text(_aligned(content, encoding), is_sound=False)
    if encoding == "hz":
        text = decode_hz(content)
        return Text(text, is_sound=not BROKEN_BYTES.search(text))
    if encoding.startswith("utf-16"):
        text = utf16_text(content, encoding, lambda part: plain_text(part, encoding))
        return Text(text, is_sound=not BROKEN_BYTES.search(text))
    sound = _sound_text(content, encoding)
    text = plain_text(content, encoding) if sound is None else sound
    if encoding in _CAN_SHIFT and len(content) <= SMALL_BYTES and not text.isascii():
        aligned = _aligned(content, encoding)
        cost = SHIFT_COST if sound is None else SOUND_SHIFT_COST
        if likelihood(aligned) > likelihood(text) + cost:
            return Text(aligned, is_sound=False)
    elif encoding in _CAN_SHIFT and sound is None:
        return Text(_mended(content, text, encoding), is_sound=False)
    return Text(text, is_sound=sound is not None)


def plain_text(content: bytes, encoding: str) -> str:
    """The text as the codec reads it, from the first byte on."""
    if encoding == "hz":
        return decode_hz(content)
    sound = _sound_text(content, encoding)
    if sound is not None:
        return sound
    return _as_windows(content.decode(encoding, "builder.keep_bytes"), encoding)


def rough_text(content: bytes, encoding: str) -> str:
    """The text with U+FFFD for what cannot be read: quick, for judging only."""
    return _as_windows(content.decode(encoding, "replace"), encoding)


def _sound_text(content: bytes, encoding: str) -> str | None:
    """The text of bytes without any fault; None when there is one."""
    try:
        return _as_windows(content.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None


def _as_windows(text: str, encoding: str) -> str:
    if encoding == "big5hkscs":
        # Ten searches for what is hardly ever there take a twentieth of one translation.
        for hkscs, windows in _WINDOWS_SIGNS:
            text = text.replace(hkscs, windows)
    return text


def bytes_of(text: str, encoding: str) -> bytes:
    """The bytes of a text that holds no lone surrogates. Raises UnicodeEncodeError."""
    if encoding == "hz":
        return encode_hz(text)
    if encoding == "big5hkscs":
        for hkscs, windows in _WINDOWS_SIGNS:
            text = text.replace(windows, hkscs)
    return text.encode(encoding)


def _mended(content: bytes, text: str, encoding: str) -> str:
    """The text with its damaged lines read anew, so that a lost byte garbles no whole line."""
    lines = content.split(b"\n")
    mended = text.split("\n")
    spent = 0
    for index, line in enumerate(mended):
        if not BROKEN_BYTES.search(line) or len(lines[index]) > MAX_REALIGNED_LINE_BYTES:
            continue
        spent += len(lines[index])
        if spent > MAX_REALIGNED_BYTES:
            break
        aligned = _aligned(lines[index], encoding)
        if likelihood(aligned) > likelihood(line):
            mended[index] = aligned
    return "\n".join(mended)


def _aligned(content: bytes, encoding: str) -> str:
    return _as_windows(realigned(content, encoding), encoding)


def _keep_bytes(problem: UnicodeError) -> tuple[str, int]:
    """One lone surrogate for each byte that could not be read.

    A multi-byte codec complains about ASCII bytes too when a character is cut short; those
    are read again as what they are.
    """
    if not isinstance(problem, UnicodeDecodeError):
        raise problem
    content, start, end = problem.object, problem.start, problem.end
    if problem.encoding == "gb18030" and _is_euro(content, start):
        return EURO, start + 1
    if problem.encoding.startswith("big5") and content[start : start + 2] == EURO_IN_BIG5:
        return EURO, start + 2
    if not problem.encoding.startswith("utf-16"):
        end = start + 1
        while end < problem.end and content[end] >= 0x80:
            end += 1
    return "".join(chr(ESCAPE_BASE + byte) for byte in content[start:end]), end


def _is_euro(content: bytes, at: int) -> bool:
    """Whether 0x80 stands as a sign of its own, as in files from Windows: €100, 100€, €二十."""
    if content[at] != EURO_IN_GBK:
        return False
    before, after = content[at - 1 : at] if at else b"", content[at + 1 : at + 2]
    if before.isdigit() or after.isdigit() or (before == b" " and after < b"\x80"):
        return True
    return content[at + 1 : at + 3] in _HAN_DIGITS or content[max(at - 2, 0) : at] in _HAN_DIGITS


codecs.register_error("builder.keep_bytes", _keep_bytes)
