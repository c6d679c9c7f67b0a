"""Ads: whole lines of them, and scraps of them stuck to sentences of the story.

What a line says decides (`ad_words`), and how much of it says that: a sentence that mentions
an address is no ad. Lines that say enough for a doubt, not for a verdict, are judged by how
often lines of their make come back. Repetition alone decides nothing: 下回分解 stays.

From the lines that are ads beyond doubt we learn the names and addresses of the sites, and
find these again where they are hidden or stuck to a sentence.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from builder.core.numerals import NUMERAL_CLASS, to_number
from builder.normalize import titles
from builder.normalize.ad_words import (
    ADDRESS_CUE,
    COMMON,
    CUE,
    EVERYDAY,
    HIDDEN_CUE,
    HIDING_CUES,
    SITE_WHOLE,
    TRADE,
    Folded,
    Learned,
    Token,
    bare_address,
    folded,
    letters,
    plain,
    tokens_of,
)
from builder.normalize.characters import is_han
from builder.normalize.rule import Change, Rule

SPACES = " \t\N{IDEOGRAPHIC SPACE}\N{NO-BREAK SPACE}"
NUMBER = re.compile(f"[{NUMERAL_CLASS}]+")
NAMING = frozenset({"address", "learned", "badge", "site", "name"})
STRONG = frozenset({"hard", "address", "learned", "badge"})
# A line longer than this is story with an ad in it, if anything.
LONGEST_AD = 160
# An ad whatever else: nearly all of it ad words; with its names most of it; or very many.
# Each is the share of ad words, the share with names beside them, and the weight.
SURE = ((0.8, 0.8, 3.0), (0.5, 0.7, 4.5), (0.4, 0.5, 6.0))
# With so much an ad when the same line, its names and numbers aside, comes back so often.
REPEATED_SHARE, REPEATED_WEIGHT, LEAST_REPEATS = 0.5, 2.0, 3
# What one reading teaches may show more ads to the next.
MOST_LESSONS = 4
# A line that comes back and ends like no sentence needs only one word of the trade.
SENTENCE_ENDS = re.compile("[。！？!?…；;，,][”」』’）)]*$|[”」』’]$")
LONGEST_SCRAP, SCRAP_SHARE = 48, 0.45
# What follows the name of a site in a notice is no longer than this: 电子书.
LONGEST_TAIL = 4
# With so much a whole sentence that comes back is a notice.
NOTICE_WEIGHT, NOTICE_SHARE = 5.0, 0.4
# What a game tells its player in a story comes back, too: 【任务已更新】.
MESSAGE = re.compile("[^\\w]{0,2}(?:叮[,!])?【[^】]{2,40}】")
# A notice between corner brackets, which are no speech when it comes back: 『章节错误,点此举报』.
BOXED = re.compile("『[^』。!?…]{2,24}』")
# With so much it is told, and left.
DOUBTFUL_SHARE, DOUBTFUL_WEIGHT = 0.35, 3.0
# A residue of so many letters beside ad words is a name.
LONGEST_NAME = 8

NAVIGATION = re.compile(
    "[^\\w]*(?:上一[章页篇]|下一[章页篇]|上页|下页|(?:章节|返回)?目录|书页|返回书页|首页|末页|"
    "第[0-9零〇一二两三四五六七八九十百千万]{1,9}[章回节][^\\n]{0,24}|[^\\w]){2,9}"
)
NAVIGATION_WORD = re.compile("[上下]一[章页篇]|返回(?:目录|书页)|[上下]页")
# Nothing but the name of a site: [墨泊文学网], --墨泊文学网--.
SIGNED = re.compile("[^\\w<]*<(?:learned|badge|site)>[^\\w<]*")
ENDED = re.compile(
    "[^\\w]*本[章节回](?:已?完|结束|未完)[^\\w]*|[^\\w]+未完待续[^\\w]*|未完待续[^\\w]*"
)
# Someone speaks, or someone is told of: “…” after a colon, 他, 她.
SPOKEN = re.compile(
    "^[“「『][^”」』]{1,80}[”」』]|[“「『][^”」』]{9,}|[说道问答笑喊叫骂][:：，,]?[“「『]"
)
# Links of Markdown: whoever writes these means them.
MARKUP = re.compile("\\](?:\\(|: ?http)")
TOLD = re.compile("[他她]")
# Words of those who tell: a notice tells of nobody and of no place.
NARRATED = re.compile(
    "[他她它我]|写[着道了]|(?<!小)说(?!明)|[喊念问笑听][着道了]|可是|但是|然而|于是|忽然|仿佛|似乎|只见|只有|墙|窗|门[上口外里]|[一两几半]个?[人天夜声]|从来|一直|已经没"
)
# A heading, and what stands after its number.
HEADING = re.compile("第[0-9零〇一二两三四五六七八九十百千万]{1,9}[章回节卷集部篇话]")
# A line that may be a heading: 第三章 夜雨, 3、夜雨, 【第三章】.
HIDING_IN_NAMES = re.compile("[?？·•*＊丶~●]")
HEADING_LINE = re.compile(
    f"^[{SPACES}]{{0,8}}[第正卷☆★◆=＝【〖（(\\[0-9０-９一二三四五六七八九十百CcPpEeNn][^\n]{{0,60}}$",
    re.MULTILINE,
)
# What starts like a heading is one, until another says the same.
LABELLED = re.compile(
    f"[^\\w\n（(]{{0,4}}(?:(?:正文|最新章[节節]|VIP章[节節]|作品正文)[{SPACES}：:]{{0,4}})?(?:{titles.LABEL})"
)
LONGEST_HEADING = 60
BOOK_CUE = re.compile(f"[{SPACES}_-]第[{NUMERAL_CLASS}]{{1,9}}[章回節节]")
LONGEST_BOOK = 12
BETWEEN_WORDS = re.compile(f"[{SPACES}（）()：:、.．_\\-—=＝【】〖〗☆★◆]+")
# 第3章 夜雨-渡口-墨泊文学网: the name of the site at the end, after that of the book.
SITE_AT_END = re.compile(
    f"([-_—|丨][^-_—|丨\n]{{1,24}})?[-_—|丨][{SPACES}]?({SITE_WHOLE.pattern})$"
)

# What a wrapped line begins with: the end of a sentence, before an ad that was stuck to it.
# Example: 气。www.example.com. Counter-example: ！www.example.com.
SENTENCE_REST = re.compile("[^\\W\\d_][^。\n]{0,60}。[”」』’）]{0,3}")
BOUNDARY = frozenset("。！？!?…；;”」』’）)】\n~～—")
PAUSE = re.compile("[。！？!?…；;，,\n]")
LONGEST_TITLE = 14
LEAST_NAMING = 3.0
LEAST_STORY, LEAST_TELLING = 4, 0.3
# A quotation longer than this may hold an ad that somebody stuck into it.
LONGEST_SPEECH = 60
CLAUSE = re.compile("[。！？!?…；;\n]")
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
CLOSED = frozenset("）)】]")


@dataclass(frozen=True, slots=True)
class Reading:
    """A line, read as an ad would be.

    `said` is the share of its letters in ad words, `share` that with the names beside them.
    `make` is the line without its names and numbers.
    """

    line: Folded
    tokens: tuple[Token, ...]
    weight: float
    said: float
    share: float
    make: str
    is_story: bool
    is_spoken: bool

    @property
    def has_strong(self) -> bool:
        return any(token.kind in STRONG for token in self.tokens)


@dataclass(frozen=True, slots=True)
class Survey:
    """What a text has of ads: whole lines, lines in doubt, and what was learned from them.

    Lines are known by where they start, without their indent.
    """

    ads: tuple[tuple[int, int], ...]
    doubtful: tuple[int, ...]
    stories: tuple[tuple[int, int], ...]
    learned: Learned


class Cued:
    """Which lines of a book have a cue of an ad; a line once looked at is not looked at again."""

    def __init__(self) -> None:
        self._loud: set[str] = set()
        self._quiet: set[str] = set()

    def spans(self, text: str) -> list[tuple[int, int]]:
        """`[start, end)` of the cued lines, without the spaces around them."""
        lines = text.split("\n")
        bare = [line.strip(SPACES) for line in lines]
        self._look_at({*bare} - self._quiet - self._loud)
        spans: list[tuple[int, int]] = []
        start = 0
        for line, inner in zip(lines, bare, strict=True):
            if inner in self._loud:
                first = start + line.index(inner)
                spans.append((first, first + len(inner)))
            start += len(line) + 1
        return spans

    def _look_at(self, lines: set[str]) -> None:
        text = "\n".join(lines)
        cues = [CUE, ADDRESS_CUE]
        if any(mark in text for mark in HIDING_CUES):
            cues.append(HIDDEN_CUE)
        loud = {text[start:end] for start, end in _cued(text, cues)}
        self._loud |= loud
        self._quiet |= lines - loud


def survey(text: str, known: Learned, cued: Cued) -> Survey:
    """Read every line that has a cue of an ad; `known` was learned from this book before."""
    spans = cued.spans(text)
    learned = known
    for _ in range(MOST_LESSONS):
        if learned.pattern is not None:
            spans = sorted({*spans, *_cued(text, (learned.pattern,))})
        readings = _readings(text, spans, learned)
        makes = Counter(readings[text[start:end]].make for start, end in spans)
        sure = [span for span in spans if _is_ad(readings[text[slice(*span)]], makes)]
        before = learned
        learned = learned.and_more(
            *_taught(text, [readings[text[slice(*span)]] for span in sure], spans, readings)
        )
        if learned is before:
            break
    # Counted only when a heading is in question, which is seldom.
    headings: Counter[str] | None = None
    ads: list[tuple[int, int]] = list(_book_headings(text))
    doubtful: list[int] = []
    stories: list[tuple[int, int]] = []
    for span in spans:
        reading = readings[text[slice(*span)]]
        label = LABELLED.match(text, *span)
        is_ad = _is_ad(reading, makes) or (label and _names_site(text[slice(*span)], learned))
        if is_ad and label is not None and headings is None:
            headings = _heading_counts(text)
        if is_ad and (
            headings is None
            or label is None
            or _is_second_heading(text[slice(*span)], reading, headings)
        ):
            ads.append(span)
            continue
        if reading.has_strong:
            stories.append(span)
        if (
            label is None
            and not reading.is_story
            and reading.has_strong
            and reading.weight >= DOUBTFUL_WEIGHT
            and reading.share >= DOUBTFUL_SHARE
        ):
            doubtful.append(span[0])
    return Survey(tuple(sorted(set(ads))), tuple(doubtful), tuple(stories), learned)


def _cued(text: str, cues: Iterable[re.Pattern[str]]) -> Iterator[tuple[int, int]]:
    """The lines, without the spaces around them, in which any of the patterns is found."""
    starts: set[int] = set()
    for cue in cues:
        done = -1
        for match in cue.finditer(text):
            if match.start() < done:
                continue
            starts.add(text.rfind("\n", 0, match.start()) + 1)
            done = text.find("\n", match.start())
            done = len(text) if done < 0 else done
    for start in sorted(starts):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end]
        first = start + len(line) - len(line.lstrip(SPACES))
        last = end - (len(line) - len(line.rstrip(SPACES)))
        if first < last and MARKUP.search(text, first, last) is None:
            yield first, last


def _readings(text: str, spans: Iterable[tuple[int, int]], learned: Learned) -> dict[str, Reading]:
    return {line: _reading(line, learned) for line in {text[start:end] for start, end in spans}}


def _reading(line: str, learned: Learned) -> Reading:
    fold = folded(line)
    tokens = tokens_of(fold.text, learned)
    tokens = _with_names(fold.text, tokens)
    weights: dict[str, float] = {}
    for token in tokens:
        weights[fold.text[token.start : token.end]] = token.weight
    make = NUMBER.sub("0", _made(fold.text, tokens))
    is_spoken = SPOKEN.search(line) is not None
    is_story = is_spoken or len(line) > LONGEST_AD or _has_story(fold.text, tokens)
    said, share = _shares(fold.text, tokens)
    return Reading(
        fold, tuple(tokens), sum(weights.values()), said, share, make, is_story, is_spoken
    )


def _names_site(line: str, learned: Learned) -> bool:
    """Whether a heading ends with the name of a site."""
    found = SITE_AT_END.search(plain(HIDING_IN_NAMES.sub("", line)))
    return found is not None and (
        found[1] is not None or found[2] in learned.names or found[2].endswith("网")
    )


def _made(text: str, tokens: list[Token]) -> str:
    """A line with the kinds of its names in their place, and no title behind a number."""
    pieces: list[str] = []
    at, end = 0, _title_start(text, tokens)
    for token in tokens:
        if token.kind in NAMING and token.start < end:
            pieces.append(f"{text[at : token.start]}<{token.kind}>")
            at = token.end
    return "".join((*pieces, text[at:end]))


def _has_story(text: str, tokens: list[Token]) -> bool:
    """Whether the line says something at length that no ad would say.

    What follows the number of a chapter is its title, which says nothing either way.
    """
    end = _title_start(text, tokens)
    if (
        tokens
        and (rest := SENTENCE_REST.match(text, 0, tokens[0].start))
        and rest.end() == tokens[0].start
    ):
        return True
    telling = [
        token
        for token in tokens
        if token.start < end and (token.kind != "soft" or token.end - token.start > 1)
    ]
    at = 0
    for index, token in enumerate((*telling, Token("end", end, end, 0.0))):
        is_between = 0 < index < len(telling)
        longest = LONGEST_TITLE if is_between else LONGEST_NAME + 2
        if letters(text[at : token.start]) > longest:
            return True
        at = token.end
    return any(_is_told(text, telling, *clause) for clause in _clauses(text[:end], tokens))


def _is_told(text: str, telling: list[Token], start: int, end: int) -> bool:
    """Whether a clause is the story's: hardly any word of it is an ad's."""
    total = letters(text[start:end])
    inside = [token for token in telling if start <= token.start < end]
    covered = sum(letters(text[token.start : token.end]) for token in inside)
    is_ads = any(token.kind != "soft" or token.end - token.start > 2 for token in inside)
    return total >= LEAST_STORY and (not is_ads or covered < LEAST_TELLING * total)


def _clauses(text: str, tokens: list[Token]) -> Iterator[tuple[int, int]]:
    at = 0
    for end in (*_pauses(text, tokens), len(text)):
        yield at, end
        at = end + 1


def _title_start(text: str, tokens: list[Token]) -> int:
    """Where the title of a chapter starts that an ad names; the end if it names none."""
    weight = 0.0
    for token in tokens:
        weight += token.weight
        if weight >= LEAST_NAMING and HEADING.fullmatch(text, token.start, token.end):
            return token.end
    return len(text)


def _pauses(text: str, tokens: list[Token]) -> Iterator[int]:
    """Where the clauses of a line end; a mark inside a token (an address) ends none."""
    starts = [token.start for token in tokens]
    for match in PAUSE.finditer(text):
        index = bisect_right(starts, match.start()) - 1
        if index < 0 or tokens[index].end <= match.start():
            yield match.start()


def _with_names(text: str, tokens: list[Token]) -> list[Token]:
    """The tokens, and the words between them that end like the name of a site."""
    named: list[Token] = []
    for token, following in pairwise((*tokens, Token("end", len(text), len(text), 0.0))):
        named.append(token)
        rest = text[token.end : following.start]
        word = rest.strip(" ,:!-_~|\"'()[]")
        if (
            token.kind in {"hard", "mild", "soft", "lead"}
            and 3 <= len(word) <= LONGEST_NAME
            and SITE_WHOLE.fullmatch(word)
        ):
            start = token.end + rest.index(word)
            named.append(Token("site", start, start + len(word), 1.5))
    return named


def _shares(text: str, tokens: list[Token]) -> tuple[float, float]:
    """How much of a line's letters are ad words, and how much with the names beside them.

    A name counts for a good half.
    """
    total = letters(text)
    if not total:
        return 0.0, 0.0
    end = _title_start(text, tokens)
    tokens, later = [t for t in tokens if t.start < end], letters(text[end:])
    covered = later + sum(
        (0.5 if token.kind == "soft" and token.end - token.start == 1 else 1.0)
        * letters(text[token.start : token.end])
        for token in tokens
    )
    said = covered / total
    has_strong = any(token.kind in STRONG for token in tokens)
    if has_strong and covered < total:
        ends = [0, *(token.end for token in tokens)]
        starts = [*(token.start for token in tokens), end]
        for at, start in zip(ends, starts, strict=True):
            rest = letters(text[at:start])
            if rest <= LONGEST_NAME and not CLAUSE.search(text, at, start):
                covered += 0.6 * rest
    return said, covered / total


def _is_ad(reading: Reading, makes: Counter[str]) -> bool:
    text = reading.line.text
    if ENDED.fullmatch(text):
        return True
    if NAVIGATION.fullmatch(text) and NAVIGATION_WORD.search(text):
        return len(NAVIGATION_WORD.findall(text)) > 1 or letters(text) > 3
    repeats = makes[reading.make]
    if repeats >= LEAST_REPEATS and _is_notice(reading):
        return True
    if reading.is_story or (TOLD.search(text) and reading.weight < 2 * DOUBTFUL_WEIGHT):
        return False
    if SIGNED.fullmatch(reading.make):
        return repeats >= LEAST_REPEATS or "<site>" not in reading.make
    if reading.has_strong and any(
        reading.said >= said and reading.share >= share and reading.weight >= weight
        for said, share, weight in SURE
    ):
        return True
    if repeats < LEAST_REPEATS:
        return False
    words = {
        text[token.start : token.end]
        for token in reading.tokens
        if token.kind in {"mild", "site"} | STRONG
        and not (token.kind == "site" and letters(text[token.end :]) > LONGEST_TAIL)
    }
    if reading.said >= REPEATED_SHARE and reading.weight >= REPEATED_WEIGHT:
        return bool(words - EVERYDAY)
    return (
        len(text) <= LONGEST_SCRAP
        and not SENTENCE_ENDS.search(text)
        and (reading.has_strong or (bool(words - COMMON) and not MESSAGE.fullmatch(text)))
        and (reading.has_strong or max(reading.said, _named_share(reading)) >= SCRAP_SHARE)
    )


def _named_share(reading: Reading) -> float:
    """How much of a line's letters are names of sites."""
    text = reading.line.text
    named = sum(
        letters(text[token.start : token.end]) for token in reading.tokens if token.kind == "site"
    )
    return named / max(letters(text), 1)


