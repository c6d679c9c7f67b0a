"""Surnames keep their form; the same characters in other words do not."""

from dataclasses import replace
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.conversion.sentences import sentences, wrong
from builder.convert import convert_text, names, names_habit
from builder.convert.choice import chosen
from builder.convert.names_data import COMMON, DOUBTFUL, PREFIXES, figures, side_of
from builder.convert.opencc import convert_lines
from builder.convert.titles import TITLES
from builder.core.language import TARGETS


def to(text: str, tag: str = "zh-Hant-TW") -> str:
    return convert_text(text, TARGETS[tag]).text


def named(*lines: str) -> list[str]:
    """The lines by OpenCC and the names alone."""
    converted = convert_lines(lines, "s2tw")
    return chosen(converted, names.names_of(lines, converted))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("于小明推开门。", "于小明推開門。"),
        ("他问于老师。", "他問于老師。"),
        ("我姓范。", "我姓范。"),
        ("老余来了。", "老余來了。"),
        ("岳不群冷笑。", "岳不群冷笑。"),
        ("郁先生、涂小姐请坐。", "郁先生、涂小姐請坐。"),
        ("于、范两家是邻居。", "于、范兩家是鄰居。"),
        ("后小姐走了。", "后小姐走了。"),
        ("那天于洋没有说话。", "那天于洋沒有說話。"),
        # Whatever a person's office or trade.
        ("会上，于副市长没有发言。", "會上，于副市長沒有發言。"),
        ("我等了于教练很久。", "我等了于教練很久。"),
        ("余组长和范里长都同意。", "余組長和范里長都同意。"),
        ("游医师明天休息。", "游醫師明天休息。"),
        ("涂议员的老板娘姓郁。", "涂議員的老闆娘姓郁。"),
        ("种教官吹响了哨子。", "种教官吹響了哨子。"),
        # What stands before asks who it was.
        ("那天余队长也在。", "那天余隊長也在。"),
        ("在场的有余处长和种科长。", "在場的有余處長和种科長。"),
        ("昨晚干教授打来电话。", "昨晚干教授打來電話。"),
        # Families.
        ("她嫁进余家三年了。", "她嫁進余家三年了。"),
        ("镇上的于家是大户。", "鎮上的于家是大戶。"),
        ("村里余家办喜事。", "村裡余家辦喜事。"),
        # Offices and kin of old.
        ("只见游提督下了轿。", "只見游提督下了轎。"),
        ("种乡绅不肯出钱。", "种鄉紳不肯出錢。"),
        ("涂三爷和余二小姐都在。", "涂三爺和余二小姐都在。"),
        # Who speaks, and is spoken of.
        ("涂表示不知情。", "涂表示不知情。"),
        ("于又指出，账目不清。", "于又指出，賬目不清。"),
        ("“好。”范说，“走吧。”", "“好。”范說，“走吧。”"),
        ("大家聚在一起悼念于晓波。", "大家聚在一起悼念于曉波。"),
        ("小游喝了口茶，小干，你坐。", "小游喝了口茶，小干，你坐。"),
        # Who did it together.
        ("方案由于医师和护士共同拟定。", "方案由于醫師和護士共同擬定。"),
        ("干女士没有回答。", "干女士沒有回答。"),
    ],
)
def test_a_surname_keeps_its_form(source: str, expected: str) -> None:
    assert named(source) == [expected]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("终于小明来了。", "終於小明來了。"),
        ("于是他走了。", "於是他走了。"),
        ("由于小雨，比赛停了。", "由於小雨，比賽停了。"),
        ("其余的人都走了。", "其餘的人都走了。"),
        ("范围很大。", "範圍很大。"),
        ("这种老师真少见。", "這種老師真少見。"),
        ("屋里先生们在喝茶。", "屋裡先生們在喝茶。"),
        ("饭后小姐出去散步。", "飯後小姐出去散步。"),
        ("房间很干净。", "房間很乾淨。"),
        ("今天种子发芽了。", "今天種子發芽了。"),
        ("今天余下的时间不多。", "今天餘下的時間不多。"),
        ("他让位于副主席。", "他讓位於副主席。"),
        ("剩余家产全捐了。", "剩餘家產全捐了。"),
        ("十余家商店关了门。", "十餘家商店關了門。"),
        ("他住在北京，于家中办公。", "他住在北京，於家中辦公。"),
        ("半斤老姜切片。", "半斤老薑切片。"),
        ("他是个游医。", "他是個遊醫。"),
        ("由于医师和护士不足，门诊关了。", "由於醫師和護士不足，門診關了。"),
        ("于宣布结果前不得离开。", "於宣佈結果前不得離開。"),
        ("游说议员是他的工作。", "遊說議員是他的工作。"),
        ("民主党副主席到了，两党议员都在。", "民主黨副主席到了，兩黨議員都在。"),
        ("工党党工送来一束花。", "工黨黨工送來一束花。"),
        ("恶霸谋占小姐为妻，占回答者三成。", "惡霸謀佔小姐為妻，佔回答者三成。"),
        ("仅余二弟在家，下余的钱给他。", "僅餘二弟在家，下餘的錢給他。"),
        ("后提督率兵赶到。", "後提督率兵趕到。"),
        ("应于其任内完成。", "應於其任內完成。"),
        ("他们在种荷花。", "他們在種荷花。"),
    ],
)
def test_the_same_character_in_another_word_stays_that_word(source: str, expected: str) -> None:
    assert named(source) == [expected]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        # 由 names who does it; 由于 gives a reason.
        ("会议由于建军主持。", "會議由于建軍主持。"),
        ("由于建军主持会议，大家都到了。", "由於建軍主持會議，大家都到了。"),
        # 市长 is the word, not 长于.
        ("市长于建国视察灾区。", "市長于建國視察災區。"),
        ("他长于书画。", "他長於書畫。"),
        # 小于 says something, or is less.
        ("“小于，过来。”", "「小于，過來。」"),
        ("一个小于三的数。", "一個小於三的數。"),
        # A list of names, and a list of things.
        ("到会的有赵刚、余波、范宇。", "到會的有趙剛、余波、范宇。"),
        ("余波未平。", "餘波未平。"),
        # Families and their villages, and who is at home.
        ("余家三代单传。", "余家三代單傳。"),
        ("我住在于家庄。", "我住在于家莊。"),
        ("他死于家中。", "他死於家中。"),
        # Verbs before what no given name has.
        ("取笔来涂脸。", "取筆來塗臉。"),
        ("我是余家的长工。", "我是余家的長工。"),
        ("全城百余家商店。", "全城百餘家商店。"),
        # A child among grown-ups, and who is called so.
        ("小于老师，你好。", "小于老師，你好。"),
        ("叫我小于就行。", "叫我小于就行。"),
        # A given name behind a verb has its surname; behind 终于 it needs none.
        ("你认识于海涛吗？", "你認識于海濤嗎？"),
        ("终于海涛来了。", "終於海濤來了。"),
        # Trades are titles; what a preposition governs is none.
        ("于铁匠打了一把刀。", "于鐵匠打了一把刀。"),
        ("他求教于老农。", "他求教於老農。"),
        # Persons whom readers know.
        ("他叫于是之。", "他叫于是之。"),
    ],
)
def test_signs_around_a_place_tell_a_person_from_words(source: str, expected: str) -> None:
    assert convert_text(source, TARGETS["zh-Hant-TW"]).text == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("于老师而言，这不难。", "於老師而言，這不難。"),
        ("于老师来讲，这不难。", "於老師來講，這不難。"),
        ("于老师来讲课，大家都在。", "于老師來講課，大家都在。"),
        ("党总裁选举将在九月。", "黨總裁選舉將在九月。"),
        ("党老师来了。", "党老師來了。"),
        ("放入葱、姜、蒜。", "放入蔥、薑、蒜。"),
        ("姜葱蒜都切好了。", "薑蔥蒜都切好了。"),
        ("来的是王、姜、李三位。", "來的是王、姜、李三位。"),
        ("于一九四九年迁居香港。", "於一九四九年遷居香港。"),
        ("于前晚离开了家乡。", "於前晚離開了家鄉。"),
        ("大军集结于弥敦道。", "大軍集結於彌敦道。"),
        ("于青云寺修了一座桥。", "於青雲寺修了一座橋。"),
        ("于青云走过一座桥。", "于青雲走過一座橋。"),
        ("抢救了两个余小时。", "搶救了兩個餘小時。"),
        ("三月余秋雨来了。", "三月余秋雨來了。"),
        ("党要管党，党是领导。", "黨要管黨，黨是領導。"),
        ("党怀英写字。", "党懷英寫字。"),
        ("种麦子要赶早。", "種麥子要趕早。"),
        ("种师道来了。", "种師道來了。"),
        ("涂护手霜。", "塗護手霜。"),
        ("余下来的时间都用来读书。", "餘下來的時間都用來讀書。"),
        ("余光中写诗。", "余光中寫詩。"),
        ("社会失范之后。", "社會失範之後。"),
    ],
)
def test_signs_say_plainly_that_no_person_stands_there(source: str, expected: str) -> None:
    assert to(source) == expected


