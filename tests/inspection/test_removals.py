"""What the rules took away: totals for all, every line for those that lose something."""

from builder.core.ledger import Edit, Layer, Ledger, replay
from builder.core.traversal import project
from builder.inspection import examine
from tests.inspection.making import book_of, examination_of

KINDS = {"N050": "judgement", "N011": "safe", "N040": "lossy"}
STORY = ("灯下", ["雨停了。", "没有人接话。"])


def test_lines_taken_by_judgement_are_listed_with_context_and_place() -> None:
    examination = examination_of(STORY, kinds=KINDS, removed=[("N050", "求月票")])
    [group] = examination.removals
    [one] = group.removals
    assert (group.rule, group.kind, group.edits) == ("N050", "judgement", 1)
    assert (one.removed, one.replacement, one.count) == ("求月票", "", 1)
    assert (one.before, one.after) == ("没有人接话。", "")
    assert str(one.place.location) == "a.txt:4:1"


def test_safe_rules_are_counted_but_not_listed() -> None:
    examination = examination_of(
        STORY, kinds=KINDS, removed=[("N011", "　　"), ("N050", "求月票"), ("N999", "？？")]
    )
    assert [group.rule for group in examination.removals] == ["N050"]
    totals = {
        total.rule: (total.kind, total.edits, total.characters) for total in examination.rules
    }
    assert totals == {"N011": ("safe", 1, 3), "N050": ("judgement", 1, 4), "N999": ("", 1, 3)}


def test_the_same_line_is_told_once_and_the_most_frequent_first() -> None:
    lines = ["求月票", "加入书签", "求月票", "求月票"]
    examination = examination_of(STORY, kinds=KINDS, removed=[("N050", line) for line in lines])
    [group] = examination.removals
    assert [(one.removed, one.count) for one in group.removals] == [("求月票", 3), ("加入书签", 1)]
    assert group.edits == 4


def test_what_the_structure_left_out_is_told_from_the_text_it_saw() -> None:
    book, manuscript = book_of(STORY)
    start = manuscript.text.index("没有人")
    layer = Layer.of("structure", [Edit("S006", start, start + 7, "没有人接话。", "")])
    assert replay(manuscript.text, layer) != project(book)
    examination = examine(book, manuscript, Ledger().then(layer), kinds={"S006": "judgement"})
    [one] = examination.removals[0].removals
    assert (one.before, one.removed, one.after) == ("雨停了。", "没有人接话。", "")
    assert str(one.place.location) == "a.txt:3:1"


def test_a_removed_line_end_is_not_lost_from_sight() -> None:
    examination = examination_of(STORY, kinds=KINDS, removed=[("N040", "")])
    assert examination.removals[0].removals[0].removed == "\n"