def _is_notice(reading: Reading) -> bool:
    """Whether a line that comes back is a notice of a site, however much it tells."""
    text = reading.line.text
    if BOXED.fullmatch(text):
        return any(token.kind == "hard" for token in reading.tokens)
    if reading.is_spoken or len(text) > LONGEST_AD or NARRATED.search(text):
        return False
    words = {
        text[token.start : token.end]: token.kind
        for token in reading.tokens
        if token.kind == "mild" or token.kind in STRONG
    }
    is_strong = not STRONG.isdisjoint(words.values())
    if SENTENCE_ENDS.search(text):
        return is_strong and reading.weight >= NOTICE_WEIGHT and reading.said >= NOTICE_SHARE
    if len(text) > LONGEST_SCRAP:
        return False
    return is_strong or (
        reading.said >= SCRAP_SHARE
        and not TRADE.isdisjoint(words)
        and MESSAGE.fullmatch(text) is None
    )


def _heading_counts(text: str) -> Counter[str]:
    """How often each number and each word stands on a line that looks like a heading."""
    counts: Counter[str] = Counter()
    for match in HEADING_LINE.finditer(text):
        counts.update(_heading_keys(match[0]))
    return counts


def _heading_keys(line: str) -> set[str]:
    """What tells a heading from others: its number with its unit, and the words behind it."""
    keys = {word for word in BETWEEN_WORDS.split(line) if len(word) > 1}
    if (label := HEADING.search(line)) is not None:
        number = to_number(label[0][1:-1])
        keys.add(f"{number}{label[0][-1]}")
    return keys


