"""What concerns the file as a whole: locks, size, annotations, forms, layers, links."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from builder.check.preflight.findings import DAMAGED, LAYERS, LINKS, Breach, Teller
from builder.core.diagnostic import Diagnostic
from builder.core.printers import Printer

if TYPE_CHECKING:
    import pikepdf

_MB = 1_000_000
# What lies over a page without being of it, and shows nothing by itself.
_SILENT = frozenset({"/Link", "/Popup", "/PrinterMark", "/TrapNet"})
_HIDDEN_FLAG = 2
_MOST_ANNOTATIONS = 10_000


def whole_findings(
    pdf: "pikepdf.Pdf", path: Path, printer: Printer, tell: Teller
) -> Iterator[Diagnostic]:
    """K416 to K418, K423, K427 and K428."""
    if damages := pdf.get_warnings():
        yield tell.say(DAMAGED, is_refused=False, reason=str(damages[0]))
    if pdf.is_encrypted:
        yield tell.of("encryption")
    size = path.stat().st_size
    if printer.max_file_bytes and size > printer.max_file_bytes:
        limit = printer.max_file_bytes // _MB
        yield tell.of("file_size", size=-(-size // _MB), limit=limit)
    shown: list[Breach] = []
    kinds: Counter[str] = Counter()
    links = 0
    for number, page in enumerate(pdf.pages, start=1):
        found = [kind for kind, is_hidden in _annotations(page.obj) if not is_hidden]
        links += found.count("/Link")
        talking = [kind.removeprefix("/") for kind in found if kind not in _SILENT]
        kinds.update(talking)
        if talking:
            shown.append(Breach(number))
    if shown:
        yield tell.of("annotations", shown, kinds=", ".join(sorted(kinds)))
    if printer.wants_flat and "/OCProperties" in pdf.Root:
        yield tell.say(LAYERS, is_refused=False)
    if printer.wants_bare and (links or "/Outlines" in pdf.Root):
        yield tell.note(LINKS)


def _annotations(page: "pikepdf.Object") -> Iterator[tuple[str, bool]]:
    """The kind of each annotation of a page, and whether it is hidden."""
    import pikepdf

    listed = page.get("/Annots")
    if not isinstance(listed, pikepdf.Array):
        return
    for at in range(min(len(listed), _MOST_ANNOTATIONS)):
        one = listed[at]
        if isinstance(one, pikepdf.Dictionary):
            flags = one.get("/F", 0)
            is_hidden = isinstance(flags, int) and bool(flags & _HIDDEN_FLAG)
            yield str(one.get("/Subtype")), is_hidden
