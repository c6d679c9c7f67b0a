"""A Kobo whose list is damaged."""

from pathlib import Path

import pytest

from builder.cli import main
from tests.deliver.kobos import a_kobo, list_of
from tests.studio.shelves import package, put_book


@pytest.mark.parametrize("is_damaged", [True, False])
def test_a_damaged_list_is_told(
    is_damaged: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = put_book(tmp_path, "渡口.epub", package("渡口", "佚名", "水上", 1))
    root = a_kobo(tmp_path)
    if is_damaged:
        list_of(root).write_bytes(b"no list at all " * 100)
    assert main(["send", str(book), "--to", str(root), "--series"]) == (11 if is_damaged else 0)
    told = "error D021: the list of this Kobo is damaged: file is not a database"
    assert (told in capsys.readouterr().err) is is_damaged
