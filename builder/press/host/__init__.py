"""WeasyPrint, and everything we know of its inside: the one folder that touches it.

(`page_map` looks at the pages that it laid out, and changes nothing.)

WeasyPrint is pinned to an exact version; `tests/press/test_host_contract.py` names each thing
used here, so that a new version fails there and not in a book. Read in its source (70.0):

- `URLFetcher.fetch` is asked for every external thing: images, style sheets, `@import`,
  `@font-face` (also `local()`), SVG's own references, attachments.
- What a style sheet gets wrong is logged while its `CSS` object is made, without its name.
- Structure elements are made page by page. Those of margin boxes hang on nothing.
- A glyph is mapped back to the characters it was first drawn for, and several characters may
  share one (… and ⋯, 一 and the radical ⼀); some have none at all (variation selectors). Where
  what would be read back is not what was set, the marked content gets an ActualText.
- `pydyf.PDF.page_references` is rebuilt at every look, and `add_tags` looks once for every
  element: quadratic, so it is remembered here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

import pydyf
import weasyprint
from weasyprint.css.counters import CounterStyle
from weasyprint.formatting_structure import boxes
from weasyprint.pdf import generate_pdf
from weasyprint.text.fonts import FontConfiguration

from builder.core.book import Asset
from builder.core.collector import paused_collector
from builder.core.page_starts import PageStart
from builder.prepress import Ink, OnPaper
from builder.press.host.choosing import PangoChooser
from builder.press.host.declaring import Longhand, longhands
from builder.press.host.drawings import MOST_COLOURS, MOST_PAINTED
from builder.press.host.fetching import SCHEME, BookFetcher, Refusal
from builder.press.host.handover import hand_over
from builder.press.host.hearing import listening, refusals_raised
from builder.press.host.on_paper import put_on_paper
from builder.press.host.sharing import TakenFonts
from builder.press.host.styles import EMPHASIS, Styles
from builder.press.host.tagging import add_actual_text, mark_artifacts, mark_repetitions
from builder.press.page_map import in_flow, page_starts, visible_count
from builder.press.remarks import Remark, with_column
from builder.press.slabs import Slabs

__all__ = [
    "MOST_COLOURS",
    "MOST_PAINTED",
    "SCHEME",
    "Host",
    "LaidPage",
    "Longhand",
    "PangoChooser",
    "Printed",
    "Refusal",
    "Styles",
    "longhands",
    "print_html",
]

_PX_TO_PT = 0.75
_ON_SCREEN = OnPaper()
_TAGGED = {"pdf_tags": True}


@dataclass(frozen=True, slots=True)
class LaidPage:
    """A page: the id of the body's child that it shows ("" when it is empty), its height in
    points, and how many characters are visible on it. What it shows is `width` points wide and
    begins `left` points from its edge.
    """

    id: str
    height: float
    characters: int
    left: float = 0.0
    width: float = 0.0


# Example: text-emphasis: filled dot, -webkit-text-emphasis-style: none. Counter-example:
# text-emphasis-position: under, --text-emphasis: dot.
_EMPHASIS = re.compile(r"(?<![\w-])(?:-webkit-|-epub-)?text-emphasis(?:-style)?(?=\s*:)", re.I)


# Our pages have margins by side, which outrank those of a rule for all pages; so that such a rule
# of the book's own counts, it is read as one for both sides. Example: @page { margin: 1cm }.
# Counter-example: @page :left { }, @page front { }.
_PAGE = re.compile(r"@page(?=\s*\{)", re.I)
_BOTH_SIDES = " :left, :right"


def _with_emphasis(css: str) -> str:
    """`css` with a property that WeasyPrint does not know under a name that it hands on."""
    return _EMPHASIS.sub(f"--{EMPHASIS}", css)


class Host:
    """A book's style sheets, its files and its fonts, as WeasyPrint has them.

    `remarks` and `refused` grow with whatever is done. `stylesheets` are (name, CSS) pairs. All
    colours that it gives are in `ink`.
    Raises Refusal, like everything here, for something refused that WeasyPrint cannot do
    without (the source of a colour profile).
    """

    def __init__(
        self,
        stylesheets: Iterable[tuple[str, str]],
        resources: Iterable[Asset],
        *,
        ink: Ink = "rgb",
    ) -> None:
        self._ink = ink
        self._fetcher = BookFetcher(resources)
        self._fonts, self._counters = FontConfiguration(), CounterStyle()
        self._profiles: dict[str, object] = {}
        self._heard: list[Remark] = []
        named = tuple(stylesheets)
        self._names = tuple(name for name, _ in named)
        self._sheets = self._read(named)

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What WeasyPrint has said so far."""
        return tuple(self._heard)

    @property
    def refused(self) -> tuple[str, ...]:
        """The URLs that were refused so far."""
        return tuple(self._fetcher.refused)

    def styles(self, html: str, instead: Mapping[str, str] = MappingProxyType({})) -> Styles:
        """The computed styles of a document. `instead` has other CSS for some sheets, by name."""
        with listening(""):  # what is wrong with a sheet has been said when it was read
            sheets = [
                self._parsed(instead[name]) if name in instead else sheet
                for name, sheet in zip(self._names, self._sheets, strict=True)
            ]
        with self.listening():
            return Styles(
                self._source(html),
                sheets,
                self._fonts,
                self._counters,
                self._profiles,
                self._ink,
            )

    def chooser(self) -> PangoChooser:
        """Which fonts draw the book."""
        return PangoChooser(self._fonts)

    def pages(
        self, html: str, stylesheets: Iterable[tuple[str, str]] = (), *, trimmed: str = ""
    ) -> tuple[tuple[LaidPage, ...], Slabs]:
        """The pages of a document, and the same as slabs, in the same order.

        `stylesheets` come after those of the book. Where the body's child on a page has the class
        `trimmed`, the page ends below it; other pages stay as high as they are.
        """
        document = self.lay_out(html, self._read(stylesheets))
        pages = tuple(_laid_page(page, trimmed) for page in document.pages)
        mark_repetitions(document.pages)
        document.fonts = fonts = TakenFonts()
        with self.listening():
            pdf = generate_pdf(document, None, 1, **weasyprint.DEFAULT_OPTIONS | _TAGGED)
        add_actual_text(pdf, fonts)
        mark_artifacts(pdf)
        return pages, hand_over(pdf, fonts.taken())

    def lay_out(self, html: str, more: Iterable[weasyprint.CSS] = ()) -> weasyprint.Document:
        """The pages of a document, as WeasyPrint has them."""
        with self.listening():
            document: weasyprint.Document = self._source(html).render(
                font_config=self._fonts,
                counter_style=self._counters,
                color_profiles=self._profiles,
                stylesheets=[*self._sheets, *more],
                presentational_hints=False,
                pdf_tags=True,
            )
        return document

    def _source(self, html: str) -> weasyprint.HTML:
        return weasyprint.HTML(string=html, base_url=SCHEME, url_fetcher=self._fetcher)

    def _read(self, stylesheets: Iterable[tuple[str, str]]) -> list[weasyprint.CSS]:
        sheets: list[weasyprint.CSS] = []
        for name, css in stylesheets:
            known = len(self._heard)
            with self.listening(name):
                sheets.append(self._parsed(css))
            column_of = partial(_column_of, css.split("\n"))
            self._heard[known:] = [with_column(one, column_of) for one in self._heard[known:]]
        return sheets

    def _parsed(self, css: str) -> weasyprint.CSS:
        return weasyprint.CSS(
            string=_PAGE.sub("@page" + _BOTH_SIDES, _with_emphasis(css)),
            base_url=SCHEME,
            url_fetcher=self._fetcher,
            font_config=self._fonts,
            counter_style=self._counters,
            color_profiles=self._profiles,
        )

    @contextmanager
    def listening(self, sheet: str = "") -> Iterator[None]:
        """Collect what WeasyPrint says; `sheet` is the style sheet that is being read."""
        with listening(sheet) as ear, refusals_raised():
            try:
                yield
            finally:
                self._heard += ear.heard


