"""Readers are told by what their makers put on their memory."""

from pathlib import Path

import pytest

from builder.deliver import find_readers, reader_at


def kobo(root: Path) -> Path:
    (root / ".kobo").mkdir(parents=True)
    (root / ".kobo" / "KoboReader.sqlite").write_bytes(b"")
    return root


def kindle(root: Path) -> Path:
    (root / "documents").mkdir(parents=True)
    (root / "system" / "thumbnails").mkdir(parents=True)
    return root


def test_a_kobo_takes_books_at_its_root_and_a_kindle_under_documents(tmp_path: Path) -> None:
    first, second = kobo(tmp_path / "KOBOeReader"), kindle(tmp_path / "Kindle")
    found = find_readers([first, second])
    assert [(one.kind, one.books) for one in found] == [
        ("kobo", first), ("kindle", second / "documents"),
    ]  # fmt: skip
    assert all(one.free_bytes > 0 and one.can_write for one in found)
    assert found[0].name == "KOBOeReader"


def test_a_folder_of_documents_alone_is_no_kindle(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    assert reader_at(tmp_path) is None
    assert [one.kind for one in find_readers([tmp_path])] == ["drive"]


def test_a_place_that_is_not_there_is_passed_by(tmp_path: Path) -> None:
    here = kobo(tmp_path / "k")
    assert [one.root for one in find_readers([tmp_path / "no", here, here])] == [here]


def test_this_machine_s_own_disks_are_no_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where drives are shown, only a maker's marks or a mount of its own make a reader."""
    for one in find_readers(environment={}):
        assert one.kind != "drive"
