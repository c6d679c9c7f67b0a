"""Folios in the counter styles of CSS."""

import pytest

from builder.press.folios import folio_in


@pytest.mark.parametrize(
    ("label", "style", "expected"),
    [
        ("12", "decimal", "12"),
        ("iv", "decimal", "4"),
        ("12", "lower-roman", "xii"),
        ("xii", "lower-roman", "xii"),
        ("14", "upper-roman", "XIV"),
        ("4000", "lower-roman", "4000"),
        ("105", "cjk-decimal", "一〇五"),
        ("105", "simp-chinese-informal", "一百零五"),
        ("12", "trad-chinese-informal", "十二"),
        ("27", "lower-alpha", "aa"),
        ("2", "upper-alpha", "B"),
        ("7", "hebrew", "7"),
        ("扉页", "decimal", "扉页"),
    ],
)
def test_a_folio_is_counted_as_the_sheet_asks(label: str, style: str, expected: str) -> None:
    assert folio_in(label, style) == expected
