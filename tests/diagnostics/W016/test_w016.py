"""Lines are shown of a plain text, not of a picture or of a file that is not there."""

from pathlib import Path

import pytest

from builder.core.errors import SourceError
from builder.studio.desk import Desks
from builder.studio.looking import lines_between


def test_only_lines_of_a_plain_text_can_be_shown(tmp_path: Path) -> None:
    draft = Desks(tmp_path).begin("0" * 32, "水账.txt")
    (draft.source / "水账.txt").write_text("第一章\n\n雨停了。\n灯亮了。\n", encoding="utf-8")
    (draft.source / "灯.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1" * 9)
    for place in ("灯.png:1", "别的.txt:1", "../水账.txt:1", "水账.txt", ""):
        with pytest.raises(SourceError) as refused:
            lines_between(draft, place, "", skip=0, count=9)
        assert refused.value.diagnostic.code == "W016", place
    lines, is_more = lines_between(draft, "水账.txt:1", "", skip=0, count=9)
    assert [(line.place, line.text) for line in lines] == [
        ("水账.txt:3", "雨停了。"),
        ("水账.txt:4", "灯亮了。"),
    ]
    assert not is_more
