"""Two spellings of one name: slips are found, brothers and words are not."""

import pytest

from builder.inspection.examination import Resemblance
from builder.inspection.sounds import look_alike, sound_likeness, syllables
from builder.inspection.spellings import find_spellings
from tests.inspection.making import passages_of


def story(name: str, slip: str, count: int = 5) -> list[str]:
    usual = (
        "{}说，今年的水来得早。",
        "大家看着{}，没有人动。",
        "{}把灯点上。",
        "老何问{}，船还开不开。",
        "{}摇摇头。",
    )
    lines = [usual[at % len(usual)].format(name) for at in range(count)]
    return [*lines, f"天快亮的时候，{slip}走了。"]


@pytest.mark.parametrize(
    ("name", "slip", "because"),
    [
        ("陈望舒", "陈忘舒", Resemblance.SOUND),
        ("黄丽仪", "黄令仪", Resemblance.NEAR_SOUND),
        ("林晓晨", "林晓陈", Resemblance.SOUND),
        ("林晓雪", "林小雪", Resemblance.SOUND),
        ("徐青山", "徐清山", Resemblance.SOUND),
        ("周建民", "周健民", Resemblance.SOUND),
        ("沈兰英", "沈蓝英", Resemblance.SOUND),
        ("孙志明", "孙自明", Resemblance.NEAR_SOUND),
        ("冯己成", "冯已成", Resemblance.LOOK),
        ("許鳳鳴", "許風鳴", Resemblance.SOUND),
        ("欧阳若兰", "欧阳若蓝", Resemblance.SOUND),
        ("令狐玉山", "令狐王山", Resemblance.LOOK),
        ("伊丽莎白·贝内特", "伊利莎白·贝内特", Resemblance.SOUND),
    ],
)
def test_a_slip_is_found(name: str, slip: str, because: Resemblance) -> None:
    [found] = find_spellings(passages_of(("灯下", story(name, slip))))
    assert (found.common, found.rare) == (name, slip)
    assert (found.common_count, found.rare_count, found.because) == (5, 1, because)
    assert str(found.places[0].location) == "a.txt:7:8"
    assert 0 < found.score <= 1


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("陈望舒", "陈守义"),
        ("陈望舒", "陈望山"),
        ("黄丽仪", "张丽仪"),
        ("高兴地", "高兴的"),
        ("欧阳若兰", "欧阳若梅"),
    ],
    ids=["another person", "a brother", "another surname", "words", "a sister"],
)
def test_other_people_and_words_are_left_alone(name: str, other: str) -> None:
    assert find_spellings(passages_of(("灯下", story(name, other)))) == ()


def test_a_name_of_two_characters_must_come_often_and_sound_the_same() -> None:
    [found] = find_spellings(passages_of(("灯下", story("段云", "段芸", 12))))
    assert (found.common, found.rare) == ("段云", "段芸")
    assert find_spellings(passages_of(("灯下", story("段云", "段芸", 6)))) == ()
    assert find_spellings(passages_of(("灯下", story("段云", "段英", 12)))) == ()


def test_two_people_who_both_keep_coming_are_two_people() -> None:
    lines = story("陈望舒", "雨", 10) + story("陈忘舒", "雨", 9)
    assert find_spellings(passages_of(("灯下", lines))) == ()


def test_a_slip_far_from_the_name_is_somebody_else() -> None:
    filler = ["雨下了一整夜，没有人出门。"] * 400
    lines = [*story("陈望舒", "雨"), *filler, "天快亮的时候，陈忘舒走了。"]
    assert find_spellings(passages_of(("灯下", lines))) == ()


@pytest.mark.parametrize(
    ("name", "slip", "count"), [("陈望舒", "陈忘舒", 3), ("黄丽仪", "黄令仪", 9)]
)
def test_a_weak_likeness_must_stand_close(name: str, slip: str, count: int) -> None:
    filler = ["雨下了一整夜，没有人出门。"] * 150
    lines = story(name, slip, count)
    assert len(find_spellings(passages_of(("灯下", lines)))) == 1
    assert find_spellings(passages_of(("灯下", [*lines[:-1], *filler, lines[-1]]))) == ()


def test_what_does_not_stand_where_names_stand_is_no_name() -> None:
    lines = [*story("陈望舒", "雨"), "这是推陈忘舒展的道理。"]
    assert find_spellings(passages_of(("灯下", lines))) == ()


def test_the_likeliest_pair_comes_first() -> None:
    lines = story("陈望舒", "陈忘舒", 30) + story("黄丽仪", "黄令仪")
    found = find_spellings(passages_of(("灯下", lines)))
    assert [pair.rare for pair in found] == ["陈忘舒", "黄令仪"]
    assert found[0].score > found[1].score


@pytest.mark.parametrize(
    ("left", "right", "likeness"),
    [("望", "忘", 1.0), ("志", "自", 0.8), ("林", "玲", 0.8), ("丽", "令", 0.6), ("陈", "王", 0.0), ("龘", "王", 0.0)],
)  # fmt: skip
def test_characters_sound_alike_in_degrees(left: str, right: str, likeness: float) -> None:
    assert sound_likeness(left, right) == sound_likeness(right, left) == likeness


def test_the_table_of_sounds_is_whole() -> None:
    assert len(syllables()) > 390
    assert {"shen", "se", "lv", "zhuang", "er"} <= syllables()
    assert look_alike("己", "已")
    assert not look_alike("山", "水")


def test_two_scripts_of_one_name_are_no_slip_and_a_title_is_no_name() -> None:
    book = passages_of(("灯", story("林晓红", "林晓紅", count=12)))
    assert [one.rare for one in find_spellings(book)] == ["林晓紅"]
    assert find_spellings(book, lambda name: name.replace("紅", "红")) == ()
    assert find_spellings(passages_of(("灯", story("林晓杰", "林小姐", count=12)))) == ()