@pytest.mark.parametrize("tag", ["zh-Hant", "zh-Hant-TW", "zh-Hant-HK", "zh-Hant-TW-x-phrases"])
def test_every_target_has_names(tag: str) -> None:
    assert to("于小明和范先生来了。", tag) == "于小明和范先生來了。"


def test_a_name_has_its_own_rule_in_the_ledger() -> None:
    layers = convert_text("范小雨来了", TARGETS["zh-Hant-TW"]).layers
    assert "C106" in {rule for layer in layers for rule in layer.rules} or to("范小雨") == "范小雨"
    choices = names.names_of(["范小雨来了"], ["範小雨來了"])
    assert [(c.at, c.before, c.after, c.reason) for c in choices] == [(0, "範", "范", "C106")]


def test_a_name_that_recurs_carries_the_place_where_it_is_doubtful() -> None:
    doubtful = "比赛由于文华受伤而停。"
    assert named(doubtful) == ["比賽由於文華受傷而停。"]
    plain = ["于文华笑了。", "她叫于文华。", "“于文华！”", "于文华的歌很好听。"] * 4
    choices = names.names_of([*plain, doubtful], convert_lines([*plain, doubtful], "s2tw"))
    assert sum(choice.line < len(plain) for choice in choices) == len(plain)


def test_a_book_full_of_the_word_is_believed_less() -> None:
    line = "遂葬于广宗。"
    (alone,) = names._readings([line], convert_lines([line], "s2tw"))
    others = [replace(alone, line=at, name=f"于{at}", gain=-30) for at in range(1, 60)]
    doubtful = replace(alone, gain=10)
    assert list(names.held([doubtful]))
    assert not list(names.held([doubtful, *others]))


