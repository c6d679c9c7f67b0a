"""Characters that XML can hold: EPUB, its metadata and the printed book's HTML share the limit."""

import re
from functools import cache

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# What XML 1.0 cannot hold at all, not even as a reference (#charsets of the standard).
# Example: U+0001, a lone surrogate. Counter-example: a tab, U+3000.
_NOT_XML = "[^\t\n\r\\u0020-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]"


def xml_safe(text: str) -> str:
    """`text` with U+FFFD, one for one, in place of the characters that XML forbids."""
    # All that can be printed XML can hold; asking is three times faster than looking. Python
    # says so of no space but its own.
    if text.isprintable() or text.replace("\N{IDEOGRAPHIC SPACE}", "").isprintable():
        return text
    return _not_xml().sub(REPLACEMENT, text)


# `xml.sax.saxutils` has the same, and brings a client for HTTP and 5 MB with it.
_WHITE_SPACE = {ord(white): f"&#{ord(white)};" for white in "\t\n\r"}


def xml_escaped(text: str) -> str:
    """`text` as it stands between tags, safe."""
    return xml_safe(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def xml_quoted(text: str) -> str:
    """`text` as the value of an attribute, safe, its quotation marks around it."""
    escaped = xml_escaped(text).translate(_WHITE_SPACE)
    if '"' in escaped and "'" not in escaped:
        return f"'{escaped}'"
    return '"' + escaped.replace('"', "&quot;") + '"'


@cache
def _not_xml() -> re.Pattern[str]:
    """Compiled when it is needed first: that takes 3 ms, and most books do not need it."""
    return re.compile(_NOT_XML)
