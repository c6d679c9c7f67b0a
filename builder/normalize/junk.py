"""Ads: whole lines of them, and scraps of them stuck to sentences of the story.

What a line says decides (`ad_words`), and how much of it says that: a sentence that mentions
an address is no ad. Lines that say enough for a doubt, not for a verdict, are judged by how
often lines of their make come back. Repetition alone decides nothing: 下回分解 stays.

From the lines that are ads beyond doubt we learn the names and addresses of the sites, and
find these again where they are hidden or stuck to a sentence.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from builder.normalize.ad_words import (
    ADDRESS_CUE,
    CUE,
    HIDDEN_CUE,
    SITE_WHOLE,
    Folded,
    Learned,
    Token,
    bare_address,
    folded,
    letters,
    tokens_of,
)
from builder.normalize.rule import Change, Rule

SPACES = " \t\N{IDEOGRAPHIC SPACE}\N{NO-BREAK SPACE}"
STRONG = frozenset({"hard", "address", "learned"})
# A line longer than this is story with an ad in it, if anything.
LONGEST_AD = 160
# An ad whatever else: all of it ad words; most of it; or very many of them.
SURE = ((0.9, 3.0), (0.7, 3.0), (0.5, 5.0))
# With so much an ad when lines of its make come back so often.
REPEATED_SHARE, REPEATED_WEIGHT, LEAST_REPEATS = 0.4, 3.0, 3
# With so much it is told, and left.
DOUBTFUL_SHARE, DOUBTFUL_WEIGHT = 0.35, 3.0
# A residue of so many letters beside ad words is a name.
LONGEST_NAME = 8

NAVIGATION = re.compile(
    "[^\\w]*(?:上一[章页篇]|下一[章页篇]|上页|下页|(?:章节|返回)?目录|书页|返回书页|首页|末页|"
    "第[0-9零〇一二两三四五六七八九十百千万]{1,9}[章回节][^\\n]{0,24}|[^\\w]){2,9}"
)
NAVIGATION_WORD = re.compile("[上下]一[章页篇]|返回(?:目录|书页)|[上下]页")
ENDED = re.compile("[^\\w]*本[章节回](?:已?完|结束|未完)[^\\w]*|[^\\w]+未完待续[^\\w]*|未完待续[^\\w]*")
# Someone speaks, or someone is told of: “…” after a colon, 他, 她.
SPOKEN = re.compile("[“「『][^”」』]{9,}|[说道问答笑喊叫骂][:：，,]?[“「『]")
TOLD = re.compile("[他她]")
# A heading, and what stands after its number.
HEADING = re.compile("第[0-9零〇一二两三四五六七八九十百千万]{1,9}[章回节卷集部篇话]")
HEADING_LINE = re.compile(
    f"^[{SPACES}]{{0,8}}(?:正文[{SPACES}]?)?({HEADING.pattern})[{SPACES}：:、.]{{0,3}}([^{SPACES}\n_-]{{0,24}})",
    re.MULTILINE,
)

BOUNDARY = frozenset("。！？!?…；;”」』’）)】\n~～—")
PAUSE = re.compile("[。！？!?…；;，,\n]")
LEAST_STORY, LEAST_TELLING = 4, 0.3
CLAUSE = re.compile("[。！？!?…；;\n]")
OPENING = "（(【[〖《~～<「『“"
CLOSING = {"（": "）", "(": ")", "【": "】", "[": "]", "〖": "〗", "~": "~", "～": "～", "<": ">"}


@dataclass(frozen=True, slots=True)
class Reading:
    """A line, read as an ad would be. `share` of its letters are ad words."""

    line: Folded
    tokens: tuple[Token, ...]
    weight: float
    share: float
    make: tuple[str, ...]
    is_story: bool

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


@lru_cache(maxsize=2)
def survey(text: str) -> Survey:
    """Read every line that has a cue of an ad."""
    spans = list(_cued(text, (CUE, ADDRESS_CUE, HIDDEN_CUE)))
    nothing = Learned()
    readings = _readings(text, spans, nothing)
    makes = Counter(readings[text[start:end]].make for start, end in spans)
    sure = [span for span in spans if _is_ad(readings[text[slice(*span)]], makes)]
    learned = _learned(text, [readings[text[slice(*span)]] for span in sure], spans, readings)
    if learned.pattern is not None:
        spans = sorted({*spans, *_cued(text, (learned.pattern,))})
        readings = _readings(text, spans, learned)
        makes = Counter(readings[text[start:end]].make for start, end in spans)
    headings = _heading_counts(text) if sure else Counter()
    ads: list[tuple[int, int]] = []
    doubtful: list[int] = []
    stories: list[tuple[int, int]] = []
    for span in spans:
        reading = readings[text[slice(*span)]]
        label = HEADING.match(text, *span)
        if _is_ad(reading, makes) and (label is None or _is_repeat(text, span, headings)):
            ads.append(span)
            continue
        stories.append(span)
        if (
            label is None
            and not reading.is_story
            and reading.has_strong
            and reading.weight >= DOUBTFUL_WEIGHT
            and reading.share >= DOUBTFUL_SHARE
        ):
            doubtful.append(span[0])
    return Survey(tuple(ads), tuple(doubtful), tuple(stories), learned)


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
        if first < last:
            yield first, last


def _readings(
    text: str, spans: Iterable[tuple[int, int]], learned: Learned
) -> dict[str, Reading]:
    return {
        line: _reading(line, learned) for line in {text[start:end] for start, end in spans}
    }


def _reading(line: str, learned: Learned) -> Reading:
    fold = folded(line)
    tokens = tokens_of(fold.text, learned)
    tokens = _with_names(fold.text, tokens)
    weights: dict[str, float] = {}
    for token in tokens:
        weights[fold.text[token.start : token.end]] = token.weight
    make = tuple(
        fold.text[token.start : token.end] if token.kind in {"hard", "mild"} else token.kind
        for token in tokens
        if token.kind != "soft"
    )
    is_story = bool(
        SPOKEN.search(line) or len(line) > LONGEST_AD or _has_story(fold.text, tokens)
    )
    return Reading(fold, tuple(tokens), sum(weights.values()), _share(fold.text, tokens), make, is_story)


def _has_story(text: str, tokens: list[Token]) -> bool:
    """Whether a clause of the line says nothing that an ad would say.

    The name of a chapter or a book beside its number says nothing either way.
    """
    at = index = 0
    for comma in (*PAUSE.finditer(text), None):
        end = comma.start() if comma else len(text)
        telling = covered = 0
        while index < len(tokens) and tokens[index].start < end:
            token = tokens[index]
            size = letters(text[token.start : token.end])
            telling += token.kind != "soft" or size > 2
            covered += size if size > 1 else 0
            index += 1
        total = letters(text[at:end])
        if total >= LEAST_STORY and (not telling or covered < LEAST_TELLING * total):
            return True
        at = end + 1
    return False


def _with_names(text: str, tokens: list[Token]) -> list[Token]:
    """The tokens, and the words between them that end like the name of a site."""
    named: list[Token] = []
    for token, following in pairwise((*tokens, Token("end", len(text), len(text), 0.0))):
        named.append(token)
        rest = text[token.end : following.start]
        word = rest.strip(" ,:!-_~|\"'()[]")
        if (
            token.kind in {"hard", "mild", "soft"}
            and 3 <= len(word) <= LONGEST_NAME
            and SITE_WHOLE.fullmatch(word)
        ):
            start = token.end + rest.index(word)
            named.append(Token("site", start, start + len(word), 1.5))
    return named


def _share(text: str, tokens: list[Token]) -> float:
    """How much of a line's letters are ad words; a name beside them counts for a good half."""
    total = letters(text)
    if not total:
        return 0.0
    covered = sum(letters(text[token.start : token.end]) for token in tokens)
    has_strong = any(token.kind in STRONG for token in tokens)
    if has_strong and covered < total:
        ends = [0, *(token.end for token in tokens)]
        starts = [*(token.start for token in tokens), len(text)]
        for end, start in zip(ends, starts, strict=True):
            rest = letters(text[end:start])
            if rest <= LONGEST_NAME and not CLAUSE.search(text, end, start):
                covered += 0.6 * rest
    return covered / total


