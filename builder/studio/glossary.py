"""What a conversion was not sure of, and a person's answers, which are the book's glossary."""

import json
from collections.abc import Sequence
from pathlib import Path

from builder.convert import GlossaryFile, ReportFile, accept
from builder.core.errors import ConfigError
from builder.core.files import write_whole
from builder.studio.desk import GLOSSARY, Draft
from builder.studio.limits import MOST_ROWS

_MOST_WORD = 60
_KEY = "convert.glossary"


def doubts_of(draft: Draft) -> list[dict[str, object]]:
    """The rows of the conversion's report beside the finished files, the most doubtful first."""
    report = next(iter(sorted(draft.made.rglob("*.tsv"))), None)
    return _rows(report) if report else []


def _rows(report: Path) -> list[dict[str, object]]:
    lines = [
        line.split("\t")
        for line in report.read_text("utf-8", "replace").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    if not lines:
        return []
    return [_row(dict(zip(lines[0], cells, strict=False))) for cells in lines[1:]]


def _row(cells: dict[str, str]) -> dict[str, object]:
    listed = {key: cells.get(key, "").split() for key in ("words", "became", "places")}
    return {
        "character": cells.get("character", ""),
        "candidates": cells.get("candidates", "").split(),
        "words": [
            {"word": word, "became": became, "places": int(places) if places.isdecimal() else 0}
            for word, became, places in zip(
                listed["words"], listed["became"], listed["places"], strict=False
            )
        ],
        "contexts": [
            text for key, text in cells.items() if key.startswith("context") and text.strip()
        ],
    }


def answer(draft: Draft, rows: Sequence[object]) -> int:
    """Put what `rows` say into the book's glossary, in place of what it said of the same words.

    A row is {"words": [{"word", "became", "correct"}]}; words that are left as they became say
    nothing. Returns how many entries there are for them. Raises ConfigError W017 for what is no
    row, and what `builder.convert.accept` raises.
    """
    plain = [_answered(row) for row in rows[:MOST_ROWS]]
    changed = {one["word"] for row in plain for one in row if one["correct"] != one["became"]}
    path = draft.source / GLOSSARY
    known = path.read_text("utf-8") if path.is_file() else ""
    kept = [line for line in known.splitlines() if line.partition("\t")[0].strip() not in changed]
    report = json.dumps({"rows": [{"words": row} for row in plain]}, ensure_ascii=False)
    accepted = accept(
        ReportFile("doubts", report), GlossaryFile(GLOSSARY, "".join(f"{one}\n" for one in kept))
    )
    if accepted.added:
        write_whole(path, accepted.content.encode())
        draft.keep({**draft.settings(), _KEY: [GLOSSARY]})
    return accepted.added


def _answered(row: object) -> list[dict[str, str]]:
    words = row.get("words") if isinstance(row, dict) else None
    if not isinstance(words, list):
        raise ConfigError("W017", row=str(row)[:80])
    return [_word(one) for one in words]


def _word(told: object) -> dict[str, str]:
    if not isinstance(told, dict):
        raise ConfigError("W017", row=str(told)[:80])
    word = {key: str(told.get(key, "")).strip() for key in ("word", "became", "correct")}
    is_plain = all(
        text and len(text) <= _MOST_WORD and text.isprintable() for text in word.values()
    )
    if not is_plain or word["word"].startswith("#") or any(" " in one for one in word.values()):
        raise ConfigError("W017", row=" ".join(word.values())[:80])
    return word
