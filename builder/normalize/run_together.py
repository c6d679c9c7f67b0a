"""Paragraphs that were put on one line: their indents stand where their line ends were.

What takes the tags out of a page often takes the line ends too, and a whole chapter becomes
one line in which two ideographic spaces, or four plain ones, are all that is left between
one paragraph and the next.
"""

import re
from collections.abc import Iterator

from builder.normalize.characters import HAN_RANGES
from builder.normalize.rule import Change, Rule

_ENDS = "。！？…．.!?"
# 走了。　　他, 走。”    “她: an indent behind the end of a sentence. Not 春花　　秋月, which are
# columns, and not a gap of another width.
PARTING = re.compile(
    f"[\N{IDEOGRAPHIC SPACE} \N{NO-BREAK SPACE}](?:(?<=[{_ENDS}”』」）)].)|(?<=[{_ENDS}][\"'].))"
    "(?:(?<=\N{IDEOGRAPHIC SPACE})\N{IDEOGRAPHIC SPACE}"
    "|(?<=[ \N{NO-BREAK SPACE}])[ \N{NO-BREAK SPACE}]{3,7}+)"
    f"(?=[{HAN_RANGES}“「『‘（(《【—…\"'])"
)
# Any wide gap in a line.
GAP = re.compile(
    "[\N{IDEOGRAPHIC SPACE} \N{NO-BREAK SPACE}](?<=[^\n\N{IDEOGRAPHIC SPACE} \N{NO-BREAK SPACE}].)"
    "(?:\N{IDEOGRAPHIC SPACE}|[ \N{NO-BREAK SPACE}]{3})"
)
LEAST_PARTINGS = 3
# Of the wide gaps in a text, so many have to stand where a paragraph may end.
LEAST_SHARE = 0.7


def _partings(text: str) -> Iterator[Change]:
    found = list(PARTING.finditer(text))
    if len(found) < LEAST_PARTINGS:
        return
    if len(found) < LEAST_SHARE * sum(1 for _ in GAP.finditer(text)):
        return
    for match in found:
        yield match.start(), match[0], "\n"


RULES = (
    Rule(
        "N017",
        "judgement",
        "standard",
        frozenset("\N{IDEOGRAPHIC SPACE} \N{NO-BREAK SPACE}"),
        _partings,
        "blocks",
        is_contextual=True,
    ),
)
