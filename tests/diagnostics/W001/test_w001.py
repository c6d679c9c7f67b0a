"""A file that no book is made of is not taken."""

from pathlib import Path

import pytest

from builder.core.errors import BuilderError
from builder.studio.desk import Desks, new_token


@pytest.mark.parametrize(
    ("name", "is_refused"), [("a.exe", True), ("book.toml", True), ("a.txt", False)]
)
def test_only_what_makes_a_book_is_taken(name: str, is_refused: bool, tmp_path: Path) -> None:
    draft = Desks(tmp_path).begin(new_token(), "a.txt")
    if not is_refused:
        assert draft.place_for(name).name == name
        return
    with pytest.raises(BuilderError, match="no file that a book is made of") as caught:
        draft.place_for(name)
    assert caught.value.diagnostic.code == "W001"
