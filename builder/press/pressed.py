"""What the press gives: a finished PDF, and what is told of it."""

from dataclasses import dataclass, field

from builder.core.diagnostic import Diagnostic
from builder.core.page_starts import PageStart


@dataclass(frozen=True, slots=True)
class Pressed:
    """A finished PDF; `pages` says where each page that shows something of the book starts."""

    pdf: bytes = field(repr=False)
    page_count: int
    pages: tuple[PageStart, ...]
    diagnostics: tuple[Diagnostic, ...]
