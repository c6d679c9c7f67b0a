"""A book's own words hold against every dictionary, and doubtful ones are told."""

import pytest

from builder.convert import GlossaryFile, convert, convert_text
from builder.convert.glossary import glossary_of
from builder.core.book import Book, Emphasis, Metadata, Paragraph, Section, Text
from builder.core.errors import ConfigError
from builder.core.language import TARGETS
from builder.core.ledger import replay
from builder.core.traversal import project


def by(text: str, content: str, tag: str = "zh-Hant-TW") -> str:
    return convert_text(text, TARGETS[tag], GlossaryFile("names.tsv", content)).text


def test_an_entry_overrides_characters_and_phrases() -> None:
    assert by("于小明来了", "于小明\t于小明") == "于小明來了"
    assert by("里面的头发", "头发\t頭發") == "裡面的頭發"


def test_an_entry_holds_against_what_is_taken_for_a_name() -> None:
    assert by("于小明来了", "余小明\t余小明") == "于小明來了"
    assert by("于小明来了", "于小明\t於小明") == "於小明來了"


def test_a_phrase_that_begins_further_left_comes_first() -> None:
    assert by("终于小明来了，于小明走了", "于小明\t于小明") == "終於小明來了，于小明走了"


@pytest.mark.parametrize(
    ("text", "entry", "expected"),
    [
        ("三只鸡只有一只。", "只有\t只有", "三隻雞只有一隻。"),
        ("由于小明天来。", "于小明\t于小明", "由於小明天來。"),
        ("由于吉平不在，于吉说", "于吉\t于吉", "由於吉平不在，于吉說"),
    ],
)
def test_where_a_phrase_begins_further_left_the_likelier_words_hold(
    text: str, entry: str, expected: str
) -> None:
    assert by(text, entry) == expected


def test_the_longest_entry_at_a_place_holds() -> None:
    content = "于小\t甲\n于小明\t乙\n于\t丙"
    assert by("于小明，于小，于", content) == "乙，甲，丙"


@pytest.mark.parametrize(
    ("tag", "source", "entry", "found"),
    [
        ("zh-Hant-TW-x-phrases", "这个软件和信息", "软件\t軟件", "這個軟件和資訊"),
        ("zh-Hant-TW", "岳峰在里面", "岳峰\t岳峯", "岳峯在裡面"),
        ("zh-Hant-HK", "周卫为在里面", "周卫为\t周衛爲", "周衛爲在裏面"),
        ("zh-Hans", "說這話的乾隆與臺靜農", "臺靜農\t臺静农", "说这话的乾隆与臺静农"),
        ("zh-Hant-HK", "說著話，為什麼在裡面", "裡面\t裡面", "説着話，為什麼在裡面"),
    ],
)
def test_an_entry_is_locked_in_every_later_stage(
    tag: str, source: str, entry: str, found: str
) -> None:
    assert by(source, entry, tag) == found


def test_the_ledger_says_that_it_was_the_glossary() -> None:
    text = "于小明说：“里面没有人。”\n于是他走了。\n"
    glossary = GlossaryFile("names.tsv", "于小明\t於小明\n没有人\t空無一人")
    converted = convert_text(text, TARGETS["zh-Hant"], glossary)
    replayed = text
    for layer in converted.layers:
        replayed = replay(replayed, layer)
    assert replayed == converted.text == "於小明說：「裡面空無一人。」\n於是他走了。\n"
    edits = [edit for layer in converted.layers for edit in layer if edit.rule == "C105"]
    assert (edits[0].before, edits[0].after) == ("于", "於")


def test_a_glossary_that_nothing_needs_leaves_no_layer() -> None:
    plain = convert_text("里面没有人", TARGETS["zh-Hant"])
    glossary = GlossaryFile("names.tsv", "于小明\t于小明")
    found = convert_text("里面没有人", TARGETS["zh-Hant"], glossary)
    assert (found.text, found.layers) == (plain.text, plain.layers)


def test_a_book_obeys_across_the_borders_of_mark_up() -> None:
    blocks = (Paragraph((Text("是于"), Emphasis((Text("小明"),)))),)
    book = Book(
        Metadata("于小明传", language="zh-Hans"),
        body=(Section("chapter", 1, "第一章", "", blocks, id="c1"),),
    )
    converted = convert(book, TARGETS["zh-Hant"], GlossaryFile("names.tsv", "于小明\t于小明"))
    assert converted.book.metadata.title == "于小明傳"
    assert "是于小明" in project(converted.book)


