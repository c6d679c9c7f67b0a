"""Scraps of ads inside lines that are story: what of the line goes, and what stays."""

import re
from collections.abc import Iterator, Sequence

from builder.normalize.ads.own import STRONG
from builder.normalize.ads.reading import CLAUSE, LONGEST_NAME, PAUSE
from builder.normalize.ads.tokens import Token, letters
from builder.normalize.ads.words import SITE_WHOLE
from builder.normalize.characters import HAN_RANGES, is_han

BOUNDARY = frozenset("。.！？!?…；;”」』’）)】\n~～—")
# A quotation longer than this may hold an ad that somebody stuck into it.
LONGEST_SPEECH = 60
OPENING = "（(【[〖《~～<「『“-"
CLOSING = {
    "（": "）",
    "(": ")",
    "【": "】",
    "[": "]",
    "〖": "〗",
    "~": "~",
    "～": "～",
    "<": ">",
    "『": "』",
    "-": "-",
}
# A name in brackets between a word of an ad and its address: 一秒记住【墨泊阁 www.example.com】.
NAME_BEFORE = re.compile(
    f"[(（【\\[《“][{HAN_RANGES}]{{2,{LONGEST_NAME}}}[)）】\\]》”]?[ :]{{0,2}}"
)
ADDRESSES = frozenset({"address", "learned"})
# What parts a scrap from the words of the story behind it.
APART = frozenset('）)】]“「『"')
CLOSED = frozenset("）)】]")
# What may stand between a scrap and the next sentence. Example: the ", " of "求月票, 雨停了".
PAUSE_BEHIND = re.compile("[ ,!]*+")


