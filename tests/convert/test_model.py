from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.convert.choice import chosen
from builder.convert.echo import ECHO_PLACES
from builder.convert.figures import figures
from builder.convert.model import RULE, Weighing, contexts, judge, places
from builder.convert.opencc import convert_lines
from builder.convert.page import page_of
from tests.convert.figures_by_hand import LITTLE


def _converted(lines: Sequence[str], region: str = "TW") -> list[str]:
    config = {"TW": "s2tw", "HK": "s2hk", "": "s2t"}[region]
    before = convert_lines(lines, config)
    return chosen(before, judge(lines, before, region).choices)


def test_a_choice_says_where_what_and_why() -> None:
    judged = judge(["他走。", "公心里"], ["他走。", "公心里"], "TW", LITTLE)
    (choice,) = judged.choices
    assert (choice.line, choice.at, choice.source) == (1, 2, "里")
    assert (choice.before, choice.after, choice.reason) == ("里", "裡", RULE)
    assert choice.margin > 1
    assert chosen(["他走。", "公心里"], judged.choices) == ["他走。", "公心裡"]


def test_each_region_gets_the_choice_in_its_own_form() -> None:
    for region, form in (("TW", "裡"), ("HK", "裏"), ("", "裡")):
        (choice,) = judge(["心里"], ["心里"], region, LITTLE).choices
        assert choice.after == form


def test_what_opencc_chose_stays_where_nothing_speaks_loudly_enough() -> None:
    # 30/16 nats apart: more than the margin. With 3/16 of the weight for 里 still more.
    assert judge(["里"], ["裡"], "TW", LITTLE).choices == ()
    assert len(judge(["里"], ["里"], "TW", LITTLE).choices) == 1
    assert judge(["走里"], ["里"], "TW", LITTLE).choices == ()


def test_what_is_no_candidate_stays() -> None:
    assert judge(["心里"], ["心裹"], "TW", LITTLE).choices == ()


def test_a_line_of_another_length_stays_alone() -> None:
    judged = judge(["心里网络", "心里"], ["心里網", "心里"], "TW", LITTLE)
    assert [choice.line for choice in judged.choices] == [1]


def test_a_place_in_doubt_names_the_other_forms_the_likeliest_first() -> None:
    (place,) = judge(["里"], ["裡"], "TW", LITTLE).uncertain
    assert (place.chosen, place.others) == ("裡", ("里",))
    assert 0 < place.doubt < 0.5


def test_the_same_neighbour_in_the_same_book_speaks_for_its_places() -> None:
    plain = ["走里"]
    book = plain + ["走里，走里，走里"] * ECHO_PLACES
    (alone,) = judge(plain, ["裡" if one == "里" else one for one in plain], "TW", LITTLE).uncertain
    echoed = judge(book, book, "TW", LITTLE).uncertain
    assert not echoed or echoed[0].doubt < alone.doubt


def test_lines_do_not_look_into_each_other() -> None:
    page = page_of(["一", "二"], ["一", "二"])
    assert page.source.index("二") - page.source.index("一") > 4


WORDS_OPENCC_TAKES_WRONGLY = [
    ("飞机被发明", "飛機被發明"),
    ("考试制度", "考試制度"),
    ("不准别人说话", "不准別人說話"),
    ("头发干了", "頭髮乾了"),
    ("面条和面子", "麵條和面子"),
    ("洒家不饮酒", "洒家不飲酒"),
]


