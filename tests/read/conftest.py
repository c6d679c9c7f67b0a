"""A folder of files, read as a book."""

from collections.abc import Callable
from pathlib import Path

import pytest

from builder.core.config import Config
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
        content = Path(file.path).read_bytes()
        text = manuscript.decoded[file.start : file.end]
        encoded = encode(text, file.encoding, stretches=file.stretches, originals=file.originals)
        assert encoded == content
    assert not any("\ud800" <= character <= "\udfff" for character in manuscript.text)
    for mark in manuscript.marks:
        assert 0 <= mark.start <= mark.end <= len(manuscript.text)


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
