import pytest

from builder.structure.headings import parse_heading

FOUND = [
    ("第十二章 风雪", "第十二章", 12, "风雪"),
    ("第12章 风雪", "第12章", 12, "风雪"),
    ("第 12 章　风雪", "第 12 章", 12, "风雪"),
    ("第一百零三回 归舟", "第一百零三回", 103, "归舟"),
    ("第两百章", "第两百章", 200, ""),
    ("第〇三节 潮", "第〇三节", 3, "潮"),
    ("第叁卷 退潮", "第叁卷", 3, "退潮"),
    ("第三十章风雪", "第三十章", 30, "风雪"),
    ("第十二節 風雪", "第十二節", 12, "風雪"),
    ("第三話：夜", "第三話", 3, "夜"),
    ("卷一 雾港", "卷一", 1, "雾港"),
    ("卷之三", "卷之三", 3, ""),
    ("上卷", "上卷", 1, ""),
    ("下部 归舟", "下部", 3, "归舟"),
    ("正文 第三卷 潮", "第三卷", 3, "潮"),
    ("☆、第三章 夜雨", "第三章", 3, "夜雨"),
    ("=== 第三章 夜雨 ===", "第三章", 3, "夜雨"),
    ("【第一章】", "第一章", 1, ""),
    ("楔子", "楔子", None, ""),
    ("番外（一） 雪夜", "番外（一）", 1, "雪夜"),
    ("后记", "后记", None, ""),
    ("三十章 夜雨", "三十章", 30, "夜雨"),
    ("Chapter 12 Rain", "Chapter 12", 12, "Rain"),
    ("CHAPTER XII", "CHAPTER XII", 12, ""),
    ("Part One", "Part One", 1, ""),
    ("EP 3 夜", "EP 3", 3, "夜"),
    ("No.12", "No.12", 12, ""),
    ("12、夜雨", "12", 12, "夜雨"),
    ("12. 夜雨", "12", 12, "夜雨"),
    ("一、夜雨", "一", 1, "夜雨"),
    ("（一）", "（一）", 1, ""),
    ("12", "12", 12, ""),
]


@pytest.mark.parametrize(("line", "label", "number", "title"), FOUND)
def test_heading_is_recognised(line: str, label: str, number: int | None, title: str) -> None:
    (heading,) = parse_heading(line, 0, len(line))
    assert line[slice(*heading.label)] == label
    assert heading.number == number
    assert line[slice(*heading.title)] == title


@pytest.mark.parametrize(
    "line",
    [
        "第三部队开拔", "第一部分", "第二部门", "第一节课", "第三回合", "第一场雪", "第三场比赛",
        "第一集团军", "第二篇章", "第一封信", "第一乐章", "四十多岁的人", "3:2", "12:30", "2008年春天",
        "序列", "Parties began", "",
        "第一章" + "很长" * 60,
    ],
)  # fmt: skip
def test_look_alike_is_no_heading(line: str) -> None:
    assert all(heading.score < 0 for heading in parse_heading(line, 0, len(line)))


def test_volume_and_chapter_on_one_line_are_two_headings() -> None:
    line = "第一卷 风起 第三章 夜雨"
    volume, chapter = parse_heading(line, 0, len(line))
    assert line[slice(*volume.title)] == "风起"
    assert line[slice(*chapter.label)] == "第三章"
    assert volume.rank < chapter.rank


def test_a_sentence_scores_less_than_a_title() -> None:
    def score(line: str) -> float:
        return parse_heading(line, 0, len(line))[0].score

    assert score("第一章里，他写道：“雾来了。”") < 0.6 < score("第一章 雾来了")
    assert score("第一章 " + "长" * 40) < score("第一章 长")
