"""Who is called so, who is named and who acts: a person, though the name is a word too."""

import pytest

from benchmarks.conversion.sentences import sentences
from builder.convert import convert_text
from builder.core.language import TARGETS


def _converted(text: str) -> str:
    return convert_text(text, TARGETS["zh-Hant-TW"]).text


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("护士长于秀珍接到了电话。", "護士長于秀珍接到了電話。"),
        ("医学会会长种坚解释了原因。", "醫學會會長种堅解釋了原因。"),
        ("法医谷雨戴上了手套。", "法醫谷雨戴上了手套。"),
        ("语文老师余力推荐了三本书。", "語文老師余力推薦了三本書。"),
        ("村长后有才敲响了锣。", "村長后有才敲響了鑼。"),
        ("他喊记者党建平过来。", "他喊記者党建平過來。"),
    ],
)
def test_behind_an_office_a_trade_or_kin_stands_a_name(source: str, wanted: str) -> None:
    assert _converted(source) == wanted


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("局长于会后接受了采访。", "局長於會後接受了採訪。"),
        ("父亲于病中写下遗嘱。", "父親於病中寫下遺囑。"),
        ("警员于观塘处理此案。", "警員於觀塘處理此案。"),
        ("主任余下的工作交给我。", "主任餘下的工作交給我。"),
        ("老师后面坐着校长。", "老師後面坐著校長。"),
        ("代表党发言。", "代表黨發言。"),
        ("学生里他最年轻。", "學生裡他最年輕。"),
    ],
)
def test_behind_an_office_words_stay_words(source: str, wanted: str) -> None:
    assert _converted(source) == wanted


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("我弟弟叫余震。", "我弟弟叫余震。"),
        ("班主任叫于力，我们都怕他。", "班主任叫于力，我們都怕他。"),
        ("范例这个名字很少见。", "范例這個名字很少見。"),
        ("第一棒是余力，第二棒是范成。", "第一棒是余力，第二棒是范成。"),
    ],
)
def test_who_is_named_has_a_name(source: str, wanted: str) -> None:
    assert _converted(source) == wanted


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("这叫余数。", "這叫餘數。"),
        ("人们管它叫种子。", "人們管它叫種子。"),
        ("他叫余下的人先走。", "他叫餘下的人先走。"),
        ("妈妈叫干妈来吃饭。", "媽媽叫乾媽來吃飯。"),
    ],
)
def test_what_things_are_called_is_no_name(source: str, wanted: str) -> None:
    assert _converted(source) == wanted


def test_who_acts_is_a_person_and_what_sounds_is_none() -> None:
    assert _converted("苏醒站在楼下。") == "蘇醒站在樓下。"
    assert _converted("钟声响了三下。") == "鐘聲響了三下。"


def test_beside_a_name_in_a_list_stands_a_name() -> None:
    assert _converted("到场的有余光明、涂国庆等人。") == "到場的有余光明、涂國慶等人。"
    assert _converted("账上有余款、余粮。") == "賬上有餘款、餘糧。"


def test_one_speaks_to_a_person_and_of_many() -> None:
    assert _converted("大夫对于奶奶说：“别怕。”") == "大夫對于奶奶說：「別怕。」"
    assert _converted("对于老师说的话，他都记得。") == "對於老師說的話，他都記得。"


def test_an_old_friend_does_something_and_old_trunks_do_not() -> None:
    assert _converted("老姜放下碗，站了起来。") == "老姜放下碗，站了起來。"
    assert _converted("老姜去皮切丝。") == "老薑去皮切絲。"


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("我和后志强联系过。", "我和后志強聯繫過。"),
        ("据后世杰说，那里闹鬼。", "據后世傑說，那裡鬧鬼。"),
        ("她嫁给了尸文斌。", "她嫁給了尸文斌。"),
        ("“小种，你过来。”", "「小种，你過來。」"),
    ],
)
def test_where_persons_stand_a_seldom_surname_holds(source: str, wanted: str) -> None:
    assert _converted(source) == wanted


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("后精忠报国的事传开了。", "後精忠報國的事傳開了。"),
        ("后因病去世。", "後因病去世。"),
        ("适逢春节，车票难买。", "適逢春節，車票難買。"),
    ],
)
def test_where_clauses_begin_with_it_a_seldom_surname_is_a_word(source: str, wanted: str) -> None:
    assert _converted(source) == wanted


def test_names_hold_among_many_sentences_of_our_day_with_words_like_them() -> None:
    own = [*sentences("surnames.txt"), *sentences("counters.txt")]
    shuffled = sorted(own, key=lambda one: one.text[::-1])
    converted = _converted("\n".join(one.text for one in shuffled)).split("\n")
    pairs = zip(shuffled, converted, strict=True)
    false = [after for one, after in pairs if not one.is_right(after)]
    assert len(false) <= 0.02 * len(own)


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("老钟头蹲在墙根。", "老鍾頭蹲在牆根。"),
        ("小于一边走一边唱。", "小于一邊走一邊唱。"),
        ("党向东是我的同学。", "党向東是我的同學。"),
        ("党向群众学习。", "黨向群眾學習。"),
        ("岩崎先生学过注音符号。", "岩崎先生學過注音符號。"),
    ],
)
def test_old_ones_young_ones_and_those_from_abroad_are_persons(source: str, wanted: str) -> None:
    assert _converted(source) == wanted


def test_ginger_soup_is_carried_in_and_furniture_is_painted() -> None:
    assert _converted("姜汤端来了。") == "薑湯端來了。"
    assert _converted("工人在涂家具。") == "工人在塗家具。"
    assert _converted("涂家的狗叫了。") == "涂家的狗叫了。"


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("沈阳是我表弟，今年上高三。", "沈陽是我表弟，今年上高三。"),
        ("余震是个老警察。", "余震是個老警察。"),
        ("钟声是我中学的体育老师。", "鍾聲是我中學的體育老師。"),
    ],
)
def test_of_whom_is_said_who_he_is_has_a_name(source: str, wanted: str) -> None:
    assert _converted(source) == wanted


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("周一是我妈妈的生日。", "週一是我媽媽的生日。"),
        ("沈阳是一座工业城市。", "瀋陽是一座工業城市。"),
        ("干部是一位老人。", "幹部是一位老人。"),
        ("我的向导是个老人。", "我的嚮導是個老人。"),
    ],
)
def test_what_something_is_makes_no_name(source: str, wanted: str) -> None:
    assert _converted(source) == wanted


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("被告人于某某当庭认罪。", "被告人于某某當庭認罪。"),
        ("我找过于晓东三次。", "我找過于曉東三次。"),
        ("由于建军担任组长。", "由于建軍擔任組長。"),
        ("小游昨晚没睡好。", "小游昨晚沒睡好。"),
    ],
)
def test_courts_and_colleagues_have_names(source: str, wanted: str) -> None:
    assert _converted(source) == wanted


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("他就读于某某大学。", "他就讀於某某大學。"),
        ("他对自己要求过于严格。", "他對自己要求過於嚴格。"),
        ("他见过于多的死人。", "他見過於多的死人。"),
        ("由于志强担任队长，大家都服气。", "由於志強擔任隊長，大家都服氣。"),
        ("数字不得小于昨天的。", "數字不得小於昨天的。"),
        ("去买两斗米，几斗粮。", "去買兩斗米，幾斗糧。"),
    ],
)
def test_the_same_characters_in_other_words_stay_these(source: str, wanted: str) -> None:
    assert _converted(source) == wanted