def test_a_place_that_is_plainly_a_word_says_nothing_of_the_name_but_of_the_book() -> None:
    line = "于青云寺修桥。"
    (place,) = names._readings([line], convert_lines([line], "s2tw"))
    assert (place.name, place.gain) == ("于青云" + names.NO_MARK, names.PLAIN)
    assert place.gain > names.FREE


def test_lines_of_another_length_are_left_alone() -> None:
    assert names.names_of(["于小明"], ["於小明們"]) == ()


def test_a_space_behind_a_latin_word_begins_no_clause() -> None:
    assert not names._may_begin("在 handler 里加入一行", 11, figures())
    assert names._may_begin("里加入一行", 0, figures())


def test_adopted_kin_and_the_others_are_no_persons() -> None:
    lines = ["干爷来了。", "干公公走了。", *["余人不敢近前。"] * 9]
    converted = ["乾爺來了。", "乾公公走了。", *["餘人不敢近前。"] * 9]
    assert names.names_of(lines, converted) == ()
    assert named("余人杰走了。") == ["余人傑走了。"]


def test_a_compound_surname_of_its_own_form_stays() -> None:
    assert named("万俟先生来了。") == ["万俟先生來了。"]


@given(st.lists(st.text(st.sampled_from("于余范里后先生小明老姓，。、是的王")), max_size=6))
def test_choices_stand_in_order_and_change_only_surnames(lines: list[str]) -> None:
    converted = convert_lines(lines, "s2tw")
    choices = names.names_of(lines, converted)
    assert [(c.line, c.at) for c in choices] == sorted({(c.line, c.at) for c in choices})
    for choice in choices:
        assert lines[choice.line][choice.at] == choice.source
        assert converted[choice.line][choice.at] == choice.before != choice.after
        assert choice.after == DOUBTFUL[choice.source]


