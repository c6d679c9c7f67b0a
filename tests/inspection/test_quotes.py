"""Quotation marks: what is out of balance, and the many sound ways to speak."""

import pytest

from builder.inspection.examination import Imbalance
from builder.inspection.quotes import find_quote_faults
from tests.inspection.making import passages_of


@pytest.mark.parametrize(
    ("paragraph", "kind", "mark", "column"),
    [
        ("老何说：“水底下有人敲钟。", Imbalance.UNCLOSED, "“", 5),
        ("水底下有人敲钟。”老何说。", Imbalance.UNOPENED, "”", 9),
        ("他问：「你听見『鐘聲」了？", Imbalance.UNCLOSED, "『", 8),
        ("他問：「你聽見了？』", Imbalance.UNOPENED, "』", 10),
        ("他读《水账时睡着了。", Imbalance.UNCLOSED, "《", 3),
        ("“走吧。”老何说，“天快亮了。", Imbalance.UNCLOSED, "“", 10),
    ],
)
def test_a_mark_without_partner_is_found(
    paragraph: str, kind: Imbalance, mark: str, column: int
) -> None:
    [fault] = find_quote_faults(passages_of(("灯下", [paragraph, "没有人接话。"])))
    assert (fault.kind, fault.mark) == (kind, mark)
    assert str(fault.place.location) == f"a.txt:2:{column}"
    assert paragraph.startswith(f"{fault.before}{mark}") or fault.before + mark in paragraph


@pytest.mark.parametrize(
    "paragraphs",
    [
        ["“你听，”他说，“水底下有人敲钟。”"],
        ["他说：“她问‘走不走’，我没有答。”"],
        ["「她問『走不走』，我沒有答。」"],
        ["It’s a rock ’n’roll 的夜晚，他说：“好。”"],
        ["“第一件事，把灯点上。", "“第二件事，把门关好。”"],
        ["他念道：“", "／春水船如天上坐", "”念完便走了。"],
        ["没有引号的一段。"],
    ],
    ids=["broken", "nested", "corners", "apostrophes", "runs on", "verse inside", "none"],
)
def test_sound_speech_is_left_alone(paragraphs: list[str]) -> None:
    assert find_quote_faults(passages_of(("灯下", [*paragraphs, "没有人接话。"]))) == ()


def test_one_speech_over_two_paragraphs_is_one_fault() -> None:
    passages = passages_of(("灯下", ["“第一件事，把灯点上。", "第二件事，把门关好。”"]))
    [fault] = find_quote_faults(passages)
    assert fault.kind is Imbalance.UNCLOSED


def test_running_on_past_the_chapter_is_a_fault() -> None:
    passages = passages_of(("灯下", ["“把灯点上。"]), ("对岸", ["“把门关好。”"]))
    assert len(find_quote_faults(passages)) == 1


def test_poetry_to_the_end_of_the_chapter_closes_nothing() -> None:
    passages = passages_of(("灯下", ["他念道：“", "／春水船如天上坐"]))
    assert len(find_quote_faults(passages)) == 1


def test_a_book_that_never_opens_anew_has_its_own_way() -> None:
    """Scripture prints one verse a line: marks open in one and close some lines below."""
    speech = ["他說：「你們要聽我的話，", "把燈點上，", "把門關好。」", "眾人就去了。"]
    passages = passages_of(*((f"第{n}夜", speech) for n in range(12)))
    assert find_quote_faults(passages) == ()
    alone = passages_of(("第一夜", speech))
    assert len(find_quote_faults(alone)) == 1
