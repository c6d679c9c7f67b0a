"""More books than a shelf may have."""

from pathlib import Path

import pytest

from builder.core.errors import SourceError
from builder.shelf.books import books_on


@pytest.mark.parametrize(("most", "is_told"), [(2, True), (3, False)])
def test_too_many_books_are_told(
    most: int, is_told: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builder.shelf.books.MOST_BOOKS", most)
    for name in ("甲.txt", "乙.txt", "丙.txt"):
        (tmp_path / name).write_text("雨停了。\n", "utf-8")
    if not is_told:
        assert len(books_on(tmp_path)) == 3
        return
    with pytest.raises(SourceError, match="more than 2 books") as caught:
        books_on(tmp_path)
    assert caught.value.diagnostic.code == "L003"
