"""Persons who are called like an everyday word: known by what they do all through a book."""

import pytest

from builder.convert import convert_text
from builder.core.language import TARGETS

STORY = """\
{name}推开门，雪花扑面而来。
“{name}！”有人在身后喊他。
{name}转身，看见那个卖花的姑娘。
老人看着{name}，忽然笑了。
{name}点了点头，跟着她走出城门。
姑娘把篮子递给{name}，低声说了句什么。
"""


def _converted(text: str) -> str:
    return convert_text(text, TARGETS["zh-Hant-TW"]).text


@pytest.mark.parametrize(
    ("name", "wanted"), [("余烬", "余燼"), ("沈阳", "沈陽"), ("朱砂", "朱砂"), ("于归", "于歸")]
)
def test_who_acts_and_is_called_by_name_is_a_person_all_through_the_book(
    name: str, wanted: str
) -> None:
    assert _converted(STORY.format(name=name)).count(wanted) == STORY.count("{name}")


def test_where_signs_speak_for_the_word_it_is_one_in_its_heros_book_too() -> None:
    text = STORY.format(name="余烬") + "灶膛里还有一点余烬，她添了把柴。\n"
    assert "一點餘燼" in _converted(text)


@pytest.mark.parametrize(("noun", "wanted"), [("游客", "遊客"), ("干部", "幹部"), ("党员", "黨員")])
def test_what_people_are_is_no_name_however_often_they_act(noun: str, wanted: str) -> None:
    assert _converted(STORY.format(name=noun)).count(wanted) == STORY.count("{name}")


def test_what_nobody_is_called_by_stays_a_word() -> None:
    text = STORY.format(name="余烬").replace("“余烬！”有人", "“喂！”有人")
    assert "余燼" not in _converted(text)


@pytest.mark.parametrize("when", ["周一", "于是"])
def test_when_people_act_is_no_person(when: str) -> None:
    text = "".join(f"{when}{act}。\n" for act in ("请假", "站起身", "推开门", "转身走了"))
    converted = _converted(text + f"“{when}，你来一趟。”\n")
    assert "于" not in converted
    assert "周一" not in converted
