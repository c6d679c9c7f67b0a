"""Whether bytes are a font that can show something.

Validators accept any bytes under a font's name; a reader then shows boxes. Looks at the magic
number and whether the tables lie inside the file; every table a font needs must be there, and
HarfBuzz, which many readers shape their text with, must find characters and glyphs in them.
Source: OpenType 1.9.1, “Organization of an OpenType Font”; W3C WOFF 1.0 §3, WOFF 2.0 §4.
"""

import struct

from builder.fonts import has_characters

_SFNT = frozenset({b"\x00\x01\x00\x00", b"OTTO", b"true"})
_NEEDED = frozenset({b"cmap", b"head", b"hhea", b"hmtx", b"maxp", b"name"})
_OFFSET_TABLE = struct.Struct(">4sHHHH")
_TABLE_RECORD = struct.Struct(">4sIII")
# Where a WOFF file of either kind writes its own length.
_WOFF_LENGTH = struct.Struct(">I")
_WOFF_LENGTH_AT = 8


def is_font(content: bytes) -> bool:
    """Whether a reading system has a chance to load `content` as a font."""
    match content[:4]:
        case b"wOFF" | b"wOF2":
            length = content[_WOFF_LENGTH_AT : _WOFF_LENGTH_AT + _WOFF_LENGTH.size]
            return length == _WOFF_LENGTH.pack(len(content))
        case magic if magic in _SFNT:
            return _has_tables(content) and has_characters(content)
        case _:
            return False


def _has_tables(content: bytes) -> bool:
    if len(content) < _OFFSET_TABLE.size:
        return False
    count: int = _OFFSET_TABLE.unpack_from(content)[1]
    end = _OFFSET_TABLE.size + count * _TABLE_RECORD.size
    if len(content) < end:
        return False
    records = list(_TABLE_RECORD.iter_unpack(content[_OFFSET_TABLE.size : end]))
    inside = all(offset + length <= len(content) for _, _, offset, length in records)
    return inside and {tag for tag, *_ in records} >= _NEEDED
