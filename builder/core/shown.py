"""Text of strangers, made fit for a terminal: what steers it is shown, not obeyed.

A title or a file's name may hold ESC ] 0 ; … BEL, which renames the window, a carriage return or
the overrides of direction, which make gpj.exe of exe.jpg. JSON writes the same escapes.
"""

import re

# C0 but tab and line feed, DEL, C1, the separators of lines and paragraphs, the embeddings,
# overrides and isolates of direction. Examples: ESC, U+009B, U+202E. Counter-examples: a line
# feed, U+200D in an emoji, U+200F in a Hebrew name.
STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\N{LEFT-TO-RIGHT EMBEDDING}-\N{RIGHT-TO-LEFT OVERRIDE}"
    "\N{LEFT-TO-RIGHT ISOLATE}-\N{POP DIRECTIONAL ISOLATE}]"
)


def shown(text: str) -> str:
    r"""The text with its steering characters as \u001b and the like."""
    return text if text.isprintable() else STEERING.sub(_escape, text)


def in_one_line(text: str) -> str:
    r"""The same for a name within a sentence: a line feed is \n, or it could forge a line."""
    return shown(text).replace("\n", "\\n")


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
