"""A column of strings answers as a tuple of them would."""

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.core.strings import Strings, StringsBuilder

PAIRS = st.lists(st.tuples(st.text("于於后後", max_size=2), st.text("于於", max_size=2)))


@given(PAIRS, st.slices(8))
def test_the_columns_answer_as_tuples(pairs: list[tuple[str, str]], part: slice) -> None:
    building = StringsBuilder()
    for before, after in pairs[:3]:
        building.add(before, after)
    rest = pairs[3:]
    building.extend([before for before, _ in rest], [after for _, after in rest])
    for column, own in zip(building.strings(), (0, 1), strict=True):
        plain = tuple(pair[own] for pair in pairs)
        assert tuple(column) == plain == column[:]
        assert (len(column), column[part]) == (len(plain), plain[part])
        assert [column[at] for at in range(len(plain))] == list(plain)
        assert column == plain
        assert column != (*plain, "后")


def test_columns_are_equal_whatever_their_tables() -> None:
    one = Strings(("于", "於"), array("I", [1, 0]))
    assert one == Strings(("於", "于"), array("I", [0, 1]))
    assert one != Strings(("于", "於"), array("I", [0, 0]))
    assert one != ["於", "于"]
    assert repr(one) == "Strings(('於', '于'))"


def test_a_number_beyond_the_table_is_refused() -> None:
    with pytest.raises(IndexError):
        Strings(("于",), array("I", [0, 1]))
