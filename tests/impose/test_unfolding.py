"""Books are printed, folded, nested, gathered and read: every page is where a reader expects it."""

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import pymupdf
import pytest

from builder.impose import SHEETS, Imposed, Paper, Wishes, impose
from builder.impose.folding import MAX_FOLDS
from builder.impose.plan import Binding, Blanks, Edge, Plan, plan_sheets
from tests.impose.bindery import Ink as PlannedInk
from tests.impose.bindery import (
    Layer,
    Packet,
    duplex_sheets,
    folded,
    leafed_through,
    nested,
    piles,
    sheets_by_hand,
)
from tests.impose.books import A5, MM, NUMBER_AT, page_text, write_book

COUNTS = (1, 4, 5, 8, 15, 16, 17, 32, 33, 63, 64, 100, 127, 128)
BOUND: tuple[Edge, ...] = ("left", "right")
# Binding, folds and pages in a signature.
SCHEMES: tuple[tuple[Binding, int, int], ...] = (
    ("saddle", 1, 0),
    ("saddle", 2, 0),
    ("saddle", 3, 0),
    ("sewn", 1, 4),
    ("sewn", 1, 8),
    ("sewn", 1, 16),
    ("sewn", 1, 32),
    ("sewn", 2, 8),
    ("sewn", 2, 16),
    ("sewn", 3, 16),
    ("sewn", 3, 32),
    ("sewn", 4, 32),
    ("perfect", 1, 16),
    ("perfect", 2, 8),
    ("perfect", 3, 16),
    ("stack", 1, 0),
    ("stack", 2, 0),
    ("stack", 3, 0),
)


def bound_book(sheets: Sequence[Layer], plan: Plan) -> Packet:
    """The leaves of a book that a bindery makes of printed sheets."""
    is_right_bound = plan.bound == "right"
    if plan.binding == "stack":
        return piles(sheets, plan.folds, is_right_bound=is_right_bound)
    packets = [folded(sheet, plan.folds, is_right_bound=is_right_bound) for sheet in sheets]
    rest = iter(packets)
    signatures = [nested(tuple(islice(rest, size))) for size in plan.signatures]
    assert not list(rest)
    return tuple(leaf for signature in signatures for leaf in signature)


def assert_reads(leaves: Packet, plan: Plan, expected: Sequence[str | None]) -> None:
    pages = list(leafed_through(leaves, is_right_bound=plan.bound == "right"))
    assert [page.words for page in pages] == [(text,) if text else () for text in expected]
    assert all(page.is_upright for page in pages)


def in_order(count: int, plan: Plan, blanks: Blanks = "end") -> list[str | None]:
    texts: list[str | None] = [page_text(number + 1) for number in range(count)]
    at = count if blanks == "end" else count - 1
    return [*texts[:at], *[None] * plan.blank_count, *texts[at:]]


def planned_sheets(plan: Plan) -> list[Layer]:
    """Sheets as they would be printed, from the plan alone: one unit a cell."""
    sheets = []
    for sheet in plan.sheets:
        inks = []
        for place in (*sheet.front, *sheet.back):
            if place.page is None:
                continue
            spot = place.spot
            x, y = spot.column + 0.5, plan.rows - spot.row - 0.5
            way = -1.0 if spot.is_turned else 1.0
            is_front = spot.side == "front"
            if not is_front:
                x, way = plan.columns - x, -way
            inks.append(PlannedInk(page_text(place.page + 1), x, y, (way, 0.0), is_front))
        sheets.append(Layer(0, 0, plan.columns, plan.rows, tuple(inks)))
    return sheets


