"""Publication → EPUB: the only room that knows ebooklib."""

from builder.epub.archive import write_epub
from builder.epub.kepub import to_kepub

__all__ = ["to_kepub", "write_epub"]
