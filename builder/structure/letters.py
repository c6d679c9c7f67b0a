"""Letters inside a story: from the salutation to the signature and the date.

Conservative on purpose: a letter needs words before it that announce one, a salutation, and a
signature or a date; without all three the lines stay paragraphs.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from builder.core.book import Paragraph, Quote
from builder.core.span import Span
from builder.core.traversal import inline_text
from builder.structure.blocks import Built

# 阿沅： or 阿沅吾妹如晤： but not “他说：.
SALUTATION = re.compile("[^“”「」，。！？；\\n]{1,14}[：:]")
# The verbs that introduce speech; what ends in one of them salutes nobody.
SAYING = re.compile("(?:[说道问答喊叫曰云写想念骂笑讲講說問寫罵唱]|如下|以下|写着|寫著|写道)[：:]$")
ANNOUNCES = re.compile(
    "[信笺箋函]|书札|書札|手书|手書|纸条|紙條|字条|字條|便条|留言|遗书|遺書|家书|家書|[：:]$"
)
ANNOUNCING_TAIL = 40
# 沈砚顿首, 兄 远山 上, 壬寅年三月初七夜 but not 他年纪大了。
DATE = re.compile(
    "[^，。！？；：“”「」\\n]{0,12}[年月][^，。！？；：“”「」\\n]{0,12}[日夜晨晚初旬望朔冬秋夏春一二三四五六七八九十0-9]"
)
CLOSING = re.compile(
    "[^，。！？；：“”「」\\n]{0,14}(?:顿首|頓首|敬上|谨上|謹上|拜上|再拜|手书|手書|手启|手啟|亲笔|親筆|"
    "谨启|謹啟|敬启|敬啟|上|字|启|啟|书|書|缄|緘|白|草)"
)
# 兄远山 or 雾港水文站 余生, but not 此致, which is the letter's last line.
BARE_NAME = re.compile("(?!此致|敬礼|敬禮|顺颂|順頌)[^，。！？；：、“”「」…—\\n]{1,14}")
LEAST_SIGNED = 3  # blocks: something to sign, a name, a date
LONGEST_SIGNED_NAME = 8
LONGEST_LETTER = 40  # paragraphs
LONGEST_SALUTATION = 15 + 4  # characters, and spaces around them


def with_letters(built: Sequence[Built]) -> list[Built]:
    """The same blocks, those of a letter gathered into one."""
    result: list[Built] = []
    texts: list[str | None] = []
    end = 0
    for index, part in enumerate(built):
        if index < end:
            continue
        # Nearly every paragraph is longer than a salutation, and done with here.
        span = part.block.span
        if index and span.end - span.start <= LONGEST_SALUTATION and _may_salute(part):
            texts = texts or [_text_of(one) for one in built]
            letter = _letter_end(texts, index)
            if letter:
                signature, end = letter
                result.append(_letter(built[index:end], signature=signature - index))
                continue
        result.append(part)
    return result


def with_signature(built: Sequence[Built]) -> list[Built]:
    """The blocks of a preface or afterword, the name and the date at its end set as such.

    范敏 and below it 二〇二六年七月九日; a date alone counts, a name alone does not.
    """
    if len(built) < LEAST_SIGNED:
        return list(built)
    name, date = (_text_of(one) for one in built[-2:])
    if not date or not DATE.fullmatch(date):
        return list(built)
    is_named = is_name(name) and len(name or "") <= LONGEST_SIGNED_NAME
    first = len(built) - (2 if is_named else 1)
    return [*built[:first], *(_signed(one) for one in built[first:])]


def _may_salute(part: Built) -> bool:
    text = _text_of(part)
    return text is not None and text.endswith(("：", ":"))


def _signed(part: Built) -> Built:
    if not isinstance(part.block, Paragraph):
        return part
    return Built(replace(part.block, role="signature"), part.lines, part.claims)


def _text_of(part: Built) -> str | None:
    return inline_text(part.block.inlines) if isinstance(part.block, Paragraph) else None


def _letter_end(texts: Sequence[str | None], index: int) -> tuple[int, int] | None:
    """Where the signature of a letter that starts at `index` begins, and where it ends."""
    text, before = texts[index], texts[index - 1] if index else None
    if not text or not before or not SALUTATION.fullmatch(text) or SAYING.search(text):
        return None
    if not ANNOUNCES.search(before[-ANNOUNCING_TAIL:]):
        return None
    for at in range(index + 2, min(index + LONGEST_LETTER, len(texts))):
        if not is_signature(texts[at]):
            continue
        start = end = at
        while end < len(texts) and (is_signature(texts[end]) or is_name(texts[end])):
            end += 1
        while start - 1 > index + 1 and is_name(texts[start - 1]):
            start -= 1
        return start, end
    return None


def is_signature(text: str | None) -> bool:
    return (
        bool(text)
        and len(text or "") <= 26
        and bool(DATE.fullmatch(text or "") or CLOSING.fullmatch(text or ""))
    )


def is_name(text: str | None) -> bool:
    return bool(text) and bool(BARE_NAME.fullmatch(text or ""))


def _letter(parts: Sequence[Built], *, signature: int) -> Built:
    blocks = []
    for index, part in enumerate(parts):
        block = part.block
        if isinstance(block, Paragraph) and (index == 0 or index >= signature):
            block = replace(block, role="signature" if index else "salutation")
        blocks.append(block)
    start, end = parts[0].block.span.start, parts[-1].block.span.end
    return Built(
        Quote(tuple(blocks), "letter", Span(start, end)),
        tuple(line for part in parts for line in part.lines),
        tuple(claim for part in parts for claim in part.claims),
    )
