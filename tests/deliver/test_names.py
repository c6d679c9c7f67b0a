"""Names of files that FAT, Windows and Linux take alike, Chinese ones kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.deliver.names import LONGEST_BYTES, device_name, same_name


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("渡口.kepub.epub", "渡口.kepub.epub"),
        ("谁在敲门？:第一卷.epub", "谁在敲门？：第一卷.epub"),
        ('a/b\\c*d?"e"<f>|g.pdf', "a／b＼c＊d？”e”＜f＞｜g.pdf"),
        ("渡口 . .epub", "渡口.epub"),
        ("..", "book"),
        ("...epub", "book.epub"),
        ("CON.epub", "_CON.epub"),
        ("con", "_con"),
        ("Comet.epub", "Comet.epub"),
        ("灯\x00\x1f\u202e下.epub", "灯下.epub"),
        ("cafe\u0301.epub", "café.epub"),
    ],
)
def test_a_name_becomes_one_that_every_device_takes(name: str, taken: str) -> None:
    assert device_name(name) == taken


def test_a_long_name_keeps_its_ending_and_its_first_characters() -> None:
    name = device_name("长" * 300 + ".kepub.epub")
    assert name.endswith("长.kepub.epub")
    assert LONGEST_BYTES - 3 < len(name.encode()) <= LONGEST_BYTES


@given(st.text(max_size=400))
def test_whatever_it_is_called_it_can_be_written(name: str) -> None:
    taken = device_name(name)
    assert 0 < len(taken.encode()) <= LONGEST_BYTES
    assert not set(taken) & set('\\/:*?"<>|\0')
    assert taken == taken.strip()
    assert not taken.endswith(".")
    assert device_name(taken) == taken


def test_a_device_knows_neither_case_nor_forms() -> None:
    assert same_name("Cafe\u0301.EPUB", "café.epub")
    assert not same_name("渡口.epub", "渡口2.epub")
