"""PrintDocument → PDF.

Until the press sets prose itself, WeasyPrint lays out the whole book. Loading it takes a
third of a second, so nothing here imports it before there is something to print.
"""

import hashlib
import html as markup
import re
from dataclasses import dataclass, field

from builder.core.config import Config
from builder.core.diagnostic import Diagnostic
from builder.core.errors import ComposeError
from builder.core.page_starts import PageStart
from builder.core.publication import PrintDocument
from builder.fonts import missing_characters, require_chinese
from builder.press.loading import load_host
from builder.press.remarks import remarks_to_diagnostics

# Example: <p class="line">, </p>. Counter-example: 1 < 2 (written &lt; in a document).
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Pressed:
    """A finished PDF; `pages` says where each page that shows something of the book starts."""

    pdf: bytes = field(repr=False)
    page_count: int
    pages: tuple[PageStart, ...]
    diagnostics: tuple[Diagnostic, ...]


def press(document: PrintDocument, config: Config) -> Pressed:
    """Print a document.

    Raises DependencyError P001 (a system library is missing), F001 (no Chinese font), F003
    (no fontconfig); ComposeError P006 when the layout engine gives up, P002 when it cannot go
    on without something refused. Diagnostics: P002 to P005, F002.
    """
    del config  # everything it says about the page is in the document's style sheets
    load_host()
    from builder.press import host

    language = document.metadata.language
    require_chinese(language)
    try:
        printed = host.print_html(
            document.html,
            document.stylesheets,
            document.resources,
            identifier=hashlib.sha256(document.identifier.encode()).hexdigest()[:32].encode(),
            body_id=document.body_id,
        )
    except host.Refusal as refusal:
        raise ComposeError("P002", url=str(refusal)) from refusal
    # A fault inside the layout engine can be any exception; the book is what sets it off.
    except Exception as problem:
        reason = f"{type(problem).__name__}: {problem}"
        raise ComposeError("P006", reason=reason) from problem
    text = markup.unescape(_TAG.sub("", document.html))
    return Pressed(
        pdf=printed.pdf,
        page_count=printed.page_count,
        pages=printed.pages,
        diagnostics=(
            *missing_characters(text, language),
            *remarks_to_diagnostics(printed.remarks, printed.refused),
        ),
    )
