"""The report asks about what is in doubt, and an answer becomes an entry that holds."""

import json
from contextlib import AbstractContextManager
from unittest import mock

import pytest

from builder.convert import (
    GlossaryFile,
    ReportFile,
    Row,
    accept,
    convert_text,
    doubtful_rows,
    groups,
    read_report,
    report_json,
    report_tsv,
)
from builder.convert.choice import Uncertain
from builder.convert.groups import ANOTHER_WAY, CONTEXTS, HABITS_LEFT, WORDS, rows_of
from builder.convert.habits import Habit, habits, ways
from builder.core.errors import ConfigError
from builder.core.language import TARGETS

TAIWAN = TARGETS["zh-Hant-TW"]
HEAD = "character\tmistakes\tplaces\twords\tbecame\tcorrect\tcandidates\n"


def doubts(lines: list[str], became: str, doubt: float = 0.4) -> list[Uncertain]:
    """Every character of `lines` that is in doubt and became `became`."""
    source = {"乾": "干", "於": "于", "裡": "里"}[became]
    return [
        Uncertain(number, at, source, became, ("其",), doubt)
        for number, line in enumerate(lines)
        for at, character in enumerate(line)
        if character == source
    ]


def rows(lines: list[str], texts: list[str], became: str) -> tuple[Row, ...]:
    return rows_of(lines, texts, doubts(lines, became))


def counted(**habits: Habit) -> AbstractContextManager[object]:
    """As if this had been counted in books, and nothing else."""
    return mock.patch.object(groups, "habits", return_value=habits)


def edited(row: str, **changes: str) -> str:
    return HEAD + "\t".join(changes.get(str(at), cell) for at, cell in enumerate(row.split("\t")))


def test_a_name_that_recurs_is_one_word_of_one_row() -> None:
    lines = [
        f"{one}孙干{other}。"
        for one, other in (("叫来", "来"), ("见", "到"), ("与", "曰"), ("说", "话"), ("问", "去"))
    ]
    texts = [line.replace("孙干", "孫乾") for line in lines]
    with counted():
        (row,) = rows(lines, texts, "乾")
    assert (row.character, row.candidates) == ("干", ("乾", "其", "干"))
    assert [(group.word, group.became, group.places) for group in row.groups] == [
        ("孙干", "孫乾", 5)
    ]
    assert row.gain == pytest.approx(2.0)
    assert len(row.contexts) == CONTEXTS
    assert row.contexts[0] == "叫来孙[干]来。"


def test_the_row_with_most_mistakes_to_expect_comes_first() -> None:
    lines = ["孙干来了", *["于某到"] * 3]
    found = [*doubts(lines, "乾"), *doubts(lines, "於")]
    with counted():
        assert [row.character for row in rows_of(lines, lines, found)] == ["于", "干"]


def test_a_word_that_the_book_writes_in_two_ways_is_no_question() -> None:
    lines = ["甲干乙", "甲干乙", "甲干丙", "甲干丙"]
    texts = ["甲乾乙", "甲乾乙", "甲幹丙", "甲幹丙"]
    (row,) = [row for row in rows(lines, texts, "乾") if row.character == "干"]
    assert {group.word for group in row.groups} == {"干乙", "干丙"}


def test_a_row_is_no_longer_than_a_glance() -> None:
    lines = [f"{chr(0x4E00 + number)}干{chr(0x5E00 + number)}" for number in range(60)]
    (row,) = [row for row in rows(lines, lines, "乾") if row.character == "干"]
    assert len(row.groups) == WORDS


def test_a_character_that_differs_from_book_to_book_is_asked_for_by_itself() -> None:
    lines = ["酒肴来", "肴与酒"] * 10
    with counted(肴=Habit(0.4, forms=("肴",))):
        (row,) = rows_of(lines, [line.replace("肴", "餚") for line in lines], ())
    (group,) = row.groups
    assert (group.word, group.became, group.places) == ("肴", "餚", 20)
    assert group.gain == pytest.approx(20 * 0.4)
    assert row.candidates == ("餚", "肴")


