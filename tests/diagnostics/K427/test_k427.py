"""Layers can be switched off by whoever prints."""

from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.check.printed import book, only, told


def _layered(pdf: pikepdf.Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="校样"))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(Order=Array([layer])))


def test_layers_are_told(tmp_path: Path) -> None:
    found = only(book(tmp_path / "a.pdf", edit=_layered))
    assert (found.code, str(found.severity)) == ("K427", "warning")


def test_a_flat_file_is_silent_and_a_copy_shop_does_not_mind(tmp_path: Path) -> None:
    assert told(book(tmp_path / "a.pdf")) == {}
    assert told(book(tmp_path / "a.pdf", edit=_layered), "tuwen") == {}
