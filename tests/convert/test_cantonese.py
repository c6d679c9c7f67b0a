"""Cantonese sentences keep their 係, 晒 and 吓; the written language is as it was."""

import pytest

from builder.convert import convert_text
from builder.convert.cantonese import RULE, spoken
from builder.core.language import TARGETS


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("佢话系呢度等。", "佢話係呢度等。"),
        ("我哋食晒啲嘢。", "我哋食晒啲嘢。"),
        ("你睇吓佢啦。", "你睇吓佢啦。"),
        ("点解又系我？", "點解又係我？"),
        ("佢同我冇关系。", "佢同我冇關係。"),
        ("呢套系统好嘅。", "呢套系統好嘅。"),
        ("佢吓亲我。", "佢嚇親我。"),
        ("他说：“系呀！佢真系嚟咗。”", "他說：「係呀！佢真係嚟咗。」"),
        ("唔，我在历史系。", "唔，我在歷史系。"),
        ("他晒太阳，吓了一跳。", "他曬太陽，嚇了一跳。"),
    ],
)
def test_what_is_spoken_is_not_what_is_written(source: str, expected: str) -> None:
    assert convert_text(source, TARGETS["zh-Hant-TW"]).text == expected


def test_cantonese_has_its_own_rule_in_the_ledger() -> None:
    layers = convert_text("佢话呢个系最后嘅机会。", TARGETS["zh-Hant-TW"]).layers
    choices = list(spoken(["佢系呢度"], ["佢系呢度"]))
    assert [(one.at, one.after, one.reason) for one in choices] == [(1, "係", RULE)]
    assert layers


def test_lines_of_another_length_and_without_speech_are_left_alone() -> None:
    assert not list(spoken(["佢系呢度"], ["佢系呢度們"]))
    assert not list(spoken(["中文系在山上"], ["中文系在山上"]))
