"""Marks are the printer's own business."""

from pathlib import Path

from pikepdf import Array, Dictionary, Name, Pdf

from tests.check.printed import PROSE, book, line, told

TRIM = (10.0, 10.0, 162.4, 238.6)
CROP_MARKS = line(10, 0, 10, 6) + line(0, 10, 6, 10) + line(162.4, 242, 162.4, 248)


def test_marks_beside_the_page_are_told(tmp_path: Path) -> None:
    path = book(tmp_path / "a.pdf", [CROP_MARKS + PROSE] * 24, size=(172.4, 248.6), TrimBox=TRIM)
    found = told(path)["K410"]
    assert (str(found.severity), dict(found.values)["count"]) == ("error", 24)


def test_a_shop_that_cuts_by_them_takes_them(tmp_path: Path) -> None:
    path = book(tmp_path / "a.pdf", [CROP_MARKS + PROSE] * 24, size=(172.4, 248.6), TrimBox=TRIM)
    assert told(path, "tuwen") == {}


def test_lines_on_the_page_are_no_marks(tmp_path: Path) -> None:
    assert told(book(tmp_path / "a.pdf", [line(40, 100, 90, 100) + PROSE] * 24)) == {}


def test_what_prints_on_every_plate_is_a_mark_wherever_it_stands(tmp_path: Path) -> None:
    def edit(pdf: Pdf) -> None:
        tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
        every = Array([Name.Separation, Name.All, Name.DeviceCMYK, tint])
        pdf.pages[3].Resources.ColorSpace = Dictionary(R=every)
        pdf.pages[3].Contents = pdf.make_stream(b"/R CS 1 SCN " + line(20, 30, 20, 40) + PROSE)

    assert set(told(book(tmp_path / "a.pdf", edit=edit))) == {"K410"}
