"""Authors who speak to their readers, words that were masked, and glyphs that nobody has.

What an author says below a chapter goes only in the thorough profile. Masked words and private
glyphs are the text's own; they change only when their rule is enabled by code.
"""

import re

from builder.normalize.characters import HAN_RANGES
from builder.normalize.rule import Rule, removal, replacement

# PS：今天还有一更, 作者有话要说：…, but not a sentence about Photoshop.
AUTHOR_NOTE = re.compile(
    "^[ \t\N{IDEOGRAPHIC SPACE}\N{NO-BREAK SPACE}]{0,8}(?:[（(【][ \t]{0,4})?"
    "(?:[PpＰｐ][.．]?[SsＳｓ][.．]?[0-9]?[ ：:，,、]|作者有[话話]要?[说說]|作者的[话話]|作者留言|[题題]外[话話][：:])[^\n]*\n*",
    re.MULTILINE,
)
# 那个**把刀放下: signs in the place of words, between two Han characters. Not 二〇〇八, not a
# row of asterisks on a line of its own.
MASKS = "*＊○×□■"
MASKED = re.compile(f"[{MASKS}](?<=[{HAN_RANGES}].)[{MASKS}]{{0,7}}(?=[{HAN_RANGES}])")
PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
# What printers set for a character they lack.
MISSING, GETA = "□", "〓"

RULES = (
    Rule(
        "N043",
        "judgement",
        "thorough",
        frozenset("PpＰｐ作题題"),
        removal(AUTHOR_NOTE),
        is_removal=True,
    ),
    Rule(
        "N050",
        "lossy",
        "request",
        frozenset("*＊○×■"),
        replacement(MASKED, lambda found: MISSING * len(found)),
    ),
    Rule(
        "N051",
        "lossy",
        "request",
        frozenset(),
        replacement(PRIVATE_USE, lambda _: GETA),
    ),
)
