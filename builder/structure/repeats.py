"""Headings that stand there twice: what a site printed, and what the text has.

A title is printed once; the line that says it again is claimed.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from builder.structure import trace
from builder.structure.candidates import Candidate
from builder.structure.lines import Line
from builder.structure.title_ends import page_of
from builder.structure.trace import Claim

WORD = re.compile("[^\\W_]")
# 夜雨-渡口-墨泊文学网: what scrapers print inside a chapter is no second one.
SITE_BEHIND = re.compile("[-_—|丨][^-_—|丨]{1,24}[-_—|丨].{0,16}[网網阁閣屋吧站]$")
# 后一页, 前一页, 回目录, 回首页 stand between a title and its repeat in scraped texts.
SPEECH = frozenset('“‘「『"')
FARTHEST_REPEAT = 10
LONGEST_PAGE_LINKS = 400  # characters; the longest in the texts at hand has 116


def without_repeats(
    text: str, lines: Sequence[Line], chosen: Sequence[Candidate]
) -> list[tuple[Candidate, tuple[Claim, ...]]]:
    """A heading that comes again is one: 第三章 and then 第三章 夜雨, or the same once more.

    The fuller of two neighbours stays; a little further on only the very same words count.
    """
    merged: list[tuple[Candidate, tuple[Claim, ...]]] = []
    for one in chosen:
        before, claims = merged[-1] if merged else (None, ())
        if before is not None and _is_echo(text, before, one):
            line = lines[one.line]
            merged[-1] = (before, (*claims, Claim(line.start, line.end, trace.REPEATED_TITLE)))
            continue
        if before is None or before.key[-1] != one.key[-1]:
            merged.append((one, ()))
            continue
        if not _is_repeat(text, lines, before, one):
            # 第三章 夜雨 and at once 第三章 with other words: what a site printed, and text.
            if before.line + 1 != one.line or before.last.number is None:
                merged.append((one, ()))
            continue
        fuller, other = before, one
        if not _title_length(before) and _label(text, before) != _label(text, one):
            # 第三章 and then 第3章 with more behind it: what a site printed, and text.
            continue
        if before.line + 1 == one.line and not _title_length(before):
            fuller, other = one, before
        line = lines[other.line]
        merged[-1] = (fuller, (*claims, Claim(line.start, line.end, trace.REPEATED_TITLE)))
    return merged


def joined_pages(
    text: str, lines: Sequence[Line], chosen: Sequence[Candidate]
) -> tuple[list[Candidate], dict[int, tuple[Claim, ...]]]:
    """The headings without those of second pages, whose lines are claimed for the first page's.

    第三章 夜雨（1/3） and further down 第三章 夜雨（2/3） are one chapter.
    """
    kept: list[Candidate] = []
    claims: dict[int, tuple[Claim, ...]] = {}
    latest = 0
    for one in chosen:
        page = page_of(text, *one.last.title)
        before = kept[-1] if kept else None
        follows = before is not None and page.number == latest + 1 > 1 and before.key == one.key
        if before is None or not follows or one.last.number is None:
            kept.append(one)
            latest = page.number
            continue
        first = page_of(text, *before.last.title)
        title, again = before.last.title[0], one.last.title[0]
        if words_of(text[title : first.end]) != words_of(text[again : page.end]):
            kept.append(one)
            latest = page.number
            continue
        latest = page.number
        line = lines[one.line]
        known = claims.get(before.line, ())
        claims[before.line] = (*known, Claim(line.start, line.end, trace.REPEATED_TITLE))
    return [_without_page(text, one) if one.line in claims else one for one in kept], claims


def _without_page(text: str, one: Candidate) -> Candidate:
    title = (one.last.title[0], page_of(text, *one.last.title).end)
    return replace(one, headings=(*one.headings[:-1], replace(one.last, title=title)))


def _is_echo(text: str, before: Candidate, one: Candidate) -> bool:
    """Whether a line in a chapter is its number and title once more, with a site's name behind."""
    title, later = (text[slice(*c.last.title)] for c in (before, one))
    return (
        one.last.number is not None
        and one.last.number == before.last.number
        and SITE_BEHIND.search(later) is not None
        and words_of(later).startswith(words_of(title))
    )


def _is_repeat(text: str, lines: Sequence[Line], before: Candidate, one: Candidate) -> bool:
    first, again = lines[before.line], lines[one.line]
    title, later = (words_of(text[slice(*c.last.title)]) for c in (before, one))
    is_same = later == title or (title != "" and later.startswith(title))
    if one.line == before.line + 1:
        return is_same or not title or not later
    if one.line > before.line + FARTHEST_REPEAT or not title:
        return False
    return is_same and again.start - first.end <= LONGEST_PAGE_LINKS


def _label(text: str, candidate: Candidate) -> str:
    return words_of(text[slice(*candidate.last.label)])


def _title_length(candidate: Candidate) -> int:
    start, end = candidate.headings[-1].title
    return end - start


def past_repeats(
    text: str,
    lines: Sequence[Line],
    headings: frozenset[int],
    *,
    body: int,
    label: str,
    title: str,
) -> tuple[int, list[Claim]]:
    """Where the text begins when the heading stands there once more.

    `body` is the line under the heading, `headings` are the lines that are other headings.
    """
    wanted = {words_of(label + title), words_of(title) or words_of(label)}
    claims: list[Claim] = []
    while body < len(lines) and body not in headings:
        line = lines[body]
        if line.end - line.start > 2 * (len(label) + len(title)) + 8:
            break
        words = text[line.start : line.end]
        if words_of(words) not in wanted or _is_spoken(words, title):
            break
        claims.append(Claim(line.start, line.end, trace.REPEATED_TITLE))
        body += 1
    return body, claims


def _is_spoken(words: str, title: str) -> bool:
    """Whether a line is the story's first sentence: “夜雨？” under 夜雨, or 夜雨。 under 夜雨."""
    is_quoted = words[0] in SPEECH and title[:1] not in SPEECH
    return is_quoted or (words[-1] in "。．" and title[-1:] not in "。．")


def words_of(text: str) -> str:
    """The letters and digits of a line, by which two headings are the same."""
    return "".join(WORD.findall(text))
