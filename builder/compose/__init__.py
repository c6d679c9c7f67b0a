"""Book → Publication, and Book → PrintDocument: what the author meant becomes what is shipped."""

from typing import TYPE_CHECKING

from builder.compose.page_count import likely_page_count
from builder.compose.page_layout import layouts_of
from builder.compose.printed import compose_print
from builder.core.late import late_names

if TYPE_CHECKING:
    from builder.compose.publication import compose

__all__ = ["compose", "compose_print", "layouts_of", "likely_page_count"]

# What writes the EPUB: a PDF does without.
__getattr__ = late_names(__name__, publication=("compose",))
