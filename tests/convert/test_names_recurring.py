"""A person's given name has one form in the whole book; words keep theirs."""

from hypothesis import given
from hypothesis import strategies as st

from builder.convert import names
from builder.convert.choice import chosen
from builder.convert.names_recurring import recurring
from builder.convert.opencc import convert_lines


def settled(*lines: str) -> list[str]:
    converted = convert_lines(lines, "s2tw")
    return chosen(converted, recurring(lines, converted))


def test_who_speaks_again_and_again_is_a_person_wherever_the_name_stands() -> None:
    lines = ["子云道：“请坐。”", "子云笑了一笑。", "众人都看着子云，不作声。"]
    assert settled(*lines)[2] == "眾人都看著子雲，不作聲。"
    assert settled(*lines[1:])[1] == "眾人都看著子云，不作聲。"


def test_a_dialogue_counts_as_the_start_of_a_clause() -> None:
    lines = ["“你来了？”花冲说：“来了。”", "花冲大怒，提刀便走。", "他追花冲去了。"]
    assert settled(*lines)[2] == "他追花沖去了。"


def test_words_are_no_names_however_often_they_speak() -> None:
    words = [
        "其余道好。",
        "其余说不好。",
        "怒冲冲骂了一声。",
        "怒冲冲问他。",
        "喝采笑了。",
        "喝采道好。",
    ]
    assert settled(*words) == convert_lines(words, "s2tw")


def test_a_verb_in_front_of_others_is_no_name() -> None:
    lines = ["他呼吁道：“来。”", "他呼吁听众。", "故云道者不往。", "故云笑者不怒。"]
    assert settled(*lines) == convert_lines(lines, "s2tw")


def test_verbs_of_our_day_are_names_only_in_old_books() -> None:
    lines = [
        "斗委会说来。",
        "斗委会问他。",
        "冲上道路。",
        "冲上见人。",
        "公会吁问责。",
        "公会吁听取。",
    ]
    assert settled(*lines) == convert_lines(lines, "s2tw")
    assert settled("斗勃曰善。", "斗勃曰诺。")[0] == "斗勃曰善。"


def test_a_surname_in_front_takes_the_form_of_most_places() -> None:
    lines = ["余七大怒。", "余七道：“来。”", "这余七不知去向。"]
    converted = ["余七大怒。", "余七道：“來。”", "這餘七不知去向。"]
    assert chosen(converted, recurring(lines, converted))[2] == "這余七不知去向。"


def test_what_stands_last_in_names_is_a_word_elsewhere() -> None:
    lines = ["丑妇笑了。", "丑妇道好。", "右宰丑曰善。", "右宰丑曰诺。", "乃杀右宰丑。"]
    assert settled(*lines) == [
        "醜婦笑了。",
        "醜婦道好。",
        "右宰丑曰善。",
        "右宰丑曰諾。",
        "乃殺右宰丑。",
    ]


def test_other_characters_take_the_form_of_most_places() -> None:
    lines = ["内干曰善。", "内干笑了。", "众人送内干出门。", "内干去了。"]
    converted = ["內乾曰善。", "內乾笑了。", "眾人送內乾出門。", "內幹去了。"]
    (choice,) = recurring(lines, converted)
    assert (choice.line, choice.at, choice.before, choice.after) == (3, 1, "幹", "乾")
    divided = ["內乾曰善。", "內幹笑了。", "眾人送內乾出門。", "內幹去了。"]
    assert recurring(lines, divided) == ()


def test_the_names_of_a_book_have_these_too() -> None:
    lines = ["余子云道：“请坐。”", "余子云笑了一笑。", "余子云道：“好。”"]
    found = names.names_of(lines, ["餘子云道：“請坐。”", "餘子云笑了一笑。", "餘子云道：“好。”"])
    assert {(choice.source, choice.after) for choice in found} == {("余", "余"), ("云", "雲")}
    assert all(choice.before != choice.after for choice in found)


@given(st.lists(st.text(st.sampled_from("子云花冲干道笑曰，。”是的王")), max_size=8))
def test_choices_stand_in_order_and_change_something(lines: list[str]) -> None:
    converted = convert_lines(lines, "s2tw")
    choices = recurring(lines, converted)
    assert [(c.line, c.at) for c in choices] == sorted({(c.line, c.at) for c in choices})
    for choice in choices:
        assert lines[choice.line][choice.at] == choice.source
        assert converted[choice.line][choice.at] == choice.before != choice.after
