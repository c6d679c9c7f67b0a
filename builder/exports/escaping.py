"""Words so that Markdown shows them as they are. Source: CommonMark 0.31, §2.4, §4, §6."""

import re
import unicodedata

# What means something anywhere in a line. Counter-example: -, which does at its start only.
_SPECIAL = re.compile(r"[\\`*_\[\]<]|&(?=#?[A-Za-z0-9]{1,31};)|~(?=~)")
# What means something at the start of a line: #, >, a list's mark, a rule, a fence of waves.
# Example: "# a", "- a", "12. a", "===". Counter-example: "#a", "3.14", "-a".
_START = re.compile(r"(?:#{1,6}(?=[ \t]|$)|[-+](?=[ \t]|$)|>|=+[ \t]*$|-[-\t ]+$|~~~)")
_ORDERED_START = re.compile(r"([0-9]{1,9})([.)])(?=[ \t]|$)")
_BACKTICKS = re.compile(r"`+")
# Example: "- a", where a backslash goes before the sign; "1. a", where it goes behind the digit.


def escaped(text: str) -> str:
    """`text` for the middle of a line."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def escaped_line(line: str) -> str:
    """A line that is escaped already, so that its start means nothing either."""
    if _START.match(line):
        return f"\\{line}"
    return _ORDERED_START.sub(r"\1\\\2", line, count=1) if _ORDERED_START.match(line) else line


def code_span(text: str) -> str:
    """`text` between enough backticks."""
    fence = fence_for(text, least=1)
    pad = " " if text.startswith(("`", " ")) or text.endswith(("`", " ")) else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def fence_for(text: str, *, least: int) -> str:
    """Backticks that `text` does not have in a row."""
    longest = max((len(run) for run in _BACKTICKS.findall(text)), default=0)
    return "`" * max(least, longest + 1)


def is_word(character: str) -> bool:
    """Whether asterisks may stand on the inner side of this character, whatever is outside."""
    return not character.isspace() and not unicodedata.category(character).startswith(("P", "S"))


def destination(address: str) -> str:
    """An address as the target of a link or an image."""
    return f"<{address}>" if re.search(r"[\s()]", address) else address
