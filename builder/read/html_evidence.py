"""Whether a text file is really HTML: decided on what it holds, not on its name.

Scraped chapters are HTML fragments called .txt. But a novel may mention `<br>`, compare
a < b or hold one stray tag, and must not be harmed. So mark-up counts only where it does the
work of lines: doubled, at the edge of a line, before an indent; a tag in quotation marks or
before a comma is being talked about.
"""

import re
from typing import Literal

Kind = Literal["text", "fragment", "page"]

# How a page starts. Example: <!DOCTYPE html>. Counter-example: a text that mentions <html>.
_PAGE = re.compile(
    r"\s*+(?:<\?xml[^>]*+>\s*+)?(?:<!--(?:(?!-->).){0,2000}+-->\s*+)?<(?:!doctype\s|html|head|body)",
    re.I | re.S,
)
_BREAK = r"<br\s*+/?>"
_BLOCK = r"</?(?:p|div|h[1-6]|section|article|blockquote)(?:\s[^<>]*+)?>"
# Tags that could be lines. Examples: <br/><br/>, </p><p>. Counter-examples: a < b, <小明>.
_TAGS = re.compile(
    rf"{_BREAK}(?:\s*+{_BREAK})*+|{_BLOCK}(?:\s*+{_BLOCK})*+",
    re.IGNORECASE,
)
_OPENING = "“‘「『《（(`'\"["
_CLOSING = "，。！？；：、”’」』》）)`'\"],.;:!?"
_BLANKS = ("\n", "  ", "\N{IDEOGRAPHIC SPACE}", "\N{NO-BREAK SPACE}", "&n", "&e", "&#")
# References that nobody types by hand. Counter-examples: &lt; and &amp;, which manuals show.
_ENTITY = re.compile(
    r"&(?:nbsp|[lr][ds]quo|hellip|mdash|ndash|middot|emsp|ensp|thinsp|quot|bull|"
    r"#12288|#x3000|#160|#xa0|#82[0-9]{2}|#x20[0-9a-f]{2});(?=(?P<after>.?))",
    re.IGNORECASE | re.DOTALL,
)
# A file with less mark-up than one tag in so many lines keeps it as text.
LINES_PER_TAG = 4


def kind_of(text: str) -> Kind:
    """What a file without a telling name holds."""
    if _PAGE.match(text):
        return "page"
    if "<" in text and _has_line_tags(text):
        return "fragment"
    if "&" in text and _has_entities(text):
        return "fragment"
    return "text"


def has_block_tags(text: str) -> bool:
    """Whether mark-up makes the lines, so that newlines are only its layout."""
    return _TAGS.search(text) is not None


def _has_line_tags(text: str) -> bool:
    """Whether enough tags do the work of lines."""
    structural = plain = 0
    for match in _TAGS.finditer(text):
        start, end = match.span()
        before, after = text[max(start - 1, 0) : start], text[end : end + 2]
        if before and before in _OPENING and after[:1] in _CLOSING:
            continue
        if _is_structural(match[0], before, after):
            structural += 1
        elif after[:1] not in _CLOSING:
            plain += 1
    lines = sum(1 for line in text.split("\n") if line and not line.isspace())
    if structural:
        return (structural + plain) * LINES_PER_TAG >= lines
    return plain >= 2 and plain * LINES_PER_TAG >= lines


def _is_structural(run: str, before: str, after: str) -> bool:
    is_doubled = run.count("<") > 1
    is_at_edge = before in {"", "\n"} or not after or after.startswith(_BLANKS)
    return is_doubled or is_at_edge


def _has_entities(text: str) -> bool:
    used = 0
    for match in _ENTITY.finditer(text):
        before, after = text[max(match.start() - 1, 0) : match.start()], match["after"]
        is_mentioned = before and before in _OPENING and after and after in _CLOSING
        used += not is_mentioned
        if used >= 2:
            return True
    return False
