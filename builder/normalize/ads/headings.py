"""Headings beside ads: the chapter's own stays, one that an ad repeats goes."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from builder.core.numerals import to_number
from builder.normalize import titles
from builder.normalize.ads.cues import BOOK_CUE, LEAST_REPEATS, LONGEST_HEADING, SPACES, Found, Line
from builder.normalize.ads.own import HEADING
from builder.normalize.ads.reading import NAMING, PAUSE, Reading
from builder.normalize.ads.tokens import Learned, plain
from builder.normalize.ads.words import SITE_WHOLE

HIDING_IN_NAMES = re.compile("[?？·•*＊丶~●]")
# What starts like a heading is one, until another says the same.
LABELLED = re.compile(
    f"[^\\w\n（(]{{0,4}}(?:(?:正文|最新章[节節]|VIP章[节節]|作品正文)[{SPACES}：:]{{0,4}})?(?:{titles.LABEL})"
)
LONGEST_BOOK = 12
BETWEEN_NAMES = f"{SPACES}_-"
# What stands before a heading and is no name of a book.
STANDING_NAMES = frozenset(
    ("正文", "正文卷", "作品正文", "最新章节", "最新章節", "作品相关", "作品相關")
)
# 第三章 夜雨 第(1/3)页: the chapter goes on in the next page; which page it is, is no ad.
PAGE_MARK = re.compile(
    f"[{SPACES}]?[(（\\[【]?第?[(（]?[0-9]{{1,3}} ?[/／] ?[0-9]{{1,3}}[)）]?[页頁]?[)）\\]】]?$"
)
BETWEEN_WORDS = re.compile(f"[{SPACES}（）()：:、.．_\\-—=＝【】〖〗☆★◆]+")
# 第3章 夜雨-渡口-墨泊文学网: the name of the site at the end, after that of the book.
SITE_AT_END = re.compile(
    f"([-_—|丨][^-_—|丨\n]{{1,24}})?[-_—|丨][{SPACES}]?({SITE_WHOLE.pattern})$"
)


def heading_counts(lines: Counter[str]) -> Counter[str]:
    """How often each number and each word stands on these lines, which look like headings."""
    counts: Counter[str] = Counter()
    for line, times in lines.items():
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
    is_remarked = titles.REMARKS.search(line) or PAGE_MARK.search(line)
    has_only_remark = is_remarked is not None and (NAMING - {"name"}).isdisjoint(
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
    """渡口 第三章 夜雨 in the body: the book's name, and the heading of the chapter once more.

    The chapter's own heading stands before it, and behind the line of this kind before it:
    where every heading has the book's name, none of them is an ad, whatever a list of contents
    says.
    """
    named = {line.start: (line, *parts) for line in found.booked for parts in _parted(line.text)}
    if not any(count >= LEAST_REPEATS for count in _names(named.values()).values()):
        return
    again: list[tuple[Line, str, str]] = []
    keys: set[str] = set()
    start = 0
    for line in found.lines:
        at = start + len(line) - len(line.lstrip(SPACES))
        if at in named:
            key = _key(named[at][2])
            keys &= {key}
            if keys:
                again.append(named[at])
        elif line in found.headings:
            keys |= _heading_keys(line)
        start += len(line) + 1
    names = _names(again)
    yield from (line for line, name, _ in again if names[name] >= LEAST_REPEATS)


def _names(named: Iterable[tuple[Line, str, str]]) -> Counter[str]:
    return Counter(name for _, name, _ in named)


def _key(heading: str) -> str:
    """What tells this heading from others: its title, or its number if it has none."""
    label = HEADING.match(heading)
    if label is None:
        return ""
    title = heading[label.end() :].strip(SPACES + "：:、.-_")
    return BETWEEN_WORDS.split(title)[0] if title else f"{to_number(label[0][1:-1])}{label[0][-1]}"


def _parted(line: str) -> Iterator[tuple[str, str]]:
    """The name of a book, and the heading behind it."""
    if len(line) > LONGEST_HEADING:
        return
    for match in BOOK_CUE.finditer(line):
        gap = match.start() - 1
        name = line[:gap].strip(BETWEEN_NAMES)
        if (
            2 <= len(name) <= LONGEST_BOOK
            and name not in STANDING_NAMES
            and PAUSE.search(name) is None
            and LABELLED.match(line) is None
        ):
            yield name, line[match.start() :]


def names_site(line: str, learned: Learned) -> bool:
    """Whether a heading ends with the name of a site."""
    found = SITE_AT_END.search(plain(HIDING_IN_NAMES.sub("", line)))
    return found is not None and (
        found[1] is not None or found[2] in learned.names or found[2].endswith("网")
    )
