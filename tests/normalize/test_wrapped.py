"""Wrapped texts get their paragraphs back; what only has lines of one length keeps them."""

import textwrap
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
