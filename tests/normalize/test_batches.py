"""Changes are taken a few at a time, so that ten million of them fit into memory."""

import re

import pytest

from builder.core.ledger import replay
from builder.normalize import rule as rules
from builder.normalize.rule import Fixed, Rule, replacement, run

COMMAS = Rule(
    "N999", "safe", "minimal", frozenset(","), replacement(re.compile(","), lambda _: "，")
)
TEXT = "雨停了,他走了,没有人送,天亮了,船还在,没有灯。"


@pytest.mark.parametrize("batch", [1, 2, 3, 5, 100])
@pytest.mark.parametrize("raw", [(), ((3, 4),), ((3, 8),), ((0, len(TEXT)),)])
def test_the_size_of_a_batch_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, batch: int, raw: tuple[tuple[int, int], ...]
) -> None:
    fixed = Fixed(raw=raw)
    whole, edits = run(COMMAS, TEXT, fixed)
    monkeypatch.setattr(rules, "_BATCH", batch)
    text, layer = run(COMMAS, TEXT, fixed)
    assert (text, list(layer)) == (whole, list(edits))
    assert replay(TEXT, layer) == text
    kept = sum(TEXT.count(",", start, end) for start, end in raw)
    assert text.count(",") == kept
