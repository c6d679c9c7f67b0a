"""More books than a person may have."""

from pathlib import Path

import pytest

from builder.core.errors import BuilderError
from builder.studio.desk import Desks, new_token


def test_there_are_only_so_many_books(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.studio.desk.MOST_BOOKS", 2)
    desks, mine = Desks(tmp_path), new_token()
    for _ in range(2):
        desks.begin(mine, "a.txt")
    with pytest.raises(BuilderError, match="there are 2 books already") as caught:
        desks.begin(mine, "a.txt")
    assert caught.value.diagnostic.code == "W004"
    assert desks.begin(new_token(), "a.txt").folder.is_dir()