def test_where_the_model_speaks_the_habit_counts_for_less() -> None:
    lines = ["，干。"] * 10
    with counted(干=Habit(0.4)):
        (row,) = rows_of(lines, ["，乾。"] * 10, doubts(lines, "乾", doubt=0.05))
    assert row.gain == pytest.approx(10 * 0.4 * HABITS_LEFT)


def test_a_character_that_one_book_writes_in_two_ways_is_not() -> None:
    lines = ["酒肴来", "肴与酒"] * 10
    texts = ["酒餚來", "肴與酒"] * 10
    with counted(肴=Habit(0.4, forms=("肴",))):
        assert rows_of(lines, texts, ()) == ()


def test_a_character_by_itself_stands_for_the_form_that_most_of_its_places_have() -> None:
    lines = [*["标注"] * 9, "“注”", "“注”"]
    texts = [*["標註"] * 9, "“注”", "“注”"]
    with counted(注=Habit(0.4, sure=0.04, forms=("註",))):
        (row,) = rows_of(lines, texts, ())
    assert [group.word for group in row.groups] == ["标注"]


def test_unless_the_places_that_no_word_has_are_many() -> None:
    lines = [*["标注"] * 9, *["“注”"] * 9]
    texts = [*["标註"] * 9, *["“注”"] * 9]
    with counted(注=Habit(0.4, sure=0.04, forms=("註",))):
        (row,) = rows_of(lines, texts, ())
    assert {(group.word, group.became) for group in row.groups} == {("标注", "标註"), ("注", "注")}


def test_a_doubt_counts_for_as_much_as_it_has_proved_to_be_worth() -> None:
    lines = ["孙干来"] * 5
    found = doubts(lines, "乾", doubt=0.4)
    for habit, gain in ((Habit(), 2.0), (Habit(doubted=0.5), 1.0), (Habit(doubted=9.0), 4.75)):
        with counted(干=habit):
            (row,) = rows_of(lines, ["孫乾來"] * 5, found)
        assert row.gain == pytest.approx(gain)


def test_a_word_that_recurs_is_asked_for_without_doubt_where_its_character_goes_wrong() -> None:
    lines = ["，永历，"] * 100
    texts = ["，永歷，"] * 100
    with counted():
        assert rows_of(lines, texts, ()) == ()
    with counted(历=Habit(sure=0.01, forms=("曆",))):
        (row,) = rows_of(lines, texts, ())
    (group,) = row.groups
    assert (group.became, group.places) == ("永歷", 100)
    assert group.gain == pytest.approx(1.0)
    assert row.candidates == ("歷", "曆", "历")


def test_what_is_counted_is_read_from_the_file() -> None:
    found = habits()
    assert found["系"].books > 0.1
    assert "係" in found["系"].forms
    assert found["岳"].doubted < 1 < max(one.doubted for one in found.values())
    assert all(0 <= one.books < 1 and 0 <= one.sure < 0.1 for one in found.values())


def test_a_character_with_nothing_to_choose_is_no_row() -> None:
    place = Uncertain(0, 1, "干", "干", (), 0.4)
    with counted():
        assert rows_of(["孙干来"], ["孙干来"], [place]) == ()


def test_doubt_without_a_neighbour_is_no_word() -> None:
    found = rows(["干，", "“干”"], ["乾，", "“乾”"], "乾")
    assert all(group.word == "干" for row in found for group in row.groups)


def test_what_names_the_line_and_the_file_reads_back_the_same() -> None:
    lines = ["叫孙干来。", "里外都是人"] * 4
    found = (
        *rows(lines, [line.replace("干", "乾") for line in lines], "乾"),
        *rows(lines, [line.replace("里", "裡") for line in lines], "裡"),
    )
    for content in (report_tsv(found), report_json(found), "\ufeff" + report_tsv(found)):
        assert read_report(ReportFile("r", content)) == ()


def test_words_are_written_right_one_by_one_or_by_one_character() -> None:
    row = "干\t1.0\t5\t孙干 干了\t孫幹 幹了\t{}\t幹 乾\n"
    one_by_one = read_report(ReportFile("r.tsv", HEAD + row.format("孫乾 幹了")))
    assert [(a.line, a.word, a.correct) for a in one_by_one] == [(2, "孙干", "孫乾")]
    at_once = read_report(ReportFile("r.tsv", HEAD + row.format("乾")))
    assert [(a.word, a.correct) for a in at_once] == [("孙干", "孫乾"), ("干了", "乾了")]


