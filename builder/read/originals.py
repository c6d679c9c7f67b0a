"""Which bytes a character came from, where encoding it again would give others.

Big5 has a dozen signs twice, HZ may be opened and closed at will, and Windows writes € in GBK
as 0x80. Those places are remembered, so that the decoded text always gives the bytes back.
"""

from collections.abc import Iterator

from builder.core.manuscript import OriginalBytes
from builder.read.alignment import ESCAPE_BASE
from builder.read.codings import BROKEN_BYTES, Text, bytes_of

# These give the same bytes for every text.
_EXACT = frozenset(("utf-8", "utf-16-le", "utf-16-be"))


def originals_of(content: bytes, read: Text, encoding: str, base: int) -> Iterator[OriginalBytes]:
    """The places of a text, read from `content`, that would not come back; counted from `base`."""
    text = read.value
    is_exact = encoding in _EXACT or (encoding == "gb18030" and read.is_sound)
    if is_exact or encoded(text, encoding) == content:
        return
    if len(content.split(b"\n")) != text.count("\n") + 1:
        yield OriginalBytes(base, base + len(text), content)
        return
    position = base
    for line, part in zip(content.split(b"\n"), text.split("\n"), strict=True):
        if encoded(part, encoding) != line:
            yield from _in_line(line, part, encoding, position)
        position += len(part) + 1


def encoded(text: str, encoding: str) -> bytes | None:
    """The bytes of a text with lone surrogates; None when the encoding lacks a character."""
    pieces: list[bytes] = []
    position = 0
    try:
        for broken in BROKEN_BYTES.finditer(text):
            pieces.append(bytes_of(text[position : broken.start()], encoding))
            pieces.append(bytes(ord(character) - ESCAPE_BASE for character in broken[0]))
            position = broken.end()
        pieces.append(bytes_of(text[position:], encoding))
    except UnicodeEncodeError:
        return None
    return b"".join(pieces)


def _in_line(line: bytes, text: str, encoding: str, base: int) -> Iterator[OriginalBytes]:
    """Single characters if the line can be walked so, else the whole line."""
    found: list[OriginalBytes] = []
    at = 0
    for index, character in enumerate(text):
        own = encoded(character, encoding) if encoding != "hz" else None
        if own is not None and line.startswith(own, at):
            at += len(own)
            continue
        length = 1 if line[at : at + 1] == b"\x80" else 2
        found.append(OriginalBytes(base + index, base + index + 1, line[at : at + length]))
        at += length
    if at == len(line) and encoding != "hz":
        yield from found
    else:
        yield OriginalBytes(base, base + len(text), line)
