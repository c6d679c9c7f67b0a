"""Headings beside ads: the chapter's own stays, one that an ad repeats goes."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from builder.core.numerals import to_number
from builder.normalize import titles
from builder.normalize.ads.cues import BOOK_CUE, LONGEST_HEADING, SPACES, Found, Line
from builder.normalize.ads.reading import HEADING, NAMING, PAUSE, Reading
from builder.normalize.ads.tokens import Learned, plain
from builder.normalize.ads.verdict import LEAST_REPEATS
from builder.normalize.ads.words import SITE_WHOLE

HIDING_IN_NAMES = re.compile("[?？·•*＊丶~●]")
# What starts like a heading is one, until another says the same.
LABELLED = re.compile(
    f"[^\\w\n（(]{{0,4}}(?:(?:正文|最新章[节節]|VIP章[节節]|作品正文)[{SPACES}：:]{{0,4}})?(?:{titles.LABEL})"
)
LONGEST_BOOK = 12
BETWEEN_WORDS = re.compile(f"[{SPACES}（）()：:、.．_\\-—=＝【】〖〗☆★◆]+")
# 第3章 夜雨-渡口-墨泊文学网: the name of the site at the end, after that of the book.
SITE_AT_END = re.compile(
    f"([-_—|丨][^-_—|丨\n]{{1,24}})?[-_—|丨][{SPACES}]?({SITE_WHOLE.pattern})$"
)


def heading_counts(found: Found) -> Counter[str]:
    """How often each number and each word stands on a line that looks like a heading."""
    counts: Counter[str] = Counter()
    for line, times in found.headings.items():
        for key in _heading_keys(line):
            counts[key] += times
    return counts


@lru_cache(maxsize=8192)
def _heading_keys(line: str) -> frozenset[str]:
    """What tells a heading from others: its number with its unit, and the words behind it."""
    keys = {word for word in BETWEEN_WORDS.split(line) if len(word) > 1}
    if (label := HEADING.search(line)) is not None:
        number = to_number(label[0][1:-1])
        keys.add(f"{number}{label[0][-1]}")
    return frozenset(keys)


def is_second_heading(line: str, reading: Reading, headings: Counter[str]) -> bool:
    """Whether a heading that is an ad may go: the chapter has its own, and it names a site.

    第三章 夜雨（求月票） is the chapter's own; only its remark goes, by the rule for titles.
    """
    has_only_remark = titles.REMARKS.search(line) is not None and (NAMING - {"name"}).isdisjoint(
        token.kind for token in reading.tokens
    )
    return not has_only_remark and _is_repeat(line, headings)


def _is_repeat(line: str, headings: Counter[str]) -> bool:
    """Whether a heading that is an ad says again what the chapter's own heading says."""
    label = HEADING.search(line)
    if label is None:
        return False
    number = f"{to_number(label[0][1:-1])}{label[0][-1]}"
    title = BETWEEN_WORDS.split(line[label.end() :].strip(SPACES + "：:、.-_"), maxsplit=1)[0]
    return headings[number] > 1 or headings[title] > 1


def book_headings(found: Found) -> Iterator[Line]:
    """渡口 第三章 夜雨 in the body: the book's name, and the heading of the chapter once more."""
    named = [(line, *parts) for line in found.booked for parts in _book_and_heading(line.text)]
    names = Counter(name for _, name, _ in named)
    if not any(count >= LEAST_REPEATS for count in names.values()):
        return
    headings = heading_counts(found)
    for line, name, heading in named:
        label = HEADING.match(heading)
        title = heading[label.end() :].strip(SPACES + "：:、.-_") if label else ""
        number = f"{to_number(label[0][1:-1])}{label[0][-1]}" if label else ""
        key = BETWEEN_WORDS.split(title)[0] if title else number
        if names[name] >= LEAST_REPEATS and headings[key]:
            yield line


def _book_and_heading(line: str) -> Iterator[tuple[str, str]]:
    """The name of a book, and the heading behind it."""
    if len(line) > LONGEST_HEADING:
        return
    for match in BOOK_CUE.finditer(line):
        gap = match.start() - 1
        name = line[: max(gap - 1, 0)].strip(SPACES)
        if (
            2 <= len(name) <= LONGEST_BOOK
            and PAUSE.search(name) is None
            and LABELLED.match(name + line[gap - 1 : match.end()]) is None
        ):
            yield name, line[gap:].strip(SPACES)


def names_site(line: str, learned: Learned) -> bool:
    """Whether a heading ends with the name of a site."""
    found = SITE_AT_END.search(plain(HIDING_IN_NAMES.sub("", line)))
    return found is not None and (
        found[1] is not None or found[2] in learned.names or found[2].endswith("网")
    )
