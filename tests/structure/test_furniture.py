"""Numbers of pages are no headings."""

import pytest

from tests.structure.test_families import BODY, TITLES, sections, written

PAGES = ("- {} -", "－ {} －", "· {} ·", "渡口灯火　{}", "{}", "第 {} 页", "第{}页")
LONG = BODY * 2


def paged(headings: list[str], page: str) -> list[str]:
    """Each heading with two or three pages below it, counted through the book."""
    result: list[str] = []
    number = 0
    for at, heading in enumerate(headings):
        result.append(heading)
        for _ in range(2 + at % 2):
            number += 1
            result[-1] += f"\n{LONG}\n{page.format(number)}\n"
    return result


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("form", ["{n}、{t}", "第{n}章 {t}", "{d}、{t}"])
def test_the_number_of_a_page_is_no_chapter(form: str, page: str) -> None:
    assert sections(paged(written(form), page)) == [(0, title) for title in TITLES]


@pytest.mark.parametrize("form", ["- {d} -", "· {d} ·", "渡口灯火　{d}", "{d}"])
def test_such_a_number_is_a_chapter_where_nothing_else_counts(form: str) -> None:
    assert len(sections(written(form), LONG)) == len(TITLES)


def test_numbers_right_below_the_chapters_are_their_scenes() -> None:
    headings = [
        f"{heading}\n- {2 * at + 1} -\n{LONG}- {2 * at + 2} -\n{LONG}"
        for at, heading in enumerate(written("第{n}章 {t}"))
    ]
    depths = [depth for depth, _ in sections(headings)]
    assert depths == [0, 1, 1] * len(TITLES)


def test_chapters_that_lost_their_titles_are_chapters() -> None:
    headings = [*written("{d} {t}")[:6], *written("{d}")[6:]]
    assert len(sections(headings, LONG)) == len(TITLES)
