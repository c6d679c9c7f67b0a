"""Book → Publication, and Book → PrintDocument: what the author meant becomes what is shipped."""

from typing import TYPE_CHECKING, Any

from builder.compose.page_count import likely_page_count
from builder.compose.page_layout import layouts_of
from builder.compose.printed import compose_print

if TYPE_CHECKING:
    from builder.compose.publication import compose

__all__ = ["compose", "compose_print", "layouts_of", "likely_page_count"]


def __getattr__(name: str) -> Any:
    """What writes the EPUB is loaded when it is asked for: a PDF does without."""
    if name != "compose":
        raise AttributeError(name)
    from builder.compose.publication import compose

    return compose
