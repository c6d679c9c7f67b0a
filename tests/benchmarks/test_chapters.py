"""The benchmark itself: its truth is true, and it notices what it is there to notice."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.chapters.evaluate import (
    FoundSection,
    Score,
    builder_understands,
    compare_sections,
    evaluate,
    skeleton,
)
from benchmarks.chapters.generate import generate
from benchmarks.chapters.mixes import FAMILIES, HARD, mix_of
from benchmarks.chapters.numerals import STYLES, write
from benchmarks.chapters.truth import RawBook
from builder.core.book import Book
from builder.core.ledger import Edit, Layer
from builder.core.traversal import project
from builder.pipeline import Understood

SMALL = ",novels=0,chapters_low=8,chapters_high=12,paragraphs_low=2,paragraphs_high=4,huge=0"
PLAIN = "standard,families=unit,numerals=chinese,ads=0,wrap=0,dirt=0,matter=0,volumes=0"
PLAIN += ",contents=0,noise=0,odd_titles=0,junk_titles=0,false_headings=0,lists=0" + SMALL


def small(mix: str, seed: int) -> RawBook:
    return generate(mix_of(mix + SMALL, seed), seed)


@pytest.mark.parametrize("mix", ["standard", "hard", "random"])
def test_the_same_seed_gives_the_same_bytes(mix: str) -> None:
    assert small(mix, 3).content == small(mix, 3).content
    assert small(mix, 3).content != small(mix, 4).content


@pytest.mark.parametrize("family", [name for name, _ in FAMILIES])
def test_every_true_section_stands_on_its_line(family: str) -> None:
    for seed in range(4):
        raw = small(f"hard,wrap=0,families={family}", seed)
        lines = raw.text.split("\n")
        for section in raw.sections:
            line = skeleton(lines[section.line - 1])
            assert skeleton(section.label) in line
            if section.family != "two-lines":
                assert skeleton(section.title) in line


def test_story_and_ads_stand_where_the_truth_says() -> None:
    books = [small("hard,glued_ads=2,wrap=0.5", seed) for seed in range(8)]
    for raw in books:
        for paragraph in raw.paragraphs:
            for sentence, (start, end) in zip(paragraph.sentences, paragraph.spans, strict=True):
                assert skeleton(raw.text[start:end]) == skeleton(sentence)
        for ad in raw.ads:
            assert skeleton(raw.text[ad.start : ad.end]) == skeleton(ad.text)
    assert sum(len(raw.ads) for raw in books) > 40


def test_letters_of_a_story_and_of_an_ad_never_overlap() -> None:
    raw = small("hard,glued_ads=2,ads=4", 5)
    story = {at for one in raw.paragraphs for start, end in one.spans for at in range(start, end)}
    assert not any(at in story for ad in raw.ads for at in range(ad.start, ad.end))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_the_bytes_say_the_text(encoding: str) -> None:
    raw = small(f"standard,broken=0,encodings={encoding}", 1)
    assert raw.content.decode(raw.encoding) == raw.text


def test_a_broken_byte_damages_the_paragraph_it_is_in_and_no_other() -> None:
    raw = small("standard,broken=3,encodings=gb18030", 1)
    damaged = [one for one in raw.paragraphs if one.is_damaged]
    assert 1 <= len(damaged) <= 3
    decoded = raw.content.decode("gb18030", "replace")
    whole = [one for one in raw.paragraphs if not one.is_damaged]
    assert all(skeleton(one.sentences[0]) in skeleton(decoded) for one in whole)


@pytest.mark.parametrize("style", STYLES)
def test_numerals_of_a_style_are_all_different(style: str) -> None:
    assert len({write(number, style) for number in range(1, 400)}) == 399


@pytest.mark.parametrize(
    ("number", "style", "words"),
    [
        (12, "chinese", "十二"),
        (103, "chinese", "一百零三"),
        (210, "two", "两百一十"),
        (1003, "chinese", "一千零三"),
        (21, "short", "廿一"),
        (30, "short", "卅"),
        (26, "digits", "二六"),
        (9, "padded", "009"),
        (12, "full", "１２"),
        (49, "roman", "XLIX"),
        (12, "radical", "⼗⼆"),
        (23, "word", "Twenty-three"),
    ],
)
def test_numbers_are_written_as_people_write_them(number: int, style: str, words: str) -> None:
    assert write(number, style) == words


def test_unknown_mixes_are_refused() -> None:
    with pytest.raises(KeyError):
        mix_of("standard,chapterz=3", 0)
    assert mix_of("hard,ads=3.5", 0).ads == 3.5
    assert mix_of("hard", 0) == HARD


# --- positive controls ------------------------------------------------------------------------


def oracle(raw: RawBook) -> tuple[FoundSection, ...]:
    return tuple(
        FoundSection(one.line, min(one.depths), one.label, one.title, one.number, "chapter")
        for one in raw.sections
    )


def f1(raw: RawBook, found: tuple[FoundSection, ...]) -> float:
    score = Score()
    compare_sections(raw, found, score)
    return score.f1


def test_who_knows_everything_scores_one() -> None:
    for seed in range(6):
        raw = small("hard", seed)
        assert f1(raw, oracle(raw)) == 1.0


def test_each_kind_of_mistake_costs_its_share() -> None:
    raw = small("hard,volumes=1,families=unit", 1)
    right = oracle(raw)
    assert f1(raw, ()) == 0.0
    assert f1(raw, tuple(replace(one, line=one.line + 1) for one in right)) < 0.1
    assert f1(raw, tuple(replace(one, depth=one.depth + 4) for one in right)) == 0.0
    assert f1(raw, tuple(replace(one, title=one.title + "月票") for one in right)) == 0.0
    assert f1(raw, right[::2]) == pytest.approx(2 / 3, abs=0.05)
    doubled = tuple(twice for one in right for twice in (one, replace(one, title="多余")))
    assert f1(raw, doubled) == pytest.approx(2 / 3, abs=0.05)


def test_a_plain_book_is_understood_whole() -> None:
    score = evaluate(generate(mix_of(PLAIN, 2), 2))
    assert (score.sentences_lost, score.ledgers_wrong, score.encodings_wrong) == (0, 0, 0)
    assert score.f1 == 1.0
    assert score.paragraphs_right == score.paragraphs > 10


def test_a_detector_that_knows_only_the_first_chapter_scores_badly() -> None:
    def first_only(path: Path) -> Understood:
        made = builder_understands(path)
        first = made.book.body[0]
        rest = tuple(replace(one, label="", title="", number=None) for one in made.book.body[1:])
        return replace(made, book=replace(made.book, body=(first, *rest)))

    score = evaluate(generate(mix_of(PLAIN, 2), 2), first_only)
    assert score.recall < 0.2
    assert score.ledgers_wrong == 1


def test_a_lost_sentence_is_noticed() -> None:
    raw = generate(mix_of(PLAIN, 2), 2)
    victim = raw.paragraphs[4].sentences[0]

    def careless(path: Path) -> Understood:
        made = builder_understands(path)
        text = project(made.book)
        at = text.index(victim)
        layer = Layer.of("careless", [Edit("X001", at, at + len(victim), victim, "")])
        return replace(made, ledger=made.ledger.then(layer))

    score = evaluate(raw, careless)
    assert score.sentences_lost == 1
    assert score.ledgers_wrong == 1


def test_a_lost_title_is_noticed() -> None:
    raw = generate(mix_of(PLAIN, 2), 2)
    section = raw.sections[3]

    def careless(path: Path) -> Understood:
        made = builder_understands(path)
        text = project(made.book)
        at = text.index(section.title, text.index(section.label))
        edit = Edit("X001", at, at + len(section.title), section.title, "")
        return replace(made, ledger=made.ledger.then(Layer.of("careless", [edit])))

    score = evaluate(raw, careless)
    assert section.title
    assert (score.titles_lost, score.sentences_lost) == (1, 0)


def test_an_ad_that_stays_is_noticed() -> None:
    def keeps_everything(path: Path) -> Understood:
        made = builder_understands(path)
        text = made.manuscript.decoded
        empty = Book(made.book.metadata)
        return replace(
            made,
            book=empty,
            ledger=type(made.ledger)(),
            manuscript=replace(made.manuscript, text=text),
        )

    raw = small("standard,ads=6,families=unit", 1)
    score = evaluate(raw, keeps_everything)
    assert score.ads_left == score.ads == len(raw.ads) > 0
    assert score.f1 == 0.0