def test_a_character_by_itself_that_is_changed_fixes_the_longer_words_of_its_row() -> None:
    row = "注\t1.0\t5\t注意 标注 注\t注意 標註 注\t注意 標註 註\t注 註\n"
    found = read_report(ReportFile("r.tsv", HEAD + row))
    assert [(a.word, a.correct) for a in found] == [
        ("注意", "注意"),
        ("标注", "標註"),
        ("注", "註"),
    ]


def test_one_character_leaves_a_word_alone_whose_length_has_changed() -> None:
    row = "干\t1.0\t5\t孙干 干了\t孫先生 幹了\t乾\t幹 乾\n"
    found = read_report(ReportFile("r.tsv", HEAD + row))
    assert [(a.word, a.correct) for a in found] == [("干了", "乾了")]


def test_an_empty_answer_says_nothing() -> None:
    row = "干\t1.0\t5\t孙干 干了\t孫幹 幹了\t\t幹 乾\n"
    assert read_report(ReportFile("r.tsv", HEAD + row)) == ()


def test_a_spreadsheet_may_quote_cells_change_line_ends_and_add_columns() -> None:
    row = '干\t1,0\t5\t"孙干 干了"\t"孫幹 幹了"\t"孫乾 幹了"\t幹 乾\t\t\t好\r\n\r\n\t\t\r\n'
    found = read_report(ReportFile("r.tsv", HEAD.replace("\n", "\r\n") + row))
    assert [(a.word, a.correct) for a in found] == [("孙干", "孫乾")]


def test_json_is_edited_at_correct() -> None:
    (row,) = rows(["孙干来"] * 3, ["孫幹來"] * 3, "乾")
    plain = json.loads(report_json([row]))
    plain["rows"][0]["words"][0]["correct"] = "孫乾"
    answers = read_report(ReportFile("r.json", json.dumps(plain)))
    assert [(a.line, a.word, a.became, a.correct) for a in answers] == [(0, "孙干", "孫幹", "孫乾")]


@pytest.mark.parametrize(
    ("content", "code", "place"),
    [
        ("", "C206", "r"),
        ("# 空\n", "C206", "r"),
        ("孙干\t孫乾\n", "C206", "r:1"),
        ('{"rows": [{"words": 3}]}', "C206", "r"),
        ('{"rows":\n ]', "C206", "r:2"),
        (HEAD + "干\t1\t1\t孙干 干了\t孫幹 幹了\t孫乾\t\n", "C207", "r:2"),
        (HEAD + "干\t1\t1\t孙干\t孫幹 幹了\t乾\t\n", "C207", "r:2"),
    ],
)
def test_what_is_no_report_is_refused_with_its_place(content: str, code: str, place: str) -> None:
    with pytest.raises(ConfigError) as raised:
        read_report(ReportFile("r", content))
    assert raised.value.diagnostic.code == code
    assert str(raised.value.location) == place


def answered(word: str, became: str, correct: str) -> ReportFile:
    return ReportFile("r.tsv", f"{HEAD}干\t1.0\t5\t{word}\t{became}\t{correct}\t幹 乾\n")


def test_answers_go_to_the_end_of_the_glossary_and_leave_the_rest_as_it_is() -> None:
    for content, expected in (
        ("", "孙干\t孫乾\n"),
        ("# 人名\n余华\t余華", "# 人名\n余华\t余華\n孙干\t孫乾\n"),
        ("余华\t余華\r\n", "余华\t余華\r\n孙干\t孫乾\r\n"),
    ):
        found = accept(answered("孙干", "孫幹", "孫乾"), GlossaryFile("names.tsv", content))
        assert (found.content, found.added, found.diagnostics) == (expected, 1, ())


def test_accepting_twice_changes_nothing_more() -> None:
    report = answered("孙干", "孫幹", "孫乾")
    once = accept(report, GlossaryFile("names.tsv", "")).content
    assert accept(report, GlossaryFile("names.tsv", once)).content == once


