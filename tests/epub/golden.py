"""An EPUB as text that people can review: its files in order, markup and metadata in full.

Run as a module, it writes the projections anew.
"""

import zipfile
from io import BytesIO
from pathlib import Path

from builder.compose import compose
from builder.core.config import Config
from builder.epub import write_epub
from tests.compose.sample import sample_book

GOLDEN = Path(__file__).parent / "golden"
_MARKUP = (".opf", ".xhtml", ".ncx", ".xml")


def projection(content: bytes) -> str:
    """Every file's name; the whole of it where it is markup, and not a style sheet or picture."""
    archive = zipfile.ZipFile(BytesIO(content))
    pieces = []
    for name in archive.namelist():
        text = archive.read(name).decode("utf-8").rstrip("\n") if name.endswith(_MARKUP) else "…"
        pieces.append(f"=== {name}\n{text}\n")
    return "\n".join(pieces)


if __name__ == "__main__":
    for language in ("zh-Hans", "zh-Hant-TW"):
        made = compose(sample_book(language), Config(), modified="2024-02-29T12:00:00Z")
        (GOLDEN / f"{language}.txt").write_text(projection(write_epub(made)), "utf-8")
