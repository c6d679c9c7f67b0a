import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.convert.figures import figures
from builder.convert.lattice import CLIP, REACH, Alone, around, groups, marginals, stretches
from tests.convert.figures_by_hand import LITTLE


def _scores(text: str) -> list[list[int]]:
    places = [at for at, character in enumerate(text) if character in LITTLE.candidates]
    return [
        said.scores for stretch in stretches(text, places) for said in marginals(stretch, LITTLE)
    ]


def test_a_word_of_the_lexicon_speaks_for_its_writing() -> None:
    assert _scores("心里") == [[0, -CLIP]]
    assert _scores("公里") == [[80 - 200, 0]]


def test_a_word_is_weighed_against_the_cut_into_other_words() -> None:
    # 公心|里 costs 120 + 100 for 裡 and 120 + 130 for 里; 公|心里 100 + 80 for 裡 alone.
    assert _scores("公心里") == [[0, max(-CLIP, 180 - 250)]]


def test_the_candidates_of_one_word_are_judged_together() -> None:
    # 头发|里 costs 85 + 100 with 髮; 头|发里 is dearer than any other cut.
    assert _scores("头发里") == [[max(-CLIP, 185 - (100 + 90 + 100)), 0], [0, -30]]


def test_the_cover_is_the_longest_word_with_the_place_in_it() -> None:
    (stretch,) = stretches("去头发厂", [2])
    assert [said.cover for said in marginals(stretch, LITTLE)] == ["头发:1"]
    (stretch,) = stretches("去里厂", [1])
    assert [said.cover for said in marginals(stretch, LITTLE)] == [""]


def test_places_close_to_each_other_share_a_stretch_and_no_word_crosses_a_mark() -> None:
    text = "他心里，头发里"
    found = list(stretches(text, [2, 5, 6]))
    assert [(one.start, one.text, one.ambiguous) for one in found] == [
        (0, "他心里", (2,)),
        (4, "头发里", (1, 2)),
    ]


def test_no_stretch_is_longer_than_its_places_and_their_reach() -> None:
    text = "天" * 100 + "里" + "天" * 100
    (stretch,) = stretches(text, [100])
    assert len(stretch.text) == 2 * REACH + 1
    assert stretch.text[stretch.ambiguous[0]] == "里"


@pytest.mark.parametrize("text", ["里", "里里里", "心里" * 50])
def test_every_place_gets_scores_the_best_of_them_0(text: str) -> None:
    scores = _scores(text)
    assert len(scores) == text.count("里")
    assert all(max(row) == 0 and min(row) >= -CLIP for row in scores)


@given(st.text(st.sampled_from("里发干后面头心公他长城不了王，|1"), min_size=1, max_size=20))
def test_a_place_on_its_own_gets_the_same_from_its_window_as_from_its_stretch(text: str) -> None:
    padded = f"|||{text}|||"
    for own in (LITTLE, figures()):
        alone = Alone(own)
        places = [at for at, character in enumerate(padded) if character in own.candidates]
        for group in groups(padded, places):
            if len(group) == 1:
                (at,) = group
                (said,) = marginals(around(padded, group), own)
                window = padded[at - REACH : at + REACH + 1]
                assert alone.marginals(window) == (said.scores, said.cover)
