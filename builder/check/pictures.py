"""What the first bytes of a picture say: its format, its size in pixels, whether it moves.

Sources: PNG (W3C) §5; JPEG, ITU-T T.81 annex B; GIF89a §18, §23; WebP container (RFC 9649).
"""

import struct

_PNG, _GIF, _JPEG = b"\x89PNG\r\n\x1a\n", (b"GIF87a", b"GIF89a"), b"\xff\xd8\xff"
# The markers that begin a frame of a JPEG; C4, C8 and CC are tables.
_JPEG_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
# Markers without a length behind them.
_JPEG_BARE = frozenset({0x01, *range(0xD0, 0xDA)})
_GIF_FRAME, _GIF_EXTENSION = 0x2C, 0x21


def picture_type(content: bytes) -> str:
    """The media type, or "" for bytes that are no picture an EPUB may hold."""
    if content.startswith(_JPEG):
        return "image/jpeg"
    if content.startswith(_PNG):
        return "image/png"
    if content.startswith(_GIF):
        return "image/gif"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return "image/svg+xml" if b"<svg" in content[:2048] else ""


def picture_size(content: bytes) -> tuple[int, int]:
    """Width and height in pixels; (0, 0) for drawings and for what does not say."""
    try:
        if content.startswith(_PNG):
            width, height = struct.unpack_from(">II", content, 16)
        elif content.startswith(_GIF):
            width, height = struct.unpack_from("<HH", content, 6)
        elif content.startswith(_JPEG):
            return _jpeg_size(content)
        else:
            return 0, 0
    except (struct.error, IndexError):
        return 0, 0
    return width, height


def is_animated(content: bytes) -> bool:
    """Whether a GIF has more than one frame."""
    return content.startswith(_GIF) and _gif_frames(content) > 1


def _gif_frames(content: bytes) -> int:
    """How many frames there are, up to where the file ends or makes no sense."""
    frames = 0
    try:
        at = 13 + _color_table(content[10])
        while content[at] in {_GIF_FRAME, _GIF_EXTENSION}:
            if content[at] == _GIF_FRAME:
                frames += 1
                at += 11 + _color_table(content[at + 9])
            else:
                at += 2
            while content[at]:
                at += 1 + content[at]
            at += 1
    except IndexError:
        pass
    return frames


def _color_table(flags: int) -> int:
    """The bytes of the table that a GIF's flags announce."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _jpeg_size(content: bytes) -> tuple[int, int]:
    at = 2
    while content[at] == 0xFF:
        marker = content[at + 1]
        if marker in _JPEG_FRAMES:
            height, width = struct.unpack_from(">HH", content, at + 5)
            return width, height
        if marker == 0xFF:
            at += 1
        elif marker in _JPEG_BARE:
            at += 2
        else:
            at += 2 + max(2, struct.unpack_from(">H", content, at + 2)[0])
    return 0, 0
