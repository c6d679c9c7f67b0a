"""Small PDFs to look at: every page is of one colour, which says its number."""

from collections.abc import Sequence
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem

A5 = (420.0, 595.0)


def colour_of(number: int) -> tuple[int, int, int]:
    """The colour of page `number`, from 1: any two of 250 pages differ by 16 or more somewhere."""
    return 15 + number % 15 * 16, 15 + number // 15 * 14, 255


def write_pages(
    path: Path,
    count: int,
    *,
    sizes: Sequence[tuple[float, float]] = (),
    is_right_bound: bool = False,
    roman: int = 0,
    chapters: Sequence[tuple[str, int]] = (),
    bleed: float = 0,
) -> Path:
    """A PDF of `count` pages; the first `roman` have Roman numerals.

    `chapters` are titles and page numbers. With `bleed` the page is red outside its TrimBox.
    """
    pdf = pikepdf.Pdf.new()
    for number in range(1, count + 1):
        width, height = sizes[number - 1] if sizes else A5
        red, green, blue = (part / 255 for part in colour_of(number))
        content = f"{red:.4f} {green:.4f} {blue:.4f} rg 0 0 {width} {height} re f"
        page = Dictionary(Type=Name.Page, MediaBox=Array([0, 0, width, height]))
        if bleed:
            page.MediaBox = Array([-bleed, -bleed, width + bleed, height + bleed])
            page.TrimBox = Array([0, 0, width, height])
            around = f"{-bleed} {-bleed} {width + 2 * bleed} {height + 2 * bleed}"
            content = f"1 0 0 rg {around} re f {content}"
        page.Contents = pdf.make_stream(content.encode())
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    if roman:
        pdf.Root.PageLabels = Dictionary(
            Nums=Array([0, Dictionary(S=Name.r), roman, Dictionary(S=Name.D)])
        )
    if is_right_bound:
        pdf.Root.ViewerPreferences = Dictionary(Direction=Name.R2L)
    with pdf.open_outline() as outline:
        outline.root.extend(OutlineItem(title, page - 1) for title, page in chapters)
    pdf.save(path)
    return path
