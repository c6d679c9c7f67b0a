"""What of a page is seen on its sheet, and where: boxes, turned pages, bleed, sizes, marks.

Judged by the ink: sheets are rendered, and what is black is found.
"""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pikepdf
import pymupdf
import pytest

from builder.impose import SHEETS, Mark, Paper, Wishes, impose
from tests.impose.bindery import duplex_sheets, folded, leafed_through, nested
from tests.impose.books import A5, MM, NUMBER_AT, write_book

A5_SHEET_HALF = 148.5 * MM
DPI = 72


def made(book: Path, wishes: Wishes, out: Path) -> pymupdf.Document:
    with impose(book, wishes) as imposed, out.open("wb") as stream:
        imposed.write("all", stream)
    return pymupdf.open(out)


def numbers(pdf: pymupdf.Document) -> dict[str, tuple[float, float]]:
    """Where the number of each page begins, on whichever side it is; y runs down."""
    return {
        span["text"].strip(): span["origin"]
        for page in pdf.pages()
        for block in page.get_text("dict")["blocks"]
        for line in block["lines"]
        for span in line["spans"]
    }


def is_inked(page: pymupdf.Page, x: float, y: float) -> bool:
    """Whether a point of a sheet, from its upper left corner, is not white."""
    pixels = page.get_pixmap(clip=pymupdf.Rect(x - 1, y - 1, x + 1, y + 1), dpi=4 * DPI)
    return min(pixels.samples) < 250


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize(("bleed", "slug"), [(0, 0), (9, 0), (9, 20)])
def test_a_page_is_seen_upright_and_as_it_will_be_cut(
    turn: int, bleed: float, slug: float, tmp_path: Path
) -> None:
    book = write_book(tmp_path / "book.pdf", 4, turn=turn, bleed=bleed, slug=slug)
    with made(book, Wishes(leaf_mm=0), tmp_path / "out.pdf") as pdf:
        found = numbers(pdf)
    assert found["page1"] == pytest.approx((A5_SHEET_HALF + NUMBER_AT[0], NUMBER_AT[1]), abs=0.05)
    left = A5_SHEET_HALF - A5[0]
    assert found["page4"] == pytest.approx((left + NUMBER_AT[0], NUMBER_AT[1]), abs=0.05)


def test_a_crop_box_is_the_page_when_nothing_else_says_what_is(tmp_path: Path) -> None:
    book = write_book(tmp_path / "book.pdf", 4, slug=30, crop=True)
    with made(book, Wishes(leaf_mm=0), tmp_path / "out.pdf") as pdf:
        found = numbers(pdf)
    assert found["page1"] == pytest.approx((A5_SHEET_HALF + NUMBER_AT[0], NUMBER_AT[1]), abs=0.05)


def test_a_pages_unit_is_respected(tmp_path: Path) -> None:
    book = write_book(tmp_path / "book.pdf", 4, size=(A5[0] / 2, A5[1] / 2))
    with pikepdf.open(book, allow_overwriting_input=True) as source:
        for page in source.pages:
            page.obj.UserUnit = 2
        source.save(book)
    with impose(book, Wishes(leaf_mm=0)) as imposed:
        assert imposed.ground.scale == 1.0
    with made(book, Wishes(leaf_mm=0), tmp_path / "out.pdf") as pdf:
        found = numbers(pdf)
    wanted = (A5_SHEET_HALF + 2 * NUMBER_AT[0], 2 * NUMBER_AT[1])
    assert found["page1"] == pytest.approx(wanted, abs=0.05)


def test_boxes_that_hang_from_the_page_tree_hold(tmp_path: Path) -> None:
    book = write_book(tmp_path / "book.pdf", 4, turn=90)
    with pikepdf.open(book, allow_overwriting_input=True) as source:
        for page in source.pages:
            for key in ("/MediaBox", "/Rotate", "/Resources"):
                source.Root.Pages[key] = page.obj[key]
                del page.obj[key]
        source.save(book)
    with made(book, Wishes(leaf_mm=0), tmp_path / "out.pdf") as pdf:
        assert numbers(pdf)["page1"] == pytest.approx(
            (A5_SHEET_HALF + NUMBER_AT[0], NUMBER_AT[1]), abs=0.05
        )