# Where neither OpenCC nor the counted figures know the word, our own list does.
WORDS_OF_OUR_OWN = [
    ("插画征件开始", "插畫徵件開始"),
    ("走了几十里", "走了幾十里"),
    ("夏里特医院", "夏里特醫院"),
    ("他把画卷起来", "他把畫捲起來"),
    ("半斤老姜", "半斤老薑"),
    ("编制预算", "編製預算"),
    ("他干得很好。", "他幹得很好。"),
    ("你干得漂亮！", "你幹得漂亮！"),
    ("嘴唇干得裂开了", "嘴唇乾得裂開了"),
    ("三只鸡只有一只", "三隻雞只有一隻"),
    ("这几只狗只会叫", "這幾隻狗只會叫"),
    ("眼神里的光", "眼神裡的光"),
    ("一头紫发的少女", "一頭紫髮的少女"),
    ("晋里克弑其君", "晉里克弒其君"),
    ("海因里希在家", "海因里希在家"),
    ("政府向企业征收税费", "政府向企業徵收稅費"),
    ("这部分代码可以复用", "這部分代碼可以複用"),
    ("译者注在书后", "譯者註在書後"),
    ("这是一出精彩的戏", "這是一齣精彩的戲"),
    ("他唔系香港人", "他唔係香港人"),
]
# Where the same characters belong to other words, the list is silent.
OTHER_WORDS = [
    ("嘴唇发干", "嘴唇發乾"),
    ("紫发现了他", "紫發現了他"),
    ("家里克扣工钱", "家裡剋扣工錢"),
    ("心里克制着", "心裡克制著"),
    ("风水干扰", "風水干擾"),
    ("他不是只有一个", "他不是只有一個"),
    ("信里希望他来", "信裡希望他來"),
    ("重新展开征战", "重新展開征戰"),
    ("面对冲突他很冷静", "面對衝突他很冷靜"),
    ("他只关注：钱", "他只關注：錢"),
    ("他一出门就摔倒了", "他一出門就摔倒了"),
    ("先系好鞋带", "先繫好鞋帶"),
    ("特征足够明显", "特徵足夠明顯"),
    ("远征诗写得好", "遠征詩寫得好"),
    ("一幅画卷展开在眼前", "一幅畫卷展開在眼前"),
    ("编制内的人员", "編制內的人員"),
]


@pytest.mark.parametrize(("source", "wanted"), WORDS_OF_OUR_OWN)
def test_our_own_words_decide_where_nobody_else_knows_them(source: str, wanted: str) -> None:
    assert _converted([source]) == [wanted]


@pytest.mark.parametrize(("source", "wanted"), OTHER_WORDS)
def test_our_own_words_yield_to_the_words_that_cut_them(source: str, wanted: str) -> None:
    assert _converted([source]) == [wanted]


@pytest.mark.parametrize(("source", "wanted"), WORDS_OPENCC_TAKES_WRONGLY)
def test_words_repair_what_the_longest_match_breaks(source: str, wanted: str) -> None:
    assert _converted([source]) == [wanted]


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("内脏受了伤。", "內臟受了傷。"),
        ("他走到柜台前。", "他走到櫃檯前。"),
        ("一卷钞票", "一卷鈔票"),
        ("万里长城", "萬里長城"),
        ("王后往后走", "王后往後走"),
    ],
)
def test_what_opencc_has_right_stays(source: str, wanted: str) -> None:
    assert _converted([source]) == [wanted]


def test_hong_kong_gets_its_own_forms() -> None:
    assert _converted(["面条和面子"], "HK") == ["麪條和面子"]


def test_addresses_and_variation_sequences_stay() -> None:
    line = "看 https://a.cn/头发/里 和 里\N{VARIATION SELECTOR-17}"
    assert "https://a.cn/头发/里" in _converted([line])[0]
    assert "里\N{VARIATION SELECTOR-17}" in _converted([line])[0]


@given(
    st.lists(
        st.text(st.sampled_from("里发干后面头心公他，。a1\N{IDEOGRAPHIC SPACE}𬘭"), max_size=12)
    )
)
def test_choices_keep_every_length_and_touch_only_their_places(lines: list[str]) -> None:
    before = convert_lines(lines, "s2tw")
    judged = judge(lines, before, "TW")
    after = chosen(before, judged.choices)
    assert [len(line) for line in after] == [len(line) for line in before]
    places = {(choice.line, choice.at) for choice in judged.choices}
    for number, (old, new) in enumerate(zip(before, after, strict=True)):
        for at, (one, other) in enumerate(zip(old, new, strict=True)):
            assert (one != other) == ((number, at) in places)


@given(st.text(st.sampled_from("里发干后面头心公他长城不了王系只，。1"), max_size=30))
def test_a_score_is_the_sum_of_the_lattice_and_of_all_contexts(text: str) -> None:
    own = figures()
    weighing = Weighing(own)
    for place in places(page_of([text], convert_lines([text], "s2tw")), own):
        tables = own.weights[place.source]
        sums = [sum(table.get(context, 0) for context in contexts(place)) for table in tables]
        wanted = [said + more for said, more in zip(place.lattice, [0, *sums], strict=True)]
        assert weighing.scores(place) == wanted