def _is_ad(reading: Reading, makes: Counter[tuple[str, ...]]) -> bool:
    text = reading.line.text
    if ENDED.fullmatch(text):
        return True
    if NAVIGATION.fullmatch(text) and NAVIGATION_WORD.search(text):
        return len(NAVIGATION_WORD.findall(text)) > 1 or letters(text) > 3
    if reading.is_story or not reading.has_strong:
        return False
    if TOLD.search(text) and reading.weight < 2 * DOUBTFUL_WEIGHT:
        return False
    if any(reading.share >= share and reading.weight >= weight for share, weight in SURE):
        return True
    return (
        reading.share >= REPEATED_SHARE
        and reading.weight >= REPEATED_WEIGHT
        and makes[reading.make] >= LEAST_REPEATS
    )


def _heading_counts(text: str) -> Counter[str]:
    """How often each label (第三章) and each first word after one starts a line."""
    counts: Counter[str] = Counter()
    for match in HEADING_LINE.finditer(text):
        counts[match[1]] += 1
        counts[match[2]] += 1
    return counts


def _is_repeat(text: str, span: tuple[int, int], headings: Counter[str]) -> bool:
    """Whether a heading that is an ad says again what the chapter's own heading says."""
    match = HEADING_LINE.match(text, text.rfind("\n", 0, span[0]) + 1)
    if match is None:
        return True
    return headings[match[1]] > 1 or (match[2] != "" and headings[match[2]] > 1)