def _is_second_heading(line: str, reading: Reading, headings: Counter[str]) -> bool:
    """Whether a heading that is an ad may go: the chapter has its own, and it names a site.

    第三章 夜雨（求月票） is the chapter's own; only its remark goes, by the rule for titles.
    """
    has_only_remark = titles.REMARKS.search(line) is not None and (NAMING - {"name"}).isdisjoint(
        token.kind for token in reading.tokens
    )
    return not has_only_remark and _is_repeat(line, headings)


def _is_repeat(line: str, headings: Counter[str]) -> bool:
    """Whether a heading that is an ad says again what the chapter's own heading says."""
    label = HEADING.search(line)
    if label is None:
        return False
    number = f"{to_number(label[0][1:-1])}{label[0][-1]}"
    title = BETWEEN_WORDS.split(line[label.end() :].strip(SPACES + "：:、.-_"), maxsplit=1)[0]
    return headings[number] > 1 or headings[title] > 1


def _book_headings(text: str) -> Iterator[tuple[int, int]]:
    """渡口 第三章 夜雨 in the body: the book's name, and the heading of the chapter once more."""
    found: list[tuple[str, str, int, int]] = []
    for match in BOOK_CUE.finditer(text):
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end())
        end = len(text) if end < 0 else end
        name = text[start : match.start() - 1].strip(SPACES)
        if (
            2 <= len(name) <= LONGEST_BOOK
            and end - start <= LONGEST_HEADING
            and PAUSE.search(name) is None
            and LABELLED.match(name + text[match.start() - 1 : match.end()]) is None
        ):
            first = start + len(text[start:end]) - len(text[start:end].lstrip(SPACES))
            found.append((name, text[match.start() : end].strip(SPACES), first, end))
    names = Counter(name for name, _, _, _ in found)
    if not any(count >= LEAST_REPEATS for count in names.values()):
        return
    headings = _heading_counts(text)
    for name, heading, start, end in found:
        label = HEADING.match(heading)
        title = heading[label.end() :].strip(SPACES + "：:、.-_") if label else ""
        number = f"{to_number(label[0][1:-1])}{label[0][-1]}" if label else ""
        key = BETWEEN_WORDS.split(title)[0] if title else number
        if names[name] >= LEAST_REPEATS and headings[key]:
            yield start, start + len(text[start:end].rstrip(SPACES))


