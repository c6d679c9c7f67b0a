"""Paragraphs that stand twice: exact ones, near ones, whole chapters, and what is none."""

import random
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.inspection.duplicates import find_duplicates, likeness_of
from tests.inspection.making import passages_of

FERRY = "渡口的老船工每天清早都要把缆绳解开再系上，他说绳子和人一样，闲久了就不肯听话了。"
MILL = "磨坊的水轮在夜里转得特别响，孩子们都说那是河神在数他白天收下的铜钱，一枚也不肯少。"
INN = "客栈的掌柜把算盘拨了三遍，仍旧少了两文钱，便叹一口气，从自己的袖子里摸出来添上。"


def test_an_exact_copy_is_found_with_both_places() -> None:
    [found] = find_duplicates(passages_of(("灯下", [FERRY, MILL]), ("对岸", [INN, FERRY])))
    assert (found.likeness, found.paragraphs) == (1.0, 1)
    assert found.first == found.second == FERRY
    assert (found.first_place.section, found.second_places[0].section) == (0, 1)
    assert str(found.first_place.location) == "a.txt:2:1"
    assert str(found.second_places[0].location) == "a.txt:6:1"


def test_punctuation_alone_makes_no_difference() -> None:
    other = FERRY.replace("，", "、").replace("。", "！")
    [found] = find_duplicates(passages_of(("灯下", [FERRY, other])))
    assert found.likeness == 1.0


@pytest.mark.parametrize("at", [0, 5, 17, 28, 36])
def test_one_changed_character_is_still_the_same_paragraph(at: int) -> None:
    changed = f"{FERRY[:at]}鹭{FERRY[at + 1 :]}"
    [found] = find_duplicates(passages_of(("灯下", [FERRY, MILL, changed, INN])))
    assert 0.9 <= found.likeness < 1


def test_a_chapter_pasted_twice_is_one_finding() -> None:
    chapter = [FERRY, "是。", MILL, INN]
    [found] = find_duplicates(passages_of(("灯下", chapter), ("对岸", chapter)))
    assert found.paragraphs == 3


def test_many_copies_of_one_paragraph_are_one_finding() -> None:
    passages = passages_of(*((f"第{n}夜", [FERRY, f"{n}号船{n * 7}更靠岸。"]) for n in range(1, 6)))
    [found] = find_duplicates(passages)
    assert len(found.second_places) == 4


@pytest.mark.parametrize(
    "paragraphs",
    [
        [FERRY, MILL, INN],
        ["他点点头。", "他点点头。", "他点点头。"],
        [f"／{FERRY}", f"／{FERRY}"],
        ["————" * 12, "……" * 20, "————" * 12],
    ],
    ids=["different", "short", "refrain in verse", "strokes"],
)
def test_what_is_no_duplicate_is_left_alone(paragraphs: list[str]) -> None:
    assert find_duplicates(passages_of(("灯下", paragraphs))) == ()


def test_likeness_is_about_the_share_of_same_characters() -> None:
    text = FERRY + MILL + INN
    changed = list(text)
    for at in random.Random(4).sample(range(len(text)), len(text) // 10):
        changed[at] = "鹭"
    assert likeness_of(text, "".join(changed)) == pytest.approx(0.9, abs=0.03)
    assert likeness_of(text, text) == 1.0
    assert likeness_of(FERRY, MILL) < 0.6
    assert likeness_of(FERRY, FERRY * 2) == 0.0


def test_time_grows_with_the_text_not_with_its_square() -> None:
    """Common phrases pair a paragraph with its last few neighbours only."""
    phrase = "渡口的老船工每天清早都要"
    chooser = random.Random(2)
    han = [chr(code) for code in range(0x4E00, 0x5E00)]
    lines = [phrase + "".join(chooser.choices(han, k=30)) for _ in range(3000)]
    assert find_duplicates(passages_of(("灯下", lines))) == ()


@given(
    st.text("甲乙丙", max_size=12), st.text("甲乙丙", max_size=12), st.text("甲乙丙", max_size=6)
)
def test_what_two_texts_begin_and_end_with_counts_as_it_stands(
    left: str, right: str, shared: str
) -> None:
    for ours, theirs in (
        (left, right),
        (shared + left, shared + right),
        (left + shared, right + shared),
    ):
        if ours == theirs or not 0.8 <= len(ours) / max(len(theirs), 1) <= 1.25:
            continue
        common = (Counter(pairwise(ours)) & Counter(pairwise(theirs))).total()
        whole = (1 + 2 * common / max(len(ours) + len(theirs) - 2, 1)) / 2
        assert likeness_of(ours, theirs) == whole
