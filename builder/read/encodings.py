"""Bytes to text, losing none, in the encoding that a file turns out to have.

Order: a byte order mark; HZ by its escapes; strict UTF-8 over the whole file; then the
candidates, each scored by how likely its text is (`guessing`). A file may hold several
encodings (`mixtures`). A byte that cannot be read becomes one lone surrogate, so the decoded
text always gives the bytes back (`encode`). Nothing is replaced here; the reading layer turns
lone surrogates into U+FFFD and says so. Must not import anything of the other stages.
"""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from builder.core.manuscript import EncodedStretch, OriginalBytes
from builder.read.codings import BROKEN_BYTES, bytes_of, text_of
from builder.read.guessing import HIGH, Guess, guess, is_nothing, is_sound_utf8
from builder.read.mixtures import stretches_of
from builder.read.originals import encoded, originals_of
from builder.read.plausibility import is_gibberish
from builder.read.seams import Stretch

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# What people write in book.toml, and the codec that reads it. GBK and GB2312 are subsets of
# GB18030, and files that claim to be the one are often the other; likewise Big5 and HKSCS.
NAMES = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "utf-8-sig": "utf-8",
    "gb18030": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "gb2312": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "cp950": "big5hkscs",
    "hz": "hz",
    "hz-gb-2312": "hz",
    "utf-16": "utf-16-le",
    "utf-16-le": "utf-16-le",
    "utf-16le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "utf-16be": "utf-16-be",
}
# What people are shown.
SHOWN = {"big5hkscs": "BIG5-HKSCS"}
# Text that is likelier in another language's encoding is read all the same, as a guess, when it
# has no more bytes beyond ASCII than this: a few accents in English.
MAX_FOREIGN = 24
# Random bytes hold 10 % of control characters, the worst-kept novel a few in a chapter.
MAX_CONTROL_SHARE = 0.01
_CONTROLS = dict.fromkeys(
    (*range(0x09), *range(0x0B, 0x0D), *range(0x0E, 0x1A), *range(0x1C, 0x20))
)
_CONTROL_BYTES = bytes(_CONTROLS)


