"""Files are written whole or not at all, and what a killed writer left is cleared by the next."""

import errno
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from builder.cli import main
from builder.core.errors import WriteError
from builder.core.files import MAX_BYTES, content_of, write_through, write_together, write_whole

# A process that stops in the middle of writing, its draft open, until it is killed.
STOPS = """
import sys, time
from pathlib import Path
from builder.core.files import MAX_BYTES, content_of, write_through, write_together, write_whole

def write(file):
    file.write(b"half")
    file.flush()
    print("writing", flush=True)
    time.sleep(60)

write_through(Path(sys.argv[1]), write)
"""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_a_killed_writer_left_is_cleared_by_the_next(tmp_path: Path) -> None:
    book = tmp_path / "渡口.epub"
    write_whole(book, b"old")
    with subprocess.Popen([sys.executable, "-c", STOPS, book], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"writing\n"
        writer.send_signal(signal.SIGKILL)
    assert names(tmp_path) == [".渡口.epub.part", "渡口.epub"]
    assert book.read_bytes() == b"old"
    write_whole(book, b"new")
    assert names(tmp_path) == ["渡口.epub"]
    assert book.read_bytes() == b"new"


def test_a_draft_of_a_writer_that_lives_is_left_to_it(tmp_path: Path) -> None:
    book = tmp_path / "渡口.epub"
    seen = []

    def write(file: object) -> None:
        write_whole(book, b"the other's")
        seen.append(names(tmp_path))
        assert hasattr(file, "write")
        file.write(b"mine")

    write_through(book, write)
    assert seen == [[".渡口.epub.part", "渡口.epub"]]
    assert book.read_bytes() == b"mine"
    assert names(tmp_path) == ["渡口.epub"]


def test_many_writers_of_one_file_leave_one_of_their_contents_whole(tmp_path: Path) -> None:
    book = tmp_path / "book.epub"
    contents = [bytes([at]) * 10_000 for at in range(16)]
    threads = [threading.Thread(target=write_whole, args=(book, one)) for one in contents * 5]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert book.read_bytes() in contents
    assert names(tmp_path) == ["book.epub"]


def test_files_that_belong_together_take_their_places_only_when_all_are_written(
    tmp_path: Path,
) -> None:
    epub, pdf = tmp_path / "a.epub", tmp_path / "a.pdf"
    write_together([(epub, b"old"), (pdf, b"old")])

    def contents() -> Iterator[tuple[Path, bytes]]:  # the disk is full when the second is asked for
        yield epub, b"new"
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(WriteError, match="No space left") as caught:
        write_together(contents())
    assert caught.value.exit_code == 7
    assert (epub.read_bytes(), pdf.read_bytes()) == (b"old", b"old")
    write_together([(epub, b"new"), (pdf, b"new")])
    assert (epub.read_bytes(), pdf.read_bytes()) == (b"new", b"new")
    assert names(tmp_path) == ["a.epub", "a.pdf"]


def test_no_file_takes_its_place_when_a_folder_stands_where_another_should(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").mkdir()
    with pytest.raises(WriteError) as caught:
        write_together([(tmp_path / "a.epub", b"new"), (tmp_path / "a.pdf", b"new")])
    assert caught.value.location is not None
    assert caught.value.location.file == str(tmp_path / "a.pdf")
    assert names(tmp_path) == ["a.pdf"]


def test_nothing_is_written_through_a_link_somebody_laid(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / ".a.epub.part").symlink_to(victim)
    write_whole(tmp_path / "out" / "a.epub", b"new")
    assert victim.read_bytes() == b"precious"
    assert (tmp_path / "out" / "a.epub").read_bytes() == b"new"
    assert not (tmp_path / "out" / "a.epub").is_symlink()


def test_a_pipe_or_a_device_is_no_file_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero")):
        with pytest.raises(OSError, match="pipe or a device"):
            content_of(path)
    with pytest.raises(IsADirectoryError):
        content_of(tmp_path)
    with pytest.raises(FileNotFoundError):
        content_of(tmp_path / "nothing")
    (tmp_path / "file").write_bytes(b"abc")
    assert content_of(tmp_path / "file") == b"abc"


def test_a_file_without_end_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "sparse").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(OSError, match="128 MiB"):
        content_of(tmp_path / "sparse")


@pytest.mark.parametrize(
    "arguments",
    [("check",), ("check", "--printer", "kdp"), ("preview",), ("impose",), ("cover", "--wrap")],
)
def test_no_command_waits_for_a_pipe(
    arguments: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pipe = tmp_path / "b.pdf"
    os.mkfifo(pipe)
    command, *options = arguments
    given = [str(pipe)]
    if command == "cover":
        (tmp_path / "b.txt").write_text("第一章 雨\n\n雨停了。\n", encoding="utf-8")
        given = [str(tmp_path / "b.txt"), "--interior", str(pipe), "--printer", "kdp"]
    assert main([command, *given, *options]) in {3, 4}
    assert "pipe or a device" in capsys.readouterr().err


@pytest.mark.parametrize(
    "table",
    ['[epub]\ncss = "x"', '[pdf]\ncss = "x"', '[convert]\nglossary = ["x"]\nto = "zh-Hant"',
     '[normalize]\nrules = ["x"]', '[structure]\nplan = "x"'],
)  # fmt: skip
def test_a_book_that_names_a_pipe_is_refused(
    table: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "b"
    book.mkdir()
    os.mkfifo(book / "x")
    (book / "1.txt").write_text("第一章 雨\n\n雨停了。\n", encoding="utf-8")
    (book / "book.toml").write_text(f"{table}\n", encoding="utf-8")
    assert main(["build", str(book), "--out", str(tmp_path / "out")]) == 3
    assert "pipe or a device" in capsys.readouterr().err


def test_a_stream_without_end_is_not_converted(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", "/dev/zero", "--to", "zh-Hant"]) == 4
    assert "128 MiB" in capsys.readouterr().err


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP])
def test_a_drive_that_knows_no_fsync_takes_files_all_the_same(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("builder.core.files.os.fsync", fail)
    write_whole(tmp_path / "a.epub", b"whole")
    assert [path.name for path in tmp_path.iterdir()] == ["a.epub"]


def test_a_sync_that_fails_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    (tmp_path / "a.epub").write_bytes(b"old")
    monkeypatch.setattr("builder.core.files.os.fsync", fail)
    with pytest.raises(WriteError):
        write_whole(tmp_path / "a.epub", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.epub", b"old")]


def test_a_folder_that_is_taken_away_meanwhile_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "out"

    def parts() -> Iterator[tuple[Path, bytes]]:
        yield folder / "a.epub", b"a"
        shutil.rmtree(folder)
        yield folder / "deeper" / "b.epub", b"b"

    with pytest.raises(WriteError) as caught:
        write_together(parts())
    assert caught.value.diagnostic.code == "B010"
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
