"""A book told by 余 says so in the ledger; a book about somebody called 余 says that it is a name."""

from builder.convert import convert_text
from builder.convert.narrator import RULE
from builder.core.language import TARGETS

TOLD = ["余闻之大悲。", "余乃归家。", "余亦不知其故。", "余往访友人。", "余与友登舟。"]


def rules(source: str) -> dict[str, int]:
    layers = convert_text(source, TARGETS["zh-Hant-TW"]).layers
    return {layer.rules[0]: len(layer) for layer in layers}


def test_a_book_told_by_i_has_a_rule_of_its_own() -> None:
    found = convert_text("\n".join(TOLD), TARGETS["zh-Hant-TW"])
    assert found.text.count("余") == len(TOLD)
    assert rules("\n".join(TOLD))[RULE] == len(TOLD)


def test_a_person_in_a_book_told_by_i_stays_a_name() -> None:
    found = rules("\n".join([*TOLD, "余小明来了。", "余小明走了。", "我找余小明。"]))
    assert (found[RULE], found["C106"]) == (len(TOLD), 3)


def test_a_person_by_himself_is_no_i() -> None:
    assert RULE not in rules("余小明来了。\n余小明走了。\n我找余小明。")


def test_once_is_not_told_by_i() -> None:
    assert RULE not in rules("余闻之大悲。\n余小明走了。")
