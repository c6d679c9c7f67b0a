"""The benchmark itself: what it calls a mistake, and what it does not."""

from pathlib import Path

import pytest

from benchmarks.conversion.__main__ import plain, print_texts, score, trials
from benchmarks.conversion.fold import hard_errors, raw_errors
from benchmarks.conversion.sentences import sentence, sentences, wrong


@pytest.mark.parametrize(
    ("wanted", "found"), [("屋裏", "屋裡"), ("佔了", "占了"), ("民衆", "民眾")]
)
def test_a_variant_differs_but_is_no_mistake(wanted: str, found: str) -> None:
    assert len(raw_errors(wanted, found)) == 1
    assert hard_errors(wanted, found) == []


@pytest.mark.parametrize(
    "pair", ["於于", "餘余", "範范", "嶽岳", "鬱郁", "種种", "塗涂", "隻只", "髮發", "乾幹", "裡里"]
)
def test_what_tells_words_and_names_apart_is_a_mistake(pair: str) -> None:
    assert hard_errors(*pair) == [0]


def test_places_count_over_lines_and_only_han_counts() -> None:
    assert raw_errors("「好」\n後來\n", "“好”\n后來\n") == [4]
    assert score("「好」\n後來\n", "“好”\n后來\n").han == 3


def test_a_sentence_knows_where_its_characters_stand() -> None:
    one = sentence("他[占佔占]了，[于於]是走了。")
    assert one.text == "他占了，于是走了。"
    assert one.is_right("他佔了，於是走了。")
    assert one.is_right("他占了，於是走了。")
    assert not one.is_right("他佔了，于是走了。")


@pytest.mark.parametrize(("name", "least"), [("surnames.txt", 150), ("counters.txt", 100)])
def test_sentences_are_many_and_say_what_is_right(name: str, least: int) -> None:
    assert len(sentences(name)) >= least
    assert all(one.wanted for one in sentences(name))
    assert len({one.text for one in sentences(name)}) == len(sentences(name))
    # The positive control: who leaves everything alone fails where anything should change.
    assert wrong(name, lambda text: text)


def test_a_name_that_opencc_gets_wrong_is_listed() -> None:
    assert "於小明推開門，看見桌上放著一封信。" in wrong(
        "surnames.txt", lambda text: plain(text, "zh-Hant-TW")
    )


def test_pairs_go_both_ways_and_others_make_a_round_trip(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "par_one_s.txt").write_text("于是他来了。\n", encoding="utf-8")
    (tmp_path / "par_one_t.txt").write_text("於是他來了。\n", encoding="utf-8")
    (tmp_path / "par_lost_t.txt").write_text("於是。\n", encoding="utf-8")
    (tmp_path / "two_t.txt").write_text("余先生說他頭髮乾了。\n", encoding="utf-8")
    assert [one.name for one in trials(tmp_path)] == ["par_one S→T", "par_one T→S", "two"]
    print_texts(tmp_path, 5)
    rows = {line.split("  ")[0]: line.split() for line in capsys.readouterr().out.splitlines()}
    assert rows["par_one S→T"][-5:] == ["0", "0", "0.00", "0", "0"]
    assert int(rows["two"][-4]) >= 1
