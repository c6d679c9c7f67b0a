"""Twenty faults of each kind, planted where no press of ours was at work, are all found."""

from collections import Counter
from pathlib import Path

import pytest

from builder.check.typography import FaultKind, count_faults
from tests.check.setter import LEADING, MEASURE, SIZE
from tests.check.sheets import found, sheets
from tests.check.writers import write_raw

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
