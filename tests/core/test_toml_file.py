"""Settings that nobody wrote in good faith are refused, and soon."""

from pathlib import Path

import pytest

from builder.core.config import Config, load, parse
from builder.core.errors import ConfigError
from builder.core.toml_file import MAX_CHARACTERS, MAX_PARTS
from builder.core.toml_lines import key_lines

BOMBS = {
    "dotted key": ".".join("a" * 50_000) + " = 1",
    "quoted key": ".".join(['"甲"'] * 50_000) + " = 1",
    "dotted table": "[" + ".".join("a" * 50_000) + "]",
    "open brackets": "a = " + "[" * 50_000,
    "closed brackets": "a = " + "[" * 50_000 + "]" * 50_000,
    "tables in tables": "a = " + "{a=" * 50_000,
    "digits": "a = " + "1" * 50_000,
    "more than is read": "#" * (MAX_CHARACTERS + 1),
}


@pytest.mark.parametrize("document", BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_no_toml(document: str) -> None:
    with pytest.raises(ConfigError, match="B001"):
        parse(document, "book.toml", Config())


def test_a_key_may_have_parts_and_a_text_as_many_dots_as_it_likes() -> None:
    dotted = ".".join("abcdefgh")
    config = parse(f'[book]\ntitle = "{"." * 900}{dotted}"\n', "book.toml", Config())
    assert config.book.title.endswith(dotted)
    assert len(dotted.split(".")) < MAX_PARTS


def test_a_number_beyond_all_floats_is_a_wrong_value() -> None:
    series = "[book]\nseries = { name = '水边', position = " + "1" * 400 + " }"
    with pytest.raises(ConfigError, match="B003"):
        parse(series, "book.toml", Config())


def test_a_file_far_too_large_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "book.toml"
    path.write_bytes(b"#" * (4 * MAX_CHARACTERS + 1))
    with pytest.raises(ConfigError, match="B006"):
        load(path)


def test_lines_are_counted_once() -> None:
    document = "".join(f"k{number} = 1\r\n" for number in range(20_000))
    assert key_lines(document)[("k19999",)] == 20_000
