"""Characters with few words share a row; nothing is lost, and what the row says can be accepted."""

import pytest

from builder.convert import GlossaryFile, ReportFile, accept, report_json, report_tsv
from builder.convert.gathering import Group
from builder.convert.groups import CONTEXTS, Row
from builder.convert.sharing import shared
from builder.core.errors import ConfigError


def row(character: str, *gains: float) -> Row:
    groups = tuple(
        Group(f"{character}{at}", f"{character}{at}", 1, gain) for at, gain in enumerate(gains)
    )
    contexts = tuple(f"[{character}]{at}" for at in range(CONTEXTS))
    return Row(character, (character, "X"), groups, contexts)


MANY = row("干", *[0.1] * 9)
FEW = [row("卷", 3.0), row("局", 2.0, 0.5), row("搜", 0.2)]


def test_characters_with_few_words_share_rows() -> None:
    found = shared([MANY, *FEW], few=8, words=3)
    assert [one.character for one in found] == ["卷局", "干", "搜"]
    assert found[0].candidates == ("卷/X", "局/X")
    assert found[0].contexts == ("[卷]0", "[局]0", "[卷]1")


def test_no_word_is_lost_and_most_mistakes_come_first() -> None:
    found = shared([MANY, *FEW], few=8, words=40)
    words = sorted(group.word for one in found for group in one.groups)
    assert words == sorted(group.word for one in [MANY, *FEW] for group in one.groups)
    assert [one.gain for one in found] == sorted((one.gain for one in found), reverse=True)
    assert shared([]) == ()


def edited(content: str, *, was: str, now: str) -> ReportFile:
    head, _, correct = content.rpartition(was)
    return ReportFile("doubts.tsv", head + now + correct)


def test_a_word_of_a_shared_row_is_accepted_alone() -> None:
    (one,) = shared([row("卷", 3.0), Row("局", ("局", "侷"), (Group("局", "局", 4, 1.0),), ())])
    content = report_tsv([one])
    answer = edited(content, was="卷0 局", now="卷0 侷")
    assert accept(answer, GlossaryFile("names.tsv", "")).content == "局\t侷\n"


def test_one_character_cannot_answer_for_words_of_several() -> None:
    content = report_tsv(shared(FEW))
    was = "卷0 局0 局1 搜0"
    with pytest.raises(ConfigError) as raised:
        accept(edited(content, was=was, now="捲"), GlossaryFile("names.tsv", ""))
    assert raised.value.diagnostic.code == "C207"
    assert '"character": "卷局搜"' in report_json(shared(FEW))
