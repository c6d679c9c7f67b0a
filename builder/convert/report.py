"""The report of what is in doubt, as a table to edit: TSV for people, JSON for programs.

A row is a character with the words that are in doubt because of it, or some characters with few
words each. What is wrong in the column `correct` is written right, word by word, or as one character
for all words of a row about one. Rows
that are left as they are say nothing. Both forms are read back by `read_report`.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NoReturn

from builder.convert.groups import CONTEXTS, Row
from builder.core.catalogue import say
from builder.core.diagnostic import Location
from builder.core.errors import ConfigError

COLUMNS = (
    "character", "mistakes", "words", "places", "became", "correct", "candidates",
    *(f"context{number}" for number in range(1, CONTEXTS + 1)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReportFile:
    """What people call the file, and what it says."""

    name: str
    content: str


@dataclass(frozen=True, slots=True)
class Answer:
    """In line `line` of the report, `word` is to become `correct` instead of `became`."""

    line: int
    word: str
    became: str
    correct: str


def report_tsv(rows: Sequence[Row]) -> str:
    """The table, with remarks on how to edit it."""
    remarks = [f"# {line}" if line else "#" for line in say("conversion.remarks").split("\n")]
    lines = ["\t".join(COLUMNS), *("\t".join(_cells(row)) for row in rows)]
    return "\n".join((*remarks, *lines)) + "\n"


def _cells(row: Row) -> Iterator[str]:
    became = " ".join(group.became for group in row.groups)
    yield row.character
    yield f"{row.gain:.1f}"
    yield " ".join(group.word for group in row.groups)
    yield " ".join(str(group.places) for group in row.groups)
    yield became
    yield became
    yield " ".join(row.candidates)
    yield from (*row.contexts, *[""] * (CONTEXTS - len(row.contexts)))


def report_json(rows: Sequence[Row]) -> str:
    """The same for programs: `correct` of each word is what to change."""
    plain = [
        {
            "character": row.character,
            "mistakes": round(row.gain, 2),
            "places": row.places,
            "words": [
                {
                    "word": group.word,
                    "became": group.became,
                    "correct": group.became,
                    "places": group.places,
                    "mistakes": round(group.gain, 2),
                }
                for group in row.groups
            ],
            "candidates": list(row.candidates),
            "contexts": list(row.contexts),
        }
        for row in rows
    ]
    return json.dumps({"rows": plain}, ensure_ascii=False, indent=2) + "\n"


def read_report(file: ReportFile) -> tuple[Answer, ...]:
    """The words that someone has written right.

    A character by itself reaches into the row's longer words, so where it is changed, the words
    that are left as they are become answers too.

    Raises ConfigError C206 for a file that is no report, C207 for a row that does not add up.
    """
    content = file.content.removeprefix("\ufeff")
    rows = _json_rows(file, content) if content.lstrip()[:1] == "{" else _rows(file, content)
    return tuple(answer for row in rows for answer in _said(row))


def _said(row: Sequence[Answer]) -> Iterator[Answer]:
    wide = {
        answer.word for answer in row if answer.correct != answer.became and len(answer.word) == 1
    }
    for answer in row:
        if answer.correct != answer.became or not wide.isdisjoint(answer.word):
            yield answer


def _rows(file: ReportFile, content: str) -> Iterator[list[Answer]]:
    columns: list[str] = []
    for number, line in enumerate(content.splitlines(), 1):
        if not line.strip("\t ") or line.startswith("#"):
            continue
        cells = [_unquoted(cell) for cell in line.split("\t")]
        if not columns:
            columns = cells
            if not {"character", "words", "became", "correct"} <= set(columns):
                raise ConfigError("C206", location=Location(file.name, number))
            continue
        named = dict(zip(columns, cells, strict=False))
        parts = [named.get(key, "").split() for key in ("words", "became", "correct")]
        yield _answers(file, number, named.get("character", ""), parts)
    if not columns:
        raise ConfigError("C206", location=Location(file.name))


def _unquoted(cell: str) -> str:
    """The cell without the quotation marks that a spreadsheet may have put around it."""
    cell = cell.strip()
    return cell[1:-1].strip() if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell


def _answers(file: ReportFile, number: int, character: str, parts: list[list[str]]) -> list[Answer]:
    words, became, correct = parts
    if len(correct) == 1 and len(correct[0]) == 1 and len(character) < 2:
        # One character answers for every word of the row, if they are of one character.
        correct = [
            _with_character(word, result, character, correct[0])
            for word, result in zip(words, became, strict=False)
        ]
    if not len(words) == len(became) == len(correct or became):
        raise ConfigError("C207", location=Location(file.name, number), count=len(words))
    parallel = zip(words, became, correct or became, strict=True)
    return [Answer(number, *columns) for columns in parallel]


def _with_character(word: str, became: str, character: str, answer: str) -> str:
    """What the word became, with `answer` wherever the word has the character."""
    if len(word) != len(became):
        return became
    pairs = zip(word, became, strict=True)
    return "".join(answer if source == character else target for source, target in pairs)


def _json_rows(file: ReportFile, content: str) -> list[list[Answer]]:
    try:
        return [
            [
                Answer(0, str(group["word"]), str(group["became"]), str(group["correct"]))
                for group in row["words"]
            ]
            for row in json.loads(content)["rows"]
        ]
    except (ValueError, KeyError, TypeError) as problem:
        _no_report(file, problem)


def _no_report(file: ReportFile, problem: Exception) -> NoReturn:
    line = problem.lineno if isinstance(problem, json.JSONDecodeError) else 0
    raise ConfigError("C206", location=Location(file.name, line)) from problem
