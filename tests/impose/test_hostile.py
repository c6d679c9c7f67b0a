"""Whatever is done to a PDF, it gives sheets, or a code that says why not; never anything else."""

import errno
import io
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.core.errors import SourceError
from builder.impose import Wishes, impose
from builder.impose.sheets import is_sound
from tests.impose.books import write_book

WORDS = (b"/MediaBox", b"/Kids", b"/Count", b"/Contents", b"/Parent", b"/Type", b"obj", b"0 R")
PUT = (b"null", b"7 0 R", b"(x)", b"-99999999999", b"", b"[[", b"<<")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    write_book(folder / "whole.pdf", 5, bleed=9)
    return folder


@given(
    changes=st.lists(
        st.tuples(st.floats(0, 1), st.sampled_from(WORDS), st.sampled_from(PUT)), max_size=6
    ),
    cut=st.floats(0.2, 1),
)
@settings(max_examples=80)
def test_a_spoilt_pdf_gives_sheets_or_a_code(
    folder: Path, changes: list[tuple[float, bytes, bytes]], cut: float
) -> None:
    content = (folder / "whole.pdf").read_bytes()
    for place, word, put in changes:
        at = content.find(word, round(place * len(content)))
        if at >= 0:
            content = content[:at] + put + content[at + len(word) :]
    if cut > 0.5:
        content = content[: round(cut * len(content))]
    spoilt = folder / "spoilt.pdf"
    spoilt.write_bytes(content)
    found = sheets_or_code(spoilt)
    if isinstance(found, str):
        assert found in {"Q001", "Q003", "Q004"}
        return
    with pikepdf.open(found) as pdf:
        assert len(pdf.pages) >= 2
        assert len(pdf.pages) % 2 == 0
        assert pdf.check_pdf_syntax() == []


def sheets_or_code(path: Path) -> io.BytesIO | str:
    stream = io.BytesIO()
    try:
        with impose(path, Wishes(marks=("crop", "fold"))) as imposed:
            imposed.write("all", stream)
    except SourceError as problem:
        return problem.diagnostic.code
    return stream


def test_a_page_tree_that_goes_round_is_told(tmp_path: Path) -> None:
    book = write_book(tmp_path / "book.pdf", 2)
    content = book.read_bytes()
    with pikepdf.open(book) as pdf:
        page, tree = pdf.pages[1].obj.objgen[0], pdf.Root.Pages.objgen[0]
    book.write_bytes(content.replace(b" %d 0 R ]" % page, b" %d 0 R ]" % tree))
    with pytest.raises(SourceError) as caught, impose(book):
        pytest.fail("there are no sheets of it")
    assert caught.value.diagnostic.code == "Q001"


def test_a_little_that_unpacks_to_a_lot_is_not_unpacked_to_its_end() -> None:
    pdf = pikepdf.new()
    packer = zlib.compressobj()
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(80)) + packer.flush()
    stream = pdf.make_stream(bomb, Filter=pikepdf.Name.FlateDecode)
    before = peak_bytes(lambda: None)
    assert peak_bytes(lambda: is_sound(stream)) - before < 8 << 20
    assert is_sound(stream)


def peak_bytes(act: Callable[[], object]) -> int:
    tracemalloc.start()
    act()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def test_a_bare_page_whose_content_is_written_as_nothing_is_whole(tmp_path: Path) -> None:
    """As pikepdf and others write it: said to be deflated, and no bytes long."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(420, 595))
        pdf.save(tmp_path / "bare.pdf")
    with impose(tmp_path / "bare.pdf") as imposed:
        assert "Q024" not in {found.code for found in imposed.diagnostics}
    with pikepdf.open(tmp_path / "bare.pdf") as pdf:
        stream = pdf.pages[0].obj.Contents
        assert isinstance(stream, pikepdf.Stream)
        assert stream.read_raw_bytes() == b""
        assert is_sound(stream)
        assert not is_sound(pdf.make_stream(b"x", Filter=pikepdf.Name.FlateDecode))


class FullDisk(io.BytesIO):
    """A file on a disk that is full once so many bytes are there; told when asked to move, too."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self._room = room

    def write(self, piece: Any) -> int:
        self._look(len(memoryview(piece)))
        return super().write(piece)

    def seek(self, offset: int, whence: int = 0) -> int:
        self._look(1)
        return super().seek(offset, whence)

    def _look(self, more: int) -> None:
        if self.tell() + more > self._room:
            raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("room", [0, 10, 1_000])
def test_a_full_disk_is_an_error_and_not_the_end_of_the_process(tmp_path: Path, room: int) -> None:
    path = write_book(tmp_path / "book.pdf", 8)
    with impose(path, Wishes()) as imposed, pytest.raises(OSError, match="No space left"):
        imposed.write("all", FullDisk(room))