@pytest.mark.parametrize("bound", BOUND)
@pytest.mark.parametrize(("binding", "folds", "signature"), SCHEMES)
def test_every_book_up_to_128_pages_can_be_read_when_it_is_bound(
    binding: Binding, folds: int, signature: int, bound: Edge
) -> None:
    for count in range(1, 129):
        plan = plan_sheets(count, binding=binding, bound=bound, folds=folds, signature=signature)
        assert_reads(bound_book(planned_sheets(plan), plan), plan, in_order(count, plan))
        assert plan.blank_count < 2 ** (folds + 1)
        if signature:
            assert max(plan.signatures) * 2 ** (folds + 1) <= signature


def sheet_for(folds: int) -> Paper:
    return {1: SHEETS["A4"], 2: SHEETS["SRA3"], 3: SHEETS["SRA2"], 4: SHEETS["SRA1"]}[folds]


def written(imposed: Imposed, folder: Path) -> dict[str, Path]:
    files: dict[str, Path] = {}
    for part in imposed.parts:
        files[part] = folder / f"{part}.pdf"
        with files[part].open("wb") as stream:
            imposed.write(part, stream)
    return files


@pytest.mark.parametrize("bound", BOUND)
@pytest.mark.parametrize(("binding", "folds", "signature"), SCHEMES)
def test_a_printed_book_can_be_read_when_it_is_bound(
    binding: Binding, folds: int, signature: int, bound: Edge, tmp_path: Path
) -> None:
    for count in COUNTS:
        book = write_book(tmp_path / "book.pdf", count, is_right_bound=bound == "right")
        wishes = Wishes(binding=binding, folds=folds, signature=signature, sheet=sheet_for(folds))
        with impose(book, wishes) as imposed:
            files = written(imposed, tmp_path)
        plan = imposed.plan
        assert plan.bound == bound
        leaves = bound_book(duplex_sheets(files["all"], imposed.flip), plan)
        assert_reads(leaves, plan, in_order(count, plan))
        with pymupdf.open(files["all"]) as pdf:
            words = sorted("".join(page.get_text() for page in pdf).split())
        assert words == sorted(page_text(number + 1) for number in range(count))


@pytest.mark.parametrize("bound", BOUND)
@pytest.mark.parametrize("flip", ["short", "long"])
@pytest.mark.parametrize("folds", range(1, MAX_FOLDS + 1))
def test_a_printer_may_turn_sheets_over_either_edge(
    flip: str, folds: int, bound: Edge, tmp_path: Path
) -> None:
    book = write_book(tmp_path / "book.pdf", 32)
    assert flip in {"short", "long"}
    wishes = Wishes(
        binding="sewn", folds=folds, signature=32, bound=bound, sheet=sheet_for(folds),
        flip="short" if flip == "short" else "long",
    )  # fmt: skip
    with impose(book, wishes) as imposed:
        files = written(imposed, tmp_path)
    assert imposed.flip == flip
    leaves = bound_book(duplex_sheets(files["all"], flip), imposed.plan)
    assert_reads(leaves, imposed.plan, in_order(32, imposed.plan))


@pytest.mark.parametrize("bound", BOUND)
@pytest.mark.parametrize("flip", ["short", "long"])
@pytest.mark.parametrize("is_turned", [False, True])
@pytest.mark.parametrize(
    ("binding", "folds"), [("saddle", 1), ("sewn", 1), ("sewn", 2), ("stack", 1)]
)
def test_fronts_and_then_backs_make_the_same_book(
    binding: Binding, folds: int, is_turned: bool, flip: str, bound: Edge, tmp_path: Path
) -> None:
    book = write_book(tmp_path / "book.pdf", 42)
    wishes = Wishes(
        binding=binding, folds=folds, bound=bound, is_by_hand=True,
        pile="turned" if is_turned else "as-is", flip="short" if flip == "short" else "long",
    )  # fmt: skip
    with impose(book, wishes) as imposed:
        files = written(imposed, tmp_path)
    assert set(files) == {"fronts", "backs"}
    sheets = sheets_by_hand(files["fronts"], files["backs"], flip, is_turned=is_turned)
    assert_reads(bound_book(sheets, imposed.plan), imposed.plan, in_order(42, imposed.plan))


