"""Which series the books of a shelf belong to, as their names say together."""

import pytest

from builder.shelf.series import series_of


def told(*names: str, shelf: str = "") -> dict[str, tuple[str, float | None]]:
    found = series_of([(name, shelf) for name in names])
    return {names[index]: (one.name, one.position) for index, one in found.items()}


def test_a_last_volume_is_the_second_of_two_and_the_third_of_three() -> None:
    assert told("江湖（上）", "江湖（下）") == {
        "江湖（上）": ("江湖", 1),
        "江湖（下）": ("江湖", 2),
    }
    assert told("江湖（上）", "江湖（中）", "江湖（下）")["江湖（下）"] == ("江湖", 3)


def test_a_number_at_the_end_counts_beside_its_fellows() -> None:
    assert told("江湖2") == {}
    assert told("江湖", "江湖2", "江湖3") == {
        "江湖": ("江湖", 1), "江湖2": ("江湖", 2), "江湖3": ("江湖", 3),
    }  # fmt: skip


def test_fellows_are_known_in_either_script_and_keep_their_own() -> None:
    assert told("風雲1", "风云2") == {"風雲1": ("風雲", 1), "风云2": ("风云", 2)}


def test_books_of_two_authors_are_no_series() -> None:
    assert told("江湖1_林晚", "江湖2_沈砚") == {}
    assert len(told("江湖1_林晚", "江湖2_林晚")) == 2


@pytest.mark.parametrize(
    "names", [("房间2", "房间19"), ("1984", "2001"), ("江湖", "江湖(2)"), ("江湖", "江山")]
)
def test_what_does_not_count_up_is_no_series(names: tuple[str, ...]) -> None:
    assert told(*names) == {}


def test_a_folder_of_numbered_books_is_a_series() -> None:
    names = ("01 夜雨", "02 风起", "03 归舟")
    assert told(*names, shelf="长篇/江湖") == {
        name: ("江湖", number) for number, name in enumerate(names, 1)
    }
    assert told(*names) == {}
    assert told("01 夜雨", "风起", "归舟", shelf="江湖") == {}
    assert told(*(f"{number} 书" for number in range(1, 50)), shelf="百部") == {}


def test_books_of_one_series_lie_in_one_folder() -> None:
    assert series_of([("江湖1", "甲"), ("江湖2", "乙")]) == {}


def test_numerals_of_every_kind_count_alike() -> None:
    names = (
        "江湖 第一部",
        "江湖 第2部",
        "江湖 第Ⅲ部",
        "江湖 第四部",
        "江湖（五）",
        "江湖 卷六",
        "江湖 Vol.7",
    )
    assert [told(*names)[name][1] for name in names] == [1, 2, 3, 4, 5, 6, 7]


def test_several_in_one_file_stand_before_those_they_hold_and_take_no_place() -> None:
    assert told("江湖", "江湖2", "江湖3", "江湖1-3") == {
        "江湖": ("江湖", 1), "江湖2": ("江湖", 2), "江湖3": ("江湖", 3), "江湖1-3": ("江湖", 1),
    }  # fmt: skip
