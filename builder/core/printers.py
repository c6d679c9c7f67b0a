"""What printers of books take: page counts, margins, bleed, papers, covers.

Dated data, not logic: a figure stands here only when its printer has published it (or, where
said so, when reference works agree); what is unknown is None, or empty, and is not judged.
`refuses` names the rules whose breach a printer sends back; the others it advises.
Printers change their rules: compare with the pages under `sources` before a release.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, get_args

from builder.core.trims import MM_PER_INCH, TRIMS, length_mm

PrinterName = Literal["home", "kdp", "ingram", "lulu", "tuwen"]
PRINTER_NAMES: tuple[str, ...] = get_args(PrinterName)
# The kinds of rule that a file can break; the preflight has a code for each.
Rule = Literal[
    "pages", "parity", "blank_last", "one_size", "trim", "boxes", "gutter", "margins", "bleed",
    "marks", "fonts", "resolution", "colour", "ink", "transparency", "encryption", "annotations",
    "file_size", "small_text", "thin_lines", "cover_size", "spine_text", "cover_margins",
]  # fmt: skip
Ink = Literal["grey", "cmyk", "rgb"]


@dataclass(frozen=True, slots=True)
class Printer:
    """One printer's rules. Lengths are mm, resolutions pixels an inch.

    `trims` are names of `TRIMS`, empty when any size is taken; `smallest_mm` and `largest_mm`
    bound sizes of one's own. `pages` is (fewest, most) by paper, `trim_pages` the most for a trim
    that takes fewer. `gutters` is (up to this many pages, inside margin). `papers` is the
    thickness of a page, half a leaf. `bleeds_inside` tells whether a page with bleed has it at
    the gutter too. `inks` are the colours it wants, empty for any; `max_ink` is in per cent.
    """

    name: PrinterName
    title: str
    dated: str
    sources: tuple[str, ...]
    refuses: frozenset[Rule] = frozenset()
    trims: tuple[str, ...] = ()
    smallest_mm: tuple[float, float] | None = None
    largest_mm: tuple[float, float] | None = None
    pages: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    trim_pages: Mapping[str, int] = field(default_factory=dict)
    page_multiple: int = 1
    needs_blank_last: bool = False
    gutters: tuple[tuple[int, float], ...] = ()
    outside_mm: float | None = None
    outside_with_bleed_mm: float | None = None
    bleed_mm: float = 0.0
    bleeds_inside: bool = True
    papers: Mapping[str, float] = field(default_factory=dict)
    allows_marks: bool = True
    min_image_dpi: int | None = None
    min_text_pt: float | None = None
    min_line_pt: float | None = None
    inks: tuple[Ink, ...] = ()
    max_ink: int | None = None
    wants_flat: bool = False
    wants_bare: bool = False
    max_file_bytes: int | None = None
    prints_cover_apart: bool = True
    cover_bleed_mm: float = 0.0
    cover_safe_mm: float | None = None
    spine_text_min_pages: int | None = None
    spine_text_min_mm: float | None = None
    spine_clear_mm: float | None = None
    spine_extra_mm: float = 0.0
    barcode_area_mm: tuple[float, float] | None = None
    barcode_clear_mm: float | None = None

    @property
    def default_paper(self) -> str:
        """The paper that is taken when none is named; empty when no paper's thickness is known."""
        return next(iter(self.papers), "")

    def gutter_mm(self, pages: int) -> float:
        """The least inside margin of a book of so many pages; 0 when none is known."""
        for last, gutter in self.gutters:
            if pages <= last:
                return gutter
        return self.gutters[-1][1] if self.gutters else 0.0

    def spine_mm(self, pages: int, paper: str = "") -> float | None:
        """How thick the book is: pages by paper, and what the cover adds.

        `paper` is one of `papers`, or a leaf's thickness as a length (0.1mm). None when the
        paper's thickness is unknown.
        """
        page = self.papers.get(paper or self.default_paper)
        if page is None:
            leaf = length_mm(paper)
            if not leaf:
                return None
            page = leaf / 2
        return pages * page + self.spine_extra_mm

    def page_range(self, paper: str = "", trim: str = "") -> tuple[int, int] | None:
        """The fewest and most pages, on `paper` or on whichever takes them; None when unknown."""
        ranges = [self.pages[paper]] if paper in self.pages else list(self.pages.values())
        if not ranges:
            return None
        most = max(most for _, most in ranges)
        return min(fewest for fewest, _ in ranges), min(most, self.trim_pages.get(trim, most))

    def takes(self, width_mm: float, height_mm: float, *, tolerance_mm: float) -> bool:
        """Whether a page of this size is among those that are printed."""
        if any(
            abs(TRIMS[name].width_mm - width_mm) <= tolerance_mm
            and abs(TRIMS[name].height_mm - height_mm) <= tolerance_mm
            for name in self.trims
        ):
            return True
        if self.smallest_mm and self.largest_mm:
            sides = zip((width_mm, height_mm), self.smallest_mm, self.largest_mm, strict=True)
            return all(
                least - tolerance_mm <= side <= most + tolerance_mm for side, least, most in sides
            )
        return not self.trims


