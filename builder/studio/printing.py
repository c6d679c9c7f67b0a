"""Pages of the PDF, by who prints them: what there is to choose, and what the printer would say."""

from dataclasses import dataclass
from pathlib import Path

from builder.core.catalogue import say
from builder.core.config import PdfConfig
from builder.core.errors import BuilderError
from builder.core.printers import PRINTERS, Printer
from builder.core.trims import SAME_TRIM_MM, TRIMS
from builder.report import diagnostics_report

PRINTING = "printing.json"
# The cover around the book, beside its PDF: no book to put on a shelf or a reader.
WRAP = ".wrap.pdf"
_HOME = "home"


@dataclass(frozen=True, slots=True)
class PrinterChoice:
    """What a printer leaves to choose; `bleed` is how much it wants, `marks` whether it takes any."""

    name: str
    title: str
    trims: tuple[str, ...]
    papers: tuple[str, ...]
    bleed: str
    marks: bool


def printer_choices() -> tuple[PrinterChoice, ...]:
    """The printers, in the language that is spoken."""
    return tuple(
        PrinterChoice(
            printer.name,
            say(f"printer.{printer.name}"),
            tuple(name for name in TRIMS if _takes(printer, name)),
            tuple(printer.papers),
            f"{printer.bleed_mm:g}mm" if printer.bleed_mm else "",
            printer.allows_marks,
        )
        for printer in PRINTERS.values()
    )


def said_by_printer(pdf: Path, pages: PdfConfig) -> dict[str, object]:
    """What the printer that is chosen would say of a finished PDF, and how thick the book is."""
    from builder.check import Printing, check_print
    from builder.preview.document import opened

    if pages.printer is None:
        return {}
    printer = PRINTERS[pages.printer]
    try:
        found = check_print(pdf, Printing(printer, pages.paper))
    except BuilderError as problem:  # the book is made all the same
        found = (problem.diagnostic,)
    with opened(pdf, pdf.name) as document:
        count = document.page_count
    spine = printer.spine_mm(count, pages.paper)
    return {
        "printer": printer.name,
        "name": pdf.name,
        "pages": count,
        "spine_mm": None if spine is None else round(spine, 1),
        "remarks": diagnostics_report(found),
    }


def wrap_beside(pdf: Path, book: Path, said: dict[str, object]) -> list[dict[str, object]]:
    """Draw the cover around a book that a printer binds, front, spine and back, beside its PDF.

    `said` is what `said_by_printer` told. None is drawn for a printer at home, for paper whose
    thickness is not known, and for single volumes. Returns what there is to say of it.
    """
    from builder.pipeline import BuildOptions
    from builder.settings import settle
    from builder.wrapping import WrapAsked, wrap

    is_bound = said["printer"] != _HOME and said["spine_mm"] is not None
    if not is_bound or settle(book, BuildOptions())[1].structure.split != "none":
        return []
    place = pdf.with_name(f"{pdf.stem}{WRAP}")
    try:
        wrapped = wrap(book, BuildOptions(), WrapAsked(interior=pdf), out=place)
    except BuilderError as problem:  # the book is made all the same
        return diagnostics_report((problem.diagnostic,))
    return diagnostics_report(wrapped.diagnostics)


def _takes(printer: Printer, name: str) -> bool:
    trim = TRIMS[name]
    return printer.takes(trim.width_mm, trim.height_mm, tolerance_mm=SAME_TRIM_MM)
