"""Headings of many families, a whole small book each: every line, level and title."""

import pytest

from builder.core.traversal import walk
from tests.structure.making import manuscript_of, structured

TITLES = ("雨夜客", "归舟记", "雪行", "旧账本", "远山", "断桥", "风起时", "灯下", "对岸", "暗潮")
ASKING = ("他走了多久了？", "别问了，跟我走", "账上怎么少了这么多？", *TITLES[3:])
CHINESE = "一二三四五六七八九十"
BODY = (
    "　　他在渡口的石阶上站了很久，没有等到要等的人，灯灭了以后才慢慢走回去。\n"
    "　　“你来了？”她问，手里还提着那盏船灯，灯里的油已经不多了。\n"
    "　　12个人坐在船上，谁也没有说话，只有桨声一下一下地响。\n"
)


def sections(headings: list[str], body: str = BODY) -> list[tuple[int, str]]:
    """Depth and title of every section of a book with these headings."""
    text = "".join(f"{heading}\n{body}" for heading in headings)
    book = structured(manuscript_of(text)).book
    return [(depth, one.title) for depth, one in walk(book.sections)]


def written(form: str, titles: tuple[str, ...] = TITLES) -> list[str]:
    return [
        form.format(n=CHINESE[at], d=at + 1, z=f"{at + 1:03}", t=title)
        for at, title in enumerate(titles)
    ]


@pytest.mark.parametrize(
    "form",
    [
        "{d}{t}", "{z}{t}", "{z} {t}", "梦里记（{d}）{t}", "正文卷 第{d}章 {t}", "梦里记 第{n}季 {t}",
        "梦里记 第{n}场 {t}", "梦里记 第{n}集 {t}", "梦里记 第{d}节 {t}", "第{n}季. {t}", "第{d}卷。{t}",
        "第{n}章. {t}", "第{n}部\n{t}", "第{n}季\n{t}", "第{n}篇\n{t}", "{n}回 {t}", "{d}节 {t}",
    ],
)  # fmt: skip
def test_every_family_makes_chapters(form: str) -> None:
    assert sections(written(form)) == [(0, title) for title in TITLES]


@pytest.mark.parametrize("form", ["{z} {t}", "{d}{t}", "{d}回 {t}", "{d}、{t}", "第{n}季{t}"])
def test_a_title_may_ask_or_hold_a_comma(form: str) -> None:
    assert sections(written(form, ASKING)) == [(0, title) for title in ASKING]


def test_a_long_glued_title_stays_in_its_sequence() -> None:
    headings = written("第{d}章 {t}")
    title = "杨柳在北门遇见船家，两人说起那盏灯的来历，杨柳只觉得炉子里的火快要灭了"
    headings[6] = f"\n第7章{title}\n"
    assert sections(headings)[6] == (0, title)


@pytest.mark.parametrize(("outer", "inner"), [("幕", "场"), ("章", "节"), ("回", "節")])
def test_sections_may_count_on_through_the_book(outer: str, inner: str) -> None:
    headings: list[str] = []
    expected: list[tuple[int, str]] = []
    for at, title in enumerate(TITLES[:9]):
        if at % 3 == 0:
            headings.append(f"第{CHINESE[at // 3]}{outer} {title}起")
            expected.append((0, f"{title}起"))
        headings.append(f"第{CHINESE[at]}{inner} {title}")
        expected.append((1, title))
    assert sections(headings) == expected


def test_few_acts_hold_many_scenes() -> None:
    headings = [
        *(line for act in (1, 2) for line in
          (f"第{act}幕 风起", *(f"第{act * 30 + at}场 雨{at}" for at in range(30)))),
    ]  # fmt: skip
    headings = [
        heading.replace(f"第{30 + at}场", f"第{at}场") for at, heading in enumerate(headings)
    ]
    assert [depth for depth, _ in sections(headings)].count(0) == 2


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("楔子　一沓图纸", "一沓图纸"), ("序章 一句话也说不出来", "一句话也说不出来"), ("作者自序", ""),
        ("作者的话", ""),
    ],
)  # fmt: skip
def test_what_stands_before_the_chapters_is_a_section(heading: str, title: str) -> None:
    assert sections([heading, *written("第{n}章 {t}")])[:2] == [(0, title), (0, TITLES[0])]


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("全书完感言", ""),
        ("番外（一）这事不怪你", "这事不怪你"),
        ("作者有话说", ""),
        ("卷末感言", ""),
        ("番外之雪夜归人", "番外之雪夜归人"),
        ("番外之回到渡口", "番外之回到渡口"),
        ("番外1 黎明，落子", "黎明，落子"),
        ("番外2林晚死了？", "林晚死了？"),
        ("番外3黎明，落子", "黎明，落子"),
        ("终章真相·离别", "真相·离别"),
        ("终章 真相·离别", "真相·离别"),
    ],
)
def test_what_stands_behind_the_chapters_is_a_section(heading: str, title: str) -> None:
    assert sections([*written("第{n}章 {t}"), heading])[-1] == (0, title)


