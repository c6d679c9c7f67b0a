"""What `builder fonts` reports: lines and a table for people, plain data for programs."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from builder.console import human_size
from builder.core.catalogue import say
from builder.report import Report, diagnostics_report

if TYPE_CHECKING:
    from builder.fonts import Choosable, EmbeddedFont
    from builder.typecase import Typecase

# One script has a font in five regions' forms, and each stands for itself; --json has all.
OTHERS_SHOWN = 8


def fonts_report(case: "Typecase") -> Report:
    """The fonts of a book."""
    survey = case.survey
    return {
        "title": case.metadata.title,
        "language": case.metadata.language,
        "characters": len(survey.characters),
        "embeds": survey.is_embedded,
        "fonts": [
            {
                **_font_report(font, _covers(font, survey.characters)),
                "names": list(font.families),
                "role": _role(font),
                "holds": len(font.characters),
                "bytes": len(font.content),
            }
            for font in survey.fonts
        ],
        "others": [_font_report(one, one.covers) | {"lacks": one.lacks} for one in survey.others],
        "missing": [
            {
                "character": one.character,
                "code_point": f"U+{ord(one.character):04X}",
                "times": one.times,
                "first": one.first_in,
            }
            for one in survey.missing
        ],
        "diagnostics": diagnostics_report(survey.diagnostics),
    }


def _font_report(font: "EmbeddedFont | Choosable", covers: int) -> Report:
    return {
        "family": font.face.families[0],
        "path": str(font.face.path),
        "index": font.face.index,
        "covers": covers,
        "licence": font.licence.name,
        "permission": font.licence.permission,
    }


def fonts_head(case: "Typecase") -> str:
    """The line above the table of fonts."""
    survey, metadata = case.survey, case.metadata
    count = len(survey.characters)
    head = say("fonts.head", title=metadata.title, language=metadata.language, count=count)
    return head if survey.is_embedded else f"{head}\n{say('fonts.would')}"


def font_headings() -> list[str]:
    return [say(f"fonts.{key}") for key in ("font", "role", "covers", "holds", "size", "licence")]


def font_rows(case: "Typecase") -> list[list[str]]:
    """The fonts inside the book, then the others that could be."""
    survey = case.survey
    rows = [
        [
            font.face.families[0],
            say(f"fonts.role.{_role(font)}"),
            f"{_covers(font, survey.characters):,}",
            f"{len(font.characters):,}",
            human_size(len(font.content)),
            _licence(font),
        ]
        for font in survey.fonts
    ]
    none = say("fonts.role.none")
    others = [
        [one.family, none, f"{one.covers:,}", none, none, _licence(one)]
        for one in survey.others[:OTHERS_SHOWN]
    ]
    left = len(survey.others) - len(others)
    more = [[say("fonts.more", count=left), "", "", "", "", ""]] if left else []
    return rows + others + more


def fonts_missing(case: "Typecase") -> Iterator[str]:
    """A line for each character that no font has."""
    for one in case.survey.missing:
        yield say(
            "fonts.missing",
            character=one.character,
            code_point=f"{ord(one.character):04X}",
            times=one.times,
            first=one.first_in,
        )
    if not case.survey.missing:
        yield say("fonts.all")


def _role(font: "EmbeddedFont") -> str:
    if font.is_fallback:
        return "rare"
    return "bold" if font.is_bold else "text"


def _covers(font: "EmbeddedFont", characters: str) -> int:
    return sum(map(font.face.covers, characters))


def _licence(font: "EmbeddedFont | Choosable") -> str:
    return say(f"fonts.permission.{font.licence.permission}", licence=font.licence.name)
