"""An object of a PDF, as text."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PdfObject:
    """An object under its number: the text of it, or the entries of a stream's dictionary, Length
    excepted, and the stream.
    """

    number: int
    body: str = field(repr=False)
    data: bytes | None = field(default=None, repr=False)