# --- what a book's own ads teach -------------------------------------------------------------


def _taught(
    text: str,
    ads: list[Reading],
    spans: list[tuple[int, int]],
    readings: dict[str, Reading],
) -> tuple[set[str], set[str]]:
    """Names and addresses in the lines that are ads beyond doubt."""
    names: Counter[str] = Counter()
    addresses: set[str] = set()
    for reading in ads:
        for token in reading.tokens:
            word = reading.line.text[token.start : token.end]
            match token.kind:
                case "address":
                    addresses.add(bare_address(word))
                case "site":
                    names[word] += 1
                case "name" | "badge" if SITE_WHOLE.fullmatch(word[1:-1]) and word[0] != "《":
                    names[word[1:-1]] += 1
                case _:
                    pass
    addresses |= _standing_alone(text, spans, readings)
    # 请到墨泊文学网 and 墨泊文学网: the name is what they share.
    shortest = {
        name
        for name in names
        if len(name) >= 3
        and not any(other != name and name.endswith(other) and len(other) >= 4 for other in names)
    }
    return (
        {name for name in shortest if _is_name(text, name, names[name])},
        {address for address in addresses if len(address) > 4},
    )


def _is_name(text: str, name: str, count: int) -> bool:
    """Whether a word from an ad is the site's name, and not a thing that the story knows too."""
    return text.count(name) <= 3 * count + 3


