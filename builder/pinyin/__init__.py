"""How Chinese is read: readings beside characters, and names as shelves sort them.

Two things come from here: a book with readings (拼音 or 注音) beside its rare characters or
beside all of them, and metadata with sort forms in pinyin without tones. Neither changes the
text: what is added is marked as added, and the check of an edition against its source knows it.

The only room that imports pypinyin; must not import any other room. Characters of Traditional
books are looked up in their Simplified form, which the caller supplies (`Simplify`).
"""

from builder.pinyin.annotating import annotate
from builder.pinyin.readings import Simplify
from builder.pinyin.sorting import sort_form, with_sort_forms

__all__ = ["Simplify", "annotate", "sort_form", "with_sort_forms"]
