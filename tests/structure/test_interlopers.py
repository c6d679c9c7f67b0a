"""Lines among the headings that are none."""

import pytest

from tests.structure.test_families import BODY, TITLES, sections, written


@pytest.mark.parametrize("line", ["第二章", "第九章我写了三遍都不满意", "“第五章”"])
def test_a_chapter_spoken_of_is_no_heading(line: str) -> None:
    headings = written("第{n}章 {t}")
    bodies = [BODY] * 3 + [f"{BODY}{line}\n{BODY}"] + [BODY] * 6
    text = [f"{heading}\n{body}" for heading, body in zip(headings, bodies, strict=True)]
    assert sections([""], "".join(text)) == [(0, title) for title in TITLES]


def test_two_that_changed_places_both_stay() -> None:
    headings = written("第{n}章 {t}")
    headings[4], headings[5] = headings[5], headings[4]
    assert len(sections(headings, BODY)) == len(TITLES)


def test_a_number_that_comes_twice_stays() -> None:
    headings = written("第{n}章 {t}")
    headings[5] = headings[4][: headings[4].index(" ")] + " 另一回事"
    assert len(sections(headings, BODY)) == len(TITLES)