def _standing_alone(
    text: str, spans: list[tuple[int, int]], readings: dict[str, Reading]
) -> set[str]:
    """Addresses that come back between sentences, part of none."""
    counts: Counter[str] = Counter()
    apart: Counter[str] = Counter()
    for start, end in spans:
        reading = readings[text[start:end]]
        for token in reading.tokens:
            if token.kind == "address":
                address = bare_address(reading.line.text[token.start : token.end])
                before = reading.line.text[: token.start].rstrip(" (【[~")
                counts[address] += 1
                apart[address] += not before or before[-1] in BOUNDARY
    return {
        address for address, count in counts.items() if count >= 2 and apart[address] >= 0.8 * count
    }


# --- the rules -------------------------------------------------------------------------------


class Memory:
    """What the rules learn about one book while it is cleaned.

    Once its lines are gone an ad teaches nothing more, and its scraps are still there.
    """

    def __init__(self) -> None:
        self._learned = Learned()
        self._text = ""
        self._cued = Cued()
        self._survey = Survey((), (), (), self._learned)

    def survey(self, text: str) -> Survey:
        """The survey of a text, in the light of all that was seen before."""
        if text is not self._text:
            self._survey = survey(text, self._learned, self._cued)
            self._text, self._learned = text, self._survey.learned
        return self._survey


