"""Readings that a plain text gives in brackets, set beside their words: 汉字（hànzì）.

A bracket after Han characters is a reading only when it reads exactly the characters before it,
one syllable each, by the dictionary: so 他说（nǐ hǎo） stays as it is, and where the word starts
need not be guessed. The other notation names the start: ｜漢字《ㄏㄢˋ ㄗˋ》. Tones need not agree,
because they change in speech; a reading in Latin letters has to have at least one tone mark.

What goes are the brackets, under rule S015; the characters of the reading stay text.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from builder.core.book import Block, Book, Emphasis, Inline, Link, Ruby, Section, Text
from builder.core.ledger import Edit, Layer
from builder.core.traversal import project, rewrite_lines
from builder.pinyin.dictionary import readings_of, to_zhuyin
from builder.pinyin.han import is_han
from builder.pinyin.readings import without_tones

STAGE = "structure"
RULE = "S015"
MAX_SYLLABLES = 8

_ZHUYIN = "\u3105-\u312f\u31a0-\u31bf"
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_LATIN = f"A-Za-zÜüÊê{_TONED}{_TONED.upper()}"
# What the quick look takes for the start of a reading. Example: （h, 《ㄏ, (ā. Counter-example: （他.
_STARTS = tuple(re.compile(f"{re.escape(mark)}(?=[{_LATIN}{_ZHUYIN}˙])") for mark in "（(《")
# Example: 汉字（hànzì）, 漢字(ㄏㄢˋ ㄗˋ), ｜漢字《ㄏㄢˋ》. Counter-example: 汉字（读hàn）.
_NOTATION = re.compile(
    rf"""(?P<open>[（(《])
    (?P<reading>[{_LATIN}\u0300\u0301\u0304\u030c'’·\ -]{{1,60}}|[{_ZHUYIN}ˊˇˋ˙ˉ\ \u3000]{{1,60}})
    (?P<close>[）)》])""",
    re.VERBOSE,
)
_PAIRS = {"（": "）", "(": ")", "《": "》"}
_BARS = "｜|"
_NO_LETTER = re.compile(r"[\s'’·ˊˇˋ˙ˉ-]+")
# Stands for a bracket while its place is looked up; no text holds it.
_GONE = "\ufdd0"


# How a run of characters is rewritten.
Change = Callable[[str], Iterable[Inline]]


@dataclass(frozen=True, slots=True)
class Found:
    """`layer` leads from `project` of the book received to `project(book)`."""

    book: Book
    layer: Layer


@dataclass(frozen=True, slots=True)
class _Notation:
    """A word and its reading, in brackets at `opening` and before `end`; a bar may come first.

    `[start, base_start)` is the bar, empty where there is none.
    """

    start: int
    base_start: int
    opening: int
    end: int


def may_have_readings(text: str) -> bool:
    """Whether a text has any bracket that may hold a reading; quick, for texts of any length."""
    return any(pattern.search(text) for pattern in _STARTS)


def find_readings(book: Book) -> Found:
    """The book with readings in brackets as readings."""
    marked = _changed(book, _marked)
    text, without = project(book), project(marked)
    edits = [
        Edit(RULE, match.start(), match.end(), text[match.start()], "")
        for match in re.finditer(_GONE, without)
    ]
    if not edits:
        return Found(book, Layer(STAGE))
    return Found(_changed(book, _set), Layer.of(STAGE, edits))


def _changed(book: Book, change: Change) -> Book:
    def blocks(some: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(rewrite_lines(block, lambda inlines: _with(inlines, change)) for block in some)

    def section(one: Section) -> Section:
        return replace(one, blocks=blocks(one.blocks), children=tuple(map(section, one.children)))

    return replace(
        book,
        front=tuple(map(section, book.front)),
        body=tuple(map(section, book.body)),
        back=tuple(map(section, book.back)),
        notes=tuple(replace(note, blocks=blocks(note.blocks)) for note in book.notes),
    )


def _with(inlines: tuple[Inline, ...], change: Change) -> tuple[Inline, ...]:
    changed: list[Inline] = []
    for inline in inlines:
        match inline:
            case Text(value):
                changed += change(value) if may_have_readings(value) else (inline,)
            case Emphasis(children) | Link(_, children):
                changed.append(replace(inline, children=_with(children, change)))
            case _:
                changed.append(inline)
    return tuple(changed)


def _marked(text: str) -> Iterator[Inline]:
    """The run with what is to go replaced, character by character."""
    characters = list(text)
    for one in _notations(text):
        for at in (*range(one.start, one.base_start), one.opening, one.end - 1):
            characters[at] = _GONE
    yield Text("".join(characters))


def _set(text: str) -> Iterator[Inline]:
    """The run with its readings beside their words."""
    at = 0
    for one in _notations(text):
        if at < one.start:
            yield Text(text[at : one.start])
        yield Ruby(text[one.base_start : one.opening], text[one.opening + 1 : one.end - 1])
        at = one.end
    if at < len(text):
        yield Text(text[at:])


def _notations(text: str) -> Iterator[_Notation]:
    """Every word of a run that has its reading in brackets, in order."""
    least = 0
    for match in _NOTATION.finditer(text):
        if _PAIRS[match["open"]] != match["close"] or not _says_how(match["reading"]):
            continue
        opening = match.start()
        bar = _bar_before(text, least, opening)
        start = bar + 1 if bar >= 0 else _word_start(text, least, opening, match["reading"])
        if start < opening:
            least = match.end()
            yield _Notation(bar if bar >= 0 else start, start, opening, least)


def _says_how(reading: str) -> bool:
    """Whether this is written as a reading is: 注音, or pinyin with a tone mark."""
    plain = unicodedata.normalize("NFC", reading.lower())
    return bool(plain.strip()) and (plain != without_tones(plain) or not plain.isascii())


def _bar_before(text: str, least: int, opening: int) -> int:
    """Where the bar stands that starts the word before `opening`; -1 when there is none."""
    at = opening - 1
    while at >= least and opening - at <= MAX_SYLLABLES and is_han(text[at]):
        at -= 1
    return at if least <= at < opening - 1 and text[at] in _BARS else -1


def _word_start(text: str, least: int, opening: int, reading: str) -> int:
    """Where the word starts that `reading` reads, a syllable a character; else `opening`."""
    letters = _letters(reading)
    ends = {len(letters)}
    for at in range(opening - 1, max(least, opening - MAX_SYLLABLES) - 1, -1):
        if not is_han(text[at]):
            break
        forms = _forms(text[at])
        ends = {end - len(one) for end in ends for one in forms if letters.endswith(one, 0, end)}
        if 0 in ends:
            return at
        if not ends:
            break
    return opening


@cache
def _forms(character: str) -> frozenset[str]:
    """The readings of one character in both scripts, without tones."""
    pinyin = readings_of(character)
    return frozenset(_letters(one) for reading in pinyin for one in (reading, to_zhuyin(reading)))


def _letters(reading: str) -> str:
    """A reading without tones and without what parts its syllables."""
    return _NO_LETTER.sub("", without_tones(reading.lower()))