def test_bleed_reaches_over_the_cut_but_not_over_the_fold_nor_into_the_next_page(
    tmp_path: Path,
) -> None:
    bleed = 3 * MM
    book = write_book(tmp_path / "book.pdf", 4, bleed=bleed, slug=20)
    sheet = SHEETS["SRA3"]
    wishes = Wishes(leaf_mm=0, sheet=sheet)
    with made(book, wishes, tmp_path / "out.pdf") as pdf:
        page = pdf[0]
        fold, top = page.rect.width / 2, (page.rect.height - A5[1]) / 2
        assert is_inked(page, fold + A5[0] + bleed - 1.5, top + 100)
        assert not is_inked(page, fold + A5[0] + bleed + 1.5, top + 100)
        assert is_inked(page, fold + 100, top - bleed + 1.5)
        assert not is_inked(page, fold + 100, top - bleed - 1.5)
    alone = write_book(tmp_path / "alone.pdf", 1, bleed=bleed)
    with made(alone, wishes, tmp_path / "out.pdf") as pdf:
        assert is_inked(pdf[0], fold + 1.5, top + 100)
        assert not is_inked(pdf[0], fold - 1.5, top + 100)


def test_small_pages_keep_their_size_unless_they_are_to_fit(tmp_path: Path) -> None:
    book = write_book(tmp_path / "book.pdf", 8, size=(105 * MM, 148 * MM))
    for scaling, scale in (("shrink", 1.0), ("actual", 1.0), ("fit", 1.4142)):
        wishes = Wishes(scaling="fit" if scaling == "fit" else "shrink")
        with impose(book, wishes) as imposed:
            assert imposed.ground.scale == pytest.approx(scale, abs=0.01)


def test_a_page_that_is_too_large_is_made_smaller_and_the_others_are_not(tmp_path: Path) -> None:
    book = write_book(tmp_path / "book.pdf", 4, sizes=[A5, (A5[1], A5[0]), A5, A5])
    with impose(book, Wishes(leaf_mm=0)) as imposed:
        assert imposed.ground.scale == 1.0
    with made(book, Wishes(leaf_mm=0), tmp_path / "out.pdf") as pdf:
        found = numbers(pdf)
    assert found["page1"] == pytest.approx((A5_SHEET_HALF + NUMBER_AT[0], NUMBER_AT[1]), abs=0.05)
    scale = A5_SHEET_HALF / A5[1]
    middle = (210 * MM - A5[0] * scale) / 2
    wanted = (NUMBER_AT[0] * scale, middle + NUMBER_AT[1] * scale)
    assert found["page2"] == pytest.approx(wanted, abs=0.05)


@pytest.mark.parametrize("folds", [1, 2, 3])
def test_a_sheet_lies_as_its_pages_are_largest(folds: int, tmp_path: Path) -> None:
    book = write_book(tmp_path / "book.pdf", 16)
    for sheet in (Paper("upright", 300, 500), Paper("lying", 500, 300)):
        with impose(book, Wishes(folds=folds, sheet=sheet)) as imposed:
            lies = imposed.ground.width > imposed.ground.height
        assert lies is (folds % 2 == 1)


def test_pages_drawn_by_one_stream_or_by_several_are_each_themselves(tmp_path: Path) -> None:
    book = write_book(tmp_path / "book.pdf", 4)
    with pikepdf.open(book, allow_overwriting_input=True) as source:
        source.pages[1].obj.Contents = source.pages[0].obj.Contents
        two = [source.make_stream(b"q 1 0 0 RG"), source.pages[2].obj.Contents]
        source.pages[2].obj.Contents = pikepdf.Array([*two, source.make_stream(b"Q")])
        del source.pages[3].obj["/Contents"]
        source.save(book)
    with made(book, Wishes(), tmp_path / "out.pdf") as pdf:
        words = [page.get_text().split() for page in pdf]
    assert words == [["page1"], ["page1", "page3"]]


