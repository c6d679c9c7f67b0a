"""Book → Publication, and Book → PrintDocument: what the author meant becomes what is shipped."""

from builder.compose.printed import compose_print
from builder.compose.publication import compose

__all__ = ["compose", "compose_print"]
