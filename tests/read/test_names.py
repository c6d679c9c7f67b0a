"""File names: their order, and what results are called after them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.read.book_names import title_and_author
from builder.read.names import chinese_number, slug_of, sort_key


@pytest.mark.parametrize(
    "names",
    [
        ["1", "2", "10"],
        [
            "第一章",
            "第二章",
            "第十章",
            "第十一章",
            "第二十章",
            "第廿一章",
            "第两百章",
            "第二百〇三章",
        ],
        ["第９章", "第10章", "第１１章", "第十二章"],
        ["000_d2faf04c1482b672", "001_3f9a0c1be27d4a55", "010_00aa11bb22cc33dd"],
        ["3f9a0c1be27d4a55_1", "0c1be27d4a553f9a_2"],
        ["上卷", "中卷", "下卷"],
        ["卷一 三国演义", "卷二 一个人", "卷十"],
        ["第一卷 第三章", "第一卷 第十章", "第二卷 第一章"],
        ["序章", "楔子", "第一章", "第二章", "后记", "番外一", "番外二"],
        ["正文 第一章", "第二章", "正文 第三章"],
        ["第一千零一章", "第一万章"],
        ["第一章 2012年的夏天", "第二章 1998"],
    ],
    ids=lambda names: names[0],
)
def test_names_are_sorted_by_number(names: list[str]) -> None:
    shuffled = names[::-1]
    shuffled.sort(key=sort_key)
    assert shuffled == names


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("十", 10),
        ("十二", 12),
        ("一百零三", 103),
        ("二百〇三", 203),
        ("一〇三", 103),
        ("两千", 2000),
        ("廿四", 24),
        ("卅", 30),
        ("叁佰", 300),
        ("一万二千", 12000),
        ("万", 10000),
    ],
)
def test_chinese_numerals(numeral: str, value: int) -> None:
    assert chinese_number(numeral) == value


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("夜航：远行", "夜航：远行"),
        ('a<b>:"c', "a-b-c"),
        ("..", "book"),
        ("con", "_con"),
        ("-rf", "rf"),
    ],
)
def test_slugs_are_safe_and_keep_chinese(name: str, slug: str) -> None:
    assert slug_of(name) == slug


@given(st.text(max_size=300))
def test_any_name_gives_a_key_a_title_and_a_safe_slug(name: str) -> None:
    sort_key(name)
    title_and_author(name)
    slug = slug_of(name)
    assert slug
    assert not set(slug) & set('<>:"/\\|?*\n\0')
    assert len(slug.encode()) < 200
