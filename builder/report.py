"""What commands report, as rows for people and as plain data for programs (`--json`)."""

import re
import shlex
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from builder.console import human_size
from builder.core.catalogue import say, sentences_of
from builder.core.diagnostic import Diagnostic
from builder.core.errors import BuilderError

if TYPE_CHECKING:
    from builder.check import Printing
    from builder.convert import Accepted, Row
    from builder.core.book import Section
    from builder.doubts import GlossaryPlace
    from builder.inspection import Examination
    from builder.jacket import DrawnCover
    from builder.pipeline import BuildResult, Understood
    from builder.provenance import Answer, Passage
    from builder.wrapping import WrappedBook

Report = dict[str, object]
# More files than this are summed up in one line of the table's head.
FILES_SHOWN = 5
# Longer texts than this lose their middle in `why`: a removed page would fill the screen.
ROW = 120
# Rules outside normalize that take away something a person may have meant.
KINDS_ELSEWHERE = {
    "R101": "lossy",
    "R114": "lossy",
    "S002": "judgement",
    "S006": "judgement",
    "S010": "judgement",
    "S012": "judgement",
    "S014": "judgement",
}
# Everything that prints as nothing or as a blank, but the plain space: U+00A0, U+3000, U+200B.
# Counter-example: 字, a, ！ and the space between two words.
INVISIBLE = re.compile(
    r"([\x00-\x1f\x7f-\xa0\xad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ud800-\udfff])\1*"
)


def build_report(result: "BuildResult") -> Report:
    """One built book."""
    files = [
        {"path": str(file.path), "format": file.format, "bytes": file.size_bytes}
        for file in result.files
    ]
    metadata = result.book.metadata
    return {
        "slug": result.slug,
        "title": metadata.title,
        "creators": [creator.name for creator in metadata.creators],
        "language": metadata.language,
        "files": files,
        "edits": len(result.ledger),
        "conversion_report": str(result.conversion_report or ""),
        "diagnostics": diagnostics_report(result.diagnostics),
    }


def doubts_report(
    rows: "Sequence[Row]", path: Path | None, diagnostics: Iterable[Diagnostic]
) -> Report:
    """What a conversion says besides its text: its report, when one was asked for."""
    report = {"path": str(path), "rows": len(rows)} if path else None
    return {"report": report, "diagnostics": diagnostics_report(diagnostics)}


def doubts_line(rows: "Sequence[Row]", path: Path) -> str:
    """How much a report holds and where it is."""
    words = sum(len(row.groups) for row in rows)
    return say("conversion.report", path=path, rows=len(rows), words=words)


def accepted_report(accepted: "Accepted", place: "GlossaryPlace") -> Report:
    """What became of the answers in a report."""
    return {
        "glossary": str(place.path),
        "added": accepted.added,
        "diagnostics": diagnostics_report(accepted.diagnostics),
    }


def accepted_lines(accepted: "Accepted", place: "GlossaryPlace", file: Path) -> Iterator[str]:
    """The same for people, with what to do so that a conversion finds the glossary."""
    yield say("conversion.accepted", path=place.path, count=accepted.added)
    if place.is_named or not place.path.exists():
        return
    if not place.is_of_book:
        quoted = shlex.quote(str(place.path))
        yield say("conversion.use", file=shlex.quote(str(file)), quoted=quoted)
    elif place.path.resolve().is_relative_to(file.resolve()):
        name = place.path.resolve().relative_to(file.resolve()).as_posix()
        yield say("conversion.name", name=name)
    else:
        yield say(
            "conversion.shared", book=shlex.quote(str(file)), quoted=shlex.quote(str(place.path))
        )


def failure_report(path: Path, problem: BuilderError) -> Report:
    """A book that could not be built, or a file that could not be judged."""
    return {"path": str(path)} | error_report(problem.diagnostic, problem.exit_code)


def error_report(problem: Diagnostic, exit_code: int) -> Report:
    """What a command that failed prints under `--json`."""
    return {"error": diagnostic_report(problem), "exit_code": exit_code}


def cover_report(drawn: "DrawnCover") -> Report:
    """A cover that was drawn."""
    return {
        "path": str(drawn.path),
        "design": drawn.design,
        "bytes": drawn.size_bytes,
        "diagnostics": diagnostics_report(drawn.diagnostics),
    }


def cover_line(drawn: "DrawnCover", book: Path) -> str:
    """A cover that was drawn, or the sheet of all designs and what to do with it."""
    size = human_size(drawn.size_bytes)
    if drawn.design:
        return say("cover.drawn", path=drawn.path, design=drawn.design, size=size)
    return say("cover.sheet", path=drawn.path, size=size, book=shlex.quote(str(book)))


