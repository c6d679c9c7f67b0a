"""A Kindle on a cable wants AZW3, and that wants calibre."""

from pathlib import Path

import pytest

from builder.cli import main


@pytest.mark.parametrize("form", ["", "epub"])
def test_without_calibre_a_kindle_on_a_cable_gets_no_azw3(
    form: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    book = tmp_path / "雨.txt"
    book.write_text("雨停了。他把伞收起来，走进了屋子。\n", "utf-8")
    for name in ("documents", "system"):
        (tmp_path / "Kindle" / name).mkdir(parents=True)
    monkeypatch.setattr("builder.epub.converter", lambda: "")
    asked = ["--format", form] if form else []
    code = main(["send", str(book), "--to", str(tmp_path / "Kindle"), *asked])
    assert code == (0 if form else 8)
    assert ("error D008: a Kindle reads AZW3" in capsys.readouterr().err) is not bool(form)
