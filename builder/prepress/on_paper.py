"""What is asked of a file that goes to paper."""

from dataclasses import dataclass

from builder.prepress.inks import Ink
from builder.prepress.marks import Mark


@dataclass(frozen=True, slots=True)
class OnPaper:
    """Inks of all colours, marks outside the pages, whether there are links and bookmarks."""

    ink: Ink = "rgb"
    marks: tuple[Mark, ...] = ()
    has_links: bool = True
