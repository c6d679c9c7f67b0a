"""Books with the same text are found, whatever they wear; others never are."""

import random

import pytest

from builder.convert import convert_text
from builder.core.language import TARGETS
from builder.shelf.likeness import Part, alike, sketch, sketched

# Frequent characters, so that shingles begin everywhere; the texts mean nothing.
HAN = "".join(chr(0x4E00 + 7 * index) for index in range(1500))


def a_novel(seed: int, characters: int = 20_000) -> str:
    chance = random.Random(seed)
    lines = []
    while characters > 0:
        line = "，".join("".join(chance.choices(HAN, k=chance.randint(4, 14))) for _ in range(5))
        lines.append(f"　　{line}。")
        characters -= len(line)
    return "\n".join(lines)


NOVEL = a_novel(1)
ADVERT = "最新章节请到书香阁阅读，手机同步更新。"


def worn(text: str, seed: int = 3) -> str:
    """With adverts, misprints, other marks and lines broken at forty."""
    chance = random.Random(seed)
    text = "\n".join(
        line + (f"\n{ADVERT}" if chance.random() < 0.05 else "") for line in text.split("\n")
    )
    text = "".join("口" if chance.random() < 0.01 else one for one in text).replace("，", ",")
    return "\n".join(text[at : at + 40] for at in range(0, len(text), 40))


@pytest.mark.parametrize("other", [NOVEL, NOVEL.replace("\n", "\r\n\r\n"), worn(NOVEL)])
def test_the_same_text_in_other_clothes_is_the_same(other: str) -> None:
    found = alike([sketch(a_novel(2)), sketch(NOVEL), sketch(other)])
    assert found.same == ((1, 2),)
    assert found.parts == ()


def test_the_same_text_in_the_other_script_is_the_same() -> None:
    text = "雨停的时候，老何才把船灯点上，对岸没有人应他，水声从桥洞里传过来，他数到第十二下才转身进舱去。"
    story = "\n".join(
        f"{text}第{number}回后来他发现头发干了。{NOVEL[number : number + 90]}"
        for number in range(0, 9000, 97)
    )
    other = convert_text(story, TARGETS["zh-Hant-TW"]).text
    assert other != story
    assert alike([sketch(story), sketch(other)]).same == ((0, 1),)


def test_unrelated_texts_are_not_alike() -> None:
    found = alike([sketch(a_novel(seed)) for seed in range(40)])
    assert (found.same, found.parts) == ((), ())


def test_adverts_that_all_books_carry_make_none_alike() -> None:
    books = [sketch(f"{ADVERT}\n{a_novel(seed)}\n{ADVERT}") for seed in range(20)]
    assert alike(books).same == ()
    assert alike(books).parts == ()


@pytest.mark.parametrize("share", [0.1, 0.4, 0.7])
def test_an_older_part_of_a_text_is_told_with_the_whole(share: float) -> None:
    whole = a_novel(5, 60_000)
    part = whole[: int(len(whole) * share)]
    found = alike([sketch(part), sketch(a_novel(6)), sketch(whole)])
    assert found.same == ()
    assert found.parts == (Part(0, 2, 1.0),)


def test_a_book_that_shares_a_tenth_with_another_is_not_told() -> None:
    mixed = NOVEL[:2000] + a_novel(9)
    found = alike([sketch(NOVEL), sketch(mixed)])
    assert (found.same, found.parts) == ((), ())


def test_many_copies_are_one_group_and_a_part_is_told_once() -> None:
    whole = sketch(a_novel(5, 60_000))
    part = sketch(a_novel(5, 60_000)[:30_000])
    found = alike([whole, part, whole, part, whole])
    assert found.same == ((0, 2, 4), (1, 3))
    assert [(one.book, one.of) for one in found.parts] == [(1, 0)]


def test_short_texts_count_only_when_they_are_the_same() -> None:
    short = NOVEL[:400]
    assert alike([sketch(short), sketch(short)]).same == ((0, 1),)
    assert alike([sketch(short), sketch(short[:200])]).same == ()


@pytest.mark.parametrize("text", ["", "Ishmael.", "雨。"])
def test_a_text_without_enough_han_is_like_nothing(text: str) -> None:
    assert sketch(text) == ""
    assert alike([sketch(text)] * 2).same == ()


@pytest.mark.parametrize("said", ["", "x", "12:", "a:AAAA", "12:%%%%", "12:AAA="])
def test_what_is_no_sketch_is_like_nothing(said: str) -> None:
    assert sketched(said) is None
    assert alike([said, said]).same == ()


def test_a_sketch_is_small_whatever_the_book() -> None:
    assert len(sketch(a_novel(1, 400_000))) < 1_500
