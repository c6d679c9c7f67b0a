"""P007 stops the build when nothing but the PDF was asked for."""

from pathlib import Path

import pytest

from builder.cli import main


def test_a_vertical_pdf_alone_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    story = tmp_path / "story.txt"
    story.write_text("雨停了。他把伞收起来，走进了屋子。\n", "utf-8")
    out = tmp_path / "dist"
    asked = ["--vertical", "--format", "pdf", "--set", "pdf.engine=weasyprint"]
    code = main(["build", str(story), *asked, "--out", str(out)])
    assert code == 6
    assert "error P007: WeasyPrint cannot set a vertical book" in capsys.readouterr().err
    assert not out.exists()
