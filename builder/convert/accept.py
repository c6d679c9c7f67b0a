"""From an edited report to entries of a glossary, without touching what a person has written.

New entries go to the end of the glossary. An entry that is there already and says something
else stays as it is, and both are told.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from builder.convert.glossary import GlossaryFile, lines_of
from builder.convert.report import Answer, ReportFile, read_report
from builder.core.diagnostic import Diagnostic, Location, warning


@dataclass(frozen=True, slots=True)
class Accepted:
    """The glossary's new content, how many entries are new, and what contradicts."""

    content: str
    added: int
    diagnostics: tuple[Diagnostic, ...]


def accept(report: ReportFile, glossary: GlossaryFile) -> Accepted:
    """`glossary` with the words that someone has written right in `report`.

    Raises ConfigError C204, C205 for the glossary and C206, C207 for the report.
    """
    known = {source: (number, target) for number, source, target in lines_of(glossary)}
    diagnostics: list[Diagnostic] = []
    entries: dict[str, Answer] = {}
    for answer in read_report(report):
        location = Location(report.name, answer.line)
        number, target = known.get(answer.word, (0, answer.correct))
        first = entries.setdefault(answer.word, answer)
        if target != answer.correct:
            values = {"word": answer.word, "correct": answer.correct, "target": target}
            diagnostics.append(
                warning("C208", location, line=number, glossary=glossary.name, **values)
            )
        elif first.correct != answer.correct:
            values = {"word": answer.word, "correct": answer.correct, "target": first.correct}
            diagnostics.append(
                warning("C208", location, line=first.line, glossary=report.name, **values)
            )
    new = [one for one in entries.values() if one.word not in known]
    return Accepted(_appended(glossary.content, new), len(new), tuple(diagnostics))


def _appended(content: str, answers: Sequence[Answer]) -> str:
    """The content with the entries as lines of their own, with the line ends it has."""
    if not answers:
        return content
    end = "\r\n" if "\r\n" in content else "\n"
    gap = "" if not content or content.endswith("\n") else end
    lines = (f"{answer.word}\t{answer.correct}{end}" for answer in answers)
    return content + gap + "".join(lines)
