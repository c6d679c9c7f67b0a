"""Publication → EPUB: the only room that knows ebooklib."""

from builder.epub.archive import write_epub

__all__ = ["write_epub"]
