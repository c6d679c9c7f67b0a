"""A line read as an ad would be: how much of it says what ads say."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from builder.core.numerals import NUMERAL_CLASS
from builder.normalize.ads.own import HEADING, LEAST_STORY, STRONG, own_words
from builder.normalize.ads.tokens import Folded, Learned, Token, folded, letters, tokens_of
from builder.normalize.ads.words import SITE_WHOLE

NUMBER = re.compile(f"[{NUMERAL_CLASS}]+")
NAMING = frozenset({"address", "learned", "badge", "site", "name"})
# A line longer than this is story with an ad in it, if anything.
LONGEST_AD = 160
# A residue of so many letters beside ad words is a name.
LONGEST_NAME = 8
# Someone speaks, or someone is told of: “…” after a colon, 他, 她.
SPOKEN = re.compile(
    "^[“「『][^”」』]{1,80}[”」』]|[“「『][^”」』]{9,}|[说道问答笑喊叫骂][:：，,]?[“「『]"
)
# What a wrapped line begins with: the end of a sentence, before an ad that was stuck to it.
# Example: 气。www.example.com. Counter-example: ！www.example.com.
SENTENCE_REST = re.compile("[^\\W\\d_][^。\n]{0,60}。[”」』’）]{0,3}[（(【\\[〖]?")
PAUSE = re.compile("[。！？!?…；;，,\n]")
LONGEST_TITLE = 14
LEAST_NAMING = 3.0
LEAST_TELLING = 0.3
CLAUSE = re.compile("[。！？!?…；;\n]")


@dataclass(frozen=True, slots=True)
class Reading:
    """A line, read as an ad would be.

    `said` is the share of its letters in ad words, `share` that with the names beside them.
    `make` is the line without its names and numbers. `own` is what stands glued before its ad
    or behind it, and may be the story's.
    """

    line: Folded
    tokens: tuple[Token, ...]
    weight: float
    said: float
    share: float
    make: str
    own: str
    is_story: bool
    is_spoken: bool

    @property
    def has_strong(self) -> bool:
        return any(token.kind in STRONG for token in self.tokens)


def read_line(line: str, learned: Learned) -> Reading:
    fold = folded(line)
    tokens = tokens_of(fold.text, learned)
    tokens = with_names(fold.text, tokens)
    weights: dict[str, float] = {}
    for token in tokens:
        weights[fold.text[token.start : token.end]] = token.weight
    make = NUMBER.sub("0", _made(fold.text, tokens))
    is_spoken = SPOKEN.search(line) is not None
    is_story = is_spoken or len(line) > LONGEST_AD or _has_story(fold.text, tokens)
    said, share = _shares(fold.text, tokens)
    return Reading(
        fold,
        tuple(tokens),
        sum(weights.values()),
        said,
        share,
        make,
        own_words(fold.text, tokens),
        is_story,
        is_spoken,
    )


def again(reading: Reading, learned: Learned) -> Reading | None:
    """What a line says to who has learned more since it was read; nothing if it has to be read
    anew, for it has one of the names.

    An address counts the same, known or not: only what it is called changes.
    """
    text = reading.line.text
    if learned.names_any(text):
        return None
    tokens = [
        token._replace(kind=learned.kind(text[token.start : token.end]))
        if token.kind == "address"
        else token
        for token in reading.tokens
    ]
    if all(token.kind == before.kind for token, before in zip(tokens, reading.tokens, strict=True)):
        return reading
    return replace(reading, tokens=tuple(tokens), make=NUMBER.sub("0", _made(text, tokens)))


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


def with_names(text: str, tokens: list[Token]) -> list[Token]:
    """The tokens, and the words between them that end like the name of a site."""
    named: list[Token] = []
    for token, following in pairwise((*tokens, Token("end", len(text), len(text), 0.0))):
        named.append(token)
        rest = text[token.end : following.start]
        word = rest.strip(" ,:!-_~|\"'()[]")
        if (
            token.kind in {"hard", "mild", "common", "soft", "lead"}
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
