"""Real novels, when they are at hand: what is wrong in them is found, in time."""

import time
from pathlib import Path

import pytest

from builder import pipeline, report
from builder.inspection import Examination
from tests.conftest import SHARED

# Ten megabytes are 3.3 million characters; two seconds for them, and as much again for a
# machine that is busy.
MOST_SECONDS_PER_MILLION = 1.2


def examined(name: str) -> tuple[Examination, float]:
    path: Path = SHARED / "corpus" / name
    if not path.is_file():
        pytest.skip("no corpus beside this checkout")
    understood = pipeline.inspect(path)
    start = time.process_time()
    examination = report.examined(understood)
    return examination, time.process_time() - start


def test_the_dream_of_the_red_chamber() -> None:
    examination, seconds = examined("hongloumeng_s.txt")
    assert seconds < MOST_SECONDS_PER_MILLION * examination.characters / 1e6
    assert any(one.paragraphs == 4 and one.likeness < 1 for one in examination.duplicates)
    assert ("柳湘莲", "柳湘连") in {(one.common, one.rare) for one in examination.spellings}
    assert len(examination.spellings) <= 5
    assert {one.verdict for one in examination.sections} == {"usual"}


@pytest.mark.parametrize(
    ("name", "slip"),
    [("guanchang_t.txt", "餘藎巨"), ("shigongan_t.txt", "朱光阻"), ("haishang_t.txt", "高亞自")],
)
def test_slips_that_printers_made_are_found_among_few(name: str, slip: str) -> None:
    examination, _ = examined(name)
    assert slip in {one.rare for one in examination.spellings}
    assert len(examination.spellings) <= 6