def _ad_lines(text: str, found: Survey) -> Iterator[Change]:
    """Whole lines, each with its line ends: of the gaps around it the larger one remains."""
    position = 0
    for start, end in found.ads:
        first = text.rfind("\n", 0, start) + 1
        before, after = _newlines_before(text, first), _newlines_after(text, end)
        last = end + after
        if last == len(text) or after < before:
            # The gap before it goes, but for what the next line needs.
            kept = 0 if last == len(text) else before
            first, last = (first - before + kept, last) if kept else (first - before, last)
        first = max(first, position)
        position = last
        yield first, text[first:last], ""


def _newlines_before(text: str, at: int) -> int:
    count = 0
    while at > count and text[at - count - 1] == "\n":
        count += 1
    return count


def _newlines_after(text: str, at: int) -> int:
    end = at
    while end < len(text) and text[end] in SPACES:
        end += 1
    while end < len(text) and text[end] == "\n":
        end += 1
    return end - at


def _glued(text: str, found: Survey) -> Iterator[Change]:
    """Scraps of ads inside lines that are story."""
    for start, end in found.stories:
        line = text[start:end]
        if LABELLED.match(line) and len(line) < LONGEST_HEADING:
            continue
        fold = folded(line)
        position = 0
        for first, last in _scraps(
            fold.text, _with_names(fold.text, tokens_of(fold.text, found.learned))
        ):
            first, last = max(fold.origin(first), position), fold.origin(last)
            if first < last:
                yield start + first, line[first:last], ""
                position = last