# --- what a book's own ads teach -------------------------------------------------------------


def _learned(
    text: str,
    ads: list[Reading],
    spans: list[tuple[int, int]],
    readings: dict[str, Reading],
) -> Learned:
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
                case "name" if SITE_WHOLE.fullmatch(word[1:-1]) and word[0] != "《":
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
    return Learned.of(
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
        address
        for address, count in counts.items()
        if count >= LEAST_REPEATS and apart[address] >= 0.8 * count
    }


# --- the rules -------------------------------------------------------------------------------


def _ad_lines(text: str) -> Iterator[Change]:
    """Whole lines, each with the line ends that it alone needed."""
    position = 0
    for start, end in survey(text).ads:
        first = max(text.rfind("\n", 0, start) + 1, position)
        before = _newlines_before(text, first)
        after = _newlines_after(text, end)
        last = end + (len(text) - end if end + after >= len(text) else 0)
        if end + after < len(text):
            # The larger of the two gaps remains.
            last = end + after if after <= before else end + after
            first = first if after <= before else max(first - before, position)
        elif first:
            first = max(first - before, position)
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


def doubtful_lines(text: str) -> tuple[int, ...]:
    """Where lines start that may be ads, too doubtful to remove."""
    return survey(text).doubtful


def _glued(text: str) -> Iterator[Change]:
    """Scraps of ads inside lines that are story."""
    found = survey(text)
    for start, end in found.stories:
        line = text[start:end]
        if HEADING.match(line) and len(line) < 60:
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
        while tokens[last].kind == "soft":
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
        while tokens[first].kind in {"soft", "mild"} and first < last:
            first += 1
        start = tokens[first].start
    is_bracketed = start > 0 and CLOSING.get(text[start - 1]) == text[end : end + 1] != ""
    if is_bracketed:
        start, end = start - 1, end + 1
    tail = text[end:].lstrip(" ,!")
    is_sentence = (not start or text[start - 1] in BOUNDARY) and (
        not tail or tail[0] in BOUNDARY or tail[0] in OPENING
    )
    if not (is_learned or is_bracketed or (is_sentence and weight >= 3) or weight >= 6):
        return
    if _is_inside_speech(text, start) and not is_learned:
        return
    if not is_bracketed and is_sentence and text[end : end + 1] in {"。", "!", "！", ".", "~", "…"}:
        end += 1
    while text[end : end + 1] in {"~"} or (end < len(text) and text[end] == "!" and is_sentence):
        end += 1
    while start and text[start - 1] in "~":
        start -= 1
    yield start, end


def _is_inside_speech(text: str, at: int) -> bool:
    return text.rfind("“", 0, at) > text.rfind("”", 0, at) or (
        text.rfind("「", 0, at) > text.rfind("」", 0, at)
    )


RULES = (
    Rule("N040", "judgement", "standard", frozenset(), _ad_lines, is_contextual=True, is_removal=True),
    Rule("N041", "judgement", "standard", frozenset(), _glued, is_contextual=True, is_removal=True),
)
