"""Small PDFs to impose: every page says its number at a known place."""

from collections.abc import Sequence
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name

MM = 72 / 25.4
A5 = (148 * MM, 210 * MM)
# Where the number stands, from the upper left corner of the trimmed page, in points.
NUMBER_AT = (60.0, 40.0)


def page_text(number: int) -> str:
    return f"page{number}"


def write_book(
    path: Path,
    count: int,
    *,
    size: tuple[float, float] = A5,
    sizes: Sequence[tuple[float, float]] = (),
    is_right_bound: bool = False,
    turn: int = 0,
    bleed: float = 0.0,
    slug: float = 0.0,
    crop: bool = False,
) -> Path:
    """A PDF of `count` pages, upright for who sees it although its pages are `turn`ed.

    With `bleed` and `slug` each page has them around its TrimBox, the bleed grey; with `crop`
    the CropBox is what the page is, and there is no TrimBox.
    """
    pdf = pikepdf.Pdf.new()
    font = pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type1,
            BaseFont=Name.Helvetica,
            Encoding=Name.WinAnsiEncoding,
        )
    )
    for number in range(1, count + 1):
        width, height = sizes[number - 1] if sizes else size
        edge = bleed + slug
        x, y = NUMBER_AT[0], height - NUMBER_AT[1]
        upright = f"q 1 0 0 1 {edge} {edge} cm "
        if bleed:
            upright += f"0.8 g {-bleed} {-bleed} {width + 2 * bleed} {height + 2 * bleed} re f 0 g "
            upright += f"1 1 {width - 2} {height - 2} re S "
        drawn = f"{upright} BT /F1 18 Tf {x} {y} Td ({page_text(number)}) Tj ET Q"
        seen = (width + 2 * edge, height + 2 * edge)
        matrix = {
            0: (1, 0, 0, 1, 0, 0),
            90: (0, 1, -1, 0, seen[1], 0),
            180: (-1, 0, 0, -1, seen[0], seen[1]),
            270: (0, -1, 1, 0, 0, seen[0]),
        }[turn]
        content = f"q {' '.join(map(str, matrix))} cm {drawn} Q".encode()
        media = seen if turn % 180 == 0 else seen[::-1]
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, *media]),
            Rotate=turn,
            Resources=Dictionary(Font=Dictionary(F1=font)),
            Contents=pdf.make_stream(content),
        )
        if edge:
            inner = [edge, edge, media[0] - edge, media[1] - edge]
            page["/CropBox" if crop else "/TrimBox"] = Array(inner)
            if bleed and not crop:
                page.BleedBox = Array([slug, slug, media[0] - slug, media[1] - slug])
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    if is_right_bound:
        pdf.Root.ViewerPreferences = Dictionary(Direction=Name.R2L)
    pdf.save(path)
    return path
