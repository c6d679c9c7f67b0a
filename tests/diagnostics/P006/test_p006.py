"""P006: the layout engine itself fails. No book is known to do it, so the engine is replaced."""

from pathlib import Path

import pytest

from builder.cli import main
from builder.core.config import Config
from builder.core.errors import ComposeError
from builder.press import press
from tests.press.documents import document


def test_a_fault_of_the_engine_is_told_without_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("builder.press.host.print_html", fail)
    with pytest.raises(ComposeError) as caught:
        press(document("<p>灯</p>"), Config())
    assert str(caught.value).startswith(
        "error P006: the layout engine cannot lay out this book: RecursionError: too deep\n  hint: "
    )


def test_an_engine_in_order_raises_nothing() -> None:
    assert press(document("<p>灯</p>"), Config()).page_count == 1


def test_memory_that_is_short_is_no_fault_of_the_book(
    monkeypatch: pytest.MonkeyPatch, chapter_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("builder.press.typesetting.typeset", fail)
    out = chapter_folder.parent / "out"
    assert main(["build", str(chapter_folder), "--format", "pdf", "--out", str(out)]) == 10
    said = capsys.readouterr().err
    assert "error B066: " in said
    assert "P006" not in said
