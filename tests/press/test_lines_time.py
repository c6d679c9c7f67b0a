"""However long a paragraph is, and whatever it is made of, a line of it costs the same."""

import time

import pytest

from builder.press.face import Faces
from builder.press.lines import LineBreaker
from builder.press.marks import Laws
from builder.press.paint import show_line
from tests.press.sheets import pen_of
from tests.press.square import Grid

LONG = 50_000
SECONDS = 2.0  # of process time; all of them take a tenth of that on a calm machine


@pytest.mark.parametrize(
    "text",
    [
        "a" * 2 * LONG,
        "1./" * (LONG // 3),
        "https://example.org/" + "x/" * (LONG // 2),
        "a-" * (LONG // 2),
        "a." * (LONG // 2),
        "夜" + "\N{COMBINING ACUTE ACCENT}" * LONG,
        "a" + "\N{VARIATION SELECTOR-1}" * LONG,
        "（" * LONG,
        "）" * LONG,
        "“" * LONG,
        "‘a" * (LONG // 2),
        "—" * LONG,
        "…" * LONG,
        "夜—" * (LONG // 2),
        "！" * LONG,
        " " * LONG,
        "夜" + " " * LONG + "雨",
        "\N{ZERO WIDTH SPACE}" * LONG,
        "\n" * LONG,
        "夜" * LONG,
        '"' * LONG,
        "𠀀" * LONG,
    ],
    ids=lambda text: f"{ord(text[0]):04X}-{ord(text[-1]):04X}-{len(text)}",
)
def test_a_long_paragraph_takes_no_longer_for_a_line(faces: Faces, text: str) -> None:
    copy = Grid().copy(text, 28)
    breaker = LineBreaker(faces, Laws())
    started = time.process_time()
    lines = breaker.break_lines(copy)
    assert time.process_time() - started < SECONDS
    assert lines[-1].end == len(text)
    pen, _ = pen_of()
    started = time.process_time()
    for line in lines:
        show_line(copy, line, faces, pen, 0.0, 0.0)
    assert time.process_time() - started < 2 * SECONDS
