"""`builder why`: which rules changed a line of the source, from a ledger or from the book itself."""

from dataclasses import dataclass
from pathlib import Path

from builder.core.diagnostic import Location
from builder.core.errors import SourceError
from builder.core.explanation import Explanation, explain
from builder.core.ledger_file import LedgerFile, LedgerSource, NotALedger, digest, load, record
from builder.pipeline import BuildOptions, inspect, turn

LEDGER_SUFFIX = ".ledger"
# A file list longer than this is cut in a hint.
FILES_NAMED = 8


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of `line` of `file`. Without the source's text, `is_text_known` is false and
    only the edits can be told.
    """

    file: str
    line: int
    explanation: Explanation
    is_text_known: bool


def why(path: Path, place: str, options: BuildOptions) -> Answer:
    """Which rules changed the line `place` (FILE:LINE) of the book or ledger at `path`.

    A ledger answers without running any stage; a book is read anew, so the answer is about the
    files as they are. Raises SourceError B030, B031, B032 and whatever reading the book raises.
    """
    if path.suffix == LEDGER_SUFFIX:
        file, decoded = _load(path), ""
    else:
        understood = inspect(path, options)
        _, ledger, _ = turn(understood)
        file = record(understood.manuscript, ledger, str(understood.source.root))
        decoded = understood.manuscript.decoded
    source, line = _find(file, place)
    span = source.line_span(line)
    if span is None:
        location = Location(source.path)
        last = len(source.line_starts)
        raise SourceError("B031", location=location, file=source.path, line=line, last=last)
    text = decoded[slice(*span)] if decoded else _line_of_source(path, source, span)
    is_known = bool(text) or span[0] == span[1]
    # Without the text, one stand-in a character keeps every position right.
    shown = text or "\N{REPLACEMENT CHARACTER}" * (span[1] - span[0])
    shown = shown.removesuffix("\n").removesuffix("\r")
    return Answer(source.path, line, explain(file.ledger, span[0], shown), is_known)


def _load(path: Path) -> LedgerFile:
    try:
        return load(path.read_bytes())
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise SourceError("B025", location=Location(str(path)), reason=reason) from problem
    except NotALedger as problem:
        raise SourceError("B032", location=Location(str(path)), reason=str(problem)) from problem


def _find(file: LedgerFile, place: str) -> tuple[LedgerSource, int]:
    """The source file and the line that `place` names; the file may be left out of a short book."""
    name, _, number = place.rpartition(":")
    wanted = Path(name).as_posix() if name else ""
    only = file.sources[0] if len(file.sources) == 1 and not name else None
    source = only or file.source(wanted) or file.source(Path(wanted).name)
    if source is None or not number.isdecimal():
        names = [source.path for source in file.sources]
        more = [] if len(names) <= FILES_NAMED else ["…"]
        raise SourceError("B030", place=place, files=", ".join([*names[:FILES_NAMED], *more]))
    return source, int(number)


def _line_of_source(ledger: Path, source: LedgerSource, span: tuple[int, int]) -> str:
    """The line itself, when the source still lies where a ledger in dist/ would expect it."""
    from builder.read.encodings import NAMES, decode

    codec = NAMES.get(source.encoding, "")
    for folder in (Path.cwd(), ledger.parent, Path("source", ledger.parent.name)):
        path = folder / source.path
        decoded = decode(path.read_bytes(), codec) if path.is_file() and codec else None
        if decoded and digest(decoded.text) == source.sha256:
            return decoded.text[span[0] - source.start : span[1] - source.start]
    return ""
