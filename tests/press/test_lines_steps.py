"""However long a paragraph is, and whatever it is made of, a line of it takes as many steps."""

import pytest

from builder.press import careful, paint
from builder.press.face import Faces
from builder.press.lines import LineBreaker
from builder.press.marks import Laws, narrow_in
from builder.press.paint import show_line, show_lines
from tests.press.sheets import pen_of
from tests.press.square import Grid
from tests.press.steps import Steps

SHORT, TIMES = 800, 6
# A long paragraph takes more steps for a character than a short one, up to this many times.
# If each line looked at the whole paragraph, it were nearly `TIMES`.
MOST = 1.5
TEXTS = [
    "a",
    "1./",
    "x/",
    "a-",
    "a.",
    "夜",
    "夜\N{COMBINING ACUTE ACCENT}",
    "a\N{VARIATION SELECTOR-1}",
    "（",
    "）",
    "“",
    "‘a",
    "—",
    "…",
    "夜—",
    "夜——",
    "！",
    "：“",
    " ",
    "\N{ZERO WIDTH SPACE}",
    "\n",
    '"',
    "𠀀",
    "夜里江上的雨，下到天明：“没有人来。”",
    "他说Alice写了300页的书，e-mail也写——",
]
# What is at the start stands there once: one character, and then nothing but the others.
OPENED = [
    ("https://example.org/", "x/"),
    ("夜", "\N{COMBINING ACUTE ACCENT}"),
    ("a", "\N{VARIATION SELECTOR-1}"),
    ("夜", " "),
]


def steps_of(steps: Steps, faces: Faces, text: str) -> int:
    """The steps of breaking a paragraph and of showing its lines, one by one and together."""
    counted, breaker, pen = steps.text(text), LineBreaker(faces, Laws()), pen_of()[0]
    copy = Grid().copy(counted, 28)
    narrow_in.cache_clear()

    def work() -> None:
        lines = breaker.break_lines(copy)
        assert lines[-1].end == len(text)
        for line in lines:
            show_line(copy, line, faces, pen, 0.0, 0.0)
        show_lines(copy, lines, faces, pen, (0.0, 0.0), 18.0)

    return steps.of(work)


def growth(faces: Faces, opening: str, text: str, monkeypatch: pytest.MonkeyPatch) -> float:
    """How many times the steps of a short paragraph a long one takes for a character."""
    steps = Steps()
    steps.watch(monkeypatch)
    short, long = (opening + text * (SHORT * times // len(text)) for times in (1, TIMES))
    steps_of(steps, faces, short)  # whatever is asked of a face once
    return steps_of(steps, faces, long) / steps_of(steps, faces, short) / (len(long) / len(short))


@pytest.mark.parametrize(
    ("opening", "text"),
    [*(("", text) for text in TEXTS), *OPENED],
    ids=lambda text: "-".join(f"{ord(one):04X}" for one in text[:3]),
)
def test_a_long_paragraph_takes_no_more_steps_for_a_line(
    faces: Faces, opening: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert growth(faces, opening, text, monkeypatch) < MOST


def test_lines_that_look_at_all_of_their_paragraph_are_found(
    faces: Faces, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = paint._codes_of

    def slow(copy, line, worn):  # type: ignore[no-untyped-def]  # stands for what it calls
        "never" in copy.text  # noqa: B015  (looked for, and in vain)
        return known(copy, line, worn)

    monkeypatch.setattr(paint, "_codes_of", slow)
    assert growth(faces, "", "夜——", monkeypatch) > MOST


def test_a_pattern_that_reads_all_of_a_paragraph_for_a_line_is_found(
    faces: Faces, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = careful._composed

    def slow(text, line):  # type: ignore[no-untyped-def]  # stands for what it calls
        careful._MARKED.finditer(text)
        return known(text, line)

    monkeypatch.setattr(careful, "_composed", slow)
    assert growth(faces, "", "e\N{COMBINING ACUTE ACCENT}夜里江上的雨", monkeypatch) > MOST
