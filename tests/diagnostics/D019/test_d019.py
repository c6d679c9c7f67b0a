"""A Kobo whose list is laid out in a newer way."""

from pathlib import Path

import pytest

from builder.cli import main
from tests.deliver.kobos import a_kobo, list_of
from tests.studio.shelves import package, put_book


@pytest.mark.parametrize(("version", "is_told"), [(999, True), (222, False)])
def test_a_layout_that_is_not_known_is_told(
    version: int, is_told: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = put_book(tmp_path, "渡口.epub", package("渡口", "佚名", "水上", 1))
    root = a_kobo(tmp_path, version=version)
    before = list_of(root).read_bytes()
    code = main(["send", str(book), "--to", str(root), "--series"])
    assert code == (11 if is_told else 0)
    told = "error D019: the list of this Kobo is not laid out in a way that is known (version 999; known up to 222)"
    assert (told in capsys.readouterr().err) is is_told
    assert (list_of(root).read_bytes() == before) is is_told
    assert (root / "渡口.epub").exists() is not is_told
