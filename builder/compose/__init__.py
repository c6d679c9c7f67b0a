"""Book → Publication, and Book → PrintDocument: what the author meant becomes what is shipped."""

from builder.compose.publication import compose

__all__ = ["compose"]
