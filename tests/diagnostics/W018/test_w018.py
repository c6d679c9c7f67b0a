"""A shelf and a reader want a finished file."""

from pathlib import Path

import pytest

from builder.core.errors import SourceError
from builder.studio.delivery import shelve
from builder.studio.desk import Desks


def test_what_is_not_made_goes_nowhere(tmp_path: Path) -> None:
    draft = Desks(tmp_path / "state").begin("0" * 32, "水账.txt")
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    with pytest.raises(SourceError) as refused:
        shelve(draft, shelf)
    assert refused.value.diagnostic.code == "W018"
    draft.made.mkdir()
    (draft.made / "水账.epub").write_bytes(b"made")
    assert shelve(draft, shelf) == ("水账.epub",)
