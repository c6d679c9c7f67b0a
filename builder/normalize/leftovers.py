"""Mark-up left behind in plain text: &nbsp; and <br> that some scraper forgot.

A file that is mark-up has been read as such before; this is for the odd piece in a text that
is none. What stands in quotation marks is being talked about and stays. A manuscript with
marks of its own may show mark-up on purpose, so it is left alone.
"""

import html
import re
import unicodedata
from collections.abc import Iterator

from builder.normalize.rule import Change, Rule

FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
NAMES = (
    "nbsp|[et]?[mn]sp|thinsp|zwn?j|shy|[lrsb][ds]quo|quot|apos|hellip|[mn]dash|middot|bull|"
    "lt|gt|amp|times|deg|copy|reg|trade|[lr]aquo"
)
# &nbsp; &#12288; &amp;hellip; and & lt; but not AT&T; nor &nothing;.
REFERENCE = re.compile(
    rf"& ?(?:(?:amp|#38|#[xX]26);)*(?P<name>{NAMES}|#[0-9０-９]{{2,6}}|#[xX][0-9A-Fa-f]{{2,5}});"
)
# <br/>, </p>, <p class="a">, <font color=red>, < br >; but not a < b, <小明> or <b>.
TAG = re.compile(
    r"< ?/? ?(?:(?P<line>br|p|div|h[1-6]|hr|li|tr|table|[uo]l|section)|span|font|strong|em|center"
    r"|img|script|t[dh]|a(?= href)|/[abisu])(?: [^<>\n]{0,200})?/? ?>",
    re.IGNORECASE,
)
OPENING = frozenset("“‘「『《（(`'\"[")
CLOSING = frozenset("”’」』》）)`'\"]")


def _is_shown(text: str, start: int, end: int) -> bool:
    """Whether this is mark-up that the text talks about."""
    return text[start - 1 : start] in OPENING and text[end : end + 1] in CLOSING if start else False


def _references(text: str) -> Iterator[Change]:
    for match in REFERENCE.finditer(text):
        if not _is_shown(text, *match.span()):
            found = html.unescape(f"&{match['name'].translate(FULL_WIDTH)};")
            yield match.start(), match[0], _visible(found)


def _visible(found: str) -> str:
    """The character that a reference stands for; nothing for one that nobody sees."""
    if len(found) != 1 or unicodedata.category(found) in {"Cc", "Cf", "Cn", "Co", "Cs"}:
        return "\n" if found in "\n\r" else ""
    return " " if found.isspace() and found != "\N{IDEOGRAPHIC SPACE}" else found


def _tags(text: str) -> Iterator[Change]:
    line_end = -1
    for match in TAG.finditer(text):
        start, end = match.span()
        if _is_shown(text, start, end):
            continue
        is_inside = start > 0 and text[start - 1] != "\n" and text[end : end + 1] not in {"", "\n"}
        # Two breaks side by side, as pages have them, are one end of a paragraph.
        is_end = match["line"] is not None and is_inside and start != line_end
        yield start, match[0], "\n" if is_end else ""
        line_end = end if is_end or start == line_end else -1


RULES = (
    Rule(
        "N006",
        "judgement",
        "standard",
        frozenset("&"),
        _references,
        "marked",
        is_contextual=True,
    ),
    Rule("N007", "judgement", "standard", frozenset("<"), _tags, "marked", is_contextual=True),
)