def test_a_pile_that_goes_back_the_other_way_is_not_the_book(tmp_path: Path) -> None:
    book = write_book(tmp_path / "book.pdf", 42)
    with impose(book, Wishes(is_by_hand=True, pile="turned")) as imposed:
        files = written(imposed, tmp_path)
    sheets = sheets_by_hand(files["fronts"], files["backs"], imposed.flip, is_turned=False)
    with pytest.raises(AssertionError):
        assert_reads(bound_book(sheets, imposed.plan), imposed.plan, in_order(42, imposed.plan))


@pytest.mark.parametrize("binding", ["saddle", "sewn", "perfect", "stack"])
def test_a_back_cover_stays_last_when_blanks_go_before_it(binding: Binding, tmp_path: Path) -> None:
    book = write_book(tmp_path / "book.pdf", 21)
    with impose(book, Wishes(binding=binding, blanks="before-last")) as imposed:
        files = written(imposed, tmp_path)
    plan = imposed.plan
    leaves = bound_book(duplex_sheets(files["all"], imposed.flip), plan)
    assert_reads(leaves, plan, in_order(21, plan, "before-last"))
    assert in_order(21, plan, "before-last")[-1] == "page21"


def distances(path: Path, plan: Plan, flip: str) -> list[float]:
    leaves = bound_book(duplex_sheets(path, flip), plan)
    pages = leafed_through(leaves, is_right_bound=plan.bound == "right")
    return [page.from_spine for page in pages]


@pytest.mark.parametrize("bound", BOUND)
def test_pages_lie_at_the_spine_at_their_own_size_and_inner_ones_make_up_for_creep(
    bound: Edge, tmp_path: Path
) -> None:
    book = write_book(tmp_path / "book.pdf", 40)
    leaf = 0.2
    with impose(book, Wishes(bound=bound, leaf_mm=leaf)) as imposed:
        files = written(imposed, tmp_path)
    assert imposed.ground.scale == 1.0
    found = distances(files["all"], imposed.plan, imposed.flip)
    for at, from_spine in enumerate(found):
        depth = min(at // 2, 19 - at // 2)
        # A leaf's first side has its number from its spine, the other from its fore-edge.
        is_at_left = (at % 2 == 0) == (bound == "left")
        along = NUMBER_AT[0] if is_at_left else A5[0] - NUMBER_AT[0]
        assert from_spine == pytest.approx(along - depth * leaf * MM, abs=0.01)


def test_creep_starts_anew_in_every_signature_and_paper_without_thickness_has_none(
    tmp_path: Path,
) -> None:
    book = write_book(tmp_path / "book.pdf", 32)
    for leaf, depths in ((0.1, [0, 1, 2, 3, 3, 2, 1, 0] * 2), (0.0, [0] * 16)):
        with impose(book, Wishes(binding="sewn", leaf_mm=leaf)) as imposed:
            files = written(imposed, tmp_path)
        found = distances(files["all"], imposed.plan, imposed.flip)[::2]
        wanted = [NUMBER_AT[0] - depth * leaf * MM for depth in depths]
        assert found == pytest.approx(wanted, abs=0.01)


def test_a_milled_spine_leaves_the_page_whole(tmp_path: Path) -> None:
    book = write_book(tmp_path / "book.pdf", 32, size=(125 * MM, 176 * MM))
    with impose(book, Wishes(binding="perfect", leaf_mm=0, mill_mm=4)) as imposed:
        files = written(imposed, tmp_path)
    assert imposed.ground.scale == 1.0
    found = distances(files["all"], imposed.plan, imposed.flip)
    assert found[0] == pytest.approx(NUMBER_AT[0] + 4 * MM, abs=0.01)
    assert found[1] == pytest.approx((125 + 4) * MM - NUMBER_AT[0], abs=0.01)
