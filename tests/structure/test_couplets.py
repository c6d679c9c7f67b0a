"""Titles in two lines."""

import pytest

from tests.structure.test_families import CHINESE, sections

COUPLETS = (
    ("沈公子夜走望江楼", "林小姐泪洒断肠坡"),
    ("老渔翁独守空滩", "小书童误投古寺"),
    ("卖花声里认旧人", "磨刀石边听新雨"),
)


@pytest.mark.parametrize(
    "form", ["第{n}回\n{a}\n{b}", "第{n}回\n\n{a}\n\n{b}\n", "第{n}回 {a}\n　　　　{b}"]
)
def test_both_halves_of_a_couplet_are_the_title(form: str) -> None:
    headings = [form.format(n=CHINESE[at], a=a, b=b) for at, (a, b) in enumerate(COUPLETS)]
    assert sections(headings) == [(0, f"{a}　{b}") for a, b in COUPLETS]


def test_a_poem_below_the_title_stays_in_the_text() -> None:
    poem = "江上渔灯照晚秋\n孤舟一叶下汀洲\n何人夜半吹长笛\n吹得芦花满渡头\n"
    titles = ("小书童误投古寺", "卖花声里认旧人", "老渔翁独守空滩")
    headings = [f"第{CHINESE[at]}回 {title}\n{poem}" for at, title in enumerate(titles)]
    assert sections(headings) == [(0, title) for title in titles]


def test_one_line_of_the_same_length_is_no_second_half() -> None:
    titles = ("小书童误投古寺", "卖花声里认旧人", "老渔翁独守空滩")
    headings = [f"第{CHINESE[at]}回 {title}" for at, title in enumerate(titles)]
    headings[1] += "\n大雪封住了山门"
    assert sections(headings) == [(0, title) for title in titles]
