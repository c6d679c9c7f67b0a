"""Every sentence is there in every language, with the same fields."""

import json
import string
from importlib.resources import files

import pytest

from builder.core import catalogue

ENGLISH = catalogue.sentences_of("en")
TRANSLATIONS = [language for language in catalogue.LANGUAGES if language != "en"]
SHARED = {
    key
    for room in files("builder.core.catalogue").joinpath("any").iterdir()
    for key in json.loads(room.read_text(encoding="utf-8"))
}
# What a judge says in its own words, and a bare command.
QUOTED = {"K111", "K143.hint"}
HAN = range(0x4E00, 0xA000)


def fields(sentence: str) -> list[str]:
    return sorted({name for _, name, _, _ in string.Formatter().parse(sentence) if name})


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_each_language_has_all_sentences_and_no_others(language: str) -> None:
    assert set(catalogue.sentences_of(language)) == set(ENGLISH)


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_says_what_the_original_says_with_the_same_values(language: str) -> None:
    for key, sentence in catalogue.sentences_of(language).items():
        assert fields(sentence) == fields(ENGLISH[key]), key


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_what_is_a_sentence_in_english_is_one_in_chinese(language: str) -> None:
    sentences = catalogue.sentences_of(language)
    for key, english in ENGLISH.items():
        words = "".join(text for text, *_ in string.Formatter().parse(english))
        if (
            key not in SHARED | QUOTED
            and english.count(" ") > 1
            and sum(map(str.isalpha, words)) > 3
        ):
            assert any(ord(one) in HAN for one in sentences[key]), key


def test_the_three_languages_differ() -> None:
    said = {catalogue.sentences_of(language)["K121"] for language in catalogue.LANGUAGES}
    assert len(said) == 3


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("zh", "zh-Hans"), ("zh-CN", "zh-Hans"), ("zh_CN.UTF-8", "zh-Hans"),
        ("zh-Hans-HK", "zh-Hans"), ("zh_SG", "zh-Hans"), ("zh_TW.UTF-8", "zh-Hant"),
        ("zh-HK", "zh-Hant"), ("zh-Hant", "zh-Hant"), ("ZH_tw.big5", "zh-Hant"),
        ("en_GB.UTF-8", "en"), ("C", "en"), ("C.UTF-8", "en"), ("POSIX", "en"),
        ("fr_FR", None), ("", None), ("zhuang", None),
    ],
)  # fmt: skip
def test_tags_and_locales_name_a_language(tag: str, language: str | None) -> None:
    assert catalogue.language_for([tag]) == language


def test_the_first_language_that_is_known_wins() -> None:
    assert catalogue.language_for(["fr", "zh-TW", "en"]) == "zh-Hant"
