"""What is no text is told so at once, and what is half text costs no more than its length."""

import random

import pytest

from builder.read import mixtures
from builder.read.alignment import realigned
from builder.read.encodings import decode

LEADS = range(0x81, 0xFF)
TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))
SENTENCE = "雨还在下，没有人说话。他把灯吹灭，屋里只剩下水声。"


def nonsense(lines: int) -> bytes:
    """Valid GB18030 that nobody wrote: any characters, in any order."""
    chance = random.Random(10)
    pairs = [bytes((lead, trail)) for lead in LEADS for trail in TRAILS]
    return b"\n".join(b"".join(chance.choices(pairs, k=100)) for _ in range(lines))


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many bytes of each line were read as if one were lost."""
    sizes: list[int] = []

    def counting(content: bytes, encoding: str) -> str:
        sizes.append(len(content))
        return realigned(content, encoding)

    monkeypatch.setattr(mixtures, "realigned", counting)
    return sizes


def test_a_large_file_of_nonsense_is_no_text_before_any_line_is_looked_at(
    looked_at: list[int],
) -> None:
    assert decode(nonsense(1_000)) is None
    assert looked_at == []


def test_among_nonsense_no_lost_bytes_are_looked_for_for_long(looked_at: list[int]) -> None:
    page = f"{SENTENCE}\n".encode("gb18030") * 20
    content = b"\n".join(page + nonsense(4) for _ in range(400))
    decoded = decode(content)
    assert decoded is not None
    assert decoded.text.count(SENTENCE) == 400 * 20
    assert 0 < sum(looked_at) <= mixtures.PATIENCE_BYTES


def test_lost_bytes_are_found_wherever_they_are(looked_at: list[int]) -> None:
    page = f"{SENTENCE}\n".encode("gb18030") * 100
    hurt = SENTENCE.encode("gb18030")
    hurt = hurt[:2] + hurt[3:] + b"\n"
    decoded = decode(b"".join(page + hurt * 20 for _ in range(20)))
    assert decoded is not None
    assert decoded.text.count(SENTENCE[4:]) == 20 * 120
    assert looked_at
