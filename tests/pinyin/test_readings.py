"""Laws of reading: words first, then neighbours, then what is most frequent."""

import pytest

from builder.convert import simplified as simplify
from builder.pinyin.dictionary import to_zhuyin, words
from builder.pinyin.readings import read_line, simplified, without_tones
from builder.pinyin.words import RULES, SURPRISING


def read(line: str) -> str:
    return " ".join(filter(None, read_line(line, simplified(line, simplify)).readings))


@pytest.mark.parametrize(
    ("line", "readings"),
    [
        ("重庆银行行长长大了", "chóng qìng yín háng háng zhǎng zhǎng dà le"),
        ("他慢慢地走在地上", "tā màn màn de zǒu zài dì shàng"),
        ("我得走了，他跑得快", "wǒ děi zǒu le tā pǎo de kuài"),
        ("他得了病", "tā dé le bìng"),
        ("一只猫只好等着", "yī zhī māo zhǐ hǎo děng zhe"),
        ("12只羊", "zhī yáng"),
        ("12 只羊", "zhī yáng"),
        (" 只羊", "zhǐ yáng"),
        ("儿子读孔子", "ér zi dú kǒng zǐ"),
        ("天子有空吗", "tiān zǐ yǒu kòng ma"),
        ("还了三年", "hái le sān nián"),
        ("三更天，更冷了", "sān gēng tiān gèng lěng le"),
        ("为他种花，成为朋友", "wèi tā zhòng huā chéng wéi péng yǒu"),
    ],
)
def test_neighbours_decide_how_a_character_is_read(line: str, readings: str) -> None:
    assert read(line) == readings


@pytest.mark.parametrize(
    ("line", "readings"),
    [
        ("長樂宮裡，長髮", "cháng lè gōng lǐ cháng fà"),
        ("一隻船，跟著我看名著", "yī zhī chuán gēn zhe wǒ kàn míng zhù"),
        ("乾坤乾淨", "qián kūn gān jìng"),
        ("單于發怒", "chán yú fā nù"),
    ],
)
def test_a_traditional_line_is_read_like_its_simplified_form(line: str, readings: str) -> None:
    assert read(line) == readings


def test_what_is_no_han_character_has_no_reading() -> None:
    assert read_line("A，1 好", "A，1 好").readings == ("", "", "", "", "hǎo")


def test_an_unknown_character_has_no_reading() -> None:
    assert read_line("\U000323ae", "\U000323ae").readings == ("",)


def test_a_change_of_length_falls_back_to_single_characters() -> None:
    def shortening(lines: object) -> list[str]:
        return [{"頭髮": "发", "頭": "头", "髮": "发丝"}[line] for line in lines]  # type: ignore[attr-defined]  # any sequence

    assert simplified("頭髮", shortening) == "头髮"


def test_every_word_has_a_reading_for_each_character() -> None:
    assert all(len(word) == len(readings) for word, readings in words().items())
    assert set(SURPRISING) <= set(words())


def test_one_and_not_keep_their_own_tone_in_words() -> None:
    assert words()["一不小心"][:2] == ("yī", "bù")


def test_a_rule_without_conditions_comes_last() -> None:
    for rules in RULES.values():
        assert all(rule.before or rule.after for rule in rules[:-1])


@pytest.mark.parametrize(
    ("pinyin", "zhuyin"), [("dù", "ㄉㄨˋ"), ("ma", "˙ㄇㄚ"), ("nǚ", "ㄋㄩˇ"), ("", "")]
)
def test_pinyin_becomes_zhuyin(pinyin: str, zhuyin: str) -> None:
    assert to_zhuyin(pinyin) == zhuyin


def test_tones_go_and_the_umlaut_stays() -> None:
    assert without_tones("lǜ") == "lü"
    assert without_tones("zhuāng") == "zhuang"
