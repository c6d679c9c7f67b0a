"""TOML from strangers, read within limits: no document hangs or breaks the program that reads it.

`tomllib` calls itself for each level of nesting, and what it remembers of a dotted key grows with
the square of its parts: 100 kB of `a.a.a` take gigabytes. Books come from strangers, so their
settings are looked at first.
"""

import re
import tomllib
from typing import Any

from builder.core.catalogue import say

# The longest book.toml seen names a thousand files: 40,000 characters.
MAX_CHARACTERS = 1_000_000
MAX_PARTS = 32
# A key of more parts than any setting has. Example: a.b.a.b… Counter-example: book.title, 3.14.
_LONG_KEY = re.compile(
    rf"""(?<![A-Za-z0-9_-])(?:(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){{{MAX_PARTS}}}"""
)


def tables_in(document: str) -> dict[str, Any]:
    """What a TOML document says. Raises ValueError, whose words are the reason; see tomllib."""
    if len(document) > MAX_CHARACTERS:
        raise ValueError(say("toml.long", limit=f"{MAX_CHARACTERS:,}"))
    if long_key := _LONG_KEY.search(document):
        line = document.count("\n", 0, long_key.start()) + 1
        raise ValueError(say("toml.deep", line=line))
    try:
        return tomllib.loads(document)
    except RecursionError as problem:
        raise ValueError(say("toml.nested")) from problem
