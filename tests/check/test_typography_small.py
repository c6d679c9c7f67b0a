"""Books too small or too short-lined to have a measure of their own make the checker silent."""

from pathlib import Path

import pytest

from builder.check.typography import count_faults
from builder.pipeline import BuildOptions, build

VERSE = "去年此树下，\n有人摘青枣。\n今年枣又青，\n不见摘枣人。\n\n给猫\n\n你坐在墙头\n像一个\n不肯签字的证人\n你看着\n你也看着\n\n"
POEMS = "河边诗抄\n\n" + "".join(
    f"第{n}辑 {name}\n\n过枣树下\n\n{VERSE}"
    for n, name in zip("一二三", ("春", "夏", "秋"), strict=True)
)
LETTER = (
    "第一章 夜渡\n\n船靠岸的时候天还没有亮。老余把篙插进泥里，听见对岸有人咳嗽。\n\n“过河吗？”他问。\n\n"
    "没有人答。雾从水面上升起来，一层一层地，像有人在底下烧开了锅。\n\n"
    "他等了一袋烟的工夫，把烟锅在船帮上磕了磕，火星落进水里，嗤的一声。\n\n"
    "第二章 对岸\n\n对岸的人姓范，是个走乡串镇的货郎。他的担子里一头是针线，一头是糖。\n\n"
    "“我只要半碗热水。”范货郎说，“钱我照给。”\n\n信上写着：\n\n老余：\n见信如面。河里的水涨了三尺，桥怕是保不住了。\n"
    "你若得空，来一趟。\n范\n三月初五\n\n老余把信看了两遍，折起来放进怀里。\n\n"
    "第三章 桥\n\n桥是在夜里塌的。\n\n没有人听见声音，第二天早晨，人们只看见河中间站着两根桩子。\n"
)  # fmt: skip


@pytest.mark.parametrize("vertical", [False, True], ids=["lines", "columns"])
@pytest.mark.parametrize("text", [POEMS, LETTER], ids=["poems", "letter"])
def test_a_small_book_of_our_press_has_no_fault(text: str, vertical: bool, tmp_path: Path) -> None:
    source = tmp_path / "渡口.txt"
    source.write_text(text, "utf-8")
    options = BuildOptions(
        formats=("pdf",), out=tmp_path / "out", vertical=vertical, to="zh-Hant-TW", environment={}
    )
    report = count_faults(build(source, options).files[0].path)
    assert not report.faults
