"""Twenty faults of each kind, planted where no press of ours was at work, are all found."""

from collections import Counter
from pathlib import Path

import pytest

from builder.check.typography import FaultKind, count_faults
from tests.check.setter import CLOSING, LEADING, MEASURE, SIZE, SetPage, Setter, Sheets
from tests.check.sheets import found, sheets
from tests.check.writers import HORIZONTAL, write_raw

DIRECTIONS = pytest.mark.parametrize("down", [False, True], ids=["horizontal", "vertical"])


@DIRECTIONS
@pytest.mark.parametrize("kind", FaultKind)
def test_twenty_planted_faults_are_found_and_nothing_else(
    kind: FaultKind, down: bool, tmp_path: Path
) -> None:
    book = sheets(kind, down=down)
    report = count_faults(write_raw(book, tmp_path / "a.pdf", down=down))
    assert found(report) == Counter(book.planted)
    assert report.counts[kind] == 20


@DIRECTIONS
@pytest.mark.parametrize("seed", [2, 3])
def test_a_well_set_book_has_no_faults(seed: int, down: bool, tmp_path: Path) -> None:
    report = count_faults(
        write_raw(sheets(None, seed=seed, down=down), tmp_path / "a.pdf", down=down)
    )
    assert report.faults == ()
    assert report.lines > 500
    assert report.is_vertical is down
    assert report.size_pt == SIZE
    assert report.leading_pt == pytest.approx(LEADING)
    assert report.measure_pt == pytest.approx(MEASURE * SIZE, abs=0.1)


def test_marks_that_hang_throughout_are_no_overfull_lines(tmp_path: Path) -> None:
    book = sheets(None, seed=5)
    for page in book.pages:
        for line in page.lines:
            if line.measure is not None and line.text[-1] in "，。、":
                line.measure += 0.5
    assert count_faults(write_raw(book, tmp_path / "a.pdf")).faults == ()


def test_marks_that_keep_their_em_or_give_up_a_part_are_flush(tmp_path: Path) -> None:
    book = sheets(None, seed=6)
    for number, page in enumerate(book.pages):
        for line in page.lines:
            if line.measure is not None and line.text[-1] in CLOSING:
                line.measure -= (0.0, 0.2, 0.5)[number % 3]
    assert count_faults(write_raw(book, tmp_path / "a.pdf")).faults == ()


def test_pages_of_a_measure_of_their_own_are_judged_by_that(tmp_path: Path) -> None:
    setter = Setter(7, HORIZONTAL)
    book = setter.book(14)
    for number in (6, 7):
        page = SetPage(head="渡口", folio=str(number))
        row = 0
        while row < 20:
            row = setter.put(page, setter.paragraph(lambda n: 2 <= n <= 6, inset=3), row)
        book.pages[number] = page
    # A neighbour's last paragraph is cut off by that; the pages before and after stay whole.
    book.pages[5].lines = [line for line in book.pages[5].lines if whole(line.paragraph, book, 5)]
    book.pages[8].lines = [line for line in book.pages[8].lines if whole(line.paragraph, book, 8)]
    assert count_faults(write_raw(book, tmp_path / "a.pdf")).faults == ()
    line = next(line for line in book.pages[6].lines if line.measure and line.number)
    assert line.measure is not None
    line.measure -= 0.3
    assert count_faults(write_raw(book, tmp_path / "a.pdf")).counts[FaultKind.UNFLUSHED] == 1


def whole(paragraph: int, book: Sheets, page: int) -> bool:
    lines = [line for line in book.pages[page].lines if line.paragraph == paragraph]
    return paragraph < 0 or len(lines) == lines[0].of
