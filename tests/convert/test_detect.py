"""The script and the region's style of a text."""

import pytest

from builder.convert import detect_language
from builder.convert.detect import SIMPLIFIED_ONLY, TRADITIONAL_ONLY, script_of, survey
from tests.conftest import SHARED


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("他在房间里说着话。", "zh-Hans"),
        ("他在房間裡說著話，為什麼？", "zh-Hant-TW"),
        ("他在房間裏説着話，為什麼？", "zh-Hant-HK"),
        ("他在房間裏說着話，為什麼？", "zh-Hant-HK"),
        ("他在房間裏說着話，爲什麼？", "zh-Hant"),
        ("雲端裏說著話，為何？", "zh-Hant"),
        ("後來沒有人說話。", "zh-Hant"),
        ("山高水深", "zh-Hans"),
        ("", "zh-Hans"),
        ("Only Latin here.", "zh-Hans"),
    ],
)
def test_a_sentence_is_enough(text: str, tag: str) -> None:
    assert detect_language(text) == tag


def test_a_quotation_in_the_other_script_does_not_decide() -> None:
    assert detect_language("这里没有人说话。" * 20 + "這裡沒有人說話。") == "zh-Hans"


def test_samples_reach_the_end_of_a_long_text() -> None:
    text = "一" * 300_000 + "這裡沒有人說話。" * 20_000
    assert detect_language(text) == "zh-Hant-TW"


def test_no_character_tells_both_ways() -> None:
    assert not SIMPLIFIED_ONLY & TRADITIONAL_ONLY
    # These are written in both scripts.
    assert not (SIMPLIFIED_ONLY | TRADITIONAL_ONLY) & set("后里干只面台云余范几谷系着著乾")


def test_a_mixed_text_says_so() -> None:
    mixed = survey("这里没有人说话。" * 10 + "這裡沒有人說話。" * 10)
    assert mixed.is_mixed
    assert mixed.minority_share == 0.5
    assert not survey("这里没有人说话。" * 100 + "說").is_mixed


@pytest.mark.parametrize(
    ("line", "script"),
    [("这里没有人说话", "Hans"), ("這裡沒有人說話", "Hant"), ("说", None), ("这说沒話来", None)],
)
def test_a_line_speaks_for_itself_only_when_it_is_sure(line: str, script: str | None) -> None:
    assert script_of(line) == script


@pytest.mark.parametrize("script", ["Hans", "Hant"])
def test_whole_books_are_told_apart(script: str) -> None:
    ending = {"Hans": "_s.txt", "Hant": "_t.txt"}[script]
    books = sorted(SHARED.glob(f"corpus/*{ending}"))
    if not books:
        pytest.skip("no corpus beside this checkout")
    for path in books:
        found = survey(path.read_text("utf-8"))
        assert found.script == script, path.name
        assert found.minority_share < 0.001, path.name
