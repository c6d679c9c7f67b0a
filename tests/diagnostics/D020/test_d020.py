"""A Kobo that was unplugged while it wrote its list."""

from pathlib import Path

import pytest

from builder.cli import main
from tests.deliver.kobos import a_kobo, list_of
from tests.studio.shelves import package, put_book


@pytest.mark.parametrize(("left", "is_told"), [(b"unfinished", True), (b"", False)])
def test_a_list_that_was_being_written_is_told(
    left: bytes, is_told: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = put_book(tmp_path, "渡口.epub", package("渡口", "佚名", "水上", 1))
    root = a_kobo(tmp_path)
    list_of(root).with_name("KoboReader.sqlite-journal").write_bytes(left)
    assert main(["send", str(book), "--to", str(root), "--series"]) == (11 if is_told else 0)
    told = "error D020: the list of this Kobo is being written, or was when it was unplugged"
    assert (told in capsys.readouterr().err) is is_told
