"""E004: the structure room pairs marks with notes, so only a made-up book can lack one."""

from dataclasses import replace

import pytest

from builder.compose import compose
from builder.core.config import Config
from builder.core.errors import ComposeError
from tests.compose.sample import sample_book

MODIFIED = "2024-02-29T12:00:00Z"


def test_a_mark_without_its_note_is_reported() -> None:
    book = sample_book()
    with pytest.raises(ComposeError) as caught:
        compose(replace(book, notes=book.notes[1:]), Config(), modified=MODIFIED)
    assert str(caught.value) == (
        "error E004: the text mentions the note “n1”, which is not there\n"
        "  hint: add the note's text, or take its mark out"
    )


def test_a_note_without_a_mark_is_printed_at_the_end_instead() -> None:
    book = sample_book()
    made = compose(book, Config(), modified=MODIFIED)
    assert "这一条没有谁提到。" in made.manifest[-1].content.decode()
