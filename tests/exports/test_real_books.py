"""Real novels, when they are at hand: written out and read again, they are the same books."""

from pathlib import Path

import pytest

from builder.core.traversal import project, walk
from builder.exports import to_markdown, to_txt
from builder.pipeline import BuildOptions, inspect
from tests.conftest import SHARED

WITHOUT_SURROUNDINGS = BuildOptions(environment={})


@pytest.mark.parametrize("form", ["txt", "md"])
@pytest.mark.parametrize("name", ["laocan_gbk_s.txt", "shuihu_t.txt"])
def test_a_novel_comes_back_whole(name: str, form: str, tmp_path: Path) -> None:
    source: Path = SHARED / "corpus" / name
    if not source.is_file():
        pytest.skip("no corpus beside this checkout")
    book = inspect(source, WITHOUT_SURROUNDINGS).book
    path = tmp_path / f"novel.{form}"
    path.write_bytes(to_txt(book) if form == "txt" else to_markdown(book, pictures="p")[0])
    again = inspect(path, WITHOUT_SURROUNDINGS).book
    chapters = [one.heading for _, one in walk(book.sections)]
    assert len(chapters) >= 20
    assert [one.heading for _, one in walk(again.sections)] == chapters
    assert project(again) == project(book)
