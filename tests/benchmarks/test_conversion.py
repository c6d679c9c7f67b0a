"""The benchmark itself: what it calls a mistake, and what it does not."""

from pathlib import Path

import pytest

from benchmarks.conversion import held_out
from benchmarks.conversion.converters import (
    PEERS,
    Peer,
    PeerUnavailableError,
    by_peer,
    plain,
)
from benchmarks.conversion.cost import long_text, measured
from benchmarks.conversion.fold import hard_errors, raw_errors
from benchmarks.conversion.noise import listed, noise_of
from benchmarks.conversion.oracle import Reading, confirmed, edited, in_print
from benchmarks.conversion.score import Comparison, Score, aligned, ratio, score, together
from benchmarks.conversion.sentences import FILES, sentence, sentences, wrong
from benchmarks.conversion.tables import print_peers, print_texts, sums
from benchmarks.conversion.texts import TRADITIONAL, Trial, trials
from benchmarks.conversion.untouched import changed, samples
from builder.convert import Row, figures, report_tsv
from builder.convert.gathering import Group


@pytest.mark.parametrize(
    ("wanted", "found"), [("屋裏", "屋裡"), ("佔了", "占了"), ("民衆", "民眾"), ("傢俱", "家具")]
)
def test_a_variant_differs_but_is_no_mistake(wanted: str, found: str) -> None:
    assert len(raw_errors(wanted, found)) >= 1
    assert len(hard_errors(wanted, found)) == (1 if "俱" in wanted else 0)


@pytest.mark.parametrize(
    "pair", ["於于", "餘余", "範范", "嶽岳", "鬱郁", "種种", "塗涂", "隻只", "髮發", "乾幹", "裡里"]
)
def test_what_tells_words_and_names_apart_is_a_mistake(pair: str) -> None:
    assert hard_errors(*pair) == [0]


def test_places_count_over_lines_and_only_han_counts() -> None:
    assert raw_errors("「好」\n後來\n", "“好”\n后來\n") == [4]
    assert score("「好」\n後來\n", "“好”\n后來\n").han == 3


def test_noise_is_a_place_of_the_reference_whatever_was_found_there() -> None:
    wanted = "什么都沒有，並且祇有后"
    assert noise_of("any", wanted) == {1, wanted.index("祇")}
    one = score(wanted, "什麼都沒有，并且只有後", "any")
    assert one.hard == {1, wanted.index("並"), wanted.index("祇"), wanted.index("后")}
    # 并 where the reference has 並 is a mistake all the same.
    assert one.clean == {wanted.index("並"), wanted.index("后")}


def test_noise_of_one_text_counts_in_the_others() -> None:
    assert noise_of("guanchang", "于是") == {0}
    assert noise_of("sanguo", "于是") == frozenset()
    assert all(noise.characters and noise.reason for noise in listed())


def test_lines_of_other_lengths_are_compared_where_they_agree() -> None:
    assert aligned("後來他走了\n好", "後來他真走了\n好") == "後來他走了\n好"
    assert aligned("後來他走了\n好", "後來走了\n好") == "後來 走了\n好"
    assert score("後來他走了", "後來走了").hard == {2}
    with pytest.raises(ValueError, match="zip"):
        score("一\n二", "一二")


def _scores(*places: int, noise: tuple[int, ...] = ()) -> tuple[Score, ...]:
    return (Score(1000, len(places), frozenset(places), frozenset(noise)),)


def test_fixed_and_broken_are_places_and_leave_noise_out() -> None:
    one = Comparison(_scores(1, 2, 9, noise=(9,)), _scores(2, 3, 4, 8, noise=(8, 9)))
    assert (one.fixed, one.broken) == (2, 1)
    assert one.hard == (3, 4)
    assert one.clean == (2, 3)
    assert together([one, one]).clean == (4, 6)


def test_a_text_is_worse_beyond_two_errors_and_two_per_cent() -> None:
    assert not Comparison(_scores(*range(12)), _scores(*range(10))).is_worse
    assert Comparison(_scores(*range(13)), _scores(*range(10))).is_worse
    assert not Comparison(_scores(*range(204)), _scores(*range(200))).is_worse
    assert Comparison(_scores(*range(205)), _scores(*range(200))).is_worse


def test_a_ratio_with_nothing_to_compare_with() -> None:
    assert ratio((0, 0)) == 1.0
    assert ratio((2, 0)) > 1.0
    assert ratio((1, 2)) == 0.5


def test_texts_are_summed_by_kind() -> None:
    kinds = sums(["ahq", "sanguo"], frozenset({"ahq"}))
    assert kinds == {"modern": ["ahq"], "classical": ["sanguo"], "all": ["ahq", "sanguo"]}
    assert sums(["sanguo"], frozenset()) == {"classical": ["sanguo"], "all": ["sanguo"]}


def test_a_sentence_knows_where_its_characters_stand() -> None:
    one = sentence("他[占佔占]了，[于於]是走了。")
    assert one.text == "他占了，于是走了。"
    assert one.is_right("他佔了，於是走了。")
    assert one.is_right("他占了，於是走了。")
    assert not one.is_right("他佔了，于是走了。")


@pytest.mark.parametrize("name", FILES)
def test_sentences_are_many_and_say_what_is_right(name: str) -> None:
    assert len(sentences(name)) >= 100
    assert all(one.wanted for one in sentences(name))
    assert len({one.text for one in sentences(name)}) == len(sentences(name))
    # The positive control: who leaves everything alone fails where anything should change.
    assert wrong(name, lambda text: text)


@pytest.mark.parametrize("kind", ["surnames", "counters"])
def test_what_is_held_out_is_in_no_other_file(kind: str) -> None:
    tuned = {one.text for one in sentences(f"{kind}.txt")}
    assert tuned.isdisjoint(one.text for one in sentences(f"{kind}_held_out.txt"))


