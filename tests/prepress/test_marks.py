"""Boxes of pages, and marks outside of them."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.prepress import NO_BLEED, Mark, boxes_of, clip_content, marks_content

MM = 72 / 25.4
BOTH: tuple[Mark, ...] = ("crop", "registration")
SIDE = st.floats(0, 72)


def points(content: bytes) -> list[tuple[float, float]]:
    """All points that paths go through."""
    found = []
    for line in re.findall(r"([-\d. ]+) (?:m|l|c)\b", content.decode()):
        numbers = list(map(float, line.split()))
        found += list(zip(numbers[::2], numbers[1::2], strict=True))
    return found


def test_a_page_without_bleed_and_marks_ends_where_it_is_cut() -> None:
    boxes = boxes_of(419.53, 595.28)
    assert {boxes.media, boxes.bleed, boxes.trim} == {(0, 0, 419.53, 595.28)}
    assert boxes.entries() == "/MediaBox[0 0 419.53 595.28]"
    assert marks_content(boxes, (), "grey") == b""


def test_bleed_lies_around_the_page_and_marks_around_the_bleed() -> None:
    bleed = 3 * MM
    boxes = boxes_of(400, 600, bleed=(bleed,) * 4, marks=BOTH)
    assert list(boxes.trim) == [0, 0, 400, 600]
    assert boxes.bleed == pytest.approx((-bleed, -bleed, 400 + bleed, 600 + bleed))
    assert boxes.media == pytest.approx((-10 * MM, -10 * MM, 400 + 10 * MM, 600 + 10 * MM))
    assert boxes.entries().startswith("/MediaBox[-28.346 -28.346 428.346 628.346]/BleedBox[-8.504")


def test_a_side_that_is_not_cut_has_no_bleed() -> None:
    boxes = boxes_of(400, 600, bleed=(0, 9, 9, 9))
    assert {boxes.media, boxes.bleed} == {(0, -9, 409, 609)}
    assert clip_content(boxes) == b"q 0 -9 409 618 re W n\n"


@given(st.tuples(SIDE, SIDE, SIDE, SIDE), st.sampled_from([BOTH, BOTH[:1], BOTH[1:]]))
def test_no_mark_reaches_into_the_bleed_or_beyond_the_sheet(
    bleed: tuple[float, float, float, float], marks: tuple[Mark, ...]
) -> None:
    boxes = boxes_of(400, 600, bleed=bleed, marks=marks)
    content = marks_content(boxes, marks, "cmyk")
    left, bottom, right, top = boxes.bleed
    assert points(content)
    for x, y in points(content):
        assert not (left < x < right and bottom < y < top)
        assert boxes.media[0] <= x <= boxes.media[2]
        assert boxes.media[1] <= y <= boxes.media[3]


def test_crop_marks_point_at_the_corners() -> None:
    boxes = boxes_of(400, 600, bleed=(9.0,) * 4, marks=("crop",))
    ends = points(marks_content(boxes, ("crop",), "grey"))
    lines = [pair for at, pair in enumerate(pairwise(ends)) if at % 2 == 0]
    assert len(lines) == 8
    for (x1, y1), (x2, y2) in lines:
        assert (x1 == x2 and x1 in (0, 400)) or (y1 == y2 and y1 in (0, 600))


def test_marks_are_an_artifact_and_in_the_inks_of_the_book() -> None:
    boxes = boxes_of(400, 600, marks=BOTH)
    for ink, crop, registration in (
        ("rgb", b"0 G", b""),
        ("grey", b"0 G", b""),
        ("cmyk", b"0 0 0 1 K", b"/registration CS 1 SCN"),
    ):
        content = marks_content(boxes, BOTH, ink)  # type: ignore[arg-type]  # mypy widens to str
        assert content.startswith(b"/Artifact<</Type/Page>>BDC\nq ")
        assert content.endswith(b"Q\nEMC\n")
        assert crop in content
        assert registration in content
        assert b"rg" not in content
        assert b"RG" not in content


def test_marks_keep_away_from_a_page_without_bleed() -> None:
    boxes = boxes_of(400, 600, bleed=NO_BLEED, marks=("crop",))
    nearest = min(
        max(-x, x - 400, -y, y - 600) for x, y in points(marks_content(boxes, ("crop",), "grey"))
    )
    assert nearest == pytest.approx(3 * MM, abs=0.001)