def test_remarks_and_empty_lines_are_no_entries() -> None:
    found = glossary_of(GlossaryFile("names.tsv", "# 人名\n\n于小明\t于小明\r\n  \n"))
    assert found.entries == (("于小明", "于小明"),)
    assert found.diagnostics == ()
    assert glossary_of().entries == ()


def test_of_two_targets_the_later_holds_and_is_told() -> None:
    found = glossary_of(GlossaryFile("names.tsv", "余华\t余華\n余华\t餘華\n余华\t餘華"))
    assert found.entries == (("余华", "餘華"),)
    assert [(one.code, str(one.location)) for one in found.diagnostics] == [("C202", "names.tsv:2")]


def test_a_single_character_is_told_with_its_line() -> None:
    found = glossary_of(GlossaryFile("names.tsv", "余华\t余華\n余\t余\n余\t余"))
    assert [(one.code, str(one.location)) for one in found.diagnostics] == [("C203", "names.tsv:2")]


@pytest.mark.parametrize("line", ["于小明 于小明", "于小明\t", "\t于小明", "于\t小\t明"])
def test_a_line_that_is_no_entry_is_refused_with_its_place(line: str) -> None:
    with pytest.raises(ConfigError) as raised:
        glossary_of(GlossaryFile("names.tsv", f"# 人名\n{line}"))
    assert raised.value.diagnostic.code == "C204"
    assert str(raised.value.location) == "names.tsv:2"


def test_warnings_come_even_when_the_text_is_left_alone() -> None:
    glossary = GlossaryFile("names.tsv", "余\t余")
    found = convert_text("說這話為什麼", TARGETS["zh-Hant"], glossary).diagnostics
    assert [one.code for one in found] == ["C010", "C203"]


@pytest.mark.parametrize(
    ("tag", "source", "entry", "found"),
    [
        ("zh-Hant", "𠮷小明说着，𠮷小明", "𠮷小明\t𠮷小明之", "𠮷小明之說著，𠮷小明之"),
        ("zh-Hans", "𠮷田說話", "𠮷田\t吉田", "吉田说话"),
        ("zh-Hant", "𠮷说", "𠮷\t吉", "吉說"),
        ("zh-Hant", "小明𠮷说😀", "明𠮷\t明𠮷君", "小明𠮷君說😀"),
        ("zh-Hant-HK", "這個軟件裡說著為眾", "軟件\t軟體", "這個軟體裏説着為眾"),
        ("zh-Hans-CN-x-phrases", "這個軟體裡的資訊", "軟體\t软体", "这个软体里的信息"),
    ],
)
def test_entries_hold_in_every_direction_and_beyond_the_basic_plane(
    tag: str, source: str, entry: str, found: str
) -> None:
    assert by(source, entry, tag) == found


def test_a_single_character_holds_everywhere_else_but_in_addresses() -> None:
    content = "于\t于\n终于\t終於"
    found = by("终于来了，由于下雨，于是 https://a.cn/于x", content)
    assert found == "終於來了，由于下雨，于是 https://a.cn/于x"


def test_a_text_with_private_characters_keeps_them() -> None:
    text = "\U000f0000说，于小明\U000f0001来了\U0010fffd"
    assert by(text, "于小明\t于小明\n来了\t來囉") == "\U000f0000說，于小明\U000f0001來囉\U0010fffd"


def test_regional_words_stay_outside_entries_only() -> None:
    content = "软件人\t軟件人"
    found = by("软件人用软件，于小明用打印机", content + "\n于小明\t于小明", "zh-Hant-TW-x-phrases")
    assert found == "軟件人用軟體，于小明用印表機"


def test_a_later_glossary_holds_over_an_earlier_one_without_a_word() -> None:
    series = GlossaryFile("series.tsv", "于小明\t於小明\n余华\t余華")
    own = GlossaryFile("names.tsv", "于小明\t于小明")
    converted = convert_text("于小明和余华说", TARGETS["zh-Hant"], series, own)
    assert converted.text == "于小明和余華說"
    assert not converted.diagnostics


def test_a_mark_of_byte_order_and_windows_line_ends_are_no_part_of_entries() -> None:
    found = glossary_of(GlossaryFile("names.tsv", "\ufeff于小明\t于小明\t\r\n余华\t余華\r\n"))
    assert found.entries == (("于小明", "于小明"), ("余华", "余華"))


def test_a_sentence_is_no_entry() -> None:
    with pytest.raises(ConfigError) as raised:
        glossary_of(GlossaryFile("names.tsv", f"于小明\t{'于' * 41}"))
    assert raised.value.diagnostic.code == "C205"