@dataclass(frozen=True, slots=True)
class Decoded:
    """`text` with its byte order mark and its broken bytes; `confidence` lies in 0..1.

    `stretches` cover the text when it is in several encodings, and are empty when it is in
    one; `originals` are the places that encoding again would not give back.
    """

    text: str
    encoding: str
    confidence: float
    has_faults: bool = False
    stretches: tuple[EncodedStretch, ...] = ()
    originals: tuple[OriginalBytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """Bytes that could not be read: `offset` is a code point, `byte_offset` counts bytes."""

    offset: int
    byte_offset: int
    content: bytes
    encoding: str


def decode(content: bytes, encoding: str = "") -> Decoded | None:
    """The text of a file, in `encoding` (a codec of `NAMES`) or in the likeliest one.

    None when it is no text in any encoding known here: its bytes are something else.
    """
    if encoding:
        if encoding == "utf-16-le" and content.startswith(codecs.BOM_UTF16_BE):
            encoding = "utf-16-be"
        return _decoded(content, (Stretch(0, len(content), encoding),), Guess(encoding))
    guessed = _guessed(content)
    if not guessed.encoding.startswith("utf-16") and _is_binary(content):
        return None
    if guessed.is_scored and is_nothing(content):
        return None
    decoded = _decoded(content, _stretches(content, guessed), guessed)
    return None if _is_no_text(content, decoded, guessed) else decoded


def _is_no_text(content: bytes, decoded: Decoded, guessed: Guess) -> bool:
    """Whether what was read is not what anybody wrote."""
    if guessed.encoding.startswith("utf-16") and _has_many_controls(decoded.text):
        return True
    if not guessed.is_scored and not decoded.stretches:
        return False
    if guessed.confidence < 0.5 and len(content) - len(content.translate(None, HIGH)) > MAX_FOREIGN:
        return True
    step = max(1, len(decoded.text) // 20_000)
    return is_gibberish(decoded.text[::step])


def _guessed(content: bytes) -> Guess:
    for mark, marked in _MARKS:
        if content.startswith(mark):
            return Guess(marked)
    return guess(content)


def _stretches(content: bytes, guessed: Guess) -> tuple[Stretch, ...]:
    """One stretch for a file without doubt, several for a mixture."""
    whole = (Stretch(0, len(content), guessed.encoding),)
    if guessed.encoding == "utf-8" and is_sound_utf8(content):
        return whole
    if content.startswith(codecs.BOM_UTF8):
        # The mark belongs to UTF-8, whatever was pasted after it.
        mark = len(codecs.BOM_UTF8)
        after = stretches_of(content[mark:], "utf-8")
        moved = (replace(one, start=one.start + mark, end=one.end + mark) for one in after)
        first, *others = (Stretch(0, mark, "utf-8"), *moved)
        if others and others[0].encoding == "utf-8":
            return (Stretch(0, others[0].end, "utf-8"), *others[1:])
        return (first, *others)
    return stretches_of(content, guessed.encoding)


def _decoded(content: bytes, stretches: tuple[Stretch, ...], guessed: Guess) -> Decoded:
    """The text of all stretches, and what is needed to get the bytes back."""
    texts = tuple(
        text_of(content[one.start : one.end], one.encoding, is_shifted=one.is_shifted)
        for one in stretches
    )
    text = "".join(part.value for part in texts)
    placed: list[EncodedStretch] = []
    originals: list[OriginalBytes] = []
    position = 0
    for one, part in zip(stretches, texts, strict=True):
        end = position + len(part.value)
        if placed and placed[-1].encoding == one.encoding:
            placed[-1] = replace(placed[-1], end=end)
        else:
            placed.append(EncodedStretch(position, end, one.encoding))
        source = content[one.start : one.end]
        originals.extend(originals_of(source, part, one.encoding, position))
        position = end
    main = _main(stretches) or guessed.encoding
    return Decoded(
        text,
        main,
        guessed.confidence,
        has_faults=any(not part.is_sound for part in texts)
        and BROKEN_BYTES.search(text) is not None,
        stretches=tuple(placed) if len(placed) > 1 else (),
        originals=tuple(originals),
    )


def _main(stretches: tuple[Stretch, ...]) -> str:
    """The encoding of most bytes."""
    sizes: dict[str, int] = {}
    for one in stretches:
        sizes[one.encoding] = sizes.get(one.encoding, 0) + one.end - one.start
    return max(sizes, key=sizes.__getitem__, default="")


# --- and back -----------------------------------------------------------------------------


def encode(
    text: str,
    encoding: str,
    *,
    stretches: tuple[EncodedStretch, ...] = (),
    originals: tuple[OriginalBytes, ...] = (),
) -> bytes:
    """The bytes that `text` was decoded from; the inverse of `decode`."""
    decoded = Decoded(text, encoding, 1.0, stretches=stretches, originals=originals)
    return b"".join(content for *_, content in _pieces(decoded))


def faults(decoded: Decoded) -> Iterator[Fault]:
    """Every run of broken bytes, in order."""
    if not decoded.has_faults:
        return
    byte_offset = 0
    for start, end, encoding, content in _pieces(decoded):
        at = 0
        for broken in BROKEN_BYTES.finditer(decoded.text, start, end):
            lost = encoded(broken[0], encoding) or b""
            if content.startswith(lost, at):
                yield Fault(broken.start(), byte_offset + at, lost, encoding)
                at += len(lost)
                continue
            # Only in an original do broken bytes stand among others, such as escapes of HZ.
            for index, byte in enumerate(lost):
                at = content.find(byte, at)
                yield Fault(
                    broken.start() + index, byte_offset + at, lost[index : index + 1], encoding
                )
                at += 1
        byte_offset += len(content)


def _pieces(decoded: Decoded) -> Iterator[tuple[int, int, str, bytes]]:
    """The file's bytes in pieces: `[start, end)` of the text, its encoding, its bytes.

    Broken bytes make pieces of their own, unless they stand in the middle of an original.
    """
    text = decoded.text
    stretches = decoded.stretches or (EncodedStretch(0, len(text), decoded.encoding),)
    originals = chain(decoded.originals, (OriginalBytes(len(text), len(text), b""),))
    original = next(originals)
    for stretch in stretches:
        position = stretch.start
        while original.end <= stretch.end and original.content:
            yield from _plain_pieces(text, position, original.start, stretch.encoding)
            yield original.start, original.end, stretch.encoding, original.content
            position = original.end
            original = next(originals)
        yield from _plain_pieces(text, position, stretch.end, stretch.encoding)


def _plain_pieces(
    text: str, start: int, end: int, encoding: str
) -> Iterator[tuple[int, int, str, bytes]]:
    while start < end:
        broken = BROKEN_BYTES.search(text, start, end)
        stop = broken.start() if broken else end
        if stop > start:
            yield start, stop, encoding, bytes_of(text[start:stop], encoding)
        if broken:
            yield stop, broken.end(), encoding, encoded(broken[0], encoding) or b""
            stop = broken.end()
        start = stop


# --- what is no text ----------------------------------------------------------------------


def _is_binary(content: bytes) -> bool:
    """Whether so many bytes are control characters that no person wrote this.

    No byte below 0x20 is part of a longer character outside UTF-16.
    """
    controls = len(content) - len(content.translate(None, _CONTROL_BYTES))
    return controls > max(4, len(content) * MAX_CONTROL_SHARE)


def _has_many_controls(text: str) -> bool:
    controls = sum(text.count(chr(code)) for code in _CONTROLS)
    return controls > max(4, len(text) * MAX_CONTROL_SHARE)
