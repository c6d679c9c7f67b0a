"""Damaged and hostile files: each is judged or refused with a sentence, soon, and never a crash."""

import random
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf

from builder.check.preflight import preflight_inside
from builder.core.errors import SourceError
from builder.core.printers import PRINTERS
from tests.check.printed import PROSE, book, text, told

SOON = 20.0


def _itself(pdf: Pdf) -> None:
    """A form that draws itself."""
    form = pdf.make_indirect(
        pdf.make_stream(b"/X Do", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 100, 100])
    )
    form.Resources = Dictionary(XObject=Dictionary(X=form))
    pdf.pages[0].Resources.XObject["/X"] = form
    pdf.pages[0].Contents = pdf.make_stream(b"/X Do")


def _own_parent(pdf: Pdf) -> None:
    page = pdf.pages[0].obj
    del page["/MediaBox"]
    page.Parent = page


def _numbers_that_are_none(pdf: Pdf) -> None:
    pdf.pages[0].Contents = pdf.make_stream(
        b"/F /F Tf (a) Td [/N] TJ 1 0 0 1 cm 99999999999999999999999999999 0 m 1 l S "
        b"Q Q Q /None Do /None gs 1e400 w 0 0 m 9 9 l S (x) re f ET EMC " + PROSE
    )


def _fonts_that_are_none(pdf: Pdf) -> None:
    pdf.pages[0].Resources.Font = Dictionary(
        F=Dictionary(Type=Name.Font, Subtype=Name.Type0, DescendantFonts=Array([])),
        G=Array([1, 2]),
    )
    pdf.pages[0].Contents = pdf.make_stream(PROSE + b"BT /G 9 Tf (a) Tj ET")


def _resources_that_are_none(pdf: Pdf) -> None:
    pdf.pages[0].obj.Resources = Array([Name.Font])


def _contents_that_are_none(pdf: Pdf) -> None:
    pdf.pages[0].obj.Contents = Dictionary(Length=3)


def _colours_in_circles(pdf: Pdf) -> None:
    space = pdf.make_indirect(Array([Name.Indexed, Name.DeviceRGB, 1, b"\0" * 6]))
    space[1] = space
    pdf.pages[0].Resources.ColorSpace = Dictionary(Q=space)
    pdf.pages[0].Contents = pdf.make_stream(b"/Q cs 1 sc 90 90 90 90 re f")


def _boxes_that_are_none(pdf: Pdf) -> None:
    boxes = (Array([]), Array([1]), Array([0, 0, 0, 0]), Array([Name.A, 2, 3, 4]))
    for page, box in zip(pdf.pages, boxes, strict=False):
        page.obj.MediaBox = box


def _a_page_of_a_metre(pdf: Pdf) -> None:
    pdf.pages[0].MediaBox = Array([0, 0, 14400, 14400])
    pdf.pages[1].obj.UserUnit = 1000


DAMAGES = (
    _itself, _own_parent, _numbers_that_are_none, _fonts_that_are_none, _resources_that_are_none,
    _contents_that_are_none, _colours_in_circles, _boxes_that_are_none, _a_page_of_a_metre,
)  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda one: str(one.__name__).lstrip("_"))
def test_a_damaged_page_does_not_keep_the_others_from_being_judged(
    damage: Callable[[Pdf], None], tmp_path: Path
) -> None:
    path = book(tmp_path / "a.pdf", [PROSE] * 5 + [text(60, 2)] * 2, edit=damage)
    started = time.monotonic()
    found = told(path)
    assert time.monotonic() - started < SOON
    assert {"K401", "K402", "K408"} <= set(found)


