"""Ellipses, dashes, brackets and points beside Han characters, as GB/T 15834 writes them.

Numbers (3.14, 1,400), times (12:30), addresses and Latin runs keep theirs: a mark changes only
when Chinese stands beside it. Source: GB/T 15834-2011, 4.1 to 4.11.
"""

import re
from collections.abc import Iterator

from builder.normalize.characters import (
    ASCII_ALNUM,
    ASCII_DIGITS,
    HAN,
    NARROW_SPACES,
    WIDE_OPENERS,
    Lines,
    is_chinese,
    is_han,
)
from builder.normalize.rule import Change, Rule

ELLIPSIS = "……"
DASH = "——"

# ... and 。。。 and a lone …, but not the two points of 他说.. nor ……, which is right already.
ELLIPSIS_LIKE = re.compile(
    "[.。．…⋯・·‧](?:(?<=[.。．])[.。．]{2,}|(?<=[…⋯])|(?<=[・·‧])[・·‧]{2,})(?:[.。．]{3,}|[…⋯]|[・·‧]{3,})*"
)
DASH_LIKE = re.compile("[-—─―－][-—─―－]{0,2}+")
BRACKET = re.compile("[()（）]")
LONGEST_BRACKETED = 500
# A set that stands alone is searched for; one that repeats is tried at every character.
POINTS = re.compile("[,.!?:;][,.!?:;]*")
# The ; of &nbsp; and &#12288; belongs to it. Not of AT&T;.
REFERENCE_BEFORE = re.compile("&(?:#[0-9]{1,6}|#[xX][0-9A-Fa-f]{1,5}|[A-Za-z]{2,8})$")
WIDE = str.maketrans(",.!?:;", "，。！？：；")
WORDLIKE = ASCII_ALNUM
OPENING_QUOTES = frozenset("“‘「『")
CLOSING_QUOTES = frozenset("”’」』")


def _ellipses(text: str) -> Iterator[Change]:
    lines = Lines(text)
    for match in ELLIPSIS_LIKE.finditer(text):
        found = match[0]
        if found == ELLIPSIS or not lines.has_han(match.start()):
            continue
        if _between_latin(text, *match.span()):
            continue
        start = match.start()
        if found[0] == "。" and set(found) - {"。"}:
            # 走了。...: the sentence ends, and then there are dots.
            start, found = start + 1, found[1:]
        if found[-1] == "。" and set(found) - {"。"}:
            found = found[:-1]
        if found != ELLIPSIS:
            yield start, found, _ellipsis_for(found)


def _ellipsis_for(found: str) -> str:
    """One ellipsis; a long row of proper dots keeps its length, made even."""
    if len(found) > 3 and set(found) <= {"…", "⋯"}:
        return "…" * (len(found) + len(found) % 2)
    return ELLIPSIS


def _between_latin(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start] in WORDLIKE and text[end : end + 1] in WORDLIKE


def _dashes(text: str) -> Iterator[Change]:
    lines = Lines(text)
    for match in DASH_LIKE.finditer(text):
        start, end = match.span()
        if match[0] != DASH and lines.has_han(start) and _is_dash(text, start, end):
            yield start, match[0], DASH


def _is_dash(text: str, start: int, end: int) -> bool:
    """Whether a short row of strokes is a dash that broke.

    他说--不 and 他说—不 are; 1914—1918, --help, T-400 and a row of four are not.
    """
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    strokes = set(text[start:end])
    if _is_stroke(before) or _is_stroke(after):
        return False
    if len(strokes) > 1:
        # ——- and —－: one dash that was typed in two ways.
        return "—" in strokes and (is_han(before) or is_han(after))
    if before in WORDLIKE and before and after in WORDLIKE and after:
        return False
    count = end - start
    match strokes.pop():
        case "-":
            return count > 1 and not ("A" <= after.upper() <= "Z")
        case "—" | "―":
            near_latin = (before and before in WORDLIKE) or (after and after in WORDLIKE)
            beside_han = is_han(before) or is_han(after)
            return (count != 2 and beside_han and not near_latin) or text[start:end] == "――"
        case _:
            return count == 2


def _is_stroke(character: str) -> bool:
    return character != "" and character in "-—─―－"


