"""How what was found on pages is told: one diagnostic a rule, with how many pages and which first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from builder.core.catalogue import say
from builder.core.diagnostic import Diagnostic, Location, Severity, Value
from builder.core.printers import Printer, Rule

# How many pages a sentence names.
PLACES = 5
# What is added before rounding, since 3.175 and its like are a little less in binary.
_HAIR = 1e-7

CODES: Mapping[Rule, str] = {
    "pages": "K401",
    "parity": "K402",
    "blank_last": "K403",
    "one_size": "K404",
    "trim": "K405",
    "boxes": "K406",
    "gutter": "K407",
    "margins": "K408",
    "bleed": "K409",
    "marks": "K410",
    "fonts": "K411",
    "resolution": "K412",
    "colour": "K413",
    "ink": "K414",
    "transparency": "K415",
    "encryption": "K416",
    "annotations": "K417",
    "file_size": "K418",
    "small_text": "K419",
    "thin_lines": "K420",
    "cover_size": "K432",
    "spine_text": "K433",
    "cover_margins": "K434",
}
# Findings that belong to no rule of their own, or stand beside one.
UNREAD = "K421"
TURNED = "K422"
LINKS = "K423"
RICH_BLACK = "K424"
CROPPED = "K425"
TOO_LARGE = "K426"
LAYERS = "K427"
DAMAGED = "K428"
COVER_PAGES = "K431"
SPINE_UNKNOWN = "K435"
NARROW_SPINE = "K436"
NEAR_FOLD = "K437"


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule broken on one page, counted from 1; `amount` tells the worst (the least) of several."""

    page: int
    amount: float = 0.0


@dataclass(frozen=True, slots=True)
class Teller:
    """Puts findings into diagnostics: an error where the printer refuses, else a warning."""

    file: str
    printer: Printer

    def of(self, rule: Rule, breaches: Iterable[Breach] = (), **values: Value) -> Diagnostic:
        """A finding by its rule."""
        return self.say(CODES[rule], breaches, is_refused=rule in self.printer.refuses, **values)

    def say(
        self, code: str, breaches: Iterable[Breach] = (), *, is_refused: bool, **values: Value
    ) -> Diagnostic:
        """A finding by its code."""
        severity = Severity.ERROR if is_refused else Severity.WARNING
        return self._diagnostic(code, severity, tuple(breaches), values)

    def note(self, code: str, **values: Value) -> Diagnostic:
        """Something that needs no action."""
        return self._diagnostic(code, Severity.NOTE, (), values)

    def _diagnostic(
        self,
        code: str,
        severity: Severity,
        breaches: Sequence[Breach],
        values: Mapping[str, Value],
    ) -> Diagnostic:
        told: dict[str, Value] = {"printer": say(f"printer.{self.printer.name}"), **values}
        place = self.file
        if breaches:
            told["count"] = len(breaches)
            told["pages"] = pages_told([breach.page for breach in breaches])
            place = f"{self.file}#page={breaches[0].page}"
        return Diagnostic(code, severity, Location(place), tuple(told.items()))


def pages_told(pages: Sequence[int]) -> str:
    """Page numbers as a sentence lists them, not all of many."""
    named = say("check.more").join(str(page) for page in pages[:PLACES])
    return say("check.pages_more", pages=named) if len(pages) > PLACES else named


def worst(breaches: Sequence[Breach]) -> float:
    """The least amount of any."""
    return min(breach.amount for breach in breaches)


def mm(length_mm: float) -> str:
    """A length as people read it."""
    # Adding 0 makes of -0 a plain 0.
    return f"{round(length_mm + _HAIR, 2) + 0:.2f}".rstrip("0").rstrip(".")


def size_told(size_mm: tuple[float, float]) -> str:
    """Width × height."""
    wide, high = (mm(round(side + _HAIR, 1)) for side in size_mm)
    return f"{wide} × {high}"
