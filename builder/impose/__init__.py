"""Pages of a book → sheets to print, fold and bind.

`impose` is the one verb. `folding` folds one sheet, `plan` says which page stands where,
`placing` says where that is in points, `sheets` writes it, `picture` and `sketch` show how to
fold. May import `builder.core` and no other room; pikepdf reads and writes, Pillow draws.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

from builder.core.diagnostic import Diagnostic, Location, note, warning
from builder.core.errors import ConfigError
from builder.impose.folding import MAX_FOLDS, Side
from builder.impose.marks import MARKS, Mark, mark_sheets, marks_named
from builder.impose.paper import (
    MAX_LEAF_MM,
    MAX_MILL_MM,
    SHEETS,
    Paper,
    length_within,
    sheet_named,
)
from builder.impose.placing import MM, Ground, PageShape, Scaling, fits, ground_of, scale_of
from builder.impose.plan import Binding, Blanks, Edge, Plan, plan_sheets
from builder.impose.reading import opened, shape_of
from builder.impose.sheets import PRODUCER, Lost, Press, bind, flatten, lost_of, sides

if TYPE_CHECKING:
    import pikepdf

__all__ = [
    "MARKS",
    "MAX_FOLDS",
    "MAX_LEAF_MM",
    "MAX_MILL_MM",
    "PRODUCER",
    "SHEETS",
    "Binding",
    "Blanks",
    "Edge",
    "Flip",
    "Imposed",
    "Mark",
    "Paper",
    "Part",
    "Pile",
    "Plan",
    "Scaling",
    "Wishes",
    "impose",
    "is_imposed",
    "length_within",
    "marks_named",
    "sheet_named",
]

Flip = Literal["short", "long"]
Pile = Literal["as-is", "turned"]
Part = Literal["all", "fronts", "backs"]
# What a signature has when nobody says otherwise: four sheets, which paper folds well.
USUAL_SIGNATURE = 16
# Sheets in one another that still close and that a stapler goes through, of 80 g paper.
MOST_SADDLE_LEAVES = 20
# Text of 10 pt is then set in 7 pt, the smallest that is read with ease.
SMALL = 0.7


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a book is to be imposed.

    `signature` is a number of pages, 0 for what suits the binding; `bound` None for what the file
    says. `mill_mm` None is 3 mm for a perfect binding and nothing for others. `flip` is the edge
    over which sheets are turned, None for that which leaves both sides upright, or by hand for
    the short one: printers draw sheets in by it, and a pile that is put back where it is drawn
    from has its other short edge first. `is_by_hand`: fronts and backs apart, the backs in the
    order in which the `pile` lies.
    """

    sheet: Paper = SHEETS["A4"]
    binding: Binding = "saddle"
    bound: Edge | None = None
    folds: int = 1
    signature: int = 0
    blanks: Blanks = "end"
    leaf_mm: float = 0.1
    mill_mm: float | None = None
    scaling: Scaling = "shrink"
    flip: Flip | None = None
    is_by_hand: bool = False
    pile: Pile = "as-is"
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Imposed:
    """Sheets ready to be written; `parts` names the files there are."""

    plan: Plan
    ground: Ground
    sheet: Paper
    flip: Flip
    parts: tuple[Part, ...]
    diagnostics: tuple[Diagnostic, ...]
    _write: Callable[[Part, BinaryIO], None] = field(repr=False, compare=False)

    def write(self, part: Part, stream: BinaryIO) -> None:
        """Write one of `parts` to a file that is open for it."""
        self._write(part, stream)


@contextmanager
def impose(path: Path, wishes: Wishes | None = None) -> Iterator[Imposed]:
    """Impose the PDF at `path`; what comes is to be written while the context lasts.

    Raises SourceError Q001 to Q004 for a file that cannot be imposed, ConfigError Q005 when its
    pages have no room as they are, Q007 or Q008 for a signature that cannot be.
    """
    wishes = wishes or Wishes()
    signature = _signature(wishes)
    with opened(path) as pdf:
        flatten(pdf)
        shapes = tuple(shape_of(page, path, at) for at, page in enumerate(pdf.pages, 1))
        plan = plan_sheets(
            len(shapes),
            binding=wishes.binding,
            bound=wishes.bound or _bound(pdf),
            folds=wishes.folds,
            signature=signature,
            blanks=wishes.blanks,
        )
        yield _imposed(pdf, path, wishes, shapes, plan)


