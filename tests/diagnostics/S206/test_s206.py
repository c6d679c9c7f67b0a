"""The text would be megabytes long, so the limit is lowered."""

import pytest

from builder.core.errors import SourceError
from builder.structure import plan
from tests.structure.making import manuscript_of, structured

TEXT = "".join(f"第{number}章 灯下\n\n雨停了。\n\n" for number in range(1, 8))


@pytest.mark.parametrize("limit", ["MAX_SECTIONS", "MAX_CANDIDATES"])
def test_more_headings_than_a_book_has_are_refused(
    monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(plan, limit, 7)
    assert len(structured(manuscript_of(TEXT)).book.sections) == 7
    monkeypatch.setattr(plan, limit, 6)
    with pytest.raises(SourceError, match="S206"):
        structured(manuscript_of(TEXT))
