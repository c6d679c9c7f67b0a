"""Families of headings that a book itself teaches."""

import pytest

from tests.structure.test_families import BODY, TITLES, sections, written


@pytest.mark.parametrize("unit", ["夜", "案", "日", "讲", "封信", "乐章", "囘", "天"])
@pytest.mark.parametrize("form", ["第{n}%s", "第{n}%s {t}", "第{d}%s：{t}"])
def test_a_unit_that_counts_through_the_book_is_learned(unit: str, form: str) -> None:
    found = sections(written(form % unit), BODY * 2)
    assert found == [(0, title if "{t}" in form else "") for title in TITLES]


@pytest.mark.parametrize("end", ["你的父亲\n一九七一年十月十一日\n", "此致\n敬礼\n", "王小满\n"])
def test_a_signature_ends_a_letter_as_a_full_stop_ends_a_chapter(end: str) -> None:
    assert sections(written("第{n}封信"), f"{BODY * 2}{end}") == [(0, "")] * len(TITLES)


def test_volumes_hold_chapters_of_a_learned_unit() -> None:
    headings = ["第一卷 上", *written("第{n}夜 {t}")[:5], "第二卷 下", *written("第{n}夜 {t}")[5:]]
    assert [depth for depth, _ in sections(headings, BODY * 2)] == ([0] + [1] * 5) * 2


@pytest.mark.parametrize("sign", ["☆", "★", "◎", "◆"])
@pytest.mark.parametrize("form", ["%s、{t}", "%s {t}", "%s{t}%s"])
def test_titles_behind_an_ornament_part_a_book_that_has_nothing_else(sign: str, form: str) -> None:
    headings = written(form.replace("%s", sign))
    assert sections(headings, BODY * 2) == [(0, title) for title in TITLES]


@pytest.mark.parametrize(
    "lines",
    [
        "第一天\n第二天\n第三天\n",  # right below each other
        "第二天\n",  # again and again, the same
        "第三天他走了。\n",
        "☆、灯油\n☆、麻绳\n",
        "◎ 米三斗\n◎ 盐半斤\n◎ 油一壶\n",
    ],
)
def test_lines_inside_chapters_teach_nothing(lines: str) -> None:
    assert sections(written("第{n}章 {t}"), f"{BODY}{lines}{BODY}") == [
        (0, title) for title in TITLES
    ]
    assert len(sections([""] * 10, f"{BODY}{lines}{BODY}")) == 1


@pytest.mark.parametrize(
    "form",
    [
        "其{n} {t}", "之{n}", "案{n}　{t}", "Scene {d}", "DAY {d} {t}", "File.0{d} {t}", "00{d}|{t}",
        "0{d}/{t}", "0{d}_{t}", "章{n} {t}", "▍第{n}章 {t}", "►第{n}章◄ {t}", "“第{n}章” {t}", "（第{n}篇） {t}",
        "◎第{n}卷◎{t}", "～第{n}章～ {t}", "§{d} {t}", "七夜谈 其{n} {t}", "渡口旧事 {d} {t}",
    ],
)  # fmt: skip
def test_a_frame_that_counts_through_the_book_is_learned(form: str) -> None:
    found = sections(written(form), BODY * 2)
    assert found == [(0, title if "{t}" in form else "") for title in TITLES]


@pytest.mark.parametrize("form", ["Page {d}", "第{n}页", "等级：{d}"])
def test_pages_and_panels_teach_nothing(form: str) -> None:
    assert len(sections(written(form), "他还没有说完，又把\n")) == 1


def test_a_family_that_changes_half_way_is_one_sequence() -> None:
    headings = [*written("之{n}")[:5], *written("第{n}章 {t}")[5:]]
    assert sections(headings, BODY * 2) == [(0, "")] * 5 + [(0, title) for title in TITLES[5:]]
