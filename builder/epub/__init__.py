"""Publication → EPUB, kepub and AZW3: the only room that knows ebooklib, and calibre."""

from builder.epub.archive import write_epub
from builder.epub.azw3 import converter, epub_to_azw3
from builder.epub.kepub import to_kepub

__all__ = ["converter", "epub_to_azw3", "to_kepub", "write_epub"]
