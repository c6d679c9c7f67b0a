"""PDFs made to hurt whoever checks or imposes them: refused before they fill the memory."""

import zlib
from pathlib import Path

import pikepdf
import pytest

from builder.check import check_pdf, check_typography
from builder.check.unpacking import MAX_BYTES
from builder.core.errors import SourceError
from builder.impose.reading import opened

BURSTING = zlib.compress(b" " * (MAX_BYTES + 1), 9)
MAPPED = (
    "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</Type/Font"
    "/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(A)/Ordering(I)/Supplement 0>>>>]>>"
)


def saved(tmp_path: Path, content: bytes, *, map_: bytes = b"", pages: int = 1) -> Path:
    """A tagged PDF of one page, counted `pages` times, with streams that are packed already."""
    path = tmp_path / "b.pdf"
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(300, 400))
        page.obj.Contents = _packed(pdf, content)
        if map_:
            font = pikepdf.Object.parse(MAPPED.encode())
            font.ToUnicode = _packed(pdf, map_)
            page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        for _ in range(pages - 1):
            pdf.pages.append(page)
        pdf.save(path)
    return path


def _packed(pdf: "pikepdf.Pdf", packed: bytes) -> "pikepdf.Stream":
    stream = pikepdf.Stream(pdf, b"")
    stream.write(packed, filter=pikepdf.Name.FlateDecode)
    return stream


def test_a_page_that_bursts_is_not_unpacked(tmp_path: Path) -> None:
    path = saved(tmp_path, BURSTING)
    for judge in (check_pdf, check_typography):
        with pytest.raises(SourceError, match=r"K002.*48 MB"):
            judge(path)


def test_forms_in_forms_are_not_painted_without_end(tmp_path: Path) -> None:
    path = tmp_path / "forms.pdf"
    with pikepdf.new() as pdf:
        form = pdf.make_stream(b"0 0 1 1 re f")
        for _ in range(12):
            form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
            form.BBox = pikepdf.Array([0, 0, 1, 1])
            inner, form = form, pdf.make_stream(b"/X Do " * 10)
            form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=inner))
        page = pdf.add_blank_page(page_size=(300, 400))
        page.obj.Resources = form.Resources
        page.obj.Contents = form
        pdf.save(path)
    with pytest.raises(SourceError, match=r"K002.*5,000 forms"):
        check_typography(path)


def test_a_map_of_characters_that_bursts_is_not_unpacked(tmp_path: Path) -> None:
    shows = zlib.compress(b"BT /F 12 Tf 20 20 Td <00010002> Tj ET")
    path = saved(tmp_path, shows, map_=BURSTING)
    with pytest.raises(SourceError, match=r"K002.*48 MB"):
        check_typography(path)


def test_more_pages_than_any_book_has_are_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(tmp_path, zlib.compress(b""), pages=5)
    check_pdf(path)
    with opened(path):
        pass
    monkeypatch.setattr("builder.check.pdf.MAX_PAGES", 4)
    monkeypatch.setattr("builder.impose.reading.MAX_PAGES", 4)
    with pytest.raises(SourceError, match="K004"):
        check_pdf(path)
    with pytest.raises(SourceError, match=r"Q001.*5 pages"), opened(path):
        pass


def test_a_pdf_that_wants_a_password_is_said_to(tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    with pikepdf.open(saved(tmp_path, zlib.compress(b""))) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="甲", user="乙", R=6))
    for judge in (check_pdf, check_typography):
        with pytest.raises(SourceError, match=r"K002.*password"):
            judge(path)
