"""What looks wrong and no rule may decide: told, never changed."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Set

from builder.core.catalogue import say
from builder.core.diagnostic import Diagnostic, Location, note, warning
from builder.core.manuscript import Manuscript, MarkKind
from builder.normalize.characters import HAN_RANGES
from builder.normalize.quotes import lonely_quotes
from builder.normalize.remarks import AUTHOR_NOTE, MASKED, MASKS, PRIVATE_USE

# Of one code no more are shown than this; the rest are counted.
MOST_OF_A_CODE = 20
LONGEST_SHOWN = 40

# A syllable between two Han characters: 他sǐ了, 开qiang了. Not 用app开, not 第a组.
_FINALS = "(?:i?a(?:ng?|o|i)?|i?ong|ou|o|e(?:ng?|i|r)?|i(?:ng?|u|e)?|u(?:an?g?|i|n|o|ai?)?|üe?n?)"
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
PINYIN = re.compile(
    f"[a-z{_TONED}](?<=[{HAN_RANGES}].)(?:(?<=[bpmfdtnlgkhjqxrzcsyw])h?{_FINALS}|[a-z]{{0,3}}(?<=[a-z{_TONED}])"
    f"[a-z]{{0,3}}[{_TONED}][a-z]{{0,3}}|(?<=[{_TONED}])[a-z]{{0,3}})(?=[{HAN_RANGES}])"
)
MARK_OR_END = re.compile("[“”「」\n]")
# UTF-8 read as GBK or as Latin-1, GBK read twice, memory that was never written.
MOJIBAKE = re.compile(
    "锟斤拷|烫烫烫|屯屯屯|鈥[斺滄€]|銆[傚€]|锛[屻氱歿乗]|[Ã][\x80-\xbf]|â€[™œ]|ï¼[Œš]|ã€[‚]"
)


def doubts(
    manuscript: Manuscript, doubtful_lines: tuple[int, ...], alphabet: Set[str]
) -> Iterator[Diagnostic]:
    """What a reader should look at.

    N101 a straight quotation mark without a partner, N102 private-use characters, N103 a line
    that may be an ad, N104 authors' notes, N105 masked words, N106 pinyin, N107 text decoded
    wrongly, N108 quotation marks that do not pair. `alphabet` has every unusual character that is
    in the text, and maybe more.
    """
    text = manuscript.text
    yield from _each("N101", manuscript, lonely_quotes(text))
    unusual = "".join(alphabet)
    if PRIVATE_USE.search(unusual) and (private := PRIVATE_USE.search(text)) is not None:
        yield warning(
            "N102",
            manuscript.origin(private.start()),
            count=len(PRIVATE_USE.findall(text)),
            character=f"U+{ord(private[0]):04X}",
        )
    for position in doubtful_lines:
        yield warning("N103", manuscript.origin(position), text=_line(text, position))
    yield from _all("N104", manuscript, AUTHOR_NOTE)
    if not alphabet.isdisjoint(MASKS):
        yield from _all("N105", manuscript, MASKED)
    yield from _all("N106", manuscript, PINYIN)
    yield from _all("N107", manuscript, MOJIBAKE)
    yield from _each("N108", manuscript, _unpaired(text))


def _all(code: str, manuscript: Manuscript, pattern: re.Pattern[str]) -> Iterator[Diagnostic]:
    """One finding for all matches of a pattern; nothing when there are none."""
    found = list(pattern.finditer(manuscript.text))
    if found and (readings := {m.start for m in manuscript.marks if m.kind is MarkKind.READING}):
        # What stands above a character is how it is read, not instead of it.
        found = [match for match in found if match.start() not in readings]
    if found:
        tell = note if code == "N104" else warning
        start = found[0].start()
        shown = found[0][0] if code == "N107" else _around(manuscript.text, *found[0].span())
        yield tell(code, manuscript.origin(start), count=len(found), text=shown)


def _line(text: str, start: int) -> str:
    end = text.find("\n", start)
    return _short(text[start : len(text) if end < 0 else end])


def _around(text: str, start: int, end: int) -> str:
    """A match with a few characters of its line on either side."""
    first = max(text.rfind("\n", 0, start) + 1, start - 6)
    last = text.find("\n", start)
    return _short(text[first : min(len(text) if last < 0 else last, end + 6)])


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def _unpaired(text: str) -> Iterator[int]:
    """Paragraphs whose curly or corner marks do not pair.

    A speech over several paragraphs opens each of them and closes the last.
    """
    marks = "".join(MARK_OR_END.findall(text))
    if not marks.replace("“”", "").replace("「」", "").strip("\n"):
        return
    at = 0
    is_open = False
    for line in text.split("\n"):
        if line:
            opened = line.count("“") + line.count("「")
            closed = line.count("”") + line.count("」")
            # One mark open at the end is a speech that the next paragraph may go on with.
            is_fair = opened == closed or (is_open and closed == opened + 1)
            goes_on = opened == closed + 1
            if not is_fair and not goes_on:
                yield at
            is_open = goes_on or (is_open and opened == closed == 0)
        at += len(line) + 1


def _each(code: str, manuscript: Manuscript, positions: Iterable[int]) -> Iterator[Diagnostic]:
    """One finding a position; those that will only be counted have no place, which is quick."""
    for count, position in enumerate(positions):
        place = manuscript.origin(position) if count <= MOST_OF_A_CODE else Location("")
        yield warning(code, place)


def capped(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The first few of each code, and N199 with the number of those left out."""
    counts: Counter[str] = Counter()
    left_out: dict[str, Diagnostic] = {}
    for diagnostic in diagnostics:
        counts[diagnostic.code] += 1
        if counts[diagnostic.code] <= MOST_OF_A_CODE:
            yield diagnostic
        else:
            left_out.setdefault(diagnostic.code, diagnostic)
    for code, first in left_out.items():
        more = counts[code] - MOST_OF_A_CODE
        yield warning("N199", first.location, what=say(f"more.{code}"), count=more)