@given(st.text(max_size=20), st.integers(-2, 22))
def test_every_place_has_a_neighbour(text: str, at: int) -> None:
    assert len(side_of(text, at)) == 1


def test_a_neighbour_is_a_character_or_a_class() -> None:
    assert [side_of("于、“”a，", at) for at in range(-1, 7)] == list("|于、“”1||")


def test_the_figures_know_every_table() -> None:
    known = figures()
    assert "于是" in known.words
    assert "余华" not in known.words
    assert set(known.given) == {"1", "2a", "2b"}
    assert all("*" in table for table in (known.before, known.after, *known.given.values()))
    assert known.left.keys() == known.right.keys() <= DOUBTFUL.keys()
    assert known.kept.keys() >= set("叶钟万")
    assert COMMON.keys() <= DOUBTFUL.keys()
    assert not set(TITLES) & set(PREFIXES) - {"老"}


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("surnames.txt", 0.96),
        ("surnames_held_out.txt", 0.92),
        ("counters.txt", 0.975),
        ("counters_held_out.txt", 0.94),
    ],
)
def test_most_sentences_come_out_right(name: str, least: float) -> None:
    number = len(sentences(name))
    assert number > 100
    assert 1 - len(wrong(name, to)) / number >= least


LITERARY = [
    f"{verb}于{whom}。"
    for verb, whom in zip("遂献使乃赐奏葬战败盟会出入", "晋楚齐鲁卫宋秦燕赵吴越郑蔡", strict=True)
]


def test_literary_prepositions_that_recur_are_no_names() -> None:
    lines = [*LITERARY, *["遂请于秦王而归。", "复告于秦王。", "乃献于晋侯。"] * 6]
    assert not [line for line in named(*lines) if "于" in line]


def test_a_person_in_a_literary_book_keeps_the_name() -> None:
    lines = [*LITERARY, "于仲文曰善。", "乃召于仲文。", "其人姓于。"]
    assert [line for line in named(*lines) if "于" in line] == lines[-3:]


def test_whom_one_speaks_to_is_no_person_of_that_surname() -> None:
    lines = [*LITERARY, *["不韦大笑。", "王召不韦。"] * 8, *["乃言于不韦曰善。"] * 4]
    assert not [line for line in named(*lines) if "于" in line]


OLD = [
    line.replace("。", f"，{rest}。") for line in LITERARY for rest in ("众皆不悦", "遂还", "不从")
]


def test_where_most_are_prepositions_clauses_begin_with_one() -> None:
    lines = [*OLD, "胜负未知，于将军何损？", "于黎明整备交战。", "此人老于戎行。"]
    assert not [line for line in named(*lines) if "于" in line]
    assert named("此人姓于。", *OLD)[0] == "此人姓于。"
    assert len(named("于、范两家不和。", *OLD)) == len(OLD) + 1