def wrap_report(wrapped: "WrappedBook") -> Report:
    """A cover around a book that was written; lengths in mm, with bleed."""
    return {
        "path": str(wrapped.path),
        "design": wrapped.design,
        "bytes": wrapped.size_bytes,
        "pages": wrapped.pages,
        "trim": wrapped.trim.name,
        "spine_mm": round(wrapped.spine, 3),
        "bleed_mm": round(wrapped.bleed, 3),
        "width_mm": round(wrapped.width, 3),
        "height_mm": round(wrapped.height, 3),
        "printer": wrapped.printer.name,
        "paper": wrapped.paper,
        "diagnostics": diagnostics_report(wrapped.diagnostics),
    }


def wrap_line(wrapped: "WrappedBook") -> str:
    """A cover around a book, and the measures that the printer asks for."""
    return say(
        "cover.wrapped",
        path=wrapped.path,
        size=human_size(wrapped.size_bytes),
        width=f"{wrapped.width:.2f}",
        height=f"{wrapped.height:.2f}",
        bleed=f"{wrapped.bleed:.4g}",
        spine=f"{wrapped.spine:.2f}",
        pages=wrapped.pages,
        trim=wrapped.trim.name,
    )


def diagnostics_report(diagnostics: Iterable[Diagnostic]) -> list[Report]:
    """Diagnostics as plain data."""
    return [diagnostic_report(diagnostic) for diagnostic in diagnostics]


def printing_report(printing: "Printing | None") -> Report:
    """Whose rules a file was judged by, and of which day."""
    if printing is None:
        return {}
    return {"printer": {"name": printing.printer.name, "dated": printing.printer.dated}}


def printing_line(printing: "Printing") -> str:
    """The same for people."""
    printer = printing.printer
    return say("check.printer", printer=say(f"printer.{printer.name}"), dated=printer.dated)


def diagnostic_report(diagnostic: Diagnostic) -> Report:
    """One diagnostic as plain data; line and column are 0 when unknown."""
    place = diagnostic.location
    return {
        "code": diagnostic.code,
        "severity": str(diagnostic.severity),
        "file": place.file if place else "",
        "line": place.line if place else 0,
        "column": place.column if place else 0,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
    }


def examined(understood: "Understood") -> "Examination":
    """What an inspection finds in a book: see `builder.inspection`."""
    from builder.inspection import examine
    from builder.normalize.rules import RULES

    kinds = KINDS_ELSEWHERE | {rule.code: rule.kind for rule in RULES}
    # Rules of the user's own are listed whatever they call themselves.
    ran = {rule for layer in understood.ledger.layers for rule in layer.rules}
    kinds |= {rule: "judgement" for rule in ran if rule.startswith("U")}
    return examine(
        understood.book,
        understood.manuscript,
        understood.ledger,
        kinds=kinds,
        diagnostics=understood.diagnostics,
        ignored=frozenset(entry.code for entry in understood.config.check.ignore),
        simplified=_simplified,
    )


def _simplified(text: str) -> str:
    from builder.convert import convert_text
    from builder.core.language import TARGETS

    return convert_text(text, TARGETS["zh-Hans"]).text


def inspection_report(understood: "Understood", examination: "Examination") -> Report:
    """What `inspect` shows, as plain data."""
    from builder.core.traversal import walk
    from builder.inspection import findings_of, plain

    metadata = understood.book.metadata
    files = [
        {
            "path": file.path,
            "encoding": file.encoding,
            "confidence": round(file.confidence, 3),
            "characters": file.end - file.start,
        }
        for file in understood.manuscript.files
    ]
    sections = [
        {
            "depth": depth,
            "role": section.role,
            "number": section.number,
            "label": section.label,
            "title": section.title,
            "characters": characters(section),
            "source": str(understood.manuscript.origin(section.span.start)),
        }
        for depth, section in walk(understood.book.sections)
    ]
    return {
        "title": metadata.title,
        "creators": [creator.name for creator in metadata.creators],
        "language": metadata.language,
        "files": files,
        "sections": sections,
        "notes": len(understood.book.notes),
        "edits": len(understood.ledger),
        "examination": plain(examination),
        "diagnostics": diagnostics_report((*examination.told, *findings_of(examination))),
    }


def inspection_head(understood: "Understood") -> Iterator[str]:
    """The lines above the table: the book, then its files."""
    metadata = understood.book.metadata
    creators = "、".join(creator.name for creator in metadata.creators)
    yield say("inspect.title", title=metadata.title, creators=creators, language=metadata.language)
    files = understood.manuscript.files
    is_mixed = len({file.encoding for file in files}) > 1
    shown = files if is_mixed or len(files) <= FILES_SHOWN else files[:FILES_SHOWN]
    for file in shown:
        yield say(
            "inspect.source",
            path=file.path,
            encoding=file.encoding,
            confidence=file.confidence,
            chars=file.end - file.start,
        )
    if len(shown) < len(files):
        yield say("inspect.more_files", count=len(files) - len(shown))