def test_a_name_that_opencc_gets_wrong_is_listed() -> None:
    assert "於小明推開門，看見桌上放著一封信。" in wrong(
        "surnames.txt", lambda text: plain(text, TRADITIONAL)
    )


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A pair, half a pair, and a text that makes a round trip."""
    (tmp_path / "par_one_s.txt").write_text("于是他来了。\n", encoding="utf-8")
    (tmp_path / "par_one_t.txt").write_text("於是他來了。\n", encoding="utf-8")
    (tmp_path / "par_lost_t.txt").write_text("於是。\n", encoding="utf-8")
    (tmp_path / "two_t.txt").write_text("余先生說他頭髮乾了。\n", encoding="utf-8")
    return tmp_path


def test_pairs_go_both_ways_and_others_make_a_round_trip(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = list(trials(corpus))
    assert [(one.name, one.to_traditional) for one in found] == [
        ("par_one", True),
        ("par_one", False),
        ("two", True),
    ]
    print_texts(found, worst=5)
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert rows[1][0] == "par_one"
    assert rows[1][-5:] == ["0", "0", "1.000", "0", "0"]
    assert rows[2][:2] == ["par_one", "T→S"]


def test_a_text_is_converted_by_the_figures_held_out_for_it(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = [one for one in trials(corpus) if one.name == "two"]
    # The positive control: OpenCC is wrong about 余 and 乾; whoever knows the text is not.
    print_texts(found, {"two": lambda _: found[0].wanted})
    last = capsys.readouterr().out.splitlines()[-1].split()
    assert last[0] == "all"
    assert int(last[-2]) >= 2  # fixed
    assert last[-1] == "0"  # broken


def test_converters_that_are_not_there_are_named_and_skipped(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    print_peers(list(trials(corpus)), tmp_path, None, frozenset())
    out = capsys.readouterr().out
    assert out.count("SKIPPED") == len(PEERS)
    assert "zhconv-rs" in out


def test_another_converter_runs_in_a_process_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "upside"
    folder.mkdir()
    (folder / "opencc.py").write_text("def turn(text):\n    return text[::-1]\n", encoding="utf-8")
    assert by_peer(Peer("upside", "import opencc", "opencc.turn"), tmp_path, ["一二"]) == ["二一"]
    with pytest.raises(PeerUnavailableError, match="AttributeError"):
        by_peer(Peer("upside", "import opencc", "opencc.gone"), tmp_path, ["一二"])


def test_the_cost_of_a_text_is_measured_apart(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text(long_text(["他说：“好。”"], 3000), encoding="utf-8")
    assert len(path.read_text(encoding="utf-8")) == 3000
    for name, most in (("opencc", 1_000), ("command", 200)):
        seconds, size = measured(name, path)
        assert 0 <= seconds < 20
        assert 10_000_000 < size < most * 1_000_000


def test_what_has_to_stay_is_all_there_and_a_change_is_seen() -> None:
    kinds = {kind for kind, _ in samples()}
    assert kinds == {"ASCII", "emoji", "selectors", "astral Han"}
    assert not any(changed(lambda text, _: text).values())
    lost = changed(lambda text, _: text.replace("😀", "").replace("~", "-"))
    assert "~" in lost["ASCII"]
    assert "?" in lost["emoji"]


def test_each_text_gets_the_figures_that_did_not_see_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ahq,shuihu.bin", "xiyouji.bin"):
        (tmp_path / name).touch()
    used: list[Path] = []

    def note(text: str, _: str) -> str:
        used.append(figures.FILE)
        return text

    monkeypatch.setattr(held_out, "ours", note)
    shipped = figures.FILE
    for convert in held_out.converters_of(tmp_path, ["shuihu", "xiyouji", "new"]).values():
        convert("于是")
    assert used == [tmp_path / "ahq,shuihu.bin", tmp_path / "xiyouji.bin", shipped]
    assert shipped == figures.FILE


STORY = Trial(
    "story",
    TRADITIONAL,
    "仇里来了，仇里走了。\n他在仇里家里。",
    "仇里來了，仇里走了。\n他在仇里家裡。",
)


def test_a_reader_has_what_print_has_in_most_places() -> None:
    assert in_print("仇里", "仇裡", STORY) == "仇里"
    assert in_print("里家", "裡家", STORY) == "里家"
    assert in_print("没有", "沒有", STORY) == "沒有"
    # One place each: what stands there stays.
    pair = Trial("pair", TRADITIONAL, "干了，干了", "乾了，幹了")
    assert in_print("干了", "乾了", pair) == "乾了"
    assert in_print("干了", "幹了", pair) == "幹了"


def test_rows_are_edited_in_the_file_that_people_edit() -> None:
    groups = (Group("仇里", "仇裡", 3, 1.0), Group("家里", "家裡", 1, 0.5))
    report, corrected = edited([Row("里", ("裡", "里"), groups, ("仇[里]来了",))], STORY)
    assert corrected == 1
    assert report != report_tsv([Row("里", ("裡", "里"), groups, ("仇[里]来了",))])
    assert report.splitlines()[-1].split("\t")[5] == "仇里 家裡"


def test_rows_confirmed_never_leave_more_wrong_than_none() -> None:
    one = confirmed(STORY, 0)
    assert (one.after, one.asked, one.corrected) == (one.before, 0, 0)
    assert confirmed(STORY).after <= one.before


def test_the_share_that_is_gone() -> None:
    assert Reading(200, 50, 20, 3).removed == 0.75
    assert Reading(0, 0, 20, 0).removed == 0.0