def _imposed(
    pdf: "pikepdf.Pdf", path: Path, wishes: Wishes, shapes: tuple[PageShape, ...], plan: Plan
) -> Imposed:
    """The sheets of a plan, drawn, and what is to be told of them."""
    ground = _ground(plan, wishes, shapes, path)
    natural = _natural_flip(ground)
    flip = wishes.flip or ("short" if wishes.is_by_hand else natural)
    ground = replace(ground, turns_back=flip != natural)
    marked = mark_sheets(plan, ground, shapes, wishes.marks)
    found = [*_about_source(pdf, path), *_about_result(plan, ground, shapes, path)]
    if not marked.has_room_for_crop:
        found.append(warning("Q025", Location(str(path)), sheet=wishes.sheet.name))
    press = Press(pdf, shapes, ground, marked.operators)
    pages = {(at, side): press.side(at, sheet, side) for at, sheet, side in sides(plan.sheets)}
    if press.broken:
        first = press.broken[0] + 1
        found.append(warning("Q024", Location(f"{path}#page={first}"), count=len(press.broken)))
    parts: tuple[Part, ...] = ("fronts", "backs") if wishes.is_by_hand else ("all",)

    def write(part: Part, stream: BinaryIO) -> None:
        wanted = [pages[key] for key in _order(part, len(plan.sheets), wishes.pile)]
        bind(pdf, wanted, _duplex(part, flip))
        patient = _Patient(stream)
        pdf.save(patient, deterministic_id=True)  # type: ignore[arg-type]  # all that it asks for
        if patient.fault:
            raise patient.fault

    return Imposed(plan, ground, wishes.sheet, flip, parts, tuple(found), write)


