"""The charset of a CID-keyed CFF font: which code (CID) each of its glyphs has.

HarfBuzz keeps the CIDs of the original; a PDF's codes are others. So the charset is written
anew, at the end of the table, and the Top DICT told.
Source: Adobe Technical Note 5176, 4, 5, 9, 13.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_CHARSET = 15
_ROS = 0x0C1E
_ESCAPE = 12
_LAST_OPERATOR = 21
_LONG = 29
_REAL, _SHORT = 30, 28


def with_charset(table: bytes, codes: Sequence[int]) -> bytes:
    """The CFF `table` with these codes for its glyphs from 1 on; empty when it has no CIDs."""
    operators = {found.operator: found for found in _top_dict(table)}
    if _ROS not in operators:
        return b""
    offset = operators[_CHARSET]
    if table[offset.start] != _LONG or offset.end - offset.start != 5:
        raise ValueError("the offset of the charset has no room")
    charset = b"\x00" + b"".join(code.to_bytes(2, "big") for code in codes)
    moved = len(table).to_bytes(4, "big")
    return table[: offset.start + 1] + moved + table[offset.end :] + charset


@dataclass(frozen=True, slots=True)
class _Operator:
    """An operator, and where its operands stand in the table."""

    operator: int
    start: int
    end: int


def _top_dict(table: bytes) -> Iterator[_Operator]:
    _, at = _index(table, table[2])
    bounds, _ = _index(table, at)
    at, end = bounds[0], bounds[1]
    start = at
    while at < end:
        byte = table[at]
        if byte > _LAST_OPERATOR:
            at += _operand_bytes(table, at)
            continue
        length = 2 if byte == _ESCAPE else 1
        yield _Operator(int.from_bytes(table[at : at + length], "big"), start, at)
        at += length
        start = at


def _index(table: bytes, at: int) -> tuple[list[int], int]:
    """Where the entries of an INDEX that has any begin and end, and where it ends."""
    count = int.from_bytes(table[at : at + 2], "big")
    size = table[at + 2]
    first = at + 3
    base = first + (count + 1) * size - 1
    offsets = [
        base + int.from_bytes(table[first + n * size : first + (n + 1) * size], "big")
        for n in range(count + 1)
    ]
    return offsets, offsets[-1]


def _operand_bytes(table: bytes, at: int) -> int:
    byte = table[at]
    if byte == _REAL:
        # Half bytes up to an end mark.
        end = at + 1
        while table[end] & 0x0F != 0x0F and table[end] >> 4 != 0x0F:
            end += 1
        return end + 1 - at
    if byte == _LONG:
        return 5
    if byte == _SHORT:
        return 3
    return 1 if byte < 247 else 2