def test_verbs_of_old_prose_are_no_surnames_without_more() -> None:
    lines = [*OLD, "涂面而入，众人大惊。", "种梅半亩，便是生涯。", "党都司已死。", "朴诚乃尔。"]
    lost = names_habit.inside(
        lines, [(len(OLD) + at, 0, lines[len(OLD) + at][:2], 40) for at in range(4)]
    )
    assert lost == {(len(OLD) + at, 0) for at in range(4)}
    assert not names_habit.inside(["涂面先生笑了。"], [(0, 0, "涂面", 40)])


def test_a_surname_that_begins_clauses_again_and_again_is_one_among_prepositions() -> None:
    people = ["于大节入内。", "于大节不信，走了。", "众人拿住于大节。"]
    assert named(*OLD, *people)[-3:] == ["于大節入內。", "于大節不信，走了。", "眾人拿住于大節。"]


def test_a_surname_that_opencc_knows_speaks_for_its_other_places() -> None:
    people = ["于飞入内。", "于飞不信，走了。", "公子问于飞备述其事。"]
    place = (2, 3, "于飞备", 20)
    assert names_habit._persons(people, [place]) == {"于飞"}
    assert names_habit._persons(people[1:], [place]) == set()
    inside_a_word = (2, 3, "于飞终", 20)
    assert names_habit._persons(people, [inside_a_word]) == {"于飞"}


def test_what_is_gained_for_a_state_is_no_person() -> None:
    lines = ["于秦何益？", "于秦何与？", *["献于秦。"] * 12]
    assert names_habit._persons(lines, [(0, 0, "于秦何", 20)]) == set()
    assert names_habit._persons(lines[:2], [(0, 0, "于秦何", 20)]) == {"于秦", "于秦何"}


def test_a_name_may_begin_one_clause_if_all_its_places_are_plain() -> None:
    people = ["于伯集笑道。", *["表兄于伯集先生说。", "他叫于伯集，是北方人。"] * 3]
    assert sum("于伯集" in line for line in named(*OLD, *people)) == len(people)


def test_names_on_one_line_take_time_by_its_length_only() -> None:
    readings = [names.Reading(0, 3 * at, "于小明", 40) for at in range(40_000)]
    started = process_time()
    assert len(list(names.held(readings))) == len(readings)
    # Each place asking all others would take minutes.
    assert process_time() - started < 5


def test_ginger_by_the_slice_is_no_person() -> None:
    assert to("切两片姜放进汤里。") == "切兩片薑放進湯裡。"
    assert to("老姜说他不来。") == "老姜說他不來。"


def test_a_given_name_that_recurs_behind_a_surname_is_no_surname() -> None:
    lines = ["赵朴斋来了。", "朴斋说他累了。", "众人看赵朴斋。", "朴斋笑道：“好。”", "朴斋不语。"]
    assert not any("朴" in line for line in named(*lines))
    assert named("朴先生来了。") == ["朴先生來了。"]


def test_the_second_character_of_a_name_is_no_surname() -> None:
    assert "朴" not in named("娄朴道：“请坐。”")[0]
    assert named("张、范两家结亲。") == ["張、范兩家結親。"]


def test_surnames_in_a_row_and_before_what_is_said_are_surnames() -> None:
    assert named("范、余两家结亲。", "大姓是游、涂、郁三家。") == [
        "范、余兩家結親。",
        "大姓是游、涂、郁三家。",
    ]
    assert named("于：你到了吗？") == ["于：你到了嗎？"]


def test_a_long_row_of_surnames_takes_time_by_its_length_only() -> None:
    started = process_time()
    assert len(named("于、" * 20_000)[0]) == 40_000
    # Each place looking at the whole row would take minutes.
    assert process_time() - started < 10


def test_a_note_and_a_quotation_are_no_speakers() -> None:
    assert to("注：本文不供转载。") == "註：本文不供轉載。"
    assert to("《诗》云：“乐只君子。”").startswith("《詩》云：")