class _Patient:
    """A file whose first fault waits until QPDF is done, which would end the process for it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.fault: OSError | None = None

    def write(self, piece: bytes) -> int:
        return self._done(lambda: self._stream.write(piece), len(piece))

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._done(lambda: self._stream.seek(offset, whence), offset)

    def tell(self) -> int:
        return self._done(self._stream.tell, 0)

    def flush(self) -> None:
        """All is flushed by who gave the stream."""

    def _done(self, ask: Callable[[], int], otherwise: int) -> int:
        if self.fault is None:
            try:
                return ask()
            except OSError as problem:
                self.fault = problem
        return otherwise


def is_imposed(path: Path) -> bool:
    """Whether a file at `path` is one of ours: sheets that may be made anew."""
    import pikepdf

    try:
        with pikepdf.open(path) as pdf:
            return str(pdf.docinfo.get("/Producer", "")).startswith(PRODUCER)
    except (pikepdf.PdfError, OSError, ValueError, TypeError, AttributeError):
        return False


def _signature(wishes: Wishes) -> int:
    """The pages of a signature; 0 for one of all. Raises ConfigError Q007, Q008."""
    asked, per_sheet = wishes.signature, 2 ** (wishes.folds + 1)
    if wishes.binding in {"saddle", "stack"}:
        if asked:
            raise ConfigError("Q008", location=Location("--signature"), binding=wishes.binding)
        return 0
    if asked % per_sheet:
        near = max(round(asked / per_sheet), 1) * per_sheet
        raise ConfigError(
            "Q007", location=Location("--signature"), asked=asked, pages=per_sheet, nearest=near
        )
    return asked or max(USUAL_SIGNATURE, per_sheet)


def _bound(pdf: "pikepdf.Pdf") -> Edge:
    """Which edge the file says it is bound at."""
    import pikepdf

    preferences = pdf.Root.get("/ViewerPreferences")
    if isinstance(preferences, pikepdf.Dictionary) and preferences.get("/Direction") == "/R2L":
        return "right"
    return "left"


def _ground(plan: Plan, wishes: Wishes, shapes: Sequence[PageShape], path: Path) -> Ground:
    """How the pages lie on the sheet. Raises ConfigError Q005 when they have no room."""
    sheet = (wishes.sheet.width_mm * MM, wishes.sheet.height_mm * MM)
    mill = wishes.mill_mm if wishes.mill_mm is not None else 3.0 * (wishes.binding == "perfect")
    usual = _usual_size(shapes)
    ground = ground_of(plan, sheet, usual, scaling=wishes.scaling, mill=mill * MM)
    largest = max((shape.size for shape in shapes), key=lambda size: not fits(ground, size))
    has_no_room = ground.cell_width <= ground.mill
    if has_no_room or (wishes.scaling == "actual" and not fits(ground, largest)):
        room = (max(ground.cell_width - ground.mill, 0), ground.cell_height)
        raise ConfigError(
            "Q005",
            location=Location(str(path)),
            page=_measure(largest),
            sheet=wishes.sheet.name,
            room=_measure(room),
        )
    return replace(ground, leaf=wishes.leaf_mm * MM)


def _usual_size(shapes: Sequence[PageShape]) -> tuple[float, float]:
    """The size that most pages have; that of the first of them, of sizes a hair apart."""
    sizes = [(round(shape.size[0]), round(shape.size[1])) for shape in shapes]
    ((most, _),) = Counter(sizes).most_common(1)
    return shapes[sizes.index(most)].size


def _natural_flip(ground: Ground) -> Flip:
    """The edge over which a sheet turns like the page of a book."""
    return "short" if ground.width > ground.height else "long"


def _duplex(part: Part, flip: Flip) -> str:
    if part != "all":
        return "Simplex"
    return "DuplexFlipShortEdge" if flip == "short" else "DuplexFlipLongEdge"


def _order(part: Part, count: int, pile: Pile) -> Iterator[tuple[int, Side]]:
    """The sides of a file in the order in which they are printed.

    A pile that goes back as it came out brings its last sheet first; turned over, its first.
    """
    if part == "all":
        for at in range(count):
            yield at, "front"
            yield at, "back"
    elif part == "fronts":
        yield from ((at, "front") for at in range(count))
    else:
        numbers = range(count) if pile == "turned" else range(count - 1, -1, -1)
        yield from ((at, "back") for at in numbers)


def _about_source(pdf: "pikepdf.Pdf", path: Path) -> Iterator[Diagnostic]:
    """What of the file cannot be kept, and whether it was whole."""
    from builder.core.catalogue import say

    place = Location(str(path))
    if problems := pdf.get_warnings():
        yield warning("Q023", place, count=len(problems))
    lost: tuple[Lost, ...] = lost_of(pdf)
    if lost:
        words = say("impose.between").join(say(f"impose.lost.{name}") for name in lost)
        yield note("Q020", place, lost=words)


def _about_result(
    plan: Plan, ground: Ground, shapes: Sequence[PageShape], path: Path
) -> Iterator[Diagnostic]:
    place = Location(str(path))
    if ground.scale < SMALL:
        yield warning("Q021", place, scale=f"{ground.scale:.0%}")
    usual = _usual_size(shapes)
    others = [shape for shape in shapes if not _is_like(shape.size, usual)]
    if others:
        shrunk = sum(scale_of(ground, shape.size) < ground.scale for shape in others)
        yield warning("Q026", place, count=len(others), usual=_measure(usual), shrunk=shrunk)
    leaves = len(plan.sheets) * 2**plan.folds // 2
    if plan.binding == "saddle" and leaves > MOST_SADDLE_LEAVES:
        yield warning("Q022", place, sheets=len(plan.sheets))


def _is_like(size: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether two sizes are the same within a millimetre."""
    return all(abs(one - two) <= MM for one, two in zip(size, other, strict=True))


def _measure(size: tuple[float, float]) -> str:
    return f"{size[0] / MM:.0f} × {size[1] / MM:.0f} mm"
