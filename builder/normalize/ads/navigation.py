"""Whether a line is the row of links under a web page: 上一章 | 目录 | 第三章 灯下 | 下一章."""

import re

# What the row says for certain: 下一章, 返回目录 and not 目录 alone.
WORD = re.compile("[上下]一[章页篇]|返回(?:目录|书页)|[上下]页")
ITEM = re.compile(
    "[上下]一[章页篇]|[上下]页|(?:章节|返回)?目录|(?:返回)?书页|首页|末页|"
    "(?P<chapter>第[0-9零〇一二两三四五六七八九十百千万]{1,9}[章回节])|[^\\w]"
)
MARKS = re.compile("[^\\w]*")
# A row has from two to nine links and marks; a chapter's title is no longer than this.
LEAST, MOST, LONGEST_TITLE = 2, 9, 24


def is_navigation(text: str) -> bool:
    """Whether the whole line is such a row.

    A title may hold what could be the next link, so a pattern would try every way to part them.
    Here each place is asked once: `ways[place]` has bit n when n links end there.
    """
    if WORD.search(text) is None:
        return False
    ways = [0] * (len(text) + 1)
    marks = MARKS.match(text)
    for place in range(marks.end() + 1 if marks else 1):
        ways[place] = 1
    for place, counts in enumerate(ways):
        item = ITEM.match(text, place) if counts else None
        if item is None:
            continue
        after = (counts << 1) & ((1 << MOST + 1) - 1)
        title = LONGEST_TITLE if item["chapter"] else 0
        for end in range(item.end(), min(item.end() + title, len(text)) + 1):
            ways[end] |= after
    return ways[-1] >> LEAST > 0
