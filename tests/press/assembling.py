"""Small books put together from plain operators, to see what becomes of them in the file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

import pikepdf

from builder.core.config import PdfStandard
from builder.core.publication import NavPoint
from builder.fonts import faces_of
from builder.fonts.finding import REGULAR
from builder.prepress import OnPaper
from builder.press.about import About
from builder.press.assemble import Assembled, Binding, Materials, assemble
from builder.press.choosers import OneFont
from builder.press.face import Faces
from builder.press.frame import FaceKey, PageStyle
from builder.press.program import FontFile
from builder.press.setting import Anchor, PlacedLink, PlacedSlab, SetPage
from builder.press.slabs import Slabs
from builder.press.tree import Tree

STYLE = PageStyle(width=419.53, height=595.28, left=40, top=50, measure_x=340, measure_y=500)
_ON_SCREEN = OnPaper()
BOOK = About("江上灯火", "zh-Hans", "2026-01-05T08:30:00Z", "urn:test:1", ("林渡",))


def song() -> FontFile:
    [face] = [one for one in faces_of("Noto Serif CJK SC") if one.weight == REGULAR]
    return FontFile(face.path, face.index)


@dataclass(slots=True)
class Sheet:
    """A page being written: every `line` stands under the one before."""

    book: "SmallBook"
    index: int
    operators: list[str] = field(default_factory=list)
    links: list[PlacedLink] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    slabs: list[PlacedSlab] = field(default_factory=list)

    def line(self, words: str, element: int) -> None:
        """A line of text that belongs to an element."""
        mcid = self.book.tree.mark(element, self.index)
        codes = words.translate(self.book.face.codes).encode("utf-16-be").hex()
        self.operators.append(
            f"/{self.book.tree.kinds[element]} <</MCID {mcid}>> BDC BT /F1 10 Tf"
            f" 40 {540 - 20 * len(self.operators)} Td <{codes}> Tj ET EMC"
        )

    def page(self, style: PageStyle = STYLE) -> SetPage:
        """The page, finished."""
        return SetPage(
            style,
            "\n".join(self.operators).encode(),
            tuple(self.links),
            tuple(self.anchors),
            tuple(self.slabs),
        )


class SmallBook:
    """Sheets, their tree, one face."""

    def __init__(self, *, slabs: Slabs | None = None) -> None:
        self.tree = Tree()
        self.faces = Faces(OneFont(song()))
        self.face = self.faces.face(FaceKey(("Noto Serif CJK SC",), language="zh-Hans"))
        self.slabs = slabs or Slabs()
        self.sheets: list[Sheet] = []

    def sheet(self) -> Sheet:
        """A new page."""
        self.sheets.append(Sheet(self, len(self.sheets)))
        return self.sheets[-1]

    def assembled(
        self,
        *standards: PdfStandard,
        style: PageStyle = STYLE,
        outline: tuple[NavPoint, ...] = (),
        front_page_count: int = 0,
        is_right_bound: bool = False,
        on_paper: OnPaper = _ON_SCREEN,
    ) -> Assembled:
        """The book as a PDF."""
        return assemble(
            (sheet.page(style) for sheet in self.sheets),
            self.tree,
            Materials(self.faces, self.slabs),
            book=BOOK,
            binding=Binding(outline, front_page_count, is_right_bound),
            standards=standards,
            on_paper=on_paper,
        )

    def opened(self, *standards: PdfStandard) -> pikepdf.Pdf:
        """The same, opened."""
        return pikepdf.open(BytesIO(self.assembled(*standards).pdf))


def prose(chapters: int = 2, *, slabs: Slabs | None = None) -> SmallBook:
    """A contents page with links, then a page for each chapter, with a note at its foot."""
    book = SmallBook(slabs=slabs)
    tree = book.tree
    contents, text = tree.add("TOC"), tree.add("Art")
    first = book.sheet()
    for chapter in range(chapters):
        link = tree.add("Link", tree.add("TOCI", contents))
        first.line(f"第{chapter + 1}章 渡口", link)
        edges = (40.0, 538.0 - 20 * chapter, 140.0, 552.0 - 20 * chapter)
        first.links.append(PlacedLink(edges, f"#ch{chapter}", "渡口", link))
    for chapter in range(chapters):
        sheet, section = book.sheet(), tree.add("Sect", text)
        sheet.anchors.append(Anchor(f"ch{chapter}", 0, 595))
        sheet.line(f"第{chapter + 1}章 渡口", tree.add("H1", section))
        paragraph = tree.add("P", section)
        label = tree.add("Lbl", paragraph)
        note = tree.add("Note", paragraph, after=label)
        sheet.line("风从江上来。", paragraph)
        sheet.line("①", label)
        sheet.line("灯还亮着。", paragraph)
        sheet.line("江，大河。", note)
    return book


def walked(element: pikepdf.Object, depth: int = 0) -> Iterator[tuple[int, str]]:
    yield depth, str(element.S)
    kids = element.K
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from walked(kid, depth + 1)


def elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    waiting = [pdf.Root.StructTreeRoot.K]
    while waiting:
        element = waiting.pop()
        yield element
        kids = element.K
        waiting += [
            kid
            for kid in (kids if isinstance(kids, pikepdf.Array) else [kids])
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid
        ]
