"""What the page may not choose."""

from pathlib import Path

import pytest

from builder.core.errors import BuilderError
from builder.studio.desk import Desks, new_token


@pytest.mark.parametrize(
    ("chosen", "is_refused"), [({"mail.host": "x"}, True), ({"book.title": "x"}, False)]
)
def test_what_may_not_be_chosen_is_refused(
    chosen: dict[str, object], is_refused: bool, tmp_path: Path
) -> None:
    draft = Desks(tmp_path).begin(new_token(), "a.txt")
    if not is_refused:
        draft.choose(chosen)
        assert draft.settings() == chosen
        return
    with pytest.raises(BuilderError, match="cannot be chosen here") as caught:
        draft.choose(chosen)
    assert caught.value.diagnostic.code == "W003"
