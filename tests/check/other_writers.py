"""The same sheets drawn by other programs: MuPDF, Typst and Chromium place each glyph they are told."""

import html
import subprocess
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.check.setter import Sheets
from tests.check.writers import HEIGHT, HORIZONTAL, WIDTH, Glyph, font_file, pages_of
from tests.judges.finding import chromium

WEIGHTS = {False: 400, True: 700}
# Quiet, alone, and with nothing of its own on the page.
_BROWSER = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-sync", "--disable-background-networking", "--disable-component-update"),
    *("--disable-dev-shm-usage", "--no-pdf-header-footer"),
)


def write_mupdf(sheets: Sheets, path: Path) -> Path:
    import pymupdf

    # Any: PyMuPDF has no types.
    fonts: dict[bool, Any] = {
        bold: pymupdf.Font(fontbuffer=font_file(weight)) for bold, weight in WEIGHTS.items()
    }
    document: Any = pymupdf.open()
    for glyphs in pages_of(sheets, HORIZONTAL):
        page = document.new_page(width=WIDTH, height=HEIGHT)
        writer = pymupdf.TextWriter(page.rect)
        for glyph in glyphs:
            writer.append(
                (glyph.x, glyph.y),
                glyph.character,
                font=fonts[glyph.is_bold],
                fontsize=glyph.size,
            )
        writer.write_text(page)
    document.save(path, deflate=True)
    return path


def write_typst(sheets: Sheets, path: Path) -> Path:
    """By absolute places; Typst tags the PDF by itself.

    It would trim an opening mark that begins a line, so something unseen stands before it.
    """
    import typst

    pages = "\n#pagebreak()\n".join(
        "\n".join(map(_in_typst, glyphs)) for glyphs in pages_of(sheets, HORIZONTAL)
    )
    with TemporaryDirectory() as folder:
        family = _family()
        for bold, weight in WEIGHTS.items():
            Path(folder, f"{bold}.otf").write_bytes(font_file(weight))
        source = Path(folder, "sheets.typ")
        source.write_text(
            f"#set page(width: {WIDTH}pt, height: {HEIGHT}pt, margin: 0pt)\n"
            f'#set text(font: {family}, top-edge: "baseline", bottom-edge: "baseline")\n'
            "#set smartquote(enabled: false)\n"
            "#let g(x, y, s, w, t) = place(top + left, dx: x * 1pt, dy: y * 1pt,"
            " text(size: s * 1pt, weight: w, [#hide[一]#h(-1em)#t]))\n" + pages,
            "utf-8",
        )
        typst.compile(str(source), output=str(path), font_paths=[folder], ignore_system_fonts=True)
    return path


def _family() -> str:
    from builder.fonts.libraries import fonttools

    names = []
    with TemporaryDirectory() as folder:
        for weight in WEIGHTS.values():
            file = Path(folder, "font.otf")
            file.write_bytes(font_file(weight))
            names.append(f'"{fonttools().TTFont(file)["name"].getBestFamilyName()}"')
    return f"({', '.join(names)},)"


def _in_typst(glyph: Glyph) -> str:
    weight = WEIGHTS[glyph.is_bold]
    return f'#g({glyph.x:.3f}, {glyph.y:.3f}, {glyph.size}, {weight}, "{glyph.character}")'


def write_chromium(sheets: Sheets, path: Path) -> Path:
    """A browser's PDF: each glyph a span of its own, its fonts as the browser makes them."""
    with TemporaryDirectory() as folder:
        faces = ""
        for bold, weight in WEIGHTS.items():
            Path(folder, f"{weight}.otf").write_bytes(font_file(weight))
            faces += f"@font-face {{ font-family: s{int(bold)}; src: url({weight}.otf) }}\n"
        pages = "".join(
            f"<div>{''.join(map(_in_html, glyphs))}</div>"
            for glyphs in pages_of(sheets, HORIZONTAL)
        )
        source = Path(folder, "sheets.html")
        source.write_text(
            f"<!doctype html><meta charset=utf-8><style>{faces}"
            f"@page {{ size: {WIDTH}pt {HEIGHT}pt; margin: 0 }} body {{ margin: 0 }}"
            f" div {{ position: relative; height: {HEIGHT - 0.5}pt; break-after: page }}"
            " i { position: absolute; font: normal 0/0 s0; white-space: pre }"
            " b { position: absolute; font: normal 0/0 s1; white-space: pre }"
            f"</style>{pages}",
            "utf-8",
        )
        subprocess.run(
            [
                chromium(),
                *_BROWSER,
                f"--user-data-dir={folder}/profile",
                f"--print-to-pdf={path}",
                source.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
    return path


def _in_html(glyph: Glyph) -> str:
    element = "b" if glyph.is_bold else "i"
    character = html.escape(glyph.character)
    place = f"left:{glyph.x:.3f}pt;top:{glyph.y:.3f}pt;font-size:{glyph.size}pt"
    return f'<{element} style="{place}">{character}</{element}>'


Writer = Callable[[Sheets, Path], Path]
