"""Contents lists inside the text: headings without bodies that all come again.

They are left out: the book has its own. A list of things in a story is none, although its
numbers come again in the next list: its words do not.
"""

import re
from collections.abc import Iterator, Sequence

from builder.structure.candidates import Candidate
from builder.structure.lines import Line

LEAST_ENTRIES = 3
LEAST_NAMED = 2  # under a line that says 目录
EARLY = 0.05  # of the text: where mere numbers may list the contents
LEAST_SHARE = 0.8
CONTENTS_WORDS = re.compile(
    "[【\\[《〈（(☆=＝*—-]{0,6} ?(?:章节|章節|本书|本書|作品)?(?:目[ 　]{0,4}[录錄次]|CONTENTS|Contents) ?[】\\]》〉）)☆=＝*—-]{0,6}[：:]?"
)
# 第一章 灯下…………12: dots and the page.
PAGE = re.compile("[ \t　.．。…·—\\-_]*[0-9０-９]{0,5}[ \t　页頁]*$")
LETTER = re.compile("[^\\W_]")

Range = tuple[int, int]


def contents_lists(
    text: str, lines: Sequence[Line], candidates: Sequence[Candidate]
) -> tuple[Range, ...]:
    """The ranges of lines that list contents, in order."""
    last_of = {one.key: one.line for one in candidates}
    last_words = {_words(text, lines[one.line]): one.line for one in candidates}

    def comes_again(one: Candidate, end: int) -> bool:
        is_counted = one.first.family not in {"number", "bare unit"}
        return last_words.get(_words(text, lines[one.line]), -1) > end or (
            is_counted and last_of[one.key] > end
        )

    found: list[Range] = []
    for run in _runs(text, lines, candidates):
        while run and not comes_again(run[-1], run[-1].line):
            run.pop()
        if len(run) < LEAST_NAMED:
            continue
        first, end = run[0].line, run[-1].line
        is_named = first > 0 and _is_name(text, lines[first - 1])
        is_early = is_named or lines[first].start <= EARLY * len(text)
        again = sum(comes_again(one, end) for one in run)
        if run[0].first.family == "number" and not is_early:
            continue
        if (is_named or len(run) >= LEAST_ENTRIES) and again >= LEAST_SHARE * len(run):
            found.append((first - is_named, end + 1))
    return tuple(found)


def _runs(
    text: str, lines: Sequence[Line], candidates: Sequence[Candidate]
) -> Iterator[list[Candidate]]:
    """Candidates on lines that follow each other; an entry's second coming starts the book."""
    run: list[Candidate] = []
    seen: set[object] = set()
    for one in candidates:
        key = (one.key, _words(text, lines[one.line]))
        is_next = bool(run) and one.line == run[-1].line + 1
        if not is_next or key in seen:
            if run:
                yield run
            run, seen = [], set()
        run.append(one)
        seen.add(key)
    if run:
        yield run


def _is_name(text: str, line: Line) -> bool:
    return CONTENTS_WORDS.fullmatch(text, line.start, line.end) is not None


def _words(text: str, line: Line) -> str:
    words = text[line.start : line.end]
    kept = "".join(LETTER.findall(PAGE.sub("", words)))
    return kept or "".join(LETTER.findall(words))
