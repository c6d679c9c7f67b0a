"""What a broken PDF lacks, said to people and not in the words of a library."""

import re

from builder.core.catalogue import say

# Example: /Font, '/MediaBox'. Counter-example: no attribute, /, / Font. At most 64 characters.
_KEY = re.compile(r"'?(?P<key>/[A-Za-z0-9_.-]{1,64})'?")


def damage(problem: Exception) -> str:
    """What an exception of Python means that reading a PDF's objects ended with.

    An entry that is missing is named; of anything else, which says only what Python expected, it
    is said that the file is damaged.
    """
    match = _KEY.fullmatch(str(problem))
    return say("check.damaged.entry", key=match["key"]) if match else say("check.damaged")
