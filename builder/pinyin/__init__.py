"""How Chinese is read: readings beside characters, and names as shelves sort them.

Three things come from here: a book with the readings that its text gives in brackets beside
their words (a layer of the ledger), a book with readings (拼音 or 注音) added beside its rare
characters or beside all of them, and metadata with sort forms in pinyin without tones. What is
added is no text: it is marked, and the check of an edition against its source knows it.

The only room that imports pypinyin; must not import any other room. Characters of Traditional
books are looked up in their Simplified form, which the caller supplies (`Simplify`).
"""

from builder.pinyin.annotating import annotate
from builder.pinyin.finding import Found, find_readings, may_have_readings
from builder.pinyin.readings import Simplify
from builder.pinyin.sorting import sort_form, with_sort_forms

__all__ = [
    "Found",
    "Simplify",
    "annotate",
    "find_readings",
    "may_have_readings",
    "sort_form",
    "with_sort_forms",
]
