"""Covers for print: back, spine and front on one sheet, in the design of the cover.

The ground is drawn as one picture around the whole book, so that no hill ends at a fold; words
and bars are type and fields, sharp at any size. Must not import any stage.
"""

from builder.covers.wrap.barcode import Isbn, isbn_of
from builder.covers.wrap.drawing import Wrap, draw_wrap
from builder.covers.wrap.form import WrapForm

__all__ = ["Isbn", "Wrap", "WrapForm", "draw_wrap", "isbn_of"]
