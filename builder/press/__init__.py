"""PrintDocument → PDF.

`[pdf] engine` says who sets the text: our own press, or WeasyPrint. Loading WeasyPrint takes a
quarter of a second, so nothing here imports it before there is something to print.
"""

from dataclasses import replace

from builder.core.config import Config
from builder.core.diagnostic import Diagnostic, warning
from builder.core.errors import BuilderError, ComposeError
from builder.core.publication import PrintDocument
from builder.fonts import require_chinese
from builder.prepress import OnPaper
from builder.press.loading import load_host
from builder.press.pictures import in_screen_rgb
from builder.press.pressed import Pressed

__all__ = ["Pressed", "make_ready", "press"]


def make_ready() -> None:
    """Load what every book is set with. Raises DependencyError P001."""
    load_host()
    from builder.press import typesetting  # noqa: F401  (loaded, not called)


def press(document: PrintDocument, config: Config) -> Pressed:
    """Print a document, which was composed for the engine that sets it.

    Raises DependencyError P001 (a system library is missing), F001 (no Chinese font), F003
    (no fontconfig); ComposeError P006 when the layout engine gives up, P002 when it cannot go
    on without something refused, E004 for a mark without a note, P022 for a font that may not
    be embedded. Diagnostics: P002 to P005, P010 to P013, P020 to P023,
    P035, P036, F002.
    """
    make_ready()
    from builder.press import comparison, typesetting
    from builder.press.host import Refusal

    require_chinese(document.metadata.language)
    if config.pdf.ink != "rgb":
        keeps_inks = config.pdf.ink == "cmyk"
        known = (in_screen_rgb(one, keeps_inks=keeps_inks) for one in document.resources)
        document = replace(document, resources=tuple(known))
    try:
        if document.book is None:
            on_paper = OnPaper(config.pdf.ink, config.pdf.marks)
            return comparison.print_whole(document, on_paper)
        pressed = typesetting.typeset(document, config)
        return replace(pressed, diagnostics=(*_listed(document), *pressed.diagnostics))
    except Refusal as refusal:
        raise ComposeError("P002", url=str(refusal)) from refusal
    # Neither memory that is short nor a library that cannot be loaded is the book's fault.
    except (BuilderError, MemoryError, ImportError):
        raise
    # A fault inside the layout engine can be any exception; the book is what sets it off.
    except Exception as problem:
        reason = f"{type(problem).__name__}: {problem}"
        raise ComposeError("P006", reason=reason) from problem


def _listed(document: PrintDocument) -> tuple[Diagnostic, ...]:
    """P013 when tables of the book are set as lists."""
    count = document.listed_tables
    return (warning("P013", count=count),) if count else ()
