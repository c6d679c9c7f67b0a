"""What the names of books say: title, author, and the place in a series."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.read.book_names import title_and_author
from builder.read.series_names import led, numbered, position_of


@pytest.mark.parametrize(
    ("name", "title", "author"),
    [
        ("《夜航》作者：林晚", "夜航", "林晚"),
        ("《夜航》作者:林晚", "夜航", "林晚"),
        ("《夜航》（精校版全本）作者：林晚", "夜航", "林晚"),
        ("《夜航》精校版 林晚", "夜航", "林晚"),
        ("《夜航》全集 作者：林晚", "夜航", "林晚"),
        ("《夜航》林晚", "夜航", "林晚"),
        ("《夜航》林晚著", "夜航", "林晚"),
        ("《夜航》（林晚）", "夜航", "林晚"),
        ("《夜航》(作者：林晚)", "夜航", "林晚"),
        ("《夜航》[美]海文", "夜航", "海文"),
        ("《夜航》", "夜航", ""),
        ("《夜航》1-300章", "夜航", ""),
        ("《夜航》全集", "夜航", ""),
        ("林晚《夜航》", "夜航", "林晚"),
        ("林晚 - 《夜航》", "夜航", "林晚"),
        ("作者：林晚《夜航》", "夜航", "林晚"),
        ("[美]海文《夜航》", "夜航", "海文"),
        ("夜航 - 林晚", "夜航", "林晚"),
        ("夜航 — 林晚", "夜航", "林晚"),
        ("夜航 - [英] 海文", "夜航", "海文"),
        ("夜航_林晚", "夜航", "林晚"),
        ("夜航-林晚", "夜航", "林晚"),
        ("夜航_作者_林晚", "夜航", "林晚"),
        ("夜航_加西亚·马尔", "夜航", "加西亚·马尔"),
        ("【夜航】林晚", "夜航", "林晚"),
        ("【夜航】作者：林晚", "夜航", "林晚"),
        ("夜航(林晚)", "夜航", "林晚"),
        ("夜航（林晚著）", "夜航", "林晚"),
        ("夜航（作者：林晚）", "夜航", "林晚"),
        ("夜航[林晚]", "夜航", "林晚"),
        ("夜航 (林晚) (Z-Library)", "夜航", "林晚"),
        ("[林晚]夜航", "夜航", "林晚"),
        ("(林晚)夜航", "夜航", "林晚"),
        ("夜航 作者：林晚", "夜航", "林晚"),
        ("夜航（校对版全本）作者：林晚", "夜航", "林晚"),
        ("夜航 全本 作者：林晚", "夜航", "林晚"),
        ("夜航 文：林晚", "夜航", "林晚"),
        ("夜航 林晚 著", "夜航", "林晚"),
        ("夜航 by 林晚", "夜航", "林晚"),
        ("夜航BY林晚", "夜航", "林晚"),
        ("夜航by林晚（完结）", "夜航", "林晚"),
        ("夜航 BY 林晚 (完结) 精校版", "夜航", "林晚"),
        ("夜航 by Lin Wan", "夜航", "Lin Wan"),
        ("Night Voyage - Lin Wan", "Night Voyage", "Lin Wan"),
        ("Night Voyage by Lin Wan", "Night Voyage", "Lin Wan"),
        ("夜航[TXT下载]", "夜航", ""),
        ("夜航-完结", "夜航", ""),
        ("夜航 完结+番外", "夜航", ""),
        ("夜航（完结）", "夜航", ""),
        ("夜航_精校版", "夜航", ""),
        ("夜航 全本", "夜航", ""),
        ("夜航1-300章", "夜航", ""),
        ("夜航（1-300章完）", "夜航", ""),
        ("夜航 更新至123章", "夜航", ""),
        ("夜航（连载至300章）", "夜航", ""),
        ("夜航@书香", "夜航", ""),
        ("夜航【书香小说网】", "夜航", ""),
        ("[www.example.com]夜航", "夜航", ""),
        ("【科幻】夜航", "夜航", ""),
        ("【完结】夜航", "夜航", ""),
        ("夜航 (2019)", "夜航", ""),
        ("夜航", "夜航", ""),
        ("night_voyage", "night_voyage", ""),
        ("001_3f9a0c1be27d4a55", "", ""),
        ("chapters", "", ""),
        ("1984", "", ""),
    ],
)
def test_title_and_author_from_a_name(name: str, title: str, author: str) -> None:
    named = title_and_author(name)
    assert (named.title, named.author) == (title, author)
    assert named.series is None


@pytest.mark.parametrize(
    "name",
    [
        "鲁迅全集",
        "夜航番外",
        "夜航（番外）",
        "三分之一",
        "上海",
        "席卷天下",
        "三国演义",
        "一千零一夜",
        "二十四史",
        "九三年",
        "第二十二条军规",
        "第三次浪潮",
        "上下五千年",
        "七卷书",
        "江湖2",
        "江湖(2)",
        "江湖上",
        "红楼梦-脂砚斋重评石头记",
        "林晚：夜航",
        "夜航·林晚",
        "水浒传（第七回）",
        "江湖全三册",
        "夜航三部曲",
        "第二部",
        "2001太空漫游",
        "夜航 林晚",
        "夜航 短篇小说集",
        "夜航 - 短篇小说集",
        "夜航 2019",
        "夜航 番外",
        "第一卷 风起",
    ],
)
def test_a_name_that_is_not_sure_stays_whole(name: str) -> None:
    named = title_and_author(name)
    assert (named.title, named.author, named.series) == (name, "", None)


@pytest.mark.parametrize(
    ("name", "title", "series", "position"),
    [
        ("夜航（上）", "夜航（上）", "夜航", 1),
        ("夜航（中）", "夜航（中）", "夜航", 2),
        ("夜航（下册）", "夜航（下册）", "夜航", 2),
        ("《夜航（上）》作者：林晚", "夜航（上）", "夜航", 1),
        ("《夜航》第二部", "夜航 第二部", "夜航", 2),
        ("《夜航》第二部 作者：林晚", "夜航 第二部", "夜航", 2),
        ("夜航 第十二册", "夜航 第十二册", "夜航", 12),
        ("夜航第二部 风起", "夜航第二部 风起", "夜航", 2),
        ("夜航_第二部", "夜航_第二部", "夜航", 2),
        ("夜航 第Ⅱ部", "夜航 第Ⅱ部", "夜航", 2),
        ("夜航 卷二", "夜航 卷二", "夜航", 2),
        ("夜航·卷廿三：风起", "夜航·卷廿三：风起", "夜航", 23),
        ("夜航 之二", "夜航 之二", "夜航", 2),
        ("夜航（二）", "夜航（二）", "夜航", 2),
        ("夜航（第三册）", "夜航（第三册）", "夜航", 3),
        ("夜航1-3", "夜航1-3", "夜航", 1),
        ("夜航（4-6）", "夜航（4-6）", "夜航", 4),
        ("夜航 Vol.2", "夜航 Vol.2", "夜航", 2),
        ("夜航Vol.2", "夜航Vol.2", "夜航", 2),
        ("Night Vol. 2", "Night Vol. 2", "Night", 2),
        ("Night, Book II", "Night, Book II", "Night", 2),
        ("夜航系列之二：风起", "风起", "夜航系列", 2),
        ("夜航三部曲1 风起", "风起", "夜航三部曲", 1),
        ("夜航（修订版）（上）", "夜航（上）", "夜航", 1),
        ("夜航 第二部（完结）", "夜航 第二部", "夜航", 2),
    ],
)
def test_a_place_in_a_series_from_a_name(name: str, title: str, series: str, position: int) -> None:
    named = title_and_author(name)
    assert named.title == title
    assert named.series is not None
    assert (named.series.series, named.series.position) == (series, position)


@pytest.mark.parametrize(
    ("title", "series", "position"),
    [
        ("江湖2", "江湖", 2),
        ("江湖 II", "江湖", 2),
        ("江湖三", "江湖", 3),
        ("江湖卷二", "江湖", 2),
        ("江湖上", "江湖", 1),
        ("江湖-下", "江湖", 2),
        ("江湖012", "江湖", 12),
    ],
)
def test_a_number_at_the_end_is_offered_to_who_knows_the_others(
    title: str, series: str, position: int
) -> None:
    found = numbered(title)
    assert found is not None
    assert (found.series, found.position) == (series, position)


@pytest.mark.parametrize("title", ["1984", "江湖(2)", "2001太空漫游", "江湖", "江湖2019", "第三部"])
def test_a_year_or_a_second_load_is_no_number_of_a_volume(title: str) -> None:
    assert numbered(title) is None


@pytest.mark.parametrize(
    ("title", "position", "own"),
    [
        ("01 夜雨", 1, "夜雨"),
        ("2.风起", 2, "风起"),
        ("第三部 归舟", 3, "归舟"),
        ("卷一：夜雨", 1, "夜雨"),
    ],
)
def test_a_number_before_the_title_leads(title: str, position: int, own: str) -> None:
    found = led(title)
    assert found is not None
    assert (found.position, found.title) == (position, own)


@pytest.mark.parametrize("title", ["1984", "夜雨", "第二次握手", "一个人"])
def test_a_title_that_only_begins_like_a_number_does_not_lead(title: str) -> None:
    assert led(title) is None


def test_of_years_and_chapters_nobody_makes_volumes() -> None:
    assert position_of("1-300") is None
    assert position_of("第一百部") is None
    assert position_of("第九十九部") == 99


@given(st.text(max_size=300))
def test_a_name_is_never_read_as_nothing_but_numbers_and_the_words_of_file_managers(
    name: str,
) -> None:
    named = title_and_author(name)
    assert not named.series or (named.title and named.series.series)
    assert len(named.title) <= max(len(name), 1) * 3


@pytest.mark.parametrize(
    "name",
    [
        f"夜航 {'.com' * 40}！", f"夜航 {'完结' * 80}！", f"[{'www.' * 40}", "（" * 5000, "（" * 190, "《" * 199,
        f"夜航{'-1' * 90}！", f"江湖第{'一' * 190}", f"{'夜 ' * 99}著", f"江湖 {'1 -' * 60}", "a_" * 99,
    ],
)  # fmt: skip
def test_a_name_made_to_be_slow_is_read_at_once(name: str) -> None:
    started = time.process_time()
    assert title_and_author(name).title
    assert time.process_time() - started < 0.5
