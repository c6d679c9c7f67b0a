"""What a PDF says of itself may be broken anywhere; its pages are shown all the same."""

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from builder.preview import preview
from builder.preview.document import opened
from tests.preview.books import A5, write_pages

# Half of a pair: no text.
LONE = String(b"\xfe\xff\xd8\x00")


def test_a_broken_page_among_those_that_are_looked_at_stops_nothing(tmp_path: Path) -> None:
    book = write_pages(tmp_path / "a.pdf", 9)
    with pikepdf.open(book) as pdf:
        numbers = [page.obj.objgen[0] for page in pdf.pages]
    content = book.read_bytes()
    for number in numbers[2:7]:
        content = content.replace(b"%d 0 obj" % number, b"%d 0 obx" % number)
    sheet = preview(content, "a.pdf", width=400)
    assert {1, 9} <= set(sheet.pages)
    assert {found.code for found in sheet.diagnostics} == {"V004"}


def test_labels_and_titles_that_are_no_text_are_passed_over(tmp_path: Path) -> None:
    chapters = (("一", 2), ("二", 5), ("三", 8))
    book = write_pages(tmp_path / "a.pdf", 9, roman=3, chapters=chapters)
    with pikepdf.open(book, allow_overwriting_input=True) as pdf:
        pdf.Root.PageLabels.Nums[1].P = LONE
        pdf.Root.Outlines.First.Title = LONE
        pdf.save(book)
    with opened(book, "a.pdf") as document:
        assert [document.label(page) for page in (0, 2, 3)] == ["1", "3", "1"]
        assert [(one.title, one.page) for one in document.chapters()] == [
            ("", 1), ("二", 4), ("三", 7),
        ]  # fmt: skip


def test_an_outline_that_goes_round_or_leads_nowhere_ends(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chapters = (("一", 2), ("二", 5), ("三", 8))
    book = write_pages(tmp_path / "a.pdf", 9, chapters=chapters)
    with pikepdf.open(book, allow_overwriting_input=True) as pdf:
        first = pdf.Root.Outlines.First
        second = first.Next
        del second[Name.A if Name.A in second else Name.Dest]
        second.Next.Next = first
        pdf.save(book)
    with opened(book, "a.pdf") as document:
        assert [one.page for one in document.chapters()] == [1, 7]
    assert preview(book, "a.pdf", width=300).pages[0] == 1
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "trim", [[900, 900, 1000, 1000], [0, 0, 0, 0], [10, 10, 5, 5], [-500, 0, 420, 595]]
)
def test_a_trim_box_that_is_none_of_the_page_is_not_believed(
    trim: list[int], tmp_path: Path
) -> None:
    book = write_pages(tmp_path / "a.pdf", 2)
    with pikepdf.open(book, allow_overwriting_input=True) as pdf:
        pdf.pages[0].obj.TrimBox = Array(trim)
        pdf.save(book)
    with opened(book, "a.pdf") as document:
        assert document.size(0) == pytest.approx(A5, abs=6)


def test_a_turned_page_is_shown_as_its_reader_sees_it(tmp_path: Path) -> None:
    book = write_pages(tmp_path / "a.pdf", 2)
    with pikepdf.open(book, allow_overwriting_input=True) as pdf:
        pdf.pages[0].obj.Rotate = 90
        pdf.pages[0].obj.TrimBox = Array([20, 0, 420, 595])
        pdf.save(book)
    with opened(book, "a.pdf") as document:
        assert document.size(0) == pytest.approx((595, 400), abs=1)
        picture = document.picture(0, 500, 500)
    assert picture is not None
    assert picture.width == pytest.approx(500, abs=1)


def test_a_document_without_preferences_is_bound_at_the_left(tmp_path: Path) -> None:
    book = write_pages(tmp_path / "a.pdf", 2)
    for direction, is_right in ((Name.R2L, True), (Name.L2R, False), (Name("/" + "X" * 99), False)):
        with pikepdf.open(book, allow_overwriting_input=True) as pdf:
            pdf.Root.ViewerPreferences = Dictionary(Direction=direction)
            pdf.save(book)
        with opened(book, "a.pdf") as document:
            assert document.is_right_bound is is_right
