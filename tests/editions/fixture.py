"""The book that uses every feature, and the editions in which the judges see it.

Its text, written for this purpose, is in `book/`; what is not text (pictures of the kinds that
readers cannot show, a chapter too long for one file) is made here.
"""

import shutil
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

BOOK = Path(__file__).parent / "book"
SEAL = """<?xml version="1.0" encoding="utf-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" viewBox="0 0 40 40">
<rect x="2" y="2" width="36" height="36" fill="none" stroke="#a22" stroke-width="4"/>
<path d="M10 14h20M20 8v24M10 30h20" stroke="#a22" stroke-width="3"/></svg>
"""
# About 280 KB of XHTML: over the 250 KB that one file may have.
LONG_PARAGRAPHS = 900
SENTENCES = (
    "渡口的灯亮了一夜，船家坐在灯下补网，补到第{n}个洞时，水声忽然停了。",
    "“第{n}回了，”他说，“每回都是这个时候，不早不晚。”",
    "她没有回答，只把竹篙往水里探了探，量得{n}寸，又把它收了回来。",
    "风从上游来，带着雪和柴烟的味道，也带着一点说不清的铁锈气。",
)


def feature_book(folder: Path, *, has_long_chapter: bool = True, has_cover: bool = True) -> Path:
    """A copy of the book in `folder`, complete: ready to be built.

    The long chapter is nine tenths of its text and of what judges take for it.
    """
    book = folder / "渡口灯"
    shutil.copytree(BOOK, book)
    (book / "seal.svg").write_text(SEAL, "utf-8")
    if has_cover:
        (book / "cover.jpg").write_bytes(_picture("JPEG", (480, 640), "RGB"))
    (book / "ferry.png").write_bytes(_picture("PNG", (640, 420), "RGB"))
    (book / "lamp.webp").write_bytes(_picture("WEBP", (48, 48), "RGB"))
    (book / "tall.jpg").write_bytes(_picture("JPEG", (300, 900), "CMYK"))
    paragraphs = LONG_PARAGRAPHS if has_long_chapter else 9
    (book / "04_长夜.txt").write_text(_chapter(paragraphs), "utf-8")
    return book


def _chapter(paragraphs: int) -> str:
    lines = (
        "".join(sentence.format(n=number) for sentence in SENTENCES)
        for number in range(1, paragraphs + 1)
    )
    return "第四章　长夜\n\n" + "\n\n".join(lines) + "\n"


def _picture(file_type: str, size: tuple[int, int], mode: str) -> bytes:
    """A lamp over water."""
    width, height = size
    picture = Image.new("RGB", size, (34, 58, 74))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, height * 2 // 3, width, height), fill=(20, 34, 46))
    radius = min(size) // 6
    draw.ellipse(
        (width // 2 - radius, height // 3 - radius, width // 2 + radius, height // 3 + radius),
        fill=(240, 200, 110),
    )
    content = BytesIO()
    picture.convert(mode).save(content, file_type)
    return content.getvalue()
