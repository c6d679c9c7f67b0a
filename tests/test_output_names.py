"""What a book may call its files: nothing that leads out of the folder of the results."""

from pathlib import Path

import pytest

from builder.core.errors import ConfigError
from builder.pipeline import BuildOptions, build


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = tmp_path / "夜雨"
    folder.mkdir()
    (folder / "01.txt").write_text("第一章 夜雨\n雨停了。\n", "utf-8")
    return folder


def written(book: Path, name: str) -> list[str]:
    """The files below the folder that holds book and results, the book's own apart."""
    quoted = "".join(f"\\u{ord(character):04x}" for character in name)
    (book / "book.toml").write_text(f'[output]\nname = "{quoted}"\n', "utf-8")
    build(book, BuildOptions(formats=("txt",), out=book.parent / "out", environment={}))
    found = (path for path in book.parent.rglob("*") if path.is_file() and book not in path.parents)
    return sorted(path.relative_to(book.parent).as_posix() for path in found)


@pytest.mark.parametrize(
    "name",
    ["..", ".", "../a", "/a", "a/", "a\\b", "a\0b", "a\nb", "a\x1b[2Jb", "a\u202eb", "a.", "a ", "CON",
     "nul.txt", "长" * 67],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_is_refused_and_nothing_is_written(
    book: Path, name: str
) -> None:
    with pytest.raises(ConfigError) as refused:
        written(book, name)
    assert refused.value.diagnostic.code == "B023"
    assert [path.name for path in book.parent.iterdir()] == [book.name]


@pytest.mark.parametrize("name", ["夜雨.v2", ".夜雨", "夜雨 (1)", "console", "长" * 66])
def test_any_other_name_is_taken(book: Path, name: str) -> None:
    files = written(book, name)
    assert f"out/{name}/{name}.txt" in files
    assert all(path.startswith(f"out/{name}/") for path in files)
