"""The stranger's mix: its truth is true, whatever frame its headings have."""

import pytest

from benchmarks.chapters.evaluate import FoundSection, Score, compare_sections, evaluate, skeleton
from benchmarks.chapters.generate import generate
from benchmarks.chapters.mixes import mix_of
from benchmarks.chapters.truth import RawBook
from benchmarks.chapters.words import words

SMALL = ",chapters_low=8,chapters_high=14,paragraphs_low=2,paragraphs_high=5"


def stranger(seed: int, changes: str = "") -> RawBook:
    return generate(mix_of("stranger" + changes + SMALL, seed), seed)


def test_the_same_seed_gives_the_same_book_and_another_seed_another() -> None:
    assert stranger(3).content == stranger(3).content
    assert stranger(3).content != stranger(4).content


@pytest.mark.parametrize("seed", range(24))
def test_sections_story_and_ads_stand_where_the_truth_says(seed: int) -> None:
    raw = stranger(seed)
    lines = raw.text.split("\n")
    for section in raw.sections:
        near = skeleton("".join(lines[section.line - 1 : section.line + 2]))
        assert skeleton(section.title) in near
    for paragraph in raw.paragraphs:
        for sentence, (start, end) in zip(paragraph.sentences, paragraph.spans, strict=True):
            assert skeleton(raw.text[start:end]) == skeleton(sentence)
    for ad in raw.ads:
        assert skeleton(raw.text[ad.start : ad.end]) == skeleton(ad.text)


def test_who_knows_everything_scores_one_and_who_knows_nothing_none() -> None:
    raw = stranger(1)
    known = tuple(
        FoundSection(one.line, min(one.depths), one.label, one.title, one.number, "chapter")
        for one in raw.sections
    )
    for found, right in ((known, 1.0), ((), 0.0)):
        score = Score()
        compare_sections(raw, found, score)
        assert score.f1 == right


def test_many_frames_and_ads_come_up() -> None:
    books = [stranger(seed) for seed in range(40)]
    assert len({raw.traits[0] for raw in books}) > len(words("strange frames")) / 3
    assert len({ad.kind for raw in books for ad in raw.ads}) == 3
    assert {raw.is_wrapped for raw in books} == {True, False}


def test_no_sentence_of_a_stranger_is_lost_and_the_ledger_is_exact() -> None:
    score = Score()
    for seed in range(3):
        score.add(evaluate(stranger(seed, ",broken=0")))
    assert (score.sentences_lost, score.ledgers_wrong, score.encodings_wrong) == (0, 0, 0)
    assert score.sentences > 200