@pytest.mark.parametrize(
    "line",
    [
        "番外之后他再没有来过",
        "番外3个人",
        "番外之争，他没有说完。",
        "终章的雪下了一夜",
        "终章他写了三遍。",
    ],
)
def test_a_sentence_that_begins_so_is_no_section(line: str) -> None:
    assert sections([*written("第{n}章 {t}"), line]) == [(0, title) for title in TITLES]


@pytest.mark.parametrize("form", ["{d}.第{n}章 {t}", "{z} 第{n}章 {t}"])
def test_a_number_before_the_label_is_no_level(form: str) -> None:
    volumes = [f"第{number}卷 {name}\n" for number, name in zip("一二三四", TITLES, strict=False)]
    headings = [line for volume in volumes for line in (volume, *written(form)[:6])]
    assert [depth for depth, _ in sections(headings)] == ([0] + [1] * 6) * 4


@pytest.mark.parametrize("word", ["上一篇", "下一回", "上一章"])
def test_a_link_to_another_page_is_no_heading(word: str) -> None:
    headings = [
        f"{one}\n{BODY}{word}：{one}" if at in {3, 5, 8} else one
        for at, one in enumerate(written("第{n}篇 {t}"))
    ]
    assert sections(headings) == [(0, title) for title in TITLES]


@pytest.mark.parametrize(
    "stamp",
    ["发表于 2015-3-1{} 12:00 | 只看该作者", "更新时间：2012-3-1{}", "2015/3/1{} 12:30", "只看該作者 {}"],
)  # fmt: skip
def test_the_stamp_of_a_post_is_no_title(stamp: str) -> None:
    headings = [f"{one}\n{stamp.format(at)}" for at, one in enumerate(written("第{n}章"))]
    assert sections(headings) == [(0, "")] * len(TITLES)


@pytest.mark.parametrize("form", ["第{n} {t}", "第{d} {t}", "第 {n} 夜"])
def test_an_ordinal_without_a_unit_counts_the_chapters(form: str) -> None:
    titles = ("夜雨", "归途", "故人", "断桥", "残局", "孤灯", "旧梦", "长街", "暗流", "密信")
    expected = [(0, title if "{t}" in form else "") for title in titles]
    assert sections(written(form, titles), BODY * 3) == expected


def test_an_ordinal_in_a_story_counts_nothing() -> None:
    body = BODY * 2 + "第一 名声\n第二 银子\n第三 良心\n" + BODY
    assert sections(written("第{n}章 {t}"), body) == [(0, title) for title in TITLES]


def test_a_word_to_readers_below_every_chapter_is_no_section() -> None:
    headings = [line for one in written("第{n}章 {t}") for line in (one, "作者有话说")]
    assert sections(headings) == [(0, title) for title in TITLES]


@pytest.mark.parametrize(
    "form",
    [
        "[第{d}章] {t}（加更）", "〖第{d}章〗 {t}（求月票）", "[第{d}章] {t} 求月票！", "[第{d}章] {t}[三更]",
        "梦里记 第{n}章 {t}【大章】", "第{n}章 {t}（四千字大章）", "第{n}章\n{t}（萬字更新求月票！）",
        "第{n}话\n{t}　　【求鲜花】", "{n} {t}（二合一）", "{d} {t}（今日两更）", "第{n}章 {t}求推荐票求收藏",
        "=== 第{n}章 {t} ===求收藏求推荐", "【第{n}章 {t}】（加更）", "第{n}章. {t}求收藏求推荐",
    ],
)  # fmt: skip
def test_a_remark_behind_a_title_is_no_part_of_it(form: str) -> None:
    assert sections(written(form)) == [(0, title) for title in TITLES]


@pytest.mark.parametrize("end", ["（上）", "（三）", "（其二）", "（更深的夜）", "【甲】", "[二]"])
def test_what_names_a_part_stays_in_the_title(end: str) -> None:
    titles = tuple(f"{title}{end}" for title in TITLES)
    assert sections(written("第{n}章 {t}", titles)) == [(0, title) for title in titles]