def _names(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


def _inch(*sizes: float) -> tuple[float, ...]:
    return tuple(size * MM_PER_INCH for size in sizes)


_ONE_INCH_AND_A_QUARTER = 1.25 * MM_PER_INCH
_EIGHTH_MM = MM_PER_INCH / 8
# Beyond every table: as many pages as anyone binds.
_ANY_PAGES = 1_000_000
_ON_DEMAND_REFUSALS: frozenset[Rule] = frozenset(
    {"pages", "one_size", "boxes", "margins", "bleed", "marks", "fonts", "encryption",
     "cover_size", "spine_text"}
)  # fmt: skip

# Half of the thickness of 80 g offset or copying paper, 0.10 mm a leaf; others in proportion to
# their weight. Rules of thumb of Chinese printers differ by a tenth either way.
_OFFSET_80_MM = 0.05
_CHINESE_PAPERS: Mapping[str, float] = MappingProxyType(
    {
        "80g": _OFFSET_80_MM,
        "70g": _OFFSET_80_MM * 70 / 80,
        "100g": _OFFSET_80_MM * 100 / 80,
    }
)

_HOME = Printer(
    name="home",
    title="home printer",
    dated="2026-11-22",
    # Rules of thumb of ours: lasers and inkjets leave the outer 3 to 4.5 mm of a sheet blank, and
    # staples or glue take what the gutter gains.
    sources=(),
    outside_mm=5.0,
    gutters=((80, 8.0), (200, 10.0), (_ANY_PAGES, 12.0)),
    papers=_CHINESE_PAPERS,
    min_image_dpi=150,
    prints_cover_apart=False,
)

_KDP = Printer(
    name="kdp",
    title="Amazon KDP",
    dated="2026-11-22",
    sources=(
        "https://kdp.amazon.com/en_US/help/topic/GVBQ3CMEQW3W2VL6",
        "https://kdp.amazon.com/en_US/help/topic/G201834180",
        "https://kdp.amazon.com/en_US/help/topic/G201857950",
        "https://kdp.amazon.com/en_US/help/topic/G201953020",
        "https://kdp.amazon.com/help/topic/GYEKAVKMSE23PFTM",
    ),
    refuses=_ON_DEMAND_REFUSALS
    | {"parity", "trim", "gutter", "resolution", "annotations", "file_size"},
    trims=_names(
        "5x8in 5.06x7.81in 5.25x8in 5.5x8.5in 6x9in 6.14x9.21in 6.69x9.61in 7x10in 7.44x9.69in 7.5x9.25in 8x10in 8.5x11in A4"
    ),
    smallest_mm=(4 * MM_PER_INCH, 6 * MM_PER_INCH),
    largest_mm=(8.5 * MM_PER_INCH, 11.69 * MM_PER_INCH),
    pages=MappingProxyType(
        {
            "white": (24, 828),
            "cream": (24, 776),
            "standard-color": (72, 600),
            "premium-color": (24, 828),
        }
    ),
    trim_pages=MappingProxyType({"A4": 780, "8.5x11in": 590}),
    page_multiple=2,
    gutters=tuple(
        zip((150, 300, 500, 700, 828), _inch(0.375, 0.5, 0.625, 0.75, 0.875), strict=True)
    ),
    outside_mm=0.25 * MM_PER_INCH,
    outside_with_bleed_mm=0.375 * MM_PER_INCH,
    bleed_mm=_EIGHTH_MM,
    bleeds_inside=False,
    papers=MappingProxyType(
        {
            "white": 0.002252 * MM_PER_INCH,
            "cream": 0.0025 * MM_PER_INCH,
            "standard-color": 0.002252 * MM_PER_INCH,
            "premium-color": 0.002347 * MM_PER_INCH,
        }
    ),
    allows_marks=False,
    min_image_dpi=300,
    min_text_pt=7.0,
    min_line_pt=0.75,
    wants_flat=True,
    wants_bare=True,
    max_file_bytes=650_000_000,
    cover_bleed_mm=_EIGHTH_MM,
    cover_safe_mm=_EIGHTH_MM,
    spine_text_min_pages=79,
    spine_clear_mm=0.0625 * MM_PER_INCH,
    barcode_area_mm=(2 * MM_PER_INCH, 1.2 * MM_PER_INCH),
    barcode_clear_mm=0.25 * MM_PER_INCH,
)

_INGRAM = Printer(
    name="ingram",
    title="IngramSpark",
    dated="2026-11-22",
    sources=(
        "https://www.ingramspark.com/hubfs/downloads/file-creation-guide.pdf",
        "https://www.ingramspark.com/blog/file-requirements-for-print-books",
        "https://help.ingramspark.com/hc/en-us/articles/5338636202637-Manufacturing-and-File-Setup-Tips",
        "https://help.lightningsource.com/hc/en-us/articles/5294072525197-Color-Recommendations-for-Cover-and-Interior-Files",
        "https://docs.rs/kernsetzer-model/0.1.3/src/setzer_model/presets.rs.html",
    ),
    # A missing blank last page and an odd count are mended by the printer itself.
    refuses=_ON_DEMAND_REFUSALS | {"gutter"},
    trims=_names(
        "5x8in 5.06x7.81in 5.25x8in 5.5x8.5in A5 6x9in 6.14x9.21in 6.69x9.61in 7x10in 7.44x9.69in 7.5x9.25in 8x10in A4 8.5x11in"
    ),
    pages=MappingProxyType(
        {
            "white-50": (18, 1200),
            "creme-50": (18, 1050),
            "groundwood-38": (18, 900),
            "white-70": (18, 900),
        }
    ),
    page_multiple=2,
    needs_blank_last=True,
    gutters=((_ANY_PAGES, 0.5 * MM_PER_INCH),),
    outside_mm=0.5 * MM_PER_INCH,
    outside_with_bleed_mm=0.5 * MM_PER_INCH,
    bleed_mm=_EIGHTH_MM,
    bleeds_inside=False,
    # No thickness of its papers is published; its template generator gives the spine.
    allows_marks=False,
    min_image_dpi=300,
    inks=("grey", "cmyk"),
    max_ink=240,
    wants_flat=True,
    cover_bleed_mm=_EIGHTH_MM,
    cover_safe_mm=0.25 * MM_PER_INCH,
    spine_text_min_pages=48,
    spine_clear_mm=0.0625 * MM_PER_INCH,
    barcode_area_mm=(1.75 * MM_PER_INCH, 1.0 * MM_PER_INCH),
)

_LULU = Printer(
    name="lulu",
    title="Lulu",
    dated="2026-11-22",
    sources=(
        "https://assets.lulu.com/media/guides/en/lulu-book-creation-guide.pdf",
        "https://help.lulu.com/en/support/solutions/articles/64000255583-tips-for-formatting-documents",
        "https://help.lulu.com/en/support/solutions/articles/64000255584-how-do-i-make-my-content-cover-the-whole-page-what-is-bleed",
        "https://help.api.lulu.com/en/support/solutions/articles/64000254616-how-is-spine-width-calculated-",
    ),
    # Its margins and gutters are advice, and what lacks bleed is printed with white edges.
    refuses=_ON_DEMAND_REFUSALS - {"margins", "bleed"} | {"trim"},
    trims=_names(
        "4.25x6.875in 5x8in 5.5x8.5in A5 6x9in 6.14x9.21in 7x10in 7.44x9.69in A4 8.5x11in"
    ),
    pages=MappingProxyType({"white": (32, 800), "cream": (32, 800)}),
    page_multiple=2,
    gutters=(
        *zip((59, 150, 399, 600), _inch(0.5, 0.625, 1.0, 1.125), strict=True),
        (_ANY_PAGES, _ONE_INCH_AND_A_QUARTER),
    ),
    outside_mm=0.5 * MM_PER_INCH,
    outside_with_bleed_mm=0.5 * MM_PER_INCH,
    bleed_mm=_EIGHTH_MM,
    papers=MappingProxyType({"white": MM_PER_INCH / 444, "cream": MM_PER_INCH / 444}),
    allows_marks=False,
    min_image_dpi=300,
    wants_flat=True,
    cover_bleed_mm=_EIGHTH_MM,
    cover_safe_mm=0.5 * MM_PER_INCH,
    spine_text_min_pages=81,
    spine_extra_mm=0.06 * MM_PER_INCH,
)

_TUWEN = Printer(
    name="tuwen",
    title="图文店",
    dated="2026-11-22",
    # No shop speaks for all: 3 mm bleed is common to them, a spine of 5 mm carries a title by
    # GB/T 11668-1989, and the gutters are rules of thumb of ours for glued books, so only advice.
    sources=("http://m.pc6.com/mipd/111140.html",),
    refuses=frozenset({"one_size", "bleed", "fonts", "cover_size"}),
    page_multiple=2,
    gutters=((100, 12.0), (300, 15.0), (_ANY_PAGES, 18.0)),
    outside_mm=5.0,
    outside_with_bleed_mm=5.0,
    bleed_mm=3.0,
    papers=_CHINESE_PAPERS,
    min_image_dpi=300,
    cover_bleed_mm=3.0,
    cover_safe_mm=3.0,
    spine_text_min_mm=5.0,
    spine_clear_mm=1.0,
)

PRINTERS: Mapping[PrinterName, Printer] = MappingProxyType(
    {printer.name: printer for printer in (_HOME, _KDP, _INGRAM, _LULU, _TUWEN)}
)
# Other ways to name them, compared without case.
_ALIASES: Mapping[str, PrinterName] = MappingProxyType(
    {
        "图文店": "tuwen",
        "圖文店": "tuwen",
        "图文": "tuwen",
        "amazon": "kdp",
        "amazon kdp": "kdp",
        "ingramspark": "ingram",
        "lightning source": "ingram",
    }
)


def printer_named(text: str) -> Printer | None:
    """The printer of that name, or of another way to say it; None when there is none."""
    name = text.strip().casefold()
    for known, printer in PRINTERS.items():
        if name in {known, printer.title.casefold()} or _ALIASES.get(name) == known:
            return printer
    return None
