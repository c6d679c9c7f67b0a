"""Too many files for one book."""

from pathlib import Path

import pytest

from builder.core.errors import BuilderError
from builder.studio.desk import Desks, new_token


@pytest.mark.parametrize(("most", "is_refused"), [(2, True), (3, False)])
def test_a_book_has_room_for_so_much(
    most: int, is_refused: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builder.studio.desk.MOST_FILES", most)
    draft = Desks(tmp_path).begin(new_token(), "a.txt")
    for name in ("1.txt", "2.txt"):
        draft.place_for(name).write_text("x")
    if not is_refused:
        assert draft.place_for("3.txt").name == "3.txt"
        return
    with pytest.raises(BuilderError, match="too much for one book") as caught:
        draft.place_for("3.txt")
    assert caught.value.diagnostic.code == "W002"