def scraps(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """`[start, end)` of each scrap of an ad in a folded line."""
    index = 0
    while index < len(tokens):
        if tokens[index].kind not in STRONG:
            index += 1
            continue
        first = last = index
        while last + 1 < len(tokens) and _goes_on(text, tokens[last], tokens[last + 1]):
            last += 1
        index = last + 1
        while (
            (tokens[last].kind == "lead" and tokens[last].end < len(text))
            or tokens[last].kind == "soft"
            or (tokens[last].kind in {"mild", "common"} and not _is_at_end(text, tokens[last].end))
            or _is_of_story(text, tokens, first, last)
        ):
            last -= 1
        while first and _leads(text, tokens[first - 1], tokens[first]):
            first -= 1
        yield from _scrap(text, tokens, first, last)


def _is_at_end(text: str, at: int) -> bool:
    """Whether a clause ends here."""
    return at == len(text) or not text[at].isalnum()


def _is_of_story(text: str, tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the last word of a scrap belongs to the sentence behind it: [墨泊书屋]求收藏家来看."""
    token = tokens[last]
    return (
        last > first
        and token.kind in {"hard", "mild"}
        and text[token.start - 1] in CLOSED
        and is_han(text[token.end : token.end + 1])
    )


def _goes_on(text: str, token: Token, following: Token) -> bool:
    """Whether two tokens belong to one scrap."""
    if _is_of_game(text, token) or _is_of_game(text, following):
        return False
    between = text[token.end : following.start]
    if token.kind in STRONG and following.kind in ADDRESSES and NAME_BEFORE.fullmatch(between):
        return True
    if following.kind not in STRONG and not APART.isdisjoint(between):
        return False
    if following.kind in STRONG or following.kind in {"site", "name"}:
        return letters(between) == 0 and len(between) < 4
    return letters(between) == 0 and not CLAUSE.search(between)


def _leads(text: str, token: Token, following: Token) -> bool:
    between = text[token.end : following.start]
    return (
        not _is_of_game(text, token)
        # 《渡口》，[墨泊书屋]: a title that the story names.
        and (token.kind != "name" or between.strip(" ") == "")
        and letters(between) == 0
        and not CLAUSE.search(between)
        and len(between) < 3
    )


def _is_of_game(text: str, token: Token) -> bool:
    """Whether a token is what a game tells its player: 【等级：12】, not 【墨泊文学网】."""
    inside = text[token.start + 1 : token.end - 1]
    return token.kind == "name" and text[token.start] == "【" and SITE_WHOLE.match(inside) is None


def _scrap(text: str, tokens: Sequence[Token], first: int, last: int) -> Iterator[tuple[int, int]]:
    weight = sum(token.weight for token in tokens[first : last + 1])
    is_learned = any(token.kind == "learned" for token in tokens[first : last + 1])
    start, end = tokens[first].start, tokens[last].end
    if start and text[start - 1] not in BOUNDARY and text[start - 1] not in OPENING:
        # Words that lead in may be the story's.
        while tokens[first].kind in {"soft", "mild", "common", "lead"} and first < last:
            first += 1
        start = tokens[first].start
    while text[end : end + 1] in {"。", "!", "…"} and text[end + 1 : end + 2] in CLOSED:
        end += 1
    opening = start - 1
    if text[end : end + 1] in CLOSED:
        # （栖麓楼 www.example.com）: a name before an address is of the ad.
        opening = max(text.rfind(mark, max(start - LONGEST_NAME, 0), start) for mark in "（([【")
        inside = text[opening + 1 : start]
        if opening >= 0 and CLOSING[text[opening]] == text[end] and not PAUSE.search(inside):
            start = opening + 1
    elif start and CLOSING.get(text[start - 1], "\n") in text[start:end]:
        # [墨泊书屋]求月票: the bracket that opens before the scrap closes in it.
        start -= 1
    is_bracketed = start > 0 and CLOSING.get(text[start - 1]) == text[end : end + 1] != ""
    if is_bracketed:
        start, end = start - 1, end + 1
    pause = PAUSE_BEHIND.match(text, end)
    following = text[pause.end() : pause.end() + 1] if pause else ""
    is_sentence = (not start or text[start - 1] in BOUNDARY) and (
        not following or following in BOUNDARY or following in OPENING
    )
    kinds = {token.kind for token in tokens[first : last + 1]}
    if kinds <= {"address", "soft"} and is_sentence is False:
        # An address between two sentences, part of neither.
        is_sentence = (
            (not start or text[start - 1] in BOUNDARY)
            and is_han(text[end : end + 1])
            and text.startswith(("www", "m.", "wap."), start)
        )
    if kinds <= {"address", "soft"}:
        is_apart = not start or text[start - 1] in BOUNDARY
        is_bracketed = is_bracketed and (is_learned or is_apart)
    is_badge = "badge" in kinds
    if not (is_learned or is_badge or is_bracketed or (is_sentence and weight >= 3) or weight >= 6):
        return
    if not (is_learned or is_bracketed) and weight < 6 and is_inside_speech(text, start):
        return
    # 精彩免费阅读！老何走了。
    is_over = is_sentence or start == 0
    if not is_bracketed and is_over and text[end : end + 1] in {"。", "!", "！", ".", "~", "…"}:
        end += 1
    while text[end : end + 1] in {"~"} or (end < len(text) and text[end] == "!" and is_sentence):
        end += 1
    while start and end < len(text) and text[start - 1] == text[end] and text[end] in "-—":
        start, end = start - 1, end + 1
    while start and text[start - 1] in "~@":
        start -= 1
    yield start, end


def is_inside_speech(text: str, at: int) -> bool:
    """Whether somebody is speaking, and not for long, at a place of a folded line."""
    for opening, closing in ("“”", "「」"):
        # One that begins further back is too long, wherever it ends.
        opened = text.rfind(opening, max(at - LONGEST_SPEECH, 0), at)
        if opened > text.rfind(closing, max(opened, 0), at) and (
            opened == at - 1 or text.find(closing, at, opened + LONGEST_SPEECH) > opened
        ):
            return True
    return False
