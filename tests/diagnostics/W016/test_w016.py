"""Lines are shown of a book that was read, at places that it has."""

from pathlib import Path

import pytest

from builder.core.errors import SourceError
from builder.studio.desk import Desks
from builder.studio.lines import lines_between
from builder.studio.worker import _analyse


def test_only_lines_of_a_book_that_was_read_can_be_shown(tmp_path: Path) -> None:
    draft = Desks(tmp_path).begin("0" * 32, "水账.txt")
    (draft.source / "水账.txt").write_text("第一章\n\n雨停了。\n灯亮了。\n", encoding="utf-8")
    with pytest.raises(SourceError) as unread:
        lines_between(draft, "水账.txt:1", "", skip=0, count=9)
    assert unread.value.diagnostic.code == "W016"

    _analyse(draft)
    for place in ("水账.txt:99", "别的.txt:1", "../水账.txt:1", "水账.txt", ""):
        with pytest.raises(SourceError) as refused:
            lines_between(draft, place, "", skip=0, count=9)
        assert refused.value.diagnostic.code == "W016", place
    lines, is_more = lines_between(draft, "水账.txt:1", "", skip=0, count=9)
    assert [(line.place, line.text) for line in lines] == [
        ("水账.txt:3", "雨停了。"),
        ("水账.txt:4", "灯亮了。"),
    ]
    assert not is_more