def test_a_tree_of_pages_that_runs_in_circles_is_refused_or_judged(tmp_path: Path) -> None:
    path = book(tmp_path / "a.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        tree = pdf.Root.Pages
        tree.Kids = Array([tree])
        pdf.save(path)
    with pytest.raises(SourceError):
        preflight_inside(path, PRINTERS["kdp"])


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n", b"%PDF-1.7\n\x00\xff" * 50, b"%PDF-9.9 trailer"]
)
def test_what_only_begins_like_a_pdf_is_refused_with_a_sentence(
    content: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    with pytest.raises(SourceError) as problem:
        preflight_inside(path, PRINTERS["kdp"])
    assert problem.value.diagnostic.code in {"K002", "K004"}


@pytest.mark.parametrize("seed", range(40))
def test_bytes_gone_wrong_anywhere_end_in_findings_or_in_a_sentence(
    seed: int, tmp_path: Path
) -> None:
    chance = random.Random(seed)
    path = book(tmp_path / "a.pdf", 3)
    whole = bytearray(path.read_bytes())
    for _ in range(chance.choice((1, 5, 60))):
        whole[chance.randrange(len(whole))] = chance.randrange(256)
    path.write_bytes(bytes(whole[: chance.choice((len(whole), chance.randrange(len(whole))))]))
    with suppress(SourceError):
        told(path)


@given(content=st.binary(max_size=300))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_bytes_may_be_the_content_of_a_page(content: bytes, tmp_path: Path) -> None:
    told(book(tmp_path / "a.pdf", [content] * 2), "tuwen")


WORDS = st.sampled_from(
    ["0", "1", "-7.5", "1e9", "/F", "/I", "/X", "(a)", "<00>", "[(a) 3]", "<<>>", "q", "Q", "cm", "BT",
     "ET", "Tf", "Tj", "TJ", "Td", "Tm", "re", "m", "l", "c", "h", "f", "S", "W", "n", "Do", "gs", "k",
     "rg", "cs", "sc", "w", "Tr", "Ts", "Tz", "'", '"', "sh", "BI", "ID", "EI"]
)  # fmt: skip


@given(words=st.lists(WORDS, max_size=80))
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_operators_in_any_order_are_judged(words: list[str], tmp_path: Path) -> None:
    told(book(tmp_path / "a.pdf", [" ".join(words).encode()] * 2), "ingram")


def test_a_thousand_pages_take_a_few_seconds(tmp_path: Path) -> None:
    lines = b"".join(text(15, 20 + 6 * row, "a" * 30) for row in range(30))
    path = book(tmp_path / "a.pdf", [lines] * 1000)
    started = time.process_time()
    told(path, "lulu")
    assert time.process_time() - started < SOON / 2


def _a_font_of_endless_ranges(pdf: Pdf) -> None:
    ranges = b"1 begincidrange <0000> <FFFF> 0 endcidrange\n" * 20_000
    texts = b"1 beginbfrange <0000> <FFFF> <0041> endbfrange\n" * 20_000
    child = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, W=Array([0, 65535, 500] * 20_000))
    pdf.pages[0].Resources.Font = Dictionary(
        F=Dictionary(
            Type=Name.Font, Subtype=Name.Type0, DescendantFonts=Array([child]),
            Encoding=pdf.make_stream(ranges), ToUnicode=pdf.make_stream(texts),
        )
    )  # fmt: skip


def test_a_font_that_lists_its_codes_over_and_over_is_read_soon(tmp_path: Path) -> None:
    path = book(tmp_path / "a.pdf", edit=_a_font_of_endless_ranges)
    started = time.process_time()
    assert "K411" in told(path)
    assert time.process_time() - started < SOON


def _packed(pdf: Pdf, **more: object) -> pikepdf.Stream:
    stream = pikepdf.Stream(pdf, zlib.compress(b" " * 60_000_000, 9))
    stream.Filter = Name.FlateDecode
    for key, value in more.items():
        stream[f"/{key}"] = value
    return pdf.make_indirect(stream)


def test_fonts_that_are_packed_to_burst_are_not_unpacked(tmp_path: Path) -> None:
    def edit(pdf: Pdf) -> None:
        fonts = pdf.pages[0].Resources.Font
        descriptor = Dictionary(Type=Name.FontDescriptor, FontFile2=_packed(pdf))
        fonts["/G"] = Dictionary(
            Type=Name.Font, Subtype=Name.TrueType, FirstChar=97, Widths=Array([500]),
            FontDescriptor=pdf.make_indirect(descriptor),
        )  # fmt: skip
        fonts["/H"] = Dictionary(Type=Name.Font, Subtype=Name.Type1, ToUnicode=_packed(pdf))
        shown = b"BT /G 12 Tf 5 300 Td (a) Tj ET BT /H 12 Tf 200 300 Td (a) Tj ET"
        pdf.pages[0].Contents = pdf.make_stream(shown)

    found = told(book(tmp_path / "a.pdf", edit=edit))
    assert {"K407", "K411", "K421"} <= set(found)


def test_a_file_of_heavy_pages_is_given_up_after_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builder.check.preflight.painting.MAX_OPERATORS_IN_ALL", 2000)
    path = book(tmp_path / "a.pdf", [PROSE * 100] * 24)
    assert dict(told(path)["K421"].values)["count"] == 20
