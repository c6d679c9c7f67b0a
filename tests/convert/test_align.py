"""What became of which character, also where lengths change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.convert.align import carry, differences, walked


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("头发现在", "頭髮現在", [(0, "头发现", "頭髮現")]),
        ("一头一发", "一頭一髮", [(1, "头", "頭"), (3, "发", "髮")]),
        ("他坐出租車走了", "他坐計程車走了", [(2, "出租", "計程")]),
        ("用互聯網的人們", "用網際網路的人們", [(1, "互聯網", "網際網路")]),
        ("一樣", "一樣", []),
        ("全部不同的字", "甲乙", [(0, "全部不同的字", "甲乙")]),
    ],
)
def test_differences_are_as_short_as_they_can_be_found(
    before: str, after: str, expected: list[tuple[int, str, str]]
) -> None:
    assert list(differences(before, after)) == expected


@given(st.text("甲乙丙"), st.text("甲乙丙"))
def test_differences_turn_one_text_into_the_other(before: str, after: str) -> None:
    for found in (list(differences(before, after)), list(walked(before, after))):
        result, position = "", 0
        for start, old, new in found:
            assert before.startswith(old, start)
            result += before[position:start] + new
            position = start + len(old)
        assert result + before[position:] == after


def test_borders_are_carried_along() -> None:
    changes = [(1, "互聯網", "網際網路")]
    assert [carry(at, changes) for at in range(6)] == [0, 1, 2, 3, 5, 6]