def _brackets(text: str) -> Iterator[Change]:
    """Half-width brackets that hold or touch Han, and those whose partner is full-width."""
    changes: list[Change] = []
    lines = Lines(text)
    open_at: list[int] = []
    last = 0
    for match in BRACKET.finditer(text):
        at = match.start()
        if text.find("\n", last, at) >= 0:
            open_at.clear()
        last = at
        if match[0] in "(（":
            open_at.append(at)
        elif open_at:
            changes.extend(_bracket_pair(text, open_at.pop(), at, lines))
    position = 0
    for start, before, after in sorted(changes):
        # Two brackets side by side both claim the space between them; the first has it.
        start, before = max(start, position), before[max(position - start, 0) :]
        yield start, before, after
        position = start + len(before)


def _bracket_pair(text: str, opening: int, closing: int, lines: Lines) -> Iterator[Change]:
    pair = text[opening] + text[closing]
    if pair == "（）" or closing - opening > LONGEST_BRACKETED:
        return
    if (
        pair == "()"
        and not is_han(text[opening - 1 : opening] if opening else "")
        and not is_han(text[closing + 1 : closing + 2])
        and not HAN.search(text, opening, closing)
    ):
        return
    for at, wide in ((opening, "（"), (closing, "）")):
        if text[at] != wide:
            start, end = _with_spaces(text, at, at + 1) if lines.is_prose(at) else (at, at + 1)
            yield start, text[start:end], wide


def _with_spaces(text: str, start: int, end: int) -> tuple[int, int]:
    """`[start, end)` with the spaces around it: full-width marks bring their own."""
    while start and text[start - 1] in NARROW_SPACES and text[start - 1]:
        start -= 1
    while end < len(text) and text[end] in NARROW_SPACES:
        end += 1
    return start, end


def _points(text: str) -> Iterator[Change]:
    """Half-width points with Chinese on the left, or Han on the right."""
    done = 0
    for match in POINTS.finditer(text):
        start, end = match.span()
        found = match[0]
        follows = _follows_chinese(text, start, done)
        if not _is_chinese_point(text, start, end, follows_chinese=follows):
            continue
        start, end = _with_spaces(text, start, end)
        start = max(start, done)
        yield start, text[start:end], found.translate(WIDE)
        done = end


def _is_chinese_point(text: str, start: int, end: int, *, follows_chinese: bool) -> bool:
    found, after = text[start:end], text[end : end + 1]
    if "." in found:
        # 3.14, U.S. and 文件.txt keep the point; so does .. which nobody can read.
        is_word_next = after != "" and after in WORDLIKE
        return follows_chinese and not is_word_next and (found == "." or "..".strip(found) != "")
    if found in {":", ";"} and after in {")", "("}:
        return False  # a face: 好的:)
    if found[0] == ";" and REFERENCE_BEFORE.search(text, max(start - 10, 0), start):
        return False
    if start and text[start - 1] in ASCII_DIGITS and after in ASCII_DIGITS and after:
        return False
    return follows_chinese or _precedes_han(text, end)


def _follows_chinese(text: str, start: int, done: int) -> bool:
    """Whether Chinese stands before `start`, closing quotes aside.

    What ends at or after `done` has just become a full-width mark.
    """
    at = start - 1
    while at >= 0 and text[at] in NARROW_SPACES:
        at -= 1
    for _ in range(2):
        if at >= done and text[at : at + 1] in CLOSING_QUOTES:
            at -= 1
    return at >= 0 and ((at < done and text[at] != "\n") or is_chinese(text[at]))


def _precedes_han(text: str, end: int) -> bool:
    while text[end : end + 1] and text[end] in NARROW_SPACES:
        end += 1
    for _ in range(2):
        if text[end : end + 1] in OPENING_QUOTES:
            end += 1
    following = text[end : end + 1]
    return is_han(following) or following in WIDE_OPENERS


RULES_OF_STROKES = (
    Rule("N030", "safe", "standard", frozenset(".。．…⋯・·‧"), _ellipses, "raw and addresses"),
    Rule("N031", "safe", "standard", frozenset("-—─―－"), _dashes, "raw and addresses"),
)
RULES_OF_POINTS = (
    Rule("N034", "safe", "standard", frozenset("()"), _brackets, "raw and addresses"),
    Rule("N035", "safe", "standard", frozenset(",.!?:;"), _points, "raw and addresses"),
)
