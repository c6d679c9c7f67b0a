"""Where book.toml says a word is found once for all words, however many there are."""

from pathlib import Path

import pytest

from builder import settings
from builder.core.source import BookSource
from builder.core.toml_lines import key_lines
from builder.settings import rule_place


def test_a_file_is_read_once_for_all_that_is_asked_of_it_and_again_when_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def counted(document: str) -> dict[tuple[str, ...], int]:
        read.append(document)
        return key_lines(document)

    monkeypatch.setattr(settings, "key_lines", counted)
    toml = tmp_path / "book.toml"
    toml.write_text('x = "甲"\n[normalize]\nkeep = [\n"甲", \'乙\',\n"甲"]\n', "utf-8")
    source = BookSource(path=tmp_path, root=tmp_path, slug="a", files=(), settings=toml)
    for _ in range(9):
        assert rule_place(source, "keep", "甲").line == 4
        assert rule_place(source, "keep", "乙").line == 4
        assert str(rule_place(source, "keep", "丙")) == "[normalize] keep"
    assert len(read) == 1
    toml.write_text('[normalize]\nkeep = ["丙"]\n', "utf-8")
    assert rule_place(source, "keep", "丙").line == 2
    toml.unlink()
    assert str(rule_place(source, "keep", "丙")) == "[normalize] keep"