def test_a_persons_own_entry_stays_and_the_contradiction_is_told() -> None:
    found = accept(answered("孙干", "孫幹", "孫乾"), GlossaryFile("names.tsv", "孙干\t孫干\n"))
    assert (found.content, found.added) == ("孙干\t孫干\n", 0)
    (told,) = found.diagnostics
    assert (told.code, str(told.location)) == ("C208", "r.tsv:2")
    assert "孫干" in told.message
    assert "line 1" in told.message


def test_of_two_answers_for_one_word_the_first_holds_and_both_are_told() -> None:
    found = accept(answered("孙干 孙干", "孫幹 孫幹", "孫乾 孫干"), GlossaryFile("names.tsv", ""))
    assert found.content == "孙干\t孫乾\n"
    assert [told.code for told in found.diagnostics] == ["C208"]


def test_an_answer_holds_in_the_next_conversion() -> None:
    text = "孙干来了，孙干说不干。\n" * 3
    converted = convert_text(text, TAIWAN)
    content = report_tsv(doubtful_rows(converted))
    lines = content.split("\n")
    at = next(number for number, line in enumerate(lines) if line.startswith("干\t"))
    cells = lines[at].split("\t")
    place = cells[2].split().index("孙干")
    words = cells[5].split()
    words[place] = "孫干"
    cells[5] = " ".join(words)
    lines[at] = "\t".join(cells)
    accepted = accept(ReportFile("r.tsv", "\n".join(lines)), GlossaryFile("names.tsv", ""))
    again = convert_text(text, TAIWAN, GlossaryFile("names.tsv", accepted.content))
    assert again.text.count("孫干") == 6
    row = [row for row in doubtful_rows(again) if row.character == "干"]
    assert all(group.word != "孙干" for one in row for group in one.groups)


def test_text_that_is_left_alone_leaves_nothing_in_doubt() -> None:
    assert doubtful_rows(convert_text("說這話為什麼，還有幾隻", TAIWAN)) == ()
    assert doubtful_rows(convert_text("說這話為什麼，還有幾隻", TARGETS["zh-Hans"])) == ()


def test_a_word_that_prints_write_in_two_ways_is_asked_for_without_doubt() -> None:
    lines = ["代码重复了，", "不要重复它，"] * 10
    texts = [line.replace("复", "複") for line in lines]
    with counted():
        (row,) = rows_of(lines, texts, ())
    (group,) = row.groups
    assert (group.word, group.became, group.places) == ("重复", "重複", 20)
    assert group.gain == pytest.approx(20 * ANOTHER_WAY)
    assert row.candidates == ("複", "覆", "复")
    with counted():
        assert rows_of(["重 复"], ["重 複"], ()) == ()


def test_what_stands_alone_is_asked_for_by_its_character() -> None:
    lines = ["**注**：", "**注 1**，"] * 5 + ["注意"]
    found = [
        Uncertain(number, line.index("注"), "注", "注", ("註",), 0.1)
        for number, line in enumerate(lines)
    ]
    with counted():
        (row,) = rows_of(lines, lines, found)
    assert [(group.word, group.places) for group in row.groups] == [("注", 10), ("注意", 1)]


def test_the_ways_of_a_word_are_read_from_the_file() -> None:
    found = ways()
    assert [(way.offset, way.forms) for way in found["复"] if way.word == "重复"] == [
        (1, ("複", "覆"))
    ]
    for character, some in found.items():
        assert all(way.word[way.offset] == character for way in some)
        assert all(len(set(way.forms)) == len(way.forms) > 1 for way in some)


def test_a_word_of_another_form_keeps_it_when_its_character_is_answered() -> None:
    lines = ["里。"] * 9 + ["十里，"] * 2
    texts = ["裡。"] * 9 + ["十里，"] * 2
    with counted(里=Habit(1.0, 1.0, 0.0, ("裏",))):
        (row,) = rows_of(lines, texts, ())
    assert [(group.word, group.became, group.places) for group in row.groups] == [
        ("里", "裡", 11),
        ("十里", "十里", 2),
    ]
    report = report_tsv([row]).replace("裡 十里\t裡 十里", "裡 十里\t裏 十里")
    answers = read_report(ReportFile("r.tsv", report))
    assert [(answer.word, answer.correct) for answer in answers] == [("里", "裏"), ("十里", "十里")]
