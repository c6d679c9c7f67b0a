"""Chapters that were saved page by page: 第12章(1).txt, 第12章(2).txt, or 第(2/3)页 in the text.

A file continues the one before it when its name or its text counts on from it and it brings no
heading of its own. Its repeated title goes (R109), and so does the count on a title (R108).
"""

import re
from dataclasses import dataclass

from builder.core.numerals import NUMERAL_CLASS
from builder.read.passes import EditRow, Passed

PAGE_NUMBER = "R108"
REPEATED_TITLE = "R109"

# A name that counts pages. Examples: 第12章(2), 第十二章_2, 012_2. Counter-examples: 2024-02,
# 夜航_2, 第12章.
_NAME = re.compile(
    rf"(?P<base>.*第\s*[{NUMERAL_CLASS}]+\s*[章回节節话話].*?|[0-9]{{1,6}})"
    r"\s*(?:[（(]\s*(?P<a>[1-9][0-9]?)\s*[)）]|_(?P<b>[1-9][0-9]?)|第(?P<c>[1-9][0-9]?)[页頁])"
)
# What counts pages in the text. Examples: 第(2/3)页, 第2/3頁. Counter-example: 第2页.
_COUNT = re.compile(
    r"第\s*+[（(]?\s*+(?P<page>[0-9]{1,3})\s*+/\s*+(?P<of>[0-9]{1,3})\s*+[)）]?\s*+[页頁]"
)
# What counts them on a title. Examples: 夜雨（2/3）, 夜雨(2). Counter-example: 夜雨（上）.
_ON_TITLE = re.compile(
    r"(?:(?<![ \t\u3000])[ \t\u3000]++)?[（(【\[]\s*+(?:第\s*+)?(?P<page>[0-9]{1,3})\s*+(?:/\s*+[0-9]{1,3}\s*+)?"
    r"[页頁]?\s*+[)）】\]][ \t\u3000]*+$"
)
# No name that a person or a program gives to a page is longer.
LONGEST_NAME = 200
_HEADING = re.compile(
    rf"(?:第\s*[{NUMERAL_CLASS}]+\s*[章回节節话話卷部]|chapter\s*[0-9ivx]+)", re.IGNORECASE
)
_FIRST_LINE = re.compile(r"^[^\S\n]*+\S[^\n]*+", re.MULTILINE)
# How far from either end of a text a count of pages is looked for, in characters.
EDGE_CHARS = 200
# More pages than these under a bare number are the chapters of a volume.
MAX_PAGES = 9


@dataclass(frozen=True, slots=True)
class Page:
    """What is known about one file before it is decided whether it goes on with another."""

    folder: str
    base: str
    number: int
    line: tuple[int, int]
    title: str
    title_page: int
    count: tuple[int, int]


def page_of(name: str, text: str) -> Page:
    """What a file's name and text say about pages; 0 where they say nothing."""
    folder, _, file = name.replace("\\", "/").rpartition("/")
    stem = file.rpartition(".")[0] or file
    named = _NAME.fullmatch(stem) if len(stem) <= LONGEST_NAME else None
    first = _FIRST_LINE.search(text)
    line = first.span() if first else (0, 0)
    shown = text[slice(*line)].strip()
    on_title = _ON_TITLE.search(shown)
    title = shown[: on_title.start()] if on_title else shown
    count = _COUNT.search(text[:EDGE_CHARS]) or _COUNT.search(text[-EDGE_CHARS:])
    return Page(
        folder,
        named["base"].strip() if named else stem,
        int(named["a"] or named["b"] or named["c"]) if named else 0,
        line,
        "".join(title.split()),
        int(on_title["page"]) if on_title else 0,
        (int(count["page"]), int(count["of"])) if count else (0, 0),
    )


def continuing(pages: tuple[Page, ...]) -> tuple[bool, ...]:
    """For each file, whether it goes on with the chapter of the file before it."""
    result = [False] * len(pages)
    first = 0
    for index in range(1, len(pages)):
        if _goes_on(pages[first], pages[index - 1], pages[index]):
            result[index] = True
        else:
            first = index
    for index in _too_many(pages, result):
        result[index] = False
    return tuple(result)


def _goes_on(first: Page, before: Page, page: Page) -> bool:
    if page.folder != before.folder:
        return False
    is_same_title = page.title == first.title
    if _HEADING.match(page.title) and not is_same_title:
        return False
    counts_on = before.number + 1 == page.number and before.number > 0
    is_second = before.number == 0 and page.number == 2 and _HEADING.match(page.base)
    if page.base == before.base and (counts_on or is_second):
        return True
    if page.count[1] > 1 and page.count == (before.count[0] + 1, before.count[1]):
        return True
    is_numbered = page.title_page > 1 and page.title_page == (before.title_page or 1) + 1
    return is_same_title and is_numbered and _HEADING.match(page.title) is not None


def _too_many(pages: tuple[Page, ...], result: list[bool]) -> list[int]:
    """Files under one bare number that are too many to be pages of a chapter."""
    dropped: list[int] = []
    run: list[int] = []
    for index in range(len(pages) + 1):
        if index < len(pages) and result[index]:
            run.append(index)
            continue
        if len(run) >= MAX_PAGES and all(pages[at].base.isdigit() for at in run):
            dropped.extend(run)
        run = []
    return dropped


def without_repeats(
    passes: tuple[Passed, ...], pages: tuple[Page, ...], continues: tuple[bool, ...]
) -> tuple[list[EditRow], ...]:
    """For each file, what goes at the seams: repeated titles, and the count on the first."""
    edits: list[list[EditRow]] = [[] for _ in passes]
    first = 0
    for index, page in enumerate(pages):
        if not continues[index]:
            first = index
            if index + 1 < len(pages) and continues[index + 1]:
                edits[index] = _count_on_title(passes[index].text, page)
        elif page.title and page.title == pages[first].title:
            start, end = page.line
            text = passes[index].text
            end += len(text[end:]) - len(text[end:].lstrip("\n"))
            edits[index] = [(REPEATED_TITLE, start, text[start:end], "")]
    return tuple(edits)


def _count_on_title(text: str, page: Page) -> list[EditRow]:
    start, end = page.line
    found = _ON_TITLE.search(text, start, end)
    is_heading = found is not None and _HEADING.match(page.title) is not None
    if found is None or not is_heading or page.title_page != 1:
        return []
    return [(PAGE_NUMBER, found.start(), found[0], "")]
