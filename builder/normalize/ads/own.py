"""What of a line with an ad is the story's: the words that somebody glued the ad to."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from builder.normalize.ads.tokens import Token, letters
from builder.normalize.characters import HAN_RANGES

STRONG = frozenset({"hard", "address", "learned", "badge"})
# A heading, and what stands after its number.
HEADING = re.compile("第[0-9零〇一二两三四五六七八九十百千万]{1,9}[章回节卷集部篇话]")
# What stands before an ad and is the story's, however short: 三天后， or 的。or 第二天（.
# Counter-example: （, or what ads call their readers by: 亲，
PART = re.compile(
    "[^《》“”『』「」]{0,80}\\w[^\\w《》]{0,3}(?:[。！？!?…；;，,.][”」』’）)]{0,3}[（(【\\[〖]?|[（(【\\[〖])"
)
ADDRESSED = re.compile(
    "[（(【]?(?:亲们?|各位\\w{0,4}|诸位\\w{0,4}|小主们?|大家好?|老铁们?|书友们?|读者们?|朋友们?|同学们|小伙伴们?|注意?|ps|通知|公告"
    "|(?:温馨)?提示|声明|另外?|重要\\w{0,4}|[您你]好|最近|顺便|哈喽|嗨|好消息|请|书荒了?|找\\w{1,4}|想\\w{1,6})[，,！!：:。.?？~]"
)
# Titles of books and chapters: ads name them, too.
OF_BOOKS = re.compile(f"[《》“”『』「」]|{HEADING.pattern}")
OPENERS = " (（【[〖~-—"
CLOSED = frozenset("）)]】")
# The name of a site apart from its address: 青鸾阁 www.example.com.
SHOP_HEAD = re.compile(
    f"[{HAN_RANGES}]{{1,4}}(?:[吧阁楼斋轩坊屋库馆网居社]|文学|小说)(?: ?: ?| )[(\\[【]?"
)
LEAST_STORY, LEAST_TITLE = 3, 2
# Of words behind an ad no more than this may be an ad's.
MOST_TELLING = 0.6
# Where the words behind an ad begin, and whether one of its marks parts them.
# Example: ）他, ！“我, 他. Counter-example: ，他.
BEHIND = re.compile(f"[)）】\\]。!！…~”’」』 ]*(?=[{HAN_RANGES}“「『《【])")
# Where a sentence of an ad ends, and how much of it ad words are; what stands behind an address.
MARK = re.compile("[!。~?…]")
LEAST_OF_AD = 0.4
AFTER_ADDRESS = frozenset(("首发", "阅读", "订阅", "手打", "更新"))
SPEECH = re.compile("[“「『][^”」』]{1,80}[。!?…][”」』]")
SENTENCE_END = re.compile("[。！？!?…”」』]")


def own_words(text: str, tokens: Sequence[Token]) -> str:
    """What is glued to the ad of a line, before it or behind its bracket; mostly nothing.

    第一百次失败 in 第一百次失败www.example.com, 【姓名：杨子安】 in （www.example.com）【姓名：杨子安】.
    """
    telling = [token for token in tokens if token.kind not in {"soft", "name"}]
    strong = [token for token in telling if token.kind in STRONG]
    if not strong:
        return ""
    if behind := _behind(text, tokens, strong):
        return behind
    if telling[0] is strong[0] and SHOP_HEAD.fullmatch(text, 0, strong[0].start) is None:
        head = text[: strong[0].start]
        if PART.fullmatch(head) and ADDRESSED.match(head) is None:
            return head.strip(OPENERS)
        # 药方求收藏: the title of a chapter on a line of its own may be short.
        least = LEAST_TITLE if text.startswith("求", strong[0].start) else LEAST_STORY
        if letters(head) >= least and OF_BOOKS.search(head) is None:
            return head.strip(OPENERS)
    end = strong[-1].end
    tail = text[end:]
    closing = text[end - 1] + tail[:1]
    said = sum(token.end - token.start for token in telling if token.start >= end)
    if not CLOSED.isdisjoint(closing) and letters(tail) - 2 * said >= LEAST_STORY:
        return tail.lstrip("）)]】")
    return ""


def _behind(text: str, tokens: Sequence[Token], strong: Sequence[Token]) -> str:
    """The first words behind a part of an ad that are a sentence of the story; mostly none.

    老何退了半步。 in 最新网址：www.example.com老何退了半步。
    """
    end = Token("end", len(text), len(text), 0.0)
    starts = [token.start for token in tokens]
    for token, following in pairwise((*strong, end)):
        # Only what stands between the two is looked at, so that a long line takes no longer
        # than its length.
        near = tokens[bisect_left(starts, token.end) : bisect_left(starts, following.start)]
        start = BEHIND.match(text, _ad_end(text, near, token, following.start), following.start)
        if start is None:
            continue
        words = text[start.end() : following.start].rstrip(OPENERS)
        inside = [t for t in near if start.end() <= t.start]
        is_whole = SENTENCE_END.search(words) is not None
        # 许 in （www.example.com）许, where the line was cut off.
        is_cut_off = following is end and (
            text[start.end() - 1] in CLOSED
            or (start.end() == token.end and _ends_itself(text, token))
        )
        if (
            (is_whole or is_cut_off)
            and ("。" in words or HEADING.match(words) is None)
            and _is_of_nobody(words, inside, least=LEAST_STORY if is_whole else 1)
        ):
            return words
    return ""


def _ends_itself(text: str, token: Token) -> bool:
    """Whether no Han can go on with this part of an ad: an address, the end of a bracket."""
    return text[token.end - 1].isascii() or text[token.end - 1] in CLOSED


def _ad_end(text: str, near: Sequence[Token], token: Token, limit: int) -> int:
    """Where the sentence of an ad ends that this word stands in; `near` are the tokens behind it.

    An address ends itself, but for 首发 behind it; 于青鸾阁，请支持正版！ goes on with 本书首发.
    """
    inside = [t for t in near if t.end <= limit]
    telling = [t for t in inside if t.kind not in {"soft", "name"}]
    end = token.end
    if _ends_itself(text, token):
        for t in telling:
            if text[end : t.start] not in {"", " "} or text[t.start : t.end] not in AFTER_ADDRESS:
                break
            end = t.end
        return end
    position, said, covered, last_told = token.end, 0, 0, -1
    counted = iter((*inside, Token("end", len(text), len(text) + 1, 0.0)))
    told = iter((*telling, Token("end", len(text), len(text) + 1, 0.0)))
    one, word = next(counted), next(told)
    for mark in MARK.finditer(text, token.end, limit):
        at = mark.start()
        said += letters(text[position:at])
        position = at
        while one.end <= at:
            covered += one.end - one.start
            one = next(counted)
        while word.start < at:
            last_told = word.start
            word = next(told)
        if last_told >= end and covered >= LEAST_OF_AD * said:
            end = at
    return end


def _is_of_nobody(words: str, inside: Sequence[Token], *, least: int) -> bool:
    """Whether hardly any of these words are an ad's."""
    count = letters(words)
    said = sum(t.end - t.start for t in inside if t.kind not in {"soft", "name"})
    covered = sum(
        (0.5 if t.end - t.start == 1 else 1.0) * (t.end - t.start)
        for t in inside
        if t.kind != "name"
    )
    if not said and SPEECH.fullmatch(words):
        return True
    return count - 2 * said >= least and covered < MOST_TELLING * count
