"""Wrapped texts get their paragraphs back; what only has lines of one length keeps them."""

import re
import textwrap
from collections.abc import Callable
from random import Random

import pytest

from builder.core.config import Config
from builder.core.manuscript import Manuscript, SourceFile
from builder.normalize import normalize

SENTENCES = (
    "老何把船灯挂在桅杆下面，回头看了一眼堤上的那排杨树。",
    "镇上的人都说他操心太多，可是他记得十几年前那场大水！",
    "雾从河心漫上来，先盖住码头，再盖住祠堂门口的石狮子，最后连钟声也听不真了。",
    "没有人接话。",
    "他数了数剩下的钱，又把账本合上，心里想着下游那道闸门要是再不修，等到端午就怕来不及了。",
    "后半夜，守堤的人换了班。",
    "灯芯剪短了，火苗还是跳，影子贴在窗纸上，一会儿长一会儿短。",
)
RANDOM = Random(7)
PARAGRAPHS = ["".join(RANDOM.choices(SENTENCES, k=RANDOM.randrange(1, 7))) for _ in range(80)]


def cleaned(text: str) -> list[str]:
    files = (SourceFile("a.txt", 0, len(text), "utf-8"),)
    return normalize(Manuscript(text, text, files), Config()).manuscript.text.split("\n")


def wrapped(paragraph: str, columns: int, indent: str) -> str:
    """The paragraph at so many columns, Han counted as two."""
    return "\n".join(textwrap.wrap(indent + paragraph, columns // 2, drop_whitespace=False))


@pytest.mark.parametrize("columns", [30, 44, 60, 72, 80])
@pytest.mark.parametrize(
    ("indent", "between"), [("\u3000\u3000", "\n"), ("\u3000\u3000", "\n\n"), ("", "\n\n")]
)
def test_paragraphs_come_back_at_any_width(columns: int, indent: str, between: str) -> None:
    text = between.join(wrapped(paragraph, columns, indent) for paragraph in PARAGRAPHS)
    assert [line for line in cleaned(text) if line] == PARAGRAPHS


LATIN = (
    "老何说GPS是借来的，连这件coat都是借来的，镇上1,400人没有谁肯再借他第2回。",
    "He wrote in the margin, and then crossed the words out again, slowly, one by one.",
)
MIXED = [
    paragraph + (RANDOM.choice(LATIN) if number % 2 else "")
    for number, paragraph in enumerate(PARAGRAPHS)
]


@pytest.mark.parametrize(
    ("measure", "width"),
    [
        (len, 25),
        (len, 40),
        (lambda line: len(line.encode()), 60),
        (lambda line: len(line.encode()), 90),
        (lambda line: len(line) + sum(c > "\u2e80" for c in line), 60),
    ],
    ids=["25 characters", "40 characters", "60 bytes", "90 bytes", "60 terminal columns"],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_programs_count_widths_in_their_own_ways(
    measure: Callable[[str], int], width: int, between: str
) -> None:
    text = between.join(cut_at(paragraph, measure, width) for paragraph in MIXED)
    assert [line.replace(" ", "") for line in cleaned(text) if line] == [
        paragraph.replace(" ", "") for paragraph in MIXED
    ]


def cut_at(paragraph: str, measure: Callable[[str], int], width: int) -> str:
    """The paragraph, indented, cut before the first word that does not fit."""
    lines = [""]
    for word in re.findall("[!-~]+|.", "\u3000\u3000" + paragraph):
        if measure(lines[-1] + word) > width:
            lines.append("")
        lines[-1] += word
    return "\n".join(line.strip(" ") for line in lines)


def test_an_ellipsis_cut_in_two_is_one() -> None:
    lines = [wrapped(paragraph, 60, "\u3000\u3000") for paragraph in PARAGRAPHS]
    lines += ["　　雾从河心漫上来，先盖住码头，再盖住祠堂门口的狮子，是…\n…狮子。"]
    assert cleaned("\n".join(lines))[-1].endswith("是……狮子。")


def test_a_blank_line_after_every_line_is_no_paragraph() -> None:
    lines = "\n".join(wrapped(paragraph, 60, "\u3000\u3000") for paragraph in PARAGRAPHS)
    assert [line for line in cleaned(lines.replace("\n", "\n\n")) if line] == PARAGRAPHS


@pytest.mark.parametrize(
    "lines",
    [
        PARAGRAPHS,
        [paragraph.rstrip("。！") for paragraph in PARAGRAPHS],
        [f"春风又绿江南岸，明月何时照我{word}" for word in "甲乙丙丁戊己庚辛壬癸子丑寅卯"],
        [f"{number}、先把门闩上，再把灯灭掉，数到第{number}个数" for number in range(10, 40)],
        [f"第{number}回　老何夜守长堤闸　镇上忽来雾里船" for number in range(10, 40)],
        [f"“你数到第{number}盏灯了，”他说，“还早呢。”" for number in range(10, 40)],
        [f"灯塔{number}号 | 北岸，第{number}段 | 已经修好，等人验收" for number in range(10, 40)],
    ],
    ids=["prose", "no ends", "verse", "list", "contents", "dialogue", "table"],
)
def test_lines_that_are_whole_stay_lines(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert len(cleaned(text)) == len(lines)