def _scraps(text: str, tokens: list[Token]) -> Iterator[tuple[int, int]]:
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
        while tokens[last].kind in {"soft", "lead"}:
            last -= 1
        while first and _leads(text, tokens[first - 1], tokens[first]):
            first -= 1
        yield from _scrap(text, tokens, first, last)


def _goes_on(text: str, token: Token, following: Token) -> bool:
    """Whether two tokens belong to one scrap."""
    between = text[token.end : following.start]
    if following.kind in STRONG or following.kind in {"site", "name"}:
        return letters(between) == 0 and len(between) < 4
    return letters(between) == 0 and not CLAUSE.search(between)


def _leads(text: str, token: Token, following: Token) -> bool:
    between = text[token.end : following.start]
    return letters(between) == 0 and not CLAUSE.search(between) and len(between) < 3


def _scrap(text: str, tokens: list[Token], first: int, last: int) -> Iterator[tuple[int, int]]:
    weight = sum(token.weight for token in tokens[first : last + 1])
    is_learned = any(token.kind == "learned" for token in tokens[first : last + 1])
    start, end = tokens[first].start, tokens[last].end
    if start and text[start - 1] not in BOUNDARY and text[start - 1] not in OPENING:
        # Words that lead in may be the story's.
        while tokens[first].kind in {"soft", "mild", "lead"} and first < last:
            first += 1
        start = tokens[first].start
    while text[end : end + 1] in {"。", "!", "…"} and text[end + 1 : end + 2] in CLOSED:
        end += 1
    is_bracketed = start > 0 and CLOSING.get(text[start - 1]) == text[end : end + 1] != ""
    if is_bracketed:
        start, end = start - 1, end + 1
    tail = text[end:].lstrip(" ,!")
    is_sentence = (not start or text[start - 1] in BOUNDARY) and (
        not tail or tail[0] in BOUNDARY or tail[0] in OPENING
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
        is_bracketed = is_bracketed and is_learned
    is_badge = "badge" in kinds
    if not (is_learned or is_badge or is_bracketed or (is_sentence and weight >= 3) or weight >= 6):
        return
    if not (is_learned or is_bracketed) and weight < 6 and _is_inside_speech(text, start):
        return
    if not is_bracketed and is_sentence and text[end : end + 1] in {"。", "!", "！", ".", "~", "…"}:
        end += 1
    while text[end : end + 1] in {"~"} or (end < len(text) and text[end] == "!" and is_sentence):
        end += 1
    while start and end < len(text) and text[start - 1] == text[end] and text[end] in "-—":
        start, end = start - 1, end + 1
    while start and text[start - 1] in "~@":
        start -= 1
    yield start, end


def _is_inside_speech(text: str, at: int) -> bool:
    for opening, closing in ("“”", "「」"):
        opened = text.rfind(opening, 0, at)
        if opened > text.rfind(closing, 0, at) and (
            opened == at - 1 or 0 < text.find(closing, at) - opened < LONGEST_SPEECH
        ):
            return True
    return False


def rules(memory: Memory) -> tuple[Rule, Rule]:
    """The rules for scraps and for whole lines, with a memory of one book."""
    return (
        Rule(
            "N041",
            "judgement",
            "standard",
            frozenset(),
            lambda text: _glued(text, memory.survey(text)),
            is_contextual=True,
            is_removal=True,
        ),
        Rule(
            "N040",
            "judgement",
            "standard",
            frozenset(),
            lambda text: _ad_lines(text, memory.survey(text)),
            is_contextual=True,
            is_removal=True,
        ),
    )
