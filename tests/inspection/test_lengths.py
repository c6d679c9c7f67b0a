"""Chapters that cannot be right, by their length."""

from dataclasses import replace

from builder.core.book import Section
from builder.inspection.lengths import sections_of
from tests.inspection.making import book_of

LINE = "雨停的时候，老何才把船灯点上。"


def verdicts(*lengths: int) -> list[str]:
    book, manuscript = book_of(*((f"第{n}夜", [LINE] * lines) for n, lines in enumerate(lengths)))
    return [section.verdict for section in sections_of(book, manuscript)[0]]


def test_a_chapter_of_six_usual_lengths_stands_out() -> None:
    assert verdicts(10, 11, 60, 9, 10) == ["usual", "usual", "long", "usual", "usual"]


def test_a_chapter_of_a_twentieth_stands_out() -> None:
    assert verdicts(40, 44, 1, 38, 40) == ["usual", "usual", "short", "usual", "usual"]


def test_lengths_vary() -> None:
    assert set(verdicts(10, 40, 2, 9, 10, 30)) == {"usual"}


def test_a_few_chapters_have_no_usual_length() -> None:
    assert set(verdicts(10, 200, 0)) == {"usual"}


def test_a_preface_may_be_short_and_a_volume_has_no_text() -> None:
    book, manuscript = book_of(*((f"第{n}夜", [LINE] * 40) for n in range(5)))
    preface = Section("preface", None, "", "序", id="p")
    volume = Section("volume", 1, "第一卷", "雾港", children=book.body, id="v")
    whole = replace(book, front=(preface,), body=(volume,))
    sections, median = sections_of(whole, manuscript)
    assert {section.verdict for section in sections} == {"usual"}
    assert median == 40 * len(LINE) + 3
    assert [section.depth for section in sections] == [0, 0, 1, 1, 1, 1, 1]
    assert [section.volume for section in sections] == [0, 1, 1, 1, 1, 1, 1]


def test_a_book_without_chapters_has_no_median() -> None:
    book, manuscript = book_of()
    assert sections_of(book, manuscript) == ((), 0)