def _column_of(lines: list[str], line: int, column: int) -> int:
    """The column of the sheet as it was written for one of the sheet as it was read."""
    if line <= len(lines):
        for match in _PAGE.finditer(lines[line - 1]):
            if match.end() < column:
                column = max(column - len(_BOTH_SIDES), match.end() + 1)
    return column


def _laid_page(page: weasyprint.Page, trimmed: str) -> LaidPage:
    root = next(box for box in page._page_box.children if box.element_tag == "html")  # noqa: SLF001  (no public way; contract test)
    shown = [child for body in root.children for child in body.children if in_flow(child)]
    element = shown[0].element if shown else None
    if element is not None and trimmed in element.get("class", "").split():
        page.height = shown[0].position_y + shown[0].margin_height()
    identity = "" if element is None else element.get("id", "")
    count = sum(map(visible_count, shown))
    ends = [end for box in shown for end in _ends(box)]
    left, right = min(ends, default=0.0), max(ends, default=0.0)
    return LaidPage(
        identity,
        round(page.height * _PX_TO_PT, 4),
        count,
        round(left * _PX_TO_PT, 4),
        round((right - left) * _PX_TO_PT, 4),
    )


def _ends(box: Any) -> Iterator[float]:
    """Where words, pictures and tables inside a box begin and end along its lines."""
    for inner in box.descendants():
        is_table = isinstance(inner, boxes.TableBox)
        is_shown = isinstance(inner, (boxes.TextBox, boxes.ReplacedBox))
        if is_table or is_shown:
            start = inner.border_box_x() if is_table else inner.position_x
            yield start
            yield start + (inner.border_width() if is_table else inner.margin_width())


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished PDF; what WeasyPrint remarked, which URLs it was refused, and how many pictures
    are blank because nobody could read them.
    """

    pdf: bytes
    page_count: int
    pages: tuple[PageStart, ...]
    remarks: tuple[Remark, ...]
    refused: tuple[str, ...]
    unread: int = 0


def print_html(
    html: str,
    stylesheets: Iterable[tuple[str, str]],
    resources: Iterable[Asset],
    *,
    identifier: bytes,
    body_id: str,
    on_paper: OnPaper = _ON_SCREEN,
) -> Printed:
    """Lay out `html` and write it as a tagged PDF.

    `stylesheets` are (name, CSS) pairs. Pages are labelled in Roman numerals up to the
    page where the element `body_id` starts, and from 1 from there on. The
    same input gives the same bytes. Raises Refusal for something refused that WeasyPrint cannot
    do without (the source of a colour profile).
    """
    # Millions of boxes live until the end anyway; looking for garbage costs 13 % of the time.
    with paused_collector():
        host = Host(stylesheets, resources)
        document = host.lay_out(html)
        front = _front_page_count(document.pages, body_id)
        pages = page_starts(document.pages, front_page_count=front)
        unread: list[int] = []
        with host.listening():
            pdf = document.write_pdf(
                finisher=lambda _, file: unread.append(_finish(document, file, front, on_paper)),
                pdf_tags=True,
                pdf_identifier=identifier,
            )
    count = len(document.pages)
    return Printed(pdf, count, pages, host.remarks, host.refused, sum(unread))


def _front_page_count(pages: Iterable[weasyprint.Page], body_id: str) -> int:
    return next((index for index, page in enumerate(pages) if body_id in page.anchors), 0)


def _finish(
    document: weasyprint.Document, pdf: pydyf.PDF, front_page_count: int, on_paper: OnPaper
) -> int:
    """What WeasyPrint leaves out: page labels, XMP, actual text, furniture marked as artifacts,
    inks, marks. Gives how many pictures could not be read.
    """
    labels = pydyf.Array([0, pydyf.Dictionary({"S": "/D"})])
    if front_page_count:
        labels = pydyf.Array([0, pydyf.Dictionary({"S": "/r"}), front_page_count, *labels[1:]])
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": labels})
    # No version and no conformance: the file claims no standard that no judge has confirmed.
    document.metadata.include_in_pdf(pdf, "ua", None, None, True)  # noqa: FBT003  (its signature)
    add_actual_text(pdf, document.fonts)
    mark_artifacts(pdf)
    return put_on_paper(document, pdf, on_paper)