def test_pages_that_hold_odd_things_are_printed_as_they_are(tmp_path: Path) -> None:
    book = write_book(tmp_path / "book.pdf", 4)
    with pikepdf.open(book, allow_overwriting_input=True) as source:
        first, second, third, fourth = (page.obj for page in source.pages)
        first.Group = pikepdf.Dictionary(S=pikepdf.Name.Transparency, CS=pikepdf.Name.DeviceRGB)
        # One page draws another, which is then a form of its own.
        drawn = second.Contents
        drawn.Subtype, drawn.BBox = pikepdf.Name.Form, pikepdf.Array([0, 0, 420, 595])
        drawn.Resources = second.Resources
        third.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=drawn))
        third.Contents = source.make_stream(b"q 0.5 0 0 0.5 0 0 cm /X Do Q")
        fourth.Annots = pikepdf.Dictionary()
        source.save(book)
    with made(book, Wishes(), tmp_path / "out.pdf") as pdf:
        words = [sorted(page.get_text().split()) for page in pdf.pages()]
    assert words == [["page1", "page4"], ["page2", "page2"]]
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        forms = [form for page in pdf.pages for form in page.obj.Resources.XObject.values()]
        assert sum("/Group" in form for form in forms) == 1


def test_what_was_filled_in_is_printed(tmp_path: Path) -> None:
    book = write_book(tmp_path / "book.pdf", 4)
    with pymupdf.open(book) as source:
        source[0].add_freetext_annot(pymupdf.Rect(100, 200, 300, 260), "stamped", fontsize=14)
        source.save(tmp_path / "stamped.pdf")
    with made(tmp_path / "stamped.pdf", Wishes(), tmp_path / "out.pdf") as pdf:
        assert "stamped" in pdf[0].get_text()
        assert not list(pdf[0].annots())


def test_sheets_claim_nothing_and_print_as_they_are(tmp_path: Path) -> None:
    book = write_book(tmp_path / "book.pdf", 8)
    with pikepdf.open(book, allow_overwriting_input=True) as source:
        with source.open_metadata() as metadata:
            metadata["pdfaid:part"] = "2"
        source.docinfo["/Title"] = "渡口的人"
        source.docinfo["/Author"] = "沈砚"
        source.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
        source.Root.OpenAction = pikepdf.Array([source.pages[2].obj, pikepdf.Name.Fit])
        source.save(book)
    for flip, duplex in (("short", "/DuplexFlipShortEdge"), ("long", "/DuplexFlipLongEdge")):
        wishes = Wishes(flip="long" if flip == "long" else "short")
        made(book, wishes, tmp_path / "out.pdf").close()
        with pikepdf.open(tmp_path / "out.pdf") as pdf:
            assert set(pdf.Root.keys()) == {"/Type", "/Pages", "/ViewerPreferences"}
            assert pdf.Root.ViewerPreferences.Duplex == duplex
            assert pdf.Root.ViewerPreferences.PrintScaling == "/None"
            assert str(pdf.docinfo["/Title"]) == "渡口的人"
            assert len(pdf.pages) == 4
            assert pdf.check_pdf_syntax() == []
            assert all(list(page.mediabox) == list(pdf.pages[0].mediabox) for page in pdf.pages)


def test_the_same_pdf_gives_the_same_sheets(tmp_path: Path) -> None:
    book = write_book(tmp_path / "book.pdf", 8)
    for name in ("a.pdf", "b.pdf"):
        made(book, Wishes(), tmp_path / name).close()
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def lines_of(page: pymupdf.Page) -> set[tuple[float, float, float, float]]:
    return {
        (round(item[1].x), round(item[1].y), round(item[2].x), round(item[2].y))
        for drawing in page.get_drawings()
        for item in drawing["items"]
        if item[0] == "l"
    }


def with_marks(book: Path, marks: tuple[Mark, ...], out: Path, **more: str) -> pymupdf.Document:
    sheet = SHEETS[more.get("sheet", "SRA3")]
    wishes = Wishes(leaf_mm=0, marks=marks, sheet=sheet)
    if more.get("binding") == "sewn":
        wishes = replace(wishes, binding="sewn")
    return made(book, wishes, out)


def test_crop_marks_point_at_the_corners_from_outside(tmp_path: Path) -> None:
    book = write_book(tmp_path / "book.pdf", 4)
    with with_marks(book, ("crop",), tmp_path / "out.pdf") as pdf:
        for page in pdf:
            width, height = page.rect.width, page.rect.height
            trim = pymupdf.Rect(
                width / 2 - A5[0], (height - A5[1]) / 2, width / 2 + A5[0], (height + A5[1]) / 2
            )
            lines = lines_of(page)
            levels = {y0 for _, y0, _, y1 in lines if y0 == y1}
            uprights = {x0 for x0, _, x1, _ in lines if x0 == x1}
            assert levels == {round(trim.y0), round(trim.y1)}
            assert uprights == {round(trim.x0), round(trim.x1)}
            inside = pymupdf.Rect(trim.x0 + 1, trim.y0 + 1, trim.x1 - 1, trim.y1 - 1)
            for x0, y0, x1, y1 in lines:
                assert not inside.contains((x0, y0))
                assert not inside.contains((x1, y1))


