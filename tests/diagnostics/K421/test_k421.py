"""What cannot be read is said, not passed over."""

import zlib
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name

from tests.check.printed import PROSE, book, only, told


def _bomb(pdf: pikepdf.Pdf) -> None:
    packed = zlib.compress(b" " * 60_000_000, 9)
    stream = pikepdf.Stream(pdf, packed)
    stream.Filter = Name.FlateDecode
    pdf.pages[4].Contents = pdf.make_indirect(stream)


def _twice_packed(pdf: pikepdf.Pdf) -> None:
    packed = zlib.compress(zlib.compress(b" " * 60_000_000, 9), 9)
    stream = pikepdf.Stream(pdf, packed)
    stream.Filter = pikepdf.Array([Name.FlateDecode, Name.FlateDecode])
    pdf.pages[4].Contents = pdf.make_indirect(stream)


def _forms_in_forms(pdf: pikepdf.Pdf) -> None:
    """Each of ten forms draws the next ten times."""
    inner = pdf.make_stream(
        PROSE * 100, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 400, 600],
        Resources=pdf.pages[0].Resources,
    )  # fmt: skip
    for _ in range(10):
        inner = pdf.make_stream(
            b"/X Do " * 10, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 400, 600],
            Resources=Dictionary(XObject=Dictionary(X=inner)),
        )  # fmt: skip
    pdf.pages[4].Resources = Dictionary(XObject=Dictionary(X=inner))
    pdf.pages[4].Contents = pdf.make_stream(b"/X Do")


def test_a_page_that_is_packed_to_burst_is_told(tmp_path: Path) -> None:
    for edit in (_bomb, _twice_packed, _forms_in_forms):
        found = only(book(tmp_path / "a.pdf", edit=edit))
        assert (found.code, str(found.severity)) == ("K421", "warning")
        assert found.message.endswith("page 5")


def test_a_large_page_that_can_be_read_is_silent(tmp_path: Path) -> None:
    def large(pdf: pikepdf.Pdf) -> None:
        pdf.pages[4].Contents = pdf.make_stream(PROSE * 3000)

    assert told(book(tmp_path / "a.pdf", edit=large)) == {}
