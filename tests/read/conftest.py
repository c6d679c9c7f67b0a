"""A folder of files, read as a book."""

import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest

from builder.core.config import Config
from builder.core.errors import BuilderError
from builder.core.ledger import Ledger, check_order
from builder.core.manuscript import Manuscript
from builder.read import Reading, discover, encode, read

ReadFiles = Callable[..., Reading]


def assert_exact(manuscript: Manuscript) -> None:
    """The layers turn the decoded text into the text and back, and the marks lie within it."""
    for layer in manuscript.layers:
        check_order(layer)
    ledger = Ledger().then(*manuscript.layers)
    assert ledger.replay(manuscript.decoded) == manuscript.text
    assert ledger.restore(manuscript.text) == manuscript.decoded
    for file in manuscript.files:
        content = bytes_of(file.path)
        text = manuscript.decoded[file.start : file.end]
        encoded = encode(text, file.encoding, stretches=file.stretches, originals=file.originals)
        assert encoded == content
    assert not any("\ud800" <= character <= "\udfff" for character in manuscript.text)
    for mark in manuscript.marks:
        assert 0 <= mark.start <= mark.end <= len(manuscript.text)


def bytes_of(shown: str) -> bytes:
    """The bytes of a file, or of a member: book.zip!/01.txt."""
    outer, *members = shown.split("!/")
    content = Path(outer).read_bytes()
    for member in members:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            content = archive.read(member)
    return content


@contextmanager
def suppress_told(codes: set[str]) -> Iterator[None]:
    """Let pass what a person is told under one of these codes, and nothing else."""
    try:
        yield
    except BuilderError as problem:
        if problem.diagnostic.code not in codes:
            raise


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """An archive of these members, the same bytes every time."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


@pytest.fixture
def read_files(tmp_path: Path) -> ReadFiles:
    """Write files (text as UTF-8, or bytes) into a book folder and read it."""

    def reader(files: dict[str, str | bytes], config: Config | None = None) -> Reading:
        root = tmp_path / "夜航"
        root.mkdir(exist_ok=True)
        for name, content in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        reading = read(discover(root), config or Config())
        assert_exact(reading.manuscript)
        return reading

    return reader
