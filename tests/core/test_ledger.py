"""The ledger keeps its promises: exact replay, exact inverse, true positions."""

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.core.ledger import Edit, Layer, LayerBuilder, Ledger, Move, check_order, invert, replay

ALPHABET = st.text(alphabet="天地玄黄，。“”\n\u3000a1", max_size=60)


@st.composite
def text_and_layer(draw: st.DrawFn) -> tuple[str, Layer]:
    text = draw(ALPHABET)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    building = LayerBuilder("normalize")
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        rule = draw(st.sampled_from(["N001", "N002", "N003"]))
        building.add(rule, start, text[start:end], draw(st.text("天地甲乙", max_size=4)))
    return text, building.layer()


@given(text_and_layer())
def test_replay_then_inverse_gives_the_text_back(case: tuple[str, Layer]) -> None:
    text, layer = case
    check_order(layer)
    after = replay(text, layer)
    assert replay(after, invert(layer)) == text
    check_order(invert(layer))


@given(text_and_layer())
def test_a_kept_character_is_found_again_in_both_directions(case: tuple[str, Layer]) -> None:
    text, layer = case
    after = replay(text, layer)
    removed = {at for edit in layer for at in range(edit.start, edit.end)}
    for position in range(len(text)):
        if position in removed:
            continue
        there = layer.forward(position)
        assert after[there] == text[position]
        assert layer.backward(there) == position


@given(text_and_layer(), st.data())
def test_a_ledger_of_two_layers_restores_the_source(
    case: tuple[str, Layer], data: st.DataObject
) -> None:
    text, first = case
    middle = replay(text, first)
    at = data.draw(st.integers(0, len(middle)))
    second = Layer.of("convert", [Edit("C101", at, len(middle), middle[at:], "後")])
    ledger = Ledger().then(first, second)
    assert ledger.restore(ledger.replay(text)) == text


def test_edits_are_made_minimal() -> None:
    layer = Layer.of("normalize", [Edit("N010", 5, 9, "头发干了", "头髮乾了")])
    assert list(layer) == [Edit("N010", 6, 8, "发干", "髮乾")]


def test_what_changes_nothing_is_no_edit() -> None:
    assert len(Layer.of("normalize", [Edit("N010", 3, 5, "天地", "天地")])) == 0


def test_trimming_never_eats_a_repeated_character_twice() -> None:
    text = "。。。"
    layer = Layer.of("normalize", [Edit("N011", 0, 3, "。。。", "。")])
    assert replay(text, layer) == "。"
    assert replay("。", invert(layer)) == text


def test_overlapping_edits_are_refused() -> None:
    building = LayerBuilder("normalize")
    building.add("N001", 0, "天地", "")
    with pytest.raises(ValueError, match="overlaps"):
        building.add("N002", 1, "地玄", "")


def test_replay_refuses_a_text_it_was_not_made_from() -> None:
    layer = Layer.of("normalize", [Edit("N001", 1, 2, "地", "")])
    with pytest.raises(ValueError, match="not what the ledger recorded"):
        replay("天玄", layer)


def test_moved_characters_keep_their_origin() -> None:
    text = "正文①\n①注\n下文"
    layer = Layer.of(
        "structure",
        [Edit("S020", 4, 7, "①注\n", ""), Edit("S020", 9, 9, "", "\n①注")],
        [Move(4, 6, 7)],
    )
    assert replay(text, layer) == "正文①\n下文\n①注"
    assert layer.forward(5) == 8
    assert layer.backward(8) == 5
    assert replay(replay(text, layer), invert(layer)) == text
    assert invert(layer).forward(8) == 5


def test_history_names_every_rule_that_touched_a_line() -> None:
    # The source is \u3000\u3000头发... and a second line.
    first = Layer.of("normalize", [Edit("N003", 0, 2, "\u3000\u3000", "")])
    second = Layer.of("normalize", [Edit("N021", 2, 5, "...", "……")])
    third = Layer.of("convert", [Edit("C101", 1, 2, "发", "髮")])
    ledger = Ledger().then(first, second, third)
    touched = [(stage, edit.rule) for stage, edit in ledger.history(0, 7)]
    assert touched == [("normalize", "N003"), ("normalize", "N021"), ("convert", "C101")]
    assert [edit.rule for _, edit in ledger.history(8, 11)] == []
    assert len(ledger) == 3


def test_positions_map_from_source_to_book_and_back() -> None:
    ledger = Ledger().then(Layer.of("normalize", [Edit("N003", 0, 2, "\u3000\u3000", "")]))
    assert ledger.to_book(3) == 1
    assert ledger.to_source(1) == 3


def test_an_untouched_text_adds_no_layer() -> None:
    assert Ledger().then(LayerBuilder("normalize").layer()).layers == ()


def test_check_order_finds_a_layer_that_is_not_minimal() -> None:
    layer = Layer.of("normalize", [Edit("N001", 0, 1, "天", "地")])
    broken = Layer(
        layer.stage, layer.rules, layer.rule_index, layer.starts, layer.ends, ("天",), ("天",)
    )
    with pytest.raises(ValueError, match="not an edit"):
        check_order(broken)


PAIRS = st.lists(
    st.tuples(st.sampled_from("发后𠮷a\ud83d\n"), st.sampled_from("发髮后後𠮷\ud83d\n")),
    max_size=40,
)


@given(PAIRS, PAIRS)
def test_two_texts_of_one_length_give_an_edit_for_each_stretch_that_differs(
    first: list[tuple[str, str]], second: list[tuple[str, str]]
) -> None:
    fast, slow = LayerBuilder("convert"), LayerBuilder("convert")
    start = 0
    for pairs in (first, [("，", "，")], second):
        before, after = ("".join(side) for side in zip(*pairs, strict=True)) if pairs else ("", "")
        fast.add_paired("C101", start, before, after)
        for differ, run in groupby(enumerate(pairs, start), lambda at: at[1][0] != at[1][1]):
            if differ:
                places = list(run)
                was, now = ("".join(pair[side] for _, pair in places) for side in (0, 1))
                slow.add("C101", places[0][0], was, now)
        start += len(pairs)
    assert fast.layer() == slow.layer()


def test_paired_texts_of_two_lengths_or_over_another_edit_are_refused() -> None:
    building = LayerBuilder("convert")
    with pytest.raises(ValueError, match="different lengths"):
        building.add_paired("C101", 0, "发现", "發現了")
    building.add_paired("C101", 3, "发现", "發現")
    with pytest.raises(ValueError, match="overlaps"):
        building.add_paired("C101", 2, "头发", "頭髮")
