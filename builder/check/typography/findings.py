"""What a person is told of how a PDF is set: one warning for each kind of fault."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from builder.check.typography import TypographyReport, count_faults
from builder.check.typography.faults import Fault, FaultKind
from builder.core.catalogue import say
from builder.core.diagnostic import Diagnostic, Location, warning

if TYPE_CHECKING:
    import pikepdf

# How many places a warning names, and how much of a line it shows on either side of the fault.
PLACES = 3
NEARBY_CHARS = 7

CODES = {
    FaultKind.LINE_START: "K301",
    FaultKind.LINE_END: "K302",
    FaultKind.SPLIT: "K303",
    FaultKind.UNFLUSHED: "K304",
    FaultKind.OVERFULL: "K305",
    FaultKind.UNSQUEEZED: "K306",
    FaultKind.WIDOW: "K307",
    FaultKind.ORPHAN: "K308",
    FaultKind.LONELY: "K309",
    FaultKind.HEADING: "K310",
    FaultKind.GRID: "K311",
}


def typography_findings(pdf: "pikepdf.Pdf", file: str) -> Iterator[Diagnostic]:
    """K301 to K311: how often each rule is broken, and where first."""
    yield from report_to_findings(count_faults(pdf), file)


def report_to_findings(report: TypographyReport, file: str) -> Iterator[Diagnostic]:
    for kind, code in CODES.items():
        faults = [fault for fault in report.faults if fault.kind is kind]
        if faults:
            yield warning(
                code,
                Location(f"{file}#page={faults[0].page}"),
                count=len(faults),
                lines=report.lines,
                places=say("check.more").join(map(_place, faults[:PLACES])),
            )


def _place(fault: Fault) -> str:
    start, stop = max(0, fault.at - NEARBY_CHARS), fault.at + NEARBY_CHARS + 1
    text = fault.text[start:stop]
    before = "…" if start else ""
    after = "…" if stop < len(fault.text) else ""
    return say("check.place", page=fault.page, text=f"{before}{text}{after}")
