"""What stands on the pages of other writers, and is no line."""

from unittest.mock import Mock

from builder.check.typography.fonts import PdfFont
from builder.check.typography.glyphs import Direction, Run
from builder.check.typography.ink import InkReader
from builder.check.typography.lines import runs_to_lines


def test_a_run_without_signs_on_a_page_of_columns_is_no_line() -> None:
    font = Mock(spec=PdfFont)
    font.name = "Song"
    empty = Run(Direction.ACROSS, 100.0, 10.5, font)
    assert runs_to_lines([empty], 0, InkReader(), vertical_width=300.0) == []
