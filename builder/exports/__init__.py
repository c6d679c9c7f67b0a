"""Book → clean text: a TXT to read or to keep, a Markdown file to go on writing in.

Both say what the book says, in files that every program opens; `builder build` reads them
again. May import `builder.core` and no other room.
"""

from builder.exports.markdown import to_markdown
from builder.exports.txt import to_txt

__all__ = ["to_markdown", "to_txt"]
