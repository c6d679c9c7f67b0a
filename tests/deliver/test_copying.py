"""A copy onto a device is whole or not there, and the older copy stands until it is."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from builder.core.errors import DeliverError
from builder.deliver import copy_to

BOOK = b"PK" + bytes(range(256)) * 4000


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "made" / "渡口.epub"
    path.parent.mkdir()
    path.write_bytes(BOOK)
    return path


@pytest.fixture
def device(tmp_path: Path) -> Path:
    folder = tmp_path / "device"
    folder.mkdir()
    return folder


@pytest.fixture
def small_drive(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 8 MB."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)],
        capture_output=True, check=False,
    )  # fmt: skip
    if mounted.returncode:
        pytest.skip(f"no small drive could be mounted here: {mounted.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*"))


def test_a_book_is_copied_byte_for_byte_and_nothing_else(book: Path, device: Path) -> None:
    copied = copy_to(book, device / "Books", "渡口？.epub")
    assert copied.path == device / "Books" / "渡口？.epub"
    assert copied.path.read_bytes() == BOOK
    assert (copied.size_bytes, copied.is_update) == (len(BOOK), False)
    assert names(device) == ["Books", "渡口？.epub"]


def test_the_copy_that_is_there_is_renewed_wherever_its_owner_put_it(
    book: Path, device: Path
) -> None:
    moved = device / "小说" / "渡口.EPUB"
    moved.parent.mkdir()
    moved.write_bytes(b"old")
    copied = copy_to(book, device, "渡口.epub")
    assert (copied.path, copied.is_update) == (moved, True)
    assert moved.read_bytes() == BOOK
    assert not (device / "渡口.epub").exists()


def test_a_link_on_the_device_leads_nowhere(book: Path, device: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "渡口.epub").write_bytes(b"mine")
    (device / "link").symlink_to(elsewhere)
    copy_to(book, device, "渡口.epub")
    assert (elsewhere / "渡口.epub").read_bytes() == b"mine"


def test_a_full_device_is_told_before_anything_is_written(book: Path, small_drive: Path) -> None:
    (small_drive / "渡口.epub").write_bytes(b"old copy")
    (small_drive / "other").write_bytes(bytes(6_500_000))
    with pytest.raises(DeliverError) as caught:
        copy_to(book, small_drive, "渡口.epub")
    assert caught.value.diagnostic.code == "D003"
    assert (small_drive / "渡口.epub").read_bytes() == b"old copy"
    assert names(small_drive) == ["other", "渡口.epub"]


def test_a_device_that_fills_while_it_is_written_keeps_the_old_copy(
    small_drive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Space is promised that is not there, as cheap memory does."""
    large = tmp_path / "large.epub"
    large.write_bytes(bytes(9_000_000))
    (small_drive / "large.epub").write_bytes(b"old copy")
    monkeypatch.setattr("builder.deliver.copying._require_room", lambda *_: None)
    with pytest.raises(DeliverError) as caught:
        copy_to(large, small_drive, "large.epub")
    assert caught.value.diagnostic.code == "D003"
    assert (small_drive / "large.epub").read_bytes() == b"old copy"
    assert names(small_drive) == ["large.epub"]


def test_what_reads_back_differently_is_not_kept(
    book: Path, device: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (device / "渡口.epub").write_bytes(b"old copy")

    def forget(handle: int) -> None:
        """Memory that says it has written, and has not."""
        os.truncate(handle, 100)

    monkeypatch.setattr("builder.deliver.copying.os.fsync", forget)
    with pytest.raises(DeliverError) as caught:
        copy_to(book, device, "渡口.epub")
    assert caught.value.diagnostic.code == "D004"
    assert (device / "渡口.epub").read_bytes() == b"old copy"
    assert names(device) == ["渡口.epub"]


def test_a_folder_that_cannot_be_made_is_told(book: Path, device: Path) -> None:
    (device / "documents").write_bytes(b"a file")
    with pytest.raises(DeliverError) as caught:
        copy_to(book, device / "documents", "渡口.epub")
    assert caught.value.diagnostic.code == "D006"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_locked_device_is_told(book: Path, device: Path) -> None:
    device.chmod(0o555)
    with pytest.raises(DeliverError) as caught:
        copy_to(book, device, "渡口.epub")
    assert caught.value.diagnostic.code == "D005"


def test_a_copy_that_is_killed_leaves_the_old_book_and_the_next_one_cleans_up(
    device: Path, tmp_path: Path
) -> None:
    large = tmp_path / "large.epub"
    large.write_bytes(os.urandom(40_000_000))
    old = device / "large.epub"
    old.write_bytes(b"old copy")
    code = (
        "import sys; from pathlib import Path; from builder.deliver import copy_to;"
        "copy_to(Path(sys.argv[1]), Path(sys.argv[2]), 'large.epub')"
    )
    killed = 0
    for _ in range(12):
        copying = subprocess.Popen([sys.executable, "-c", code, str(large), str(device)])
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and copying.poll() is None:
            if any(path.stat().st_size > 1_000_000 for path in device.glob(".*.part")):
                copying.send_signal(signal.SIGKILL)
                break
        copying.wait()
        if copying.returncode == -signal.SIGKILL:
            killed += 1
            assert old.read_bytes() in {b"old copy", large.read_bytes()}
            assert [path.name for path in device.glob("[!.]*")] == ["large.epub"]
        if killed == 3:
            break
    assert killed
    copy_to(large, device, "large.epub")
    assert old.read_bytes() == large.read_bytes()
    assert names(device) == ["large.epub"]


def test_the_same_book_is_not_written_a_second_time(book: Path, device: Path) -> None:
    first = copy_to(book, device, "渡口.epub")
    written = first.path.stat().st_mtime_ns
    again = copy_to(book, device, "渡口.epub")
    assert (again.is_same, again.path.stat().st_mtime_ns) == (True, written)
    changed = bytearray(BOOK)
    changed[-1] ^= 1
    book.write_bytes(changed)
    assert not copy_to(book, device, "渡口.epub").is_same
    assert first.path.read_bytes() == changed