def section_headings(examination: "Examination") -> list[str]:
    """The headings of the table of sections; the last one only when a length is unusual."""
    names = ["section", "role", "chars", "where", *(["look"] if _has_outliers(examination) else [])]
    return [say(f"inspect.heading.{name}") for name in names]


def section_rows(examination: "Examination") -> list[list[str]]:
    """One row a section, indented by depth."""
    has_outliers = _has_outliers(examination)
    return [
        [
            "  " * section.depth + section.heading,
            section.role,
            f"{section.characters:,}",
            str(section.location),
            *([_verdict(section.verdict)] if has_outliers else []),
        ]
        for section in examination.sections
    ]


def _verdict(verdict: str) -> str:
    return "" if verdict == "usual" else say(f"inspect.verdict.{verdict}")


def _has_outliers(examination: "Examination") -> bool:
    return any(section.verdict != "usual" for section in examination.sections)


def inspection_found(examination: "Examination") -> str:
    """The line that sums up what looks wrong."""
    return say(
        "inspect.found",
        duplicates=len(examination.duplicates),
        quotes=len(examination.quotes),
        names=len(examination.spellings),
        leftovers=len(examination.leftovers),
        removals=sum(group.edits for group in examination.removals),
    )


def plan_hint(understood: "Understood", plan: Path) -> str:
    """What to do with a plan that was written, in words that can be pasted."""
    source = understood.source
    book = shlex.quote(str(source.path))
    command = say("inspect.plan", path=plan, book=book, quoted=shlex.quote(str(plan)))
    if not source.path.is_dir() or not plan.resolve().is_relative_to(source.root.resolve()):
        return command
    name = plan.resolve().relative_to(source.root.resolve()).as_posix()
    return f"{command}\n{say('inspect.plan.own', name=name)}"


def inspection_total(understood: "Understood") -> str:
    """The line under the table."""
    from builder.core.traversal import walk

    sections = [section for _, section in walk(understood.book.sections)]
    return say(
        "inspect.total",
        sections=len(sections),
        chars=sum(characters(section) for section in sections),
        notes=len(understood.book.notes),
        edits=len(understood.ledger),
    )


def characters(section: "Section") -> int:
    """The characters of a section without its children."""
    from builder.core.traversal import section_lines

    return sum(len(line) for line in section_lines(section))


def why_report(answer: "Answer") -> Report:
    """What `why` found, as plain data: the whole line, however long, and every edit in it."""
    told = answer.explanation
    steps = [
        {
            "stage": step.stage,
            "rule": step.edit.rule,
            "name": rule_name(step.edit.rule),
            "before": step.edit.before,
            "after": step.edit.after,
            "column": max(step.start - answer.start, 0) + 1,
        }
        for step in told.steps
    ]
    known = answer.is_text_known
    return {
        "file": answer.file,
        "line": answer.line,
        "source": told.before if known else None,
        "book": told.after if known else None,
        "steps": steps,
    }


def why_lines(answer: "Answer") -> Iterator[str]:
    """What `why` found, for people."""
    for passage in answer.passages:
        yield from _passage_lines(answer, passage)
    if answer.passages_left:
        yield say("why.more", count=answer.passages_left, file=answer.file, line=answer.line)


def _passage_lines(answer: "Answer", passage: "Passage") -> Iterator[str]:
    told = passage.explanation
    place = f"{answer.file}:{answer.line}"
    is_cut = passage.is_cut_before or passage.is_cut_after
    yield say("why.source", place=f"{place}:{passage.column}" if is_cut else place)
    if answer.is_text_known:
        left = "…" if passage.is_cut_before else ""
        right = "…" if passage.is_cut_after else ""
        yield say("why.before", text=left + shown(told.before) + right)
        if told.after:
            yield say("why.after", text=left + shown(told.after) + right)
        else:
            yield say("why.gone")
    else:
        yield say("why.unknown_text")
    if not told.steps:
        yield say("why.untouched")
    for step in told.steps:
        yield say(
            "why.step",
            rule=step.edit.rule,
            name=rule_name(step.edit.rule),
            before=shown(step.edit.before),
            after=shown(step.edit.after),
        )


def shown(text: str) -> str:
    """The text as one short row: visible, and a long one without its middle."""
    if len(text) <= ROW:
        return visible(text)
    return f"{visible(text[: ROW // 2])} … {visible(text[-ROW // 2 :])}"


def rule_name(rule: str) -> str:
    """A rule in words."""
    key = f"rule.{rule}"
    return say(key) if key in sentences_of("en") else say("rule.unnamed")


def visible(text: str) -> str:
    """The text with characters that cannot be seen written as ⟨U+00A0⟩; runs of one are counted."""
    return INVISIBLE.sub(_code_point, text)


def _code_point(match: re.Match[str]) -> str:
    run = match[0]
    count = f"×{len(run)}" if len(run) > 1 else ""
    return f"⟨U+{ord(run[0]):04X}{count}⟩"
