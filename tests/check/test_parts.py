"""The parts judges are made of, at their edges."""

import struct
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from builder.check import compare
from builder.check.compare import Places, differences, sort_out
from builder.check.epub_text import epub_to_streams
from builder.check.font_bytes import is_font
from builder.check.package import open_package
from builder.check.pdf_text import pdf_to_streams
from builder.check.streams import Streams, judge
from tests.check.books import html, write_epub

# --- compare ------------------------------------------------------------------------------


@given(st.text("甲乙丙丁", max_size=80), st.text("甲乙丙丁", max_size=80))
def test_differences_turn_one_text_into_the_other(expected: str, found: str) -> None:
    rebuilt, position = "", 0
    for one in differences(expected, found):
        assert expected.startswith(one.expected, one.at)
        assert found.startswith(one.found, one.found_at)
        assert one.expected != one.found
        rebuilt += expected[position : one.at] + one.found
        position = one.at + len(one.expected)
    assert rebuilt + expected[position:] == found


def test_equal_texts_longer_than_a_chunk_do_not_differ() -> None:
    text = "".join(chr(0x4E00 + at * 7 % 5000) for at in range(10_000))
    assert differences(text, text) == ()
    (only,) = differences(text, text[:9_000] + "々" + text[9_001:])
    assert (only.at, only.found) == (9_000, "々")


def test_too_many_differences_end_in_one_that_holds_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(compare, "MAX_DIFFERENCES", 3)
    text = "".join(chr(0x4E00 + at) for at in range(400))
    found = differences(text, "".join("々" if at % 40 == 0 else c for at, c in enumerate(text)))
    assert len(found) == 3
    assert len(found[-1].expected) == 320


def test_what_is_lost_twice_and_found_once_has_moved_once() -> None:
    lost = compare.Difference(0, 0, "一段话\n", "")
    again = compare.Difference(90, 80, "一段话\n", "")
    gained = compare.Difference(50, 40, "", "一段话\n")
    findings = sort_out((lost, gained, again))
    assert (len(findings.moved), len(findings.missing), len(findings.extra)) == (1, 1, 0)


def test_places_name_the_part_an_offset_lies_in() -> None:
    places = Places((0, 10), ("甲", "乙"))
    assert [places.of(at) for at in (0, 9, 10, 99)] == ["甲", "甲", "乙", "乙"]
    assert Places((), ()).of(5) == ""


def test_a_note_cut_in_two_by_the_end_of_a_page_is_whole() -> None:
    expected = Streams("", ("注文前半后半", "另一条"), ())
    assert judge(expected, Streams("", ("另一条", "注文前半", "后半"), ()), "a") == ()
    (found,) = judge(expected, Streams("", ("另一条", "注文前半"), ()), "a")
    assert found.code == "K201"


def test_a_long_passage_is_shown_by_its_beginning() -> None:
    (found,) = judge(Streams("字" * 100, (), ()), Streams("", (), ()), "a")
    assert dict(found.values)["expected"] == "字" * 32 + "…"


# --- fonts --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", False),
        (b"OTTO", False),
        (b"OTTO" + b"\xff" * 40, False),
        (struct.pack(">4sHHHH", b"OTTO", 1, 0, 0, 0) + b"cmap" + b"\0" * 12, False),
        (b"wOFF" + bytes(4) + struct.pack(">I", 60) + bytes(48), True),
        (b"wOF2" + bytes(4) + struct.pack(">I", 61) + bytes(48), False),
        (b"<html>no font</html>", False),
    ],
)
def test_a_font_is_known_by_its_outer_form(content: bytes, *, expected: bool) -> None:
    assert is_font(content) is expected


def test_installed_fonts_are_fonts() -> None:
    fonts = sorted(Path("/usr/share/fonts").rglob("*.?tf"))[:20]
    if not fonts:
        pytest.skip("no fonts installed")
    for path in fonts:
        assert is_font(path.read_bytes()), path


# --- EPUB text ----------------------------------------------------------------------------


def test_lines_of_a_form_and_of_a_paragraph_stay_apart_from_blocks(tmp_path: Path) -> None:
    body = (
        "<pre>甲  乙\n丙</pre><p>上<br/>下<ruby>字<rp>(</rp><rt>z<br/>ì</rt><rp>)</rp></ruby></p>"
        "<p> </p><!-- 旁白 --><ruby>空<rt> </rt></ruby>"
        '<aside epub:type="footnote"></aside>'
    )
    path = write_epub(tmp_path / "a.epub", {"EPUB/c1.xhtml": html(body)})
    streams = epub_to_streams(open_package(path))
    assert streams.body == "甲 乙\N{LINE SEPARATOR}丙\n上\N{LINE SEPARATOR}下字\n空"
    assert streams.readings == ("zì",)
    assert streams.notes == ()


def test_a_document_that_is_all_apparatus_has_no_text(tmp_path: Path) -> None:
    cover = html("<p>木匣</p>").replace("<html ", '<html epub:type="cover" ')
    path = write_epub(tmp_path / "a.epub", {"EPUB/c1.xhtml": cover})
    assert epub_to_streams(open_package(path)) == Streams(
        "", (), (), Places((0,), ("EPUB/c1.xhtml",))
    )


# --- PDF text -----------------------------------------------------------------------------


def test_the_structure_tree_is_read_in_its_order_and_not_the_pages() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    page = pdf.pages[0]
    cmap = pdf.make_stream(b"1 beginbfrange <41> <45> <4e00> endbfrange")
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.TrueType, ToUnicode=cmap))
    page.Resources = Dictionary(Font=Dictionary(F=font))
    page.Contents = pdf.make_stream(
        b"/F 9 Tf /P << /MCID 1 >> BDC (B) Tj EMC /P << /MCID 0 >> BDC (A) Tj EMC"
        b" /P << /MCID 2 >> BDC (C) Tj EMC EMC"
    )
    link = Dictionary(Type=Name.OBJR, Obj=page.obj)
    reference = Dictionary(Type=Name.MCR, Pg=page.obj, MCID=1)
    replaced = Dictionary(S=Name.Span, ActualText=String("代"), K=2)
    paragraph = Dictionary(S=Name.P, Pg=page.obj, K=Array([0, reference, link, replaced]))
    story = pdf.make_indirect(Dictionary(S=Name.Story, K=Array([paragraph, 7])))
    # A tree that holds itself must not be read for ever.
    story.K.append(story)
    pdf.Root.StructTreeRoot = Dictionary(K=story, RoleMap=Dictionary(Story=Name.Art))
    assert pdf_to_streams(pdf).body == "一丁代"
