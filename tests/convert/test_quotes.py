"""Quotation marks follow the target's script by depth, over paragraphs too."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.convert.quotes import convert_quotes


def hant(*lines: str) -> list[str]:
    return convert_quotes(lines, "Hant")


def hans(*lines: str) -> list[str]:
    return convert_quotes(lines, "Hans")


def test_outer_and_inner_marks() -> None:
    assert hant("他說：“你說‘好’，我就走。”") == ["他說：「你說『好』，我就走。」"]
    assert hans("他说：「你说『好』，我就走。」") == ["他说：“你说‘好’，我就走。”"]


def test_a_third_level_takes_outer_marks_again() -> None:
    assert hant("“他‘她“我”她’他”好") == ["「他『她「我」她』他」好"]


def test_depth_decides_and_not_the_mark() -> None:
    assert hant("所謂‘自由’是“他說“好””。") == ["所謂「自由」是「他說『好』」。"]
    assert hans("『他说「好」』") == ["“他说‘好’”"]


def test_a_speech_over_three_paragraphs_opens_in_each_and_closes_once() -> None:
    assert hant("“第一段，", "“第二段‘引’，", "“第三段。”", "“另一人。”") == [
        "「第一段，",
        "「第二段『引』，",
        "「第三段。」",
        "「另一人。」",
    ]


def test_a_running_quotation_inside_a_speech_opens_both_again() -> None:
    assert hant("“他寫道：‘一，", "“‘二。’就這樣。”") == [
        "「他寫道：『一，",
        "「『二。』就這樣。」",
    ]


def test_a_speech_may_go_on_without_opening_again() -> None:
    assert hant("“第一段‘引文，", "接著說’。”他說完了。") == [
        "「第一段『引文，",
        "接著說』。」他說完了。",
    ]


def test_a_quotation_inside_a_speech_that_goes_on_stays_inside() -> None:
    assert hans("他说：「第一节，", "又有话说：『你们要听。』", "第三节。」") == [
        "他说：“第一节，",
        "又有话说：‘你们要听。’",
        "第三节。”",
    ]


def test_a_forgotten_close_does_not_push_later_speech_inwards() -> None:
    assert hant("“忘了關。", "他說：“好。”又說：“走。”") == [
        "「忘了關。",
        "他說：「好。」又說：「走。」",
    ]


def test_no_speech_runs_on_into_another_chapter() -> None:
    lines = ("“沒有關，‘", "’第二章。")
    assert convert_quotes(lines, "Hant", (0, 1)) == ["「沒有關，『", "』第二章。"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("好”，他說：“走。", "好」，他說：「走。"),
        ("“他說“好。”", "「他說「好。」"),
        ("’一’二‘", "』一』二『"),
    ],
)
def test_marks_that_do_not_pair_change_by_their_own_kind(line: str, expected: str) -> None:
    assert hant(line) == [expected]


@pytest.mark.parametrize(
    "line",
    [
        "他唱 Don’t stop，又唱 rock ’n’ roll。",
        "那是 students’ 的書，1990’s 的歌。",
        "It was “the best of times”, he said.",
    ],
)
def test_apostrophes_and_english_passages_are_left_alone(line: str) -> None:
    assert hant(line) == [line]


def test_a_short_latin_line_of_dialogue_is_dialogue() -> None:
    assert hant("“OK!”") == ["「OK!」"]


def test_an_apostrophe_inside_a_quotation_does_not_close_it() -> None:
    assert hant("“‘I don’t know’是什麼意思？”") == ["「『I don’t know』是什麼意思？」"]


def test_marks_of_the_target_stay_and_count_for_depth() -> None:
    assert hant("「他說“好”」") == ["「他說『好』」"]
    assert hans("“他说「好」”") == ["“他说‘好’”"]


@given(st.lists(st.text(st.sampled_from("“”‘’「」『』他 a")), max_size=6))
def test_lengths_stay_and_no_foreign_mark_is_left_in_chinese(lines: list[str]) -> None:
    once = convert_quotes(lines, "Hant")
    assert [len(line) for line in once] == [len(line) for line in lines]
    for line in once:
        if "a" not in line:
            assert not set(line) & set("“”‘’")
    assert convert_quotes(once, "Hant") == once
