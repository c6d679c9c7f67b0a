"""The words of a cover come from the metadata, cut as a cover shows them."""

import pytest

from builder.core.book import Creator, Metadata, Series
from builder.covers.wording import words_of
from tests.covers.books import ANTHOLOGY, LATIN, MANY_MAKERS, SHORT, a_book


@pytest.mark.parametrize(
    ("whole", "title", "subtitle"),
    [
        ("长夜", "长夜", ""),
        ("重生之2046：AI的黄昏", "重生之2046", "AI的黄昏"),
        ("渡口——三代人的河", "渡口", "三代人的河"),
        ("水账 第一卷 风起", "水账", "第一卷 风起"),
        ("长夜：灯", "长夜：灯", ""),
        ("红尘（上）", "红尘·上", ""),
        ("红尘（全三册）", "红尘", "全三册"),
        ("The Moon: A Story", "The Moon: A Story", ""),
        ("（序）", "（序）", ""),
        ("长\u3000夜\n", "长 夜", ""),
        ("长\u200b夜\U000e0100\x07", "长夜", ""),
    ],
)
def test_a_long_title_is_cut_at_its_colon_and_a_short_one_stays(
    whole: str, title: str, subtitle: str
) -> None:
    words = words_of(a_book(whole))
    assert (words.title, words.subtitle) == (title, subtitle)


def test_a_subtitle_that_is_given_leaves_the_title_whole() -> None:
    words = words_of(a_book("重生之2046：AI的黄昏", subtitle="修订本"))
    assert (words.title, words.subtitle) == ("重生之2046：AI的黄昏", "修订本")


def test_authors_stand_first_and_the_others_say_what_they_did() -> None:
    assert words_of(MANY_MAKERS).creators == ("蒲柳生", "顾言 编", "唐果 绘")
    translated = Metadata(
        "長夜", "zh-Hant", creators=(Creator("林青", "trl"), Creator("沈硯"), Creator("某", "xyz"))
    )
    assert words_of(translated).creators == ("沈硯\u3000某", "林青 譯")


def test_an_anthology_names_three_and_says_so() -> None:
    assert words_of(ANTHOLOGY).creators == ("甲一\u3000乙二三\u3000丙四 等",)


def test_a_publisher_who_is_the_author_is_named_once() -> None:
    assert words_of(a_book("水账", "青篙社", publisher="青篙社")).publisher == ""
    assert words_of(a_book("水账", "沈砚", publisher="青篙社")).publisher == "青篙社"


@pytest.mark.parametrize(
    ("title", "series", "line"),
    [
        ("聊斋续异", Series("古今奇谈", 12.0), "古今奇谈·十二"),
        ("聊斋续异", Series("古今奇谈"), "古今奇谈"),
        ("聊斋续异", Series("古今奇谈", 2.5), "古今奇谈·2.5"),
        ("长夜", Series("长夜", 2.0), "之二"),
        ("水账 第一卷 风起", Series("水账", 1.0), ""),
        ("长夜", None, ""),
    ],
)
def test_a_series_is_named_with_its_number_and_not_twice(
    title: str, series: Series | None, line: str
) -> None:
    assert words_of(a_book(title, series=series)).series_line == line


def test_a_book_without_a_title_is_untitled_in_its_script() -> None:
    assert words_of(a_book(" ")).title == "无题"
    assert words_of(a_book("", language="zh-Hant-TW")).title == "無題"
    assert words_of(a_book("长夜", " ")).creators == ()


def test_what_nobody_could_read_is_cut() -> None:
    words = words_of(a_book("长夜" * 3000, "沈砚" * 60))
    assert words.title == "长夜" * 59 + "长…"
    assert words.creators == ("沈砚" * 60,)


def test_a_long_subtitle_is_set_in_lines_that_can_be_read() -> None:
    assert words_of(a_book("长夜", subtitle="")).subtitle_lines == ()
    assert words_of(a_book("长夜", subtitle="修订本")).subtitle_lines == ("修订本",)
    long = words_of(a_book("长夜", subtitle="一条河与三代人的六十年，以及他们没有说出口的话"))
    assert long.subtitle_lines == ("一条河与三代人的六十年", "以及他们没有说出口的话")
    endless = words_of(a_book("长夜", subtitle="一条河与三代人" * 10)).subtitle_lines
    assert len(endless) == 3
    assert endless[-1].endswith("…")
    assert all(len(line) <= 20 for line in endless)


def test_only_a_latin_title_has_to_run_across() -> None:
    assert words_of(LATIN).runs_across
    assert not words_of(SHORT).runs_across
    assert not words_of(a_book("重生之Moonlight")).runs_across
    assert words_of(SHORT).is_han
    assert not words_of(a_book("长夜2")).is_han
