"""Which text the style sheets set in which font."""

import pytest

from builder.fonts.cascade import Setting, families_in, uses_of

PAGE = """<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="zh-Hans"><head><title>题</title>
<style>甲</style></head><body>{body}</body></html>"""


def characters(body: str, *sheets: str) -> dict[Setting, str]:
    """What is set how, white space left out, in the order of the code points."""
    found = uses_of([PAGE.format(body=body).encode()], sheets).characters
    texts = {
        setting: "".join(sorted("".join(map("".join, by_language.values())).replace("\n", "")))
        for setting, by_language in found.items()
    }
    return {setting: text for setting, text in texts.items() if text}


def test_text_that_no_rule_speaks_of_is_the_readers() -> None:
    assert characters("<p>船灯</p>") == {Setting(): "灯船"}


def test_a_family_is_handed_down_and_the_nearer_rule_wins() -> None:
    css = 'body { font-family: "宋", serif } .verse { font-family: 楷, cursive }'
    found = characters('<p>船</p><div class="verse"><p>灯</p></div>尾', css)
    assert found == {Setting(("宋", "serif")): "尾船", Setting(("楷", "cursive")): "灯"}


def test_headings_and_strong_words_are_bold_until_a_sheet_says_no() -> None:
    assert characters("<h1>章</h1><p>船<strong>灯</strong></p>") == {
        Setting((), is_bold=True): "灯章",
        Setting(): "船",
    }
    assert characters("<h1>章</h1>", "h1 { font-weight: 400 }") == {Setting(): "章"}


def test_the_more_specific_rule_wins_and_important_beats_it() -> None:
    css = ".a { font-family: 甲 } p { font-family: 乙 }"
    assert characters('<p class="a">船</p>', css) == {Setting(("甲",)): "船"}
    assert characters('<p class="a">船</p>', css, "p { font-family: 丙 !important }") == {
        Setting(("丙",)): "船"
    }


def test_a_later_sheet_has_the_last_word() -> None:
    found = characters("<p>船</p>", "p { font-family: 甲 }", "p { font-family: 乙 }")
    assert found == {Setting(("乙",)): "船"}


def test_inherit_gives_back_what_the_parent_has() -> None:
    css = "body { font-family: 甲; font-weight: bold } p { font-family: 乙 } .x { font: 1em 丙 }"
    back = "p.x { font-family: inherit; font-weight: inherit }"
    assert characters('<p class="x">船</p>', css, back) == {Setting(("甲",), is_bold=True): "船"}


def test_rules_for_screens_count_and_those_for_paper_do_not() -> None:
    css = "@media screen { p { font-family: 甲 } } @media print { p { font-family: 乙 } }"
    assert characters("<p>船</p>", css) == {Setting(("甲",)): "船"}


@pytest.mark.parametrize(
    ("value", "setting"),
    [
        ('bold 1em/1.5 "Noto Serif", serif', Setting(("Noto Serif", "serif"), is_bold=True)),
        ("700 12pt Song Ti", Setting(("Song Ti",), is_bold=True)),
        ("italic 90% /* 楷 */ Kai , cursive", Setting(("Kai", "cursive"))),
        ("1em/150% 甲", Setting(("甲",))),
        ("menu", Setting()),
    ],
)
def test_the_shorthand_is_understood(value: str, setting: Setting) -> None:
    assert characters("<p>船</p>", f"p {{ font: {value} }}") == {setting: "船"}


@pytest.mark.parametrize(
    ("value", "is_bold"),
    [("bolder", True), ("600", True), ("500", False), ("lighter", False), ("normal", False)],
)
def test_a_weight_is_bold_from_600_on(value: str, is_bold: bool) -> None:
    found = characters("<p>船</p>", f"p {{ font-weight: {value} }}")
    assert found == {Setting((), is_bold=is_bold): "船"}


def test_what_a_browser_does_not_understand_is_left_out() -> None:
    css = 'p:::x { font-family: 甲 } p::before { font-family: 乙 } p { color: red; ?; font-weight: "" }'
    assert characters("<p>船</p>", css) == {Setting(): "船"}


def test_languages_are_kept_apart() -> None:
    body = '<p>船</p><p xml:lang="ja">灯<span lang="en">T</span></p>'
    found = uses_of([PAGE.format(body=body).encode()], ()).characters
    assert found == {Setting(): {"en": {"T"}, "ja": {"灯"}, "zh-Hans": {"船"}}}


def test_the_body_is_told_before_anything_inside_it() -> None:
    css = "body { font-family: 甲 } p { font-family: 乙 }"
    assert uses_of([PAGE.format(body="<p>船</p>").encode()], [css]).body == Setting(("甲",))


def test_every_family_of_the_sheets_is_known_by_name() -> None:
    css = (
        '@supports (x: y) { p { font-family: "A B", serif } } .u { font: 1em C } em { color: red }'
    )
    assert families_in([css]) == {"A B", "C", "serif"}
