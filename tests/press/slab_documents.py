"""Hosted blocks laid out by WeasyPrint and handed over, as the press does it."""

from collections.abc import Iterable

import pydyf
import weasyprint
from weasyprint.text.fonts import FontConfiguration

from builder.core.book import Asset
from builder.press.host import SCHEME
from builder.press.host.fetching import BookFetcher
from builder.press.host.handover import hand_over
from builder.press.host.sharing import TakenFonts
from builder.press.host.tagging import add_actual_text, mark_artifacts, mark_repetitions
from builder.press.slabs import Slabs

SHEET = """
@page { size: 300pt 200pt; margin: 0 }
html { font-family: "Noto Serif CJK SC"; font-size: 10pt }
.slab { break-after: page }
td, th { border: 1pt solid #888; padding: 2pt }
"""


def laid_out(
    *blocks: str, css: str = "", resources: Iterable[Asset] = (), wrapper: str = "div"
) -> Slabs:
    """Each block on a slab of its own."""
    body = "".join(f'<{wrapper} class="slab">{block}</{wrapper}>' for block in blocks)
    fetcher, known = BookFetcher(resources), FontConfiguration()
    sheet = weasyprint.CSS(
        string=SHEET + css, base_url=SCHEME, url_fetcher=fetcher, font_config=known
    )
    document = weasyprint.HTML(
        string=f'<html lang="zh-Hans"><head><title>试</title></head><body>{body}</body></html>',
        base_url=SCHEME,
        url_fetcher=fetcher,
    ).render(stylesheets=[sheet], font_config=known, pdf_tags=True)
    mark_repetitions(document.pages)
    document.fonts = fonts = TakenFonts()
    found: list[Slabs] = []

    def finish(_: object, pdf: pydyf.PDF) -> None:
        add_actual_text(pdf, document.fonts)
        mark_artifacts(pdf)
        found.append(hand_over(pdf, fonts.taken()))

    document.write_pdf(finisher=finish, pdf_tags=True)
    return found[0]
