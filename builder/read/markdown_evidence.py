"""Whether a text file is really Markdown: decided on what it holds, not on its name.

Language models and editors of notes write novels in Markdown that are kept as .txt. But most
texts end each paragraph with one line end, which Markdown takes for a space, and a novel may
hold a # or **two stars**. So a file is Markdown only when it has headings that stand apart,
something else of Markdown, and blank lines between all of its paragraphs.
"""

import re

# Examples: # 枣树记, ### 1. 月台. Counter-examples: #枣树记, ####### 七, # alone.
_HEADING = re.compile(r"(?P<level>#{1,6}) [^\s#]")
# What nobody writes but in Markdown: **粗**, [字](地址), a quote, a rule, a list, a fence.
_STRONG = re.compile(r"(?<!\*)\*\*[^\s*][^\n*]{0,60}\*\*(?!\*)")
_LINK = re.compile(r"\[[^\]\n\[]{1,80}\]\([^\s()]{1,200}\)")
_RULE = re.compile(r"(?:-{3,}|\*{3,}|_{3,})")
_ITEM = re.compile(r"(?:[-*+]|[0-9]{1,3}[.)]) {1,4}\S")
_QUOTE = re.compile(r"> ?\S")
_FENCE = re.compile(r"(?:```|~~~)")
_ROW = re.compile(r"\|[^\n]*\|")
_CODE = re.compile(r"(?: {4}|\t)\s{0,8}\S")
MOST_JOINED = 0.05  # of the paragraphs have another one right below
MOST_INDENTED = 0.02  # of the paragraphs would be taken for code
LEAST_APART = 0.8  # of the headings have blank lines around


def is_markdown(text: str) -> bool:
    """Whether to read a file without a telling name as Markdown."""
    if "# " not in text:
        return False
    lines = text.split("\n")
    levels: list[int] = []
    apart = paragraphs = joined = indented = others = 0
    in_fence = was_paragraph = False
    for index, line in enumerate(lines):
        if _FENCE.match(line):
            others += 1
            in_fence = not in_fence
            was_paragraph = False
            continue
        if in_fence or not line or line.isspace():
            was_paragraph = False
            continue
        if heading := _HEADING.match(line):
            levels.append(len(heading["level"]))
            following = lines[index + 1] if index + 1 < len(lines) else ""
            apart += (index == 0 or not lines[index - 1].strip()) and not following.strip()
            was_paragraph = False
        elif _is_marked(line):
            others += 1
            was_paragraph = False
        else:
            paragraphs += 1
            joined += was_paragraph
            indented += _CODE.match(line) is not None
            others += _STRONG.search(line) is not None or _LINK.search(line) is not None
            was_paragraph = not line.endswith(("  ", "\\"))
    is_headed = len(levels) > 1 or (len(levels) == 1 and _HEADING.match(text.lstrip()) is not None)
    return (
        is_headed
        and (others > 0 or len(set(levels)) > 1)
        and apart >= LEAST_APART * len(levels)
        and joined <= MOST_JOINED * paragraphs
        and indented <= MOST_INDENTED * paragraphs
    )


def _is_marked(line: str) -> bool:
    """Whether a line is a rule, an item of a list, a quote or a row of a table."""
    bare = line.rstrip()
    return bool(
        _RULE.fullmatch(bare) or _ITEM.match(line) or _QUOTE.match(line) or _ROW.fullmatch(bare)
    )