@pytest.mark.parametrize("mark", ["（第{}/3页）", "({}/3)", "（{}）", " 第{}/3页"])
def test_pages_of_a_chapter_are_one_chapter(mark: str) -> None:
    headings = [
        f"{heading}{mark.format(page)}" for heading in written("第{n}章 {t}") for page in (1, 2, 3)
    ]
    assert sections(headings) == [(0, title) for title in TITLES]


def test_parts_with_numbers_of_their_own_are_chapters() -> None:
    headings = [f"第{CHINESE[at]}章 雨夜客（{CHINESE[at % 3]}）" for at in range(9)]
    assert len(sections(headings)) == 9


@pytest.mark.parametrize(
    ("first", "second"),
    [("{n}、{t}", "第{n}话 {t}"), ("{z}. {t}", "第{n}章 {t}"), ("第{n}章 {t}", "{d}、{t}")],
)
def test_a_book_may_change_its_family_half_way(first: str, second: str) -> None:
    headings = [*written(first)[:5], *written(second)[5:]]
    assert sections(headings) == [(0, title) for title in TITLES]


@pytest.mark.parametrize(
    "form", ["第{n}章 {t}", "第{n}部 {t}", "正文 第{n}场 {t}", "【第{n}场 {t}】", "{n}回 {t}"]
)
def test_a_heading_may_share_its_line_with_the_first_paragraph(form: str) -> None:
    headings = [f"{one}　　“你来了？”她问，手里还提着灯。" for one in written(form)]
    assert sections(headings) == [(0, title) for title in TITLES]


def test_one_missing_scene_costs_no_other() -> None:
    headings: list[str] = []
    for act in (1, 2):
        headings.append(f"第{act}幕 起")
        headings.extend(f"第{act * 20 - 20 + at}场 雨{at}" for at in range(1, 21) if at != 7)
    depths = [depth for depth, _ in sections(headings)]
    assert depths == ([0] + [1] * 19) * 2


def test_an_address_is_no_number() -> None:
    body = f"{BODY}969.net\n"
    assert sections(written("{d}、{t}"), body) == [(0, title) for title in TITLES]


@pytest.mark.parametrize("inner", ["Chapter {d}", "第{n}回 {t}", "EP {d} {t}"])
def test_acts_over_chapters_that_count_on_hold_them(inner: str) -> None:
    chapters = written(inner)
    headings = ["第一幕", *chapters[:5], "第二幕", *chapters[5:]]
    assert [depth for depth, _ in sections(headings)] == ([0] + [1] * 5) * 2


def test_scenes_that_change_places_or_come_twice_stay_scenes() -> None:
    numbers = "一二三三五四六七八九"
    headings = ["第一幕", *written("第{n}场 {t}"), "第二幕"]
    headings += [f"第{number}场 {title}" for number, title in zip(numbers, TITLES, strict=True)]
    assert [depth for depth, _ in sections(headings)] == ([0] + [1] * 10) * 2


def test_a_site_behind_the_chapters_own_title_makes_no_second_chapter() -> None:
    headings = written("{d}、{t}")
    body = "".join([BODY] * 6)
    headings[4] += f"\n{body}第5章 {TITLES[4]}-梦里记-墨．泊．文学网"
    assert sections(headings) == [(0, title) for title in TITLES]


def test_a_list_fills_no_gap_of_the_chapters() -> None:
    headings = written("{d}、{t}")
    del headings[2]
    headings[1] += f"\n{BODY}1、先把门闩上\n2、再去井边\n3、天亮以前不许点灯"
    assert sections(headings) == [(0, one) for one in TITLES if one != TITLES[2]]


@pytest.mark.parametrize("line", ["“……你走了多久了？”", "「你走了多久了？」", "你走了多久了。"])
def test_a_first_sentence_that_is_the_title_stays(line: str) -> None:
    text = f"第一章 你走了多久了？\n　　{line}\n{BODY}第二章 归舟记\n{BODY}"
    book = structured(manuscript_of(text)).book
    assert [len(section.blocks) for section in book.body] == [4, 3]


@pytest.mark.parametrize("form", ["{z}", "{d}", "{d}、{t}", "{n} {t}"])
def test_numbers_that_count_on_under_acts_are_their_scenes(form: str) -> None:
    lines = written(form)
    headings = ["第壹幕\n", *lines[:5], "第贰幕\n", *lines[5:]]
    assert [depth for depth, _ in sections(headings)] == ([0] + [1] * 5) * 2
