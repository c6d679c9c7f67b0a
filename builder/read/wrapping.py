"""Whether the lines of a Markdown paragraph are one paragraph, as Markdown says, or one each.

Many Chinese texts called .md have a paragraph or a line of verse on each line and no blank lines
between; those stay apart. Lines that break off in the middle of a sentence were wrapped.
"""

import re

# What a line of prose ends with when it is a paragraph of its own. 。 and ”, but not ， or 着.
_SENTENCE_END = frozenset("。！？…；：”’」』）】》.!?;:—～*_")
# 14 characters a line are prose already; a line of verse has 5 or 7, of a song up to 12.
MAX_VERSE = 12
# 第三章 夜, 卷一, but not 第三个人: what must stay a line, whatever stands before it.
_HEADING = re.compile(
    r"(?:第[0-9０-９零〇一二三四五六七八九十百千两]{1,9}[章回节節卷部集篇幕]|卷[一二三四五六七八九十]|楔子|序章|尾声|尾聲)"
)


def is_wrapped(paragraph: str) -> bool:
    """Whether the line ends inside a paragraph stand for nothing.

    True when at least half of its lines but the last break off inside a sentence, unless they
    are short or all of one length, as verse is, or one is a heading.
    """
    lines = [line.strip() for line in paragraph.split("\n")]
    lengths = [len(line) for line in lines]
    if max(lengths) <= MAX_VERSE or len(set(lengths)) == 1:
        return False
    if any(_HEADING.match(line) for line in lines):
        return False
    broken = sum(1 for line in lines[:-1] if line and line[-1] not in _SENTENCE_END)
    return broken * 2 >= len(lines) - 1
