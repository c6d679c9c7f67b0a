"""Habits are counted by book, not by place, and only where a book differs in most places."""

from pathlib import Path

import pytest

from benchmarks.conversion.texts import TRADITIONAL, Trial
from builder.convert.habits import Habit
from scripts.conversion.books import NOT_FOR_TRAINING
from scripts.habits import MOST_SURE, PLENTY, Tally, habits_of, rows, tallies, texts_of


def trial(source: str, wanted: str) -> Trial:
    return Trial("a", TRADITIONAL, source, wanted)


def test_a_character_differs_where_it_does_not_come_back() -> None:
    found = tallies(trial("酒肴。\n有肴。", "酒肴。\n有肴。"))
    assert (found["肴"].places, found["肴"].sure_wrong, found["肴"].differs) == (2, 2, True)
    assert found["肴"].forms == {"肴": 2}
    assert (found["酒"].places, found["酒"].sure_wrong, found["酒"].differs) == (1, 0, False)


def test_noise_of_print_is_no_habit() -> None:
    found = tallies(trial("说什么。", "說什么。"))
    assert (found["么"].places, found["么"].sure_wrong) == (0, 0)


def test_a_text_in_two_scripts_is_not_counted() -> None:
    lines = "他说这话为什么，还有几只。", "他說這話為什麼，還有幾隻。"
    source = "\n".join([lines[0]] * 20 + [lines[1]] * 20)
    assert tallies(trial(source, "\n".join([lines[1]] * 40))) == {}


def test_each_book_counts_once_however_often_it_has_the_character() -> None:
    often, other = Tally(500, sure_wrong=500), Tally(3)
    found = habits_of([{"肴": often}, {"肴": other}])
    assert "肴" not in found
    often.add("肴", is_doubted=False)
    found = habits_of([{"肴": often}, {"肴": other}])
    assert found["肴"].books == pytest.approx(1 / (2 + 2))
    assert found["肴"].forms == ("肴",)
    assert found["肴"].sure == pytest.approx(min(MOST_SURE, PLENTY / 553))


def test_doubt_is_believed_as_far_as_it_has_come_true() -> None:
    found = habits_of(
        [{"岳": Tally(100, doubted=50, doubt=15.0), "舍": Tally(9, 9, 5.0, wrong=15)}]
    )
    assert found["岳"].doubted == pytest.approx(5 / 20)
    assert found["舍"].doubted == pytest.approx(20 / 10)


def test_no_text_counts_for_more_than_plenty() -> None:
    assert Tally(900, 900, doubt=200.0, wrong=400).weight == PLENTY / 400
    assert Tally(9, 9, doubt=2.0, wrong=4).weight == 1.0


def test_the_file_has_a_row_for_what_is_not_as_expected() -> None:
    found = {
        "说": Habit(),
        "岳": Habit(0.01, 0.25, 0.0, ("岳",)),
        "肴": Habit(0.4, 1.0, 0.05, ("肴", "餚")),
    }
    assert list(rows(found)) == ["肴 40.0 1.00 500.0 肴 餚\n", "岳 1.0 0.25 0.0 岳\n"]


def test_texts_under_a_license_of_their_own_are_left_out(tmp_path: Path) -> None:
    for name in ("a", min(NOT_FOR_TRAINING)):
        (tmp_path / f"{name}_t.txt").write_text("于老三說。", "utf-8")
    assert [one.name for one in texts_of([tmp_path])] == ["a"]