def test_crop_marks_stay_off_the_bleed(tmp_path: Path) -> None:
    book = write_book(tmp_path / "book.pdf", 4, bleed=3 * MM)
    with with_marks(book, ("crop",), tmp_path / "out.pdf") as pdf:
        outer = pdf[0].rect.width / 2 + A5[0]
        ends = [min(x0, x1) for x0, y0, x1, y1 in lines_of(pdf[0]) if y0 == y1 and x0 > outer]
    assert ends
    assert all(end >= outer + 3 * MM for end in ends)


@pytest.mark.parametrize(("folds", "lines"), [(1, 2), (2, 4), (3, 8), (4, 12)])
def test_every_fold_is_marked_at_both_ends(folds: int, lines: int, tmp_path: Path) -> None:
    book = write_book(tmp_path / "book.pdf", 32)
    wishes = Wishes(folds=folds, binding="sewn", signature=32, marks=("fold",))
    with made(book, wishes, tmp_path / "out.pdf") as pdf:
        assert all(len(lines_of(page)) == lines for page in pdf)


def test_signatures_gathered_in_order_make_a_staircase_on_the_spine(tmp_path: Path) -> None:
    book = write_book(tmp_path / "book.pdf", 64)
    with with_marks(book, ("collate",), tmp_path / "out.pdf", binding="sewn", sheet="A4") as pdf:
        blocks = [
            [drawing["rect"] for drawing in page.get_drawings() if drawing["type"] == "f"]
            for page in pdf
        ]
        middle = pdf[0].rect.width / 2
    # Four sheets a signature, two sides a sheet: only the outermost front has one.
    assert [at for at, found in enumerate(blocks) if found] == [0, 8, 16, 24]
    steps = [found[0] for found in blocks if found]
    assert all(step.x0 < middle < step.x1 for step in steps)
    tops = [step.y0 for step in steps]
    assert tops == sorted(tops)
    assert all(b.y0 == pytest.approx(a.y1, abs=0.1) for a, b in pairwise(steps))


def test_one_signature_needs_no_order(tmp_path: Path) -> None:
    book = write_book(tmp_path / "book.pdf", 16)
    with with_marks(book, ("collate",), tmp_path / "out.pdf") as pdf:
        assert not any(page.get_drawings() for page in pdf)


def test_a_page_stays_where_it_is_when_marks_come(tmp_path: Path) -> None:
    book = write_book(tmp_path / "book.pdf", 8)
    plain = Wishes(sheet=SHEETS["SRA3"])
    with made(book, plain, tmp_path / "a.pdf") as pdf:
        before = numbers(pdf)
    marked = Wishes(sheet=SHEETS["SRA3"], marks=("crop", "fold", "collate"))
    with made(book, marked, tmp_path / "b.pdf") as pdf:
        assert numbers(pdf) == before


def test_pages_of_a_folded_book_lie_on_each_other(tmp_path: Path) -> None:
    """The trimmed block is even: heads in line, spines in line, whatever the fold."""
    book = write_book(tmp_path / "book.pdf", 16, size=(140 * MM, 203 * MM))
    wishes = Wishes(binding="sewn", folds=3, signature=16, sheet=SHEETS["SRA2"], leaf_mm=0)
    with impose(book, wishes) as imposed, (tmp_path / "out.pdf").open("wb") as stream:
        imposed.write("all", stream)
    (sheet,) = duplex_sheets(tmp_path / "out.pdf", imposed.flip)
    leaves = nested([folded(sheet, 3, is_right_bound=False)])
    pages = list(leafed_through(leaves, is_right_bound=False))
    assert {round(page.from_head, 1) for page in pages} == {round(pages[0].from_head, 1)}
    assert {round(page.from_spine, 1) for page in pages[::2]} == {round(NUMBER_AT[0], 1)}
