"""A reader that was unplugged meanwhile, and one that is there."""

from pathlib import Path

import pytest

from builder.core.errors import DeliverError
from builder.deliver import reader_at
from builder.studio import delivery
from builder.studio.desk import Desks


def test_only_a_plugged_in_reader_is_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = Desks(tmp_path / "state").begin("0" * 32, "水账.txt")
    draft.made.mkdir()
    (draft.made / "水账.epub").write_bytes(b"epub")
    (draft.made / "水账.kepub.epub").write_bytes(b"kepub")
    drive = tmp_path / "KOBOeReader"
    (drive / ".kobo").mkdir(parents=True)
    (drive / ".kobo" / "KoboReader.sqlite").write_bytes(b"")
    found = reader_at(drive)
    monkeypatch.setattr(delivery, "readers", lambda: (found,))
    with pytest.raises(DeliverError) as refused:
        delivery.send(draft, str(tmp_path))
    assert refused.value.diagnostic.code == "W019"
    assert delivery.send(draft, delivery.devices()[0]["place"]) == "水账.kepub.epub"
    assert next(drive.rglob("*.kepub.epub")).read_bytes() == b"kepub"
