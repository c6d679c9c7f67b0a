"""A series for the list of a reader that has none."""

from pathlib import Path

import pytest

from builder.cli import main
from tests.deliver.kobos import a_kobo
from tests.studio.shelves import package, put_book


@pytest.mark.parametrize("is_kobo", [True, False])
def test_a_reader_without_a_list_is_told(
    is_kobo: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = put_book(tmp_path, "渡口.epub", package("渡口", "佚名", "水上", 1))
    folder = tmp_path / "books"
    folder.mkdir()
    to = a_kobo(tmp_path) if is_kobo else folder
    assert main(["send", str(book), "--to", str(to), "--series"]) == (0 if is_kobo else 11)
    told = "error D022: only a Kobo on a cable has a list of series that can be written"
    assert (told in capsys.readouterr().err) is not is_kobo
    assert not list(folder.iterdir())
