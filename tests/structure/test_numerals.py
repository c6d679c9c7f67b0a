import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.core.numerals import LARGEST_CHINESE, to_chinese, to_number, to_roman


@given(st.integers(0, LARGEST_CHINESE))
def test_chinese_numerals_round_trip(number: int) -> None:
    assert to_number(to_chinese(number)) == number


@given(st.integers(1, 3999))
def test_roman_numerals_round_trip(number: int) -> None:
    assert to_number(to_roman(number)) == number


@pytest.mark.parametrize(
    ("numeral", "number"),
    [
        ("十二", 12), ("一百零三", 103), ("两百", 200), ("〇三", 3), ("叁", 3), ("廿三", 23), ("卅", 30),
        ("二〇〇八", 2008), ("一千二百", 1200), ("一万二千", 12000), ("１２", 12), ("012", 12),
        ("XII", 12), ("xii", 12), ("twelve", 12), ("貳拾", 20), ("十", 10), ("○", 0), ("一二三", 123),
        ("百零三", 103), ("一二〇", 120), ("卌二", 42), ("貳佰零叁", 203), ("⼗⼆", 12), ("⼆⼗⼀", 21),
        ("①", 1), ("⑴", 1), ("㈢", 3), ("㉑", 21), ("Ⅻ", 12), ("ⅻ", 12), ("Twenty-One", 21), ("零十二", 12),
        ("两千零五", 2005), ("万", 10000), ("ＸＩＩ", 12),
    ],
)  # fmt: skip
def test_numerals_people_write(numeral: str, number: int) -> None:
    assert to_number(numeral) == number


@pytest.mark.parametrize(
    "text", ["", "风", "第一", "IIII", "十x", "万风", "3月", "十3", "½", "1" * 19]
)
def test_what_is_no_numeral(text: str) -> None:
    assert to_number(text) is None


def test_numerals_in_headings_read_well() -> None:
    assert [to_chinese(n) for n in (0, 10, 11, 20, 101, 110, 1010, 10_000, 10_012, 100_000)] == [
        "零", "十", "十一", "二十", "一百零一", "一百一十", "一千零一十", "一万", "一万零一十二", "十万",
    ]  # fmt: skip


@pytest.mark.parametrize(("make", "number"), [(to_chinese, -1), (to_roman, 0)])
def test_numbers_no_heading_has_are_refused(make: object, number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        make(number)  # type: ignore[operator]  # either of two functions from int to str


def test_what_no_heading_counts_to_is_in_digits() -> None:
    assert to_chinese(10**8) == "100000000"
    assert to_chinese(10**18) == "1000000000000000000"
