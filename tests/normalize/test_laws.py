"""The laws every rule keeps, on any text."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from builder.core.config import Config, NormalizeConfig, Profile
from builder.core.ledger import Ledger, check_order
from builder.core.manuscript import Manuscript, SourceFile
from builder.normalize import normalize
from builder.normalize.rules import RULES

# The characters that rules look for, and some that they must look past.
SOUP = st.text(
    st.sampled_from(
        "山水他说第三章节一aB9.,!?:;()（）\"'“”‘’「」《》。，…⋯-—─―－·・ \t\n\r\u3000\xa0\u2009"
        "\ufeff\u200b\u200d\u200c\xad\u200f\u202e\x00\x85\u2028⻓⼀\uf900Ａ９😀\ufe0f\U0002f800@/"
    ),
    max_size=40,
)
ADDRESSED = st.lists(
    st.one_of(SOUP, st.sampled_from(["http://a.cn/x?y=1", "www.b.cn", "c@d.cn", "3.14", "12:30"])),
    max_size=5,
).map("".join)
# What stands side by side in bad texts: marks and spaces between the words that rules know.
WORDS = [
    "''",
    "``",
    "﹐",
    "︰",
    "｢",
    "〝",
    "〞",
    "＂",
    "二○",
    "。　　",
    "。    ",
    "———",
    "——-",
    "。...",
    "他说",
    "你来了。",
    "走吧",
    "IC",
    "the",
    "New York",
    "3.14",
    "３．１４",
    "12:30",
    "１２：３０",
    "1，400万",
    "2，000",
    "10",
    "ａ．ｂ",
    "'s",
    "第三章 夜雨",
    "四章",
    "第一卷",
    "楔子",
    "番外",
    "序",
    "（本章完）",
    "求月票",
    "www.b.cn",
    "c@d.cn",
    "……",
    "...",
    "。。。",
    "--",
    "——",
    "**",
    "***",
    "&nbsp;",
    "&#12288;",
    "&amp;",
    "<br/>",
    "</p>",
    "［1］",
    "注①",
    "(注：老话)",
    "第(1/3)页",
    "PS：",
    "1、",
    "1.",
    "目录",
    "\n\n",
    "\n\u3000\u3000",
    "\u3000\u3000",
    "“走",
    "好”",
    "”“",
    "‘’",
    "⼀",
    "\u200b",
    "\ufeff",
    "\xa0",
]
MARKS = [*"，。！？：；、“”‘’「」『』（）()[]【】《》,.!?:;'\"-—…·~～*#_=+/<>&% ", " ", " "]
MIXED = st.lists(st.sampled_from([*WORDS, *MARKS]), max_size=14).map("".join)


def manuscript_of(text: str) -> Manuscript:
    return Manuscript(decoded=text, text=text, files=(SourceFile("a.txt", 0, len(text), "utf-8"),))


PROFILES: tuple[Profile, ...] = ("minimal", "standard", "thorough")


@pytest.mark.parametrize("profile", PROFILES)
@settings(max_examples=600, deadline=None)
@example('"」一! "」')
@example("--，把四章 渡")
@example("--好三章 ，")
@example("--\xa0葛“")
@example("!-- 来")
@example("!”眼“")
@example('楔」"““')
@example("他走 （本章完）")
@example("（ PS：")
@example("。...1，400万")
@example("等到12： 30，他走了")
@given(st.one_of(ADDRESSED, MIXED))
def test_normalizing_twice_changes_nothing_more(profile: Profile, text: str) -> None:
    config = Config(normalize=NormalizeConfig(profile=profile))
    once = normalize(manuscript_of(text), config).manuscript
    again = normalize(manuscript_of(once.text), config).manuscript
    assert again.text == once.text
    assert not again.layers


@settings(max_examples=200, deadline=None)
@given(ADDRESSED)
def test_ledger_replays_and_restores(text: str) -> None:
    cleaned = normalize(manuscript_of(text), Config()).manuscript
    ledger = Ledger().then(*cleaned.layers)
    assert ledger.replay(text) == cleaned.text
    assert ledger.restore(cleaned.text) == text
    for layer in cleaned.layers:
        check_order(layer)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_normalized_and_restored(text: str) -> None:
    cleaned = normalize(manuscript_of(text), Config()).manuscript
    assert Ledger().then(*cleaned.layers).restore(cleaned.text) == text


@settings(max_examples=200, deadline=None)
@given(ADDRESSED)
def test_no_han_and_no_latin_letter_is_ever_lost(text: str) -> None:
    def words(value: str) -> str:
        return "".join(c for c in value if (c.isascii() and c.isalnum()) or "一" <= c <= "龥")

    plain = text.translate({0xFF21: "A", 0xFF19: "9", 0x2F00: "一", 0x2ED3: "长", 0xF900: "豈"})
    plain = plain.replace("\U0002f800", "丽")
    # A line that is nothing but an address is an ad; those rules have laws of their own.
    no_ads = Config(normalize=NormalizeConfig(disable=("N040", "N041", "N042")))
    assert words(normalize(manuscript_of(text), no_ads).manuscript.text) == words(plain)


def test_each_layer_names_one_rule() -> None:
    text = '　　他说:"你好..."\n\n\n\n\nＡ\u200b１ \n'
    layers = normalize(manuscript_of(text), Config()).manuscript.layers
    assert len(layers) >= 5
    assert all(len(layer.rules) == 1 for layer in layers)


def test_codes_are_unique() -> None:
    codes = [rule.code for rule in RULES]
    assert len(codes) == len(set(codes))
