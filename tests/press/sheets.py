"""A page of lines as a PDF, with its fonts in it: what tests look at and read back."""

from pathlib import Path

from builder.press.face import Faces
from builder.press.font_objects import put_font
from builder.press.frame import PageStyle
from builder.press.pen import Pen
from builder.press.writer import Writer

A6 = PageStyle(298.0, 420.0, 30.0, 30.0, 238.0, 360.0)


def pen_of(style: PageStyle = A6) -> tuple[Pen, list[int]]:
    """A pen, and the elements in the order of their marks."""
    marks: list[int] = []

    def mark(element: int) -> tuple[str, int]:
        marks.append(element)
        return "P", len(marks) - 1

    return Pen(style, mark=mark), marks


def write_pdf(path: Path, style: PageStyle, content: bytes, faces: Faces) -> Path:
    """A PDF of one page."""
    writer = Writer()
    found = {
        name: at for one in faces.programs for name, at in put_font(writer, one).numbers.items()
    }
    fonts = "".join(f"/{name} {at} 0 R" for name, at in found.items())
    pages, stream = writer.reserve(), writer.add_deflated("", content)
    page = writer.add(
        f"<</Type/Page/Parent {pages} 0 R/MediaBox[0 0 {style.width} {style.height}]"
        f"/Contents {stream} 0 R/Resources<</Font<<{fonts}>>>>>>"
    )
    writer.put(pages, f"<</Type/Pages/Kids[{page} 0 R]/Count 1>>")
    root = writer.add(f"<</Type/Catalog/Pages {pages} 0 R>>")
    path.write_bytes(writer.finish(root=root, info=writer.add("<<>>"), identifier=bytes(16)))
    return path
