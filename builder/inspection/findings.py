"""An examination's findings as diagnostics: the first of each code, then how many more there are."""

from collections.abc import Iterator
from itertools import chain, islice

from builder.core.catalogue import say
from builder.core.diagnostic import Diagnostic, note, warning
from builder.inspection.examination import Examination, Leftover, LeftoverKind

# What one screen bears; the page and --json have them all.
SHOWN = 20
EXCERPT_CHARS = 24
# What cleaning tells already, for all places of a kind at once or line by line: not told again.
TOLD_AS = {
    LeftoverKind.PRIVATE: "N102",
    LeftoverKind.MASKED: "N105",
    LeftoverKind.PINYIN: "N106",
    LeftoverKind.MOJIBAKE: "N107",
}
TOLD_BY_LINE = frozenset({"N101", "N103", "N108"})


def findings_of(examination: Examination) -> tuple[Diagnostic, ...]:
    """The diagnostics I001–I006, at most `SHOWN` of each code, and I009 for the rest.

    Those that the book ignores are left out.
    """
    kinds = (
        _duplicates(examination),
        _quotes(examination),
        _spellings(examination),
        _leftovers(examination),
        _lengths(examination, "long", "I005"),
        _lengths(examination, "short", "I006"),
    )
    ignored = examination.ignored
    told = (tuple(one for one in kind if one.code not in ignored) for kind in kinds)
    return tuple(chain.from_iterable(_first(kind) for kind in told))


def _first(found: tuple[Diagnostic, ...]) -> Iterator[Diagnostic]:
    yield from islice(found, SHOWN)
    if len(found) > SHOWN:
        yield note("I009", what=say(f"more.{found[0].code}"), count=len(found) - SHOWN)


def _lines_told(examination: Examination) -> set[tuple[str, int]]:
    return {
        (one.location.file, one.location.line)
        for one in examination.diagnostics
        if one.code in TOLD_BY_LINE and one.location
    }


def _duplicates(examination: Examination) -> Iterator[Diagnostic]:
    for duplicate in examination.duplicates:
        yield warning(
            "I001",
            duplicate.second_places[0].location,
            paragraphs=duplicate.paragraphs,
            copies=len(duplicate.second_places),
            other=str(duplicate.first_place.location),
            likeness=told_likeness(duplicate.likeness),
            excerpt=excerpt(duplicate.second),
        )


def told_likeness(likeness: float) -> float:
    """Rounded down to whole hundredths: what is not the same is never told as 100 %."""
    return int(likeness * 100) / 100


def _quotes(examination: Examination) -> Iterator[Diagnostic]:
    told = _lines_told(examination)
    for fault in examination.quotes:
        place = fault.place.location
        if (place.file, place.line) not in told:
            shown = f"{fault.before}{fault.mark}{fault.after}"
            yield warning("I002", place, mark=fault.mark, excerpt=shown)


def _spellings(examination: Examination) -> Iterator[Diagnostic]:
    for pair in examination.spellings:
        yield warning(
            "I003",
            pair.places[0].location,
            rare=pair.rare,
            rare_count=pair.rare_count,
            common=pair.common,
            common_count=pair.common_count,
        )


def _leftovers(examination: Examination) -> Iterator[Diagnostic]:
    lines = _lines_told(examination)
    codes = {one.code for one in examination.diagnostics}
    for leftover in examination.leftovers:
        place = leftover.places[0].location
        if TOLD_AS.get(leftover.kind) not in codes and (place.file, place.line) not in lines:
            make = note if leftover.kind is LeftoverKind.REPEATED else warning
            yield make(
                "I004",
                place,
                kind=say(f"leftover.{leftover.kind}"),
                text=_piece(leftover),
                count=leftover.count,
            )


def _piece(leftover: Leftover) -> str:
    """The piece itself, in its surroundings when it says little alone."""
    if len(leftover.text) > 6:
        return excerpt(leftover.text)
    return f"{leftover.before[-6:]}{leftover.text}{leftover.after[:6]}"


def _lengths(examination: Examination, verdict: str, code: str) -> Iterator[Diagnostic]:
    for section in examination.sections:
        if section.verdict == verdict:
            yield warning(
                code,
                section.location,
                heading=section.heading,
                characters=section.characters,
                median=examination.median,
            )


def excerpt(text: str) -> str:
    """The first words of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT_CHARS else f"{line[:EXCERPT_CHARS]}……"
