"""What a picture may cost, told from its bytes before anything decodes them, and what a decoder raises
at one that is broken.

Sizes are the decoder's word, once it has read the header. What no header says is looked for here:
hundreds of scans over the same pixels, millions of empty parts, megabytes of filling. A sound
picture of a camera, a scanner or a drawing program has nothing of it. What is packed into the
metadata of a PNG, and tags that all claim the same megabytes, Pillow refuses by itself.
Sources: ITU-T T.81, annex B (JPEG); PNG, 5.3; GIF89a, appendix B.
"""

import re
import struct
import zlib

# Pillow lets out whatever its formats trip over: an index behind the end, a tag of another type.
# Its DecompressionBombError is none of these, and stands beside them where Pillow is at hand.
UNREADABLE = (
    ArithmeticError, AttributeError, EOFError, LookupError, OSError, RuntimeError, SyntaxError,
    TypeError, ValueError, struct.error, zlib.error,
)  # fmt: skip

# A3 at 600 dpi has 70 million. A decoder takes four bytes for each, and as many to make it smaller.
MAX_PIXELS = 89_000_000
# WebP and AVIF take up to sixteen bytes.
MAX_DENSE_PIXELS = 40_000_000
# The longest side that JPEG and GIF can have; Pillow keeps an address for every row.
MAX_SIDE_PX = 65_535
# A progressive JPEG has ten scans, one made to be small thirty. Each goes over all the pixels.
MAX_SCANS = 100
MAX_SCANNED_PIXELS = 3_000_000_000
# Segments of a JPEG, chunks of a PNG, blocks of a GIF, which have 255 bytes each.
MAX_PARTS = 300_000
MAX_FILL_BYTES = 65_536

_DENSE = frozenset({"WEBP", "AVIF"})
_JPEG, _PNG, _GIF = b"\xff\xd8", b"\x89PNG\r\n\x1a\n", (b"GIF87a", b"GIF89a")
_SCAN, _END = 0xDA, 0xD9
# What ends the data of a scan: any marker but a stuffed zero, a restart and filling.
# Example: FF D9. Counter-examples: FF 00, FF D0, FF FF.
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
# Frames say how large a JPEG is. DHT, JPG and DAC lie between them.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def is_of_size(width: int, height: int, form: str) -> bool:
    """Whether a picture of the form that Pillow names, in pixels, is no larger than a book needs."""
    most = MAX_DENSE_PIXELS if form in _DENSE else MAX_PIXELS
    return max(width, height) <= MAX_SIDE_PX and width * height <= most


def is_tame(content: bytes) -> bool:
    """Whether decoding takes no more than the picture's size says. Broken ones may be tame."""
    try:
        if content.startswith(_JPEG):
            return _is_tame_jpeg(content)
        if content.startswith(_PNG):
            return _is_tame_png(content)
        return not content.startswith(_GIF) or _is_tame_gif(content)
    except IndexError:
        # It ends in the middle, which its decoder will find.
        return True


def _is_tame_jpeg(content: bytes) -> bool:
    """Whether there are few segments and scans. Raises IndexError when it has no end."""
    at, scans, pixels = len(_JPEG), 0, 0
    for _ in range(MAX_PARTS):
        start = at
        while content[at] == 0xFF:
            at += 1
            if at - start > MAX_FILL_BYTES:
                return False
        marker = content[at]
        if at == start:
            # Decoders pass over what is no marker.
            at = _next_marker(content, at)
            continue
        if marker == _END:
            return True
        end = at + 1 + int.from_bytes(content[at + 1 : at + 3])
        if marker in _FRAMES:
            height, width = content[at + 4 : at + 6], content[at + 6 : at + 8]
            pixels = int.from_bytes(height) * int.from_bytes(width)
        at = end
        if marker == _SCAN:
            scans += 1
            at = _next_marker(content, end)
        if scans > MAX_SCANS or scans * pixels > MAX_SCANNED_PIXELS:
            return False
    return False


def _next_marker(content: bytes, at: int) -> int:
    found = _MARKER.search(content, at)
    return found.start() if found else len(content)


def _is_tame_png(content: bytes) -> bool:
    at = len(_PNG)
    for _ in range(MAX_PARTS):
        if at >= len(content):
            return True
        at += 12 + int.from_bytes(content[at : at + 4])
    return False


def _is_tame_gif(content: bytes) -> bool:
    """Whether there are few blocks. Raises IndexError when it has no end."""
    at = 13 + _colours(content[10])
    parts = 0
    while parts < MAX_PARTS:
        match content[at]:
            case 0x2C:  # an image
                at += 10 + _colours(content[at + 9]) + 1
            case 0x21:  # an extension
                at += 2
            case _:
                return True
        parts += 1
        while (size := content[at]) and parts < MAX_PARTS:
            at += 1 + size
            parts += 1
        at += 1
    return False


def _colours(flags: int) -> int:
    """The bytes of a table of colours."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0
