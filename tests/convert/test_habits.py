"""Habits are counted by book, not by place, and only where a book differs in most places."""

from pathlib import Path

import pytest

from scripts.conversion.books import NOT_FOR_TRAINING
from scripts.habits import differing, shares


def test_a_character_differs_where_it_does_not_come_back() -> None:
    assert differing("于老三說，于老四。")["于"] == (2, 2)
    assert differing("終於說了。")["于"] == (1, 0)


def test_each_book_counts_once_however_often_it_has_the_character(tmp_path: Path) -> None:
    (tmp_path / "a_t.txt").write_text("于老三說。" * 50, "utf-8")
    (tmp_path / "b_t.txt").write_text("他終於說了。" * 3, "utf-8")
    (tmp_path / f"{min(NOT_FOR_TRAINING)}_t.txt").write_text("于老三說。" * 50, "utf-8")
    found = shares(tmp_path)
    assert found["于"] == pytest.approx(1 / (2 + 2))
    assert "说" not in found
