"""The charset of a CFF table, rewritten; what the bytes mean is in Adobe Technical Note 5176."""

import pytest

from builder.press.cff import with_charset

ROS = bytes([28, 1, 135, 28, 1, 136, 139, 12, 30])  # two strings and 0, then ROS
REAL = bytes([30, 0xE2, 0xA2, 0x5F, 12, 8])  # -2.25, then StrokeWidth
TWO_BYTES = bytes([250, 124, 251, 0, 5])  # 1000 and -108, then FontBBox
CHARSET = bytes([29, 0, 0, 0, 9, 15])


def index(*entries: bytes) -> bytes:
    offsets = [1]
    for entry in entries:
        offsets.append(offsets[-1] + len(entry))
    return len(entries).to_bytes(2, "big") + (
        b"\x01" + bytes(offsets) + b"".join(entries) if entries else b""
    )


def table(top: bytes) -> bytes:
    return bytes([1, 0, 4, 1]) + index(b"Song") + index(top) + index()


def test_the_charset_moves_to_the_end_and_nothing_else_changes() -> None:
    before = table(ROS + REAL + TWO_BYTES + CHARSET)
    after = with_charset(before, [17, 18, 300])
    assert after[len(before) :] == bytes([0, 0, 17, 0, 18, 1, 44])
    at = before.index(CHARSET)
    assert after[at : at + 6] == bytes([29]) + len(before).to_bytes(4, "big") + bytes([15])
    assert (after[:at], after[at + 6 : len(before)]) == (before[:at], before[at + 6 :])


@pytest.mark.parametrize(
    "real", [b"\x1e\x2f", b"\x1e\xe2\xa2\x5f", b"\x1e\x0a\x14\x05\x41\xc3\xff"]
)
def test_numbers_of_any_length_are_stepped_over(real: bytes) -> None:
    assert with_charset(table(ROS + real + bytes([12, 8]) + CHARSET), [1])


def test_a_font_without_cids_is_left_alone() -> None:
    assert with_charset(table(REAL + CHARSET), [1]) == b""


def test_an_offset_without_room_is_an_error() -> None:
    with pytest.raises(ValueError, match="no room"):
        with_charset(table(ROS + bytes([139, 15])), [1])
