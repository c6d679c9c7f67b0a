"""What is asked of a file that goes to paper."""

from dataclasses import dataclass

from builder.prepress.inks import Ink
from builder.prepress.marks import Mark


@dataclass(frozen=True, slots=True)
class OnPaper:
    """The inks of all colours, and the marks outside the pages."""

    ink: Ink = "rgb"
    marks: tuple[Mark, ...] = ()
