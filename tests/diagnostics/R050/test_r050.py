"""The books would be megabytes long, so the limits are lowered."""

from pathlib import Path

import pytest

from builder.core.config import Config
from builder.core.errors import SourceError
from builder.read import amounts, discover, markdown_parser, read

TEXT = "第一章 灯下\n\n雨停了。\n\n“走吧。”\n天亮了。\n"
HTML = "<h1>第一章 灯下</h1><p>雨停了。</p><p>天亮了&hellip;</p>"
MARKDOWN = "# 第一章 灯下\n\n雨停了。\n\n- 一\n- 二\n"
TOO_MUCH = {
    "MAX_RAW_CHARACTERS": ("1.html", HTML, len(HTML)),
    "MAX_CHARACTERS": ("1.txt", TEXT, len(TEXT)),
    "MAX_LINES": ("1.txt", TEXT, 6),
    "MAX_TEXT_LINES": ("1.txt", TEXT, 4),
    "MAX_TAGS": ("1.html", HTML, 7),
    "MAX_MARKDOWN_LINES": ("1.md", MARKDOWN, 4),
    # An opening bracket counts twice, a closing parenthesis not at all.
    "MAX_MARKDOWN_SIGNS": ("1.md", f"{MARKDOWN}\n[灯](a) **亮** `了` ![](b) <b> &amp; \\*\n", 17),
    "MAX_MARKED_HEADINGS": ("1.html", f"{HTML}<H2 class='a'>灯</H2><hr></h3>", 2),
}


def read_file(folder: Path, name: str, content: bytes) -> str:
    path = folder / name
    path.write_bytes(content)
    return read(discover(path), Config()).manuscript.text


@pytest.mark.parametrize("limit", TOO_MUCH)
def test_what_is_as_much_as_the_limit_is_read_and_more_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    name, text, amount = TOO_MUCH[limit]
    monkeypatch.setattr(amounts, limit, amount)
    assert "雨停了。" in read_file(tmp_path, name, text.encode())
    monkeypatch.setattr(amounts, limit, amount - 1)
    with pytest.raises(SourceError, match="R050") as refusal:
        read_file(tmp_path, name, text.encode())
    assert refusal.value.location is not None
    assert refusal.value.location.file.endswith(name)


def test_cells_that_rows_lack_count_as_those_that_they_have(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = MARKDOWN.encode() + b"\n|a|b|c|\n|-|-|-|\n|d|\n|e|\n"
    monkeypatch.setattr(markdown_parser, "MAX_MARKDOWN_CELLS", 9)
    assert "d" in read_file(tmp_path, "1.md", table)
    monkeypatch.setattr(markdown_parser, "MAX_MARKDOWN_CELLS", 8)
    with pytest.raises(SourceError, match="R050"):
        read_file(tmp_path, "1.md", table)


def test_headings_of_markdown_count_as_those_of_html_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"{MARKDOWN}\n## 灯\n\n#不是\n\n####### 也不是\n".encode()
    monkeypatch.setattr(amounts, "MAX_MARKED_HEADINGS", 2)
    assert "灯" in read_file(tmp_path, "1.md", text)
    monkeypatch.setattr(amounts, "MAX_MARKED_HEADINGS", 1)
    with pytest.raises(SourceError, match="R050"):
        read_file(tmp_path, "1.md", text)


@pytest.mark.parametrize("limit", ["MAX_RAW_CHARACTERS", "MAX_CHARACTERS", "MAX_LINES", "MAX_TEXT_LINES"])  # fmt: skip
def test_the_files_of_a_book_are_counted_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    amount = {"MAX_LINES": 6, "MAX_TEXT_LINES": 4}.get(limit, len(TEXT))
    monkeypatch.setattr(amounts, limit, amount)
    for name in ("01.txt", "02.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    with pytest.raises(SourceError, match=r"02\.txt.*R050"):
        read(discover(tmp_path), Config())


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_count_the_same_in_every_encoding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str, end: str
) -> None:
    # In UTF-16 上 has the byte of a line end.
    text = f"上上上上，我上去了。{end}" * 3
    monkeypatch.setattr(amounts, "MAX_LINES", 3)
    assert read_file(tmp_path, "1.txt", text.encode(encoding)).count("上") == 15
    monkeypatch.setattr(amounts, "MAX_LINES", 2)
    with pytest.raises(SourceError, match="R050"):
        read_file(tmp_path, "1.txt", text.encode(encoding))
