"""PrintDocument → PDF by WeasyPrint alone, for comparison with our press.

Must be imported only after `load_host`.
"""

import hashlib
import html as markup
import re

from builder.core.publication import PrintDocument
from builder.fonts import missing_characters
from builder.prepress import OnPaper
from builder.press import host
from builder.press.inking import unread_pictures
from builder.press.pressed import Pressed
from builder.press.remarks import remarks_to_diagnostics

# Example: <p class="line">, </p>. Counter-example: 1 < 2 (written &lt; in a document).
_TAG = re.compile(r"<[^<>]*+>")


def print_whole(document: PrintDocument, on_paper: OnPaper) -> Pressed:
    """Print `document.html`. Raises Refusal."""
    printed = host.print_html(
        document.html,
        document.stylesheets,
        document.resources,
        identifier=hashlib.sha256(document.identifier.encode()).hexdigest()[:32].encode(),
        body_id=document.body_id,
        on_paper=on_paper,
    )
    return Pressed(
        pdf=printed.pdf,
        page_count=printed.page_count,
        pages=printed.pages,
        diagnostics=(
            *missing_characters(words_in(document.html), document.metadata.language),
            *remarks_to_diagnostics(printed.remarks, printed.refused),
            *unread_pictures(printed.unread, on_paper.ink),
        ),
    )


def words_in(html: str) -> str:
    """The characters of a document, without its tags."""
    return markup.unescape(_TAG.sub("", html))
