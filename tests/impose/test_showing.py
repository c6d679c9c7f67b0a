"""How to fold is shown from the plan of the sheets: as a picture, and in the terminal."""

import io
from collections.abc import Iterator, Sequence
from functools import cache

import pytest
from PIL import Image

from builder.impose.folding import folded_sheet, folding_steps
from builder.impose.picture import folding_picture, is_folding_picture
from builder.impose.plan import Plan, plan_sheets
from builder.impose.sketch import sketch

PLANS = {
    "booklet": plan_sheets(40),
    "one sheet": plan_sheets(3),
    "right": plan_sheets(40, bound="right"),
    "signatures": plan_sheets(400, binding="sewn", signature=16),
    "octavo": plan_sheets(100, binding="sewn", folds=3, signature=32, bound="right"),
    "16mo": plan_sheets(64, binding="perfect", folds=4, signature=32),
    "stack": plan_sheets(50, binding="stack"),
    "four piles": plan_sheets(5, binding="stack", folds=2, bound="right"),
}


@cache
def picture_of(name: str) -> bytes:
    return folding_picture(PLANS[name], 148 / 210)


@pytest.mark.parametrize("name", PLANS)
def test_every_plan_has_a_picture_of_its_own(name: str) -> None:
    content = picture_of(name)
    assert is_folding_picture(content)
    assert content == folding_picture(PLANS[name], 148 / 210)
    with Image.open(io.BytesIO(content)) as image:
        assert image.width == 1400
        colours = image.convert("RGB").getcolors(image.width * image.height) or []
    reds = sum(count for count, (red, green, blue) in rgb(colours) if red > 150 > green + blue)
    whites = sum(count for count, colour in rgb(colours) if min(colour) > 250)
    assert 100 < reds < whites
    assert content not in {picture_of(other) for other in PLANS if other != name}


def rgb(colours: Sequence[object]) -> Iterator[tuple[int, tuple[int, int, int]]]:
    for entry in colours:
        match entry:
            case (int(count), (int(red), int(green), int(blue))):
                yield count, (red, green, blue)


def test_a_picture_of_somebody_elses_is_told_apart() -> None:
    stream = io.BytesIO()
    Image.new("RGB", (9, 9)).save(stream, "PNG")
    assert not is_folding_picture(stream.getvalue())
    assert not is_folding_picture(b"mine")


@pytest.mark.parametrize("is_right_bound", [False, True])
@pytest.mark.parametrize("folds", [1, 2, 3, 4])
def test_after_the_last_fold_the_first_page_lies_on_top(folds: int, is_right_bound: bool) -> None:
    steps = folding_steps(folds, is_right_bound=is_right_bound)
    first = folded_sheet(folds, is_right_bound=is_right_bound)[0]
    assert [step.fold is None for step in steps] == [False] * folds + [True]
    assert steps[-1].top == ((first,),)
    assert steps[-1].turned == ((False,),)
    flat = steps[0]
    assert {spot.side for row in flat.top for spot in row} == {"back"}
    seen = [(s.row, s.column, s.is_turned) for row in flat.top for s in row]
    turned = [is_turned for row in flat.turned for is_turned in row]
    assert seen == sorted(seen)
    assert turned == [is_turned for _, _, is_turned in seen]


SKETCHES = {
    "booklet": """\
     front          back
  ┌────┬────┐    ┌────┬────┐
  │ 40 ┆ 1  │    │ 2  ┆ 39 │
  └────┴────┘    └────┴────┘""",
    "right": """\
     front          back
  ┌────┬────┐    ┌────┬────┐
  │ 1  ┆ 40 │    │ 39 ┆ 2  │
  └────┴────┘    └────┴────┘""",
    "one sheet": """\
    front        back
  ┌───┬───┐    ┌───┬───┐
  │   ┆ 1 │    │ 2 ┆ 3 │
  └───┴───┘    └───┴───┘""",
    "four piles": """\
    front        back
  ┌───┬───┐    ┌───┬───┐
  │ 3 ┆ 1 │    │ 2 ┆ 4 │
  ├┄┄┄┼┄┄┄┤    ├┄┄┄┼┄┄┄┤
  │   ┆ 5 │    │   ┆   │
  └───┴───┘    └───┴───┘""",
}


@pytest.mark.parametrize("name", SKETCHES)
def test_the_terminal_shows_the_outermost_sheet(name: str) -> None:
    assert drawn(PLANS[name]) == SKETCHES[name]


def test_a_page_on_its_head_is_marked_so() -> None:
    lines = drawn(plan_sheets(8, folds=2)).splitlines()
    assert lines[2] == "  │ ↓5 ┆ ↓4 │    │ ↓3 ┆ ↓6 │"
    assert lines[4] == "  │ 8  ┆ 1  │    │ 2  ┆ 7  │"


def drawn(plan: Plan) -> str:
    return "\n".join(f"  {line}" for line in sketch(plan, front="front", back="back"))
