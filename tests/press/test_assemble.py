"""The file that the press writes: pages, ways in, structure, standards. Judged by others."""

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pymupdf
import pytest

from builder.check import check_pdf
from builder.core.publication import NavPoint
from builder.press.assemble import Binding, Materials, assemble
from builder.press.program import FontFile
from builder.press.setting import PlacedLink, SetPage
from tests.judges import pdf_outline, pdffonts, pdfinfo, pdftotext, qpdf_check, verapdf
from tests.press.assembling import BOOK, STYLE, SmallBook, prose, walked
from tests.press.test_slabs import pictured

OUTLINE = (NavPoint("第1章 渡口", "#ch0"), NavPoint("第2章 渡口", "#ch1"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.pdf"
    path.write_bytes(
        prose().assembled("pdf/ua-1", "pdf/a-2u", outline=OUTLINE, front_page_count=1).pdf
    )
    return path


def test_the_judges_find_no_fault(file: Path) -> None:
    assert qpdf_check(file) == []
    assert verapdf(file, "ua1") == []
    assert verapdf(file, "2u") == []
    assert check_pdf(file) == ()


def test_an_ordinary_file_is_as_sound_and_claims_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(prose().assembled(outline=OUTLINE).pdf)
    with pikepdf.open(path) as pdf, pdf.open_metadata() as found:
        assert "pdfuaid:part" not in found
        assert not found.pdfa_status
        assert "/OutputIntents" not in pdf.Root
    assert [line.split()[0] for line in verapdf(path, "ua1")] == ["5-1"]


def test_other_readers_see_title_pages_and_outline(file: Path) -> None:
    info = pdfinfo(file)
    assert (info.title, info.author, info.pages, info.tagged) == ("江上灯火", "林渡", 3, True)
    assert (info.width_pt, info.height_pt) == (419.53, 595.28)
    assert [(one.title, one.page) for one in pdf_outline(file)] == [
        ("第1章 渡口", 2), ("第2章 渡口", 3),
    ]  # fmt: skip
    with pymupdf.open(file) as document:
        assert [page.get_label() for page in document] == ["i", "1", "2"]
        assert [link["page"] for link in document[0].get_links()] == [1, 2]
    assert "风从江上来。" in pdftotext(file)
    [font] = pdffonts(file)
    assert (font.kind, font.embedded, font.subset, font.unicode) == ("CID Type 0C", *[True] * 3)


def test_the_structure_is_that_of_the_book() -> None:
    with prose(1).opened() as pdf:
        assert list(walked(pdf.Root.StructTreeRoot.K)) == [
            (0, "/Document"),
            (1, "/TOC"), (2, "/TOCI"), (3, "/Link"),
            (1, "/Art"), (2, "/Sect"), (3, "/H1"), (3, "/P"), (4, "/Lbl"), (4, "/Note"),
        ]  # fmt: skip


def test_the_text_reads_back_along_the_tags(tmp_path: Path) -> None:
    from builder.check.pdf_text import pdf_to_streams

    with prose(1).opened() as pdf:
        streams = pdf_to_streams(pdf)
    assert streams.body == "第1章渡口风从江上来。灯还亮着。"
    assert streams.notes == ("江，大河。",)


def test_every_link_has_words_an_element_and_a_goal() -> None:
    with prose(2).opened() as pdf:
        goals = [page.obj.objgen for page in pdf.pages[1:]]
        for link, goal in zip(pdf.pages[0].Annots, goals, strict=True):
            assert str(link.Contents) == "渡口"
            assert link.Dest[0].objgen == goal
            nums = pdf.Root.StructTreeRoot.ParentTree.Kids[0].Nums
            keys = [int(key) for key in nums[::2]]
            element = nums[2 * keys.index(int(link.StructParent)) + 1]
            assert str(element.S) == "/Link"
            assert element.K[-1].Obj.objgen == link.objgen


def test_links_into_the_web_are_written_in_ascii() -> None:
    book = prose(1)
    tree = book.tree
    sheet, link = book.sheets[1], tree.add("Link", tree.kinds.index("P"))
    sheet.line("网", link)
    sheet.links.append(PlacedLink((0, 0, 9, 9), "https://example.org/书?q=江#第(一)", "网", link))
    with book.opened() as pdf:
        [annotation] = pdf.pages[1].Annots
        assert str(annotation.A.URI) == (
            "https://example.org/%E4%B9%A6?q=%E6%B1%9F#%E7%AC%AC(%E4%B8%80)"
        )


def test_a_link_that_leads_nowhere_does_no_harm(tmp_path: Path) -> None:
    book = prose(1)
    [link] = book.sheets[0].links
    book.sheets[0].links = [replace(link, target="#lost")]
    path = tmp_path / "a.pdf"
    path.write_bytes(book.assembled().pdf)
    assert qpdf_check(path) == []
    with pikepdf.open(path) as pdf:
        assert "/Dest" not in pdf.pages[0].Annots[0]


@pytest.mark.parametrize("count", [1, 32, 33, 1100])
def test_the_page_tree_is_a_tree(count: int, tmp_path: Path) -> None:
    book = SmallBook()
    paragraph = book.tree.add("P")
    for at in range(count):
        book.sheet().line(str(at), paragraph)
    path = tmp_path / "a.pdf"
    path.write_bytes(book.assembled().pdf)
    assert qpdf_check(path) == []
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) == count
        waiting, widest = [pdf.Root.Pages], 0
        while waiting:
            node = waiting.pop()
            widest = max(widest, len(node.Kids))
            waiting += [kid for kid in node.Kids if str(kid.Type) == "/Pages"]
        assert widest <= 32
    with pymupdf.open(path) as document:
        assert [document[at].get_text().strip() for at in (0, count - 1)] == ["0", str(count - 1)]


def test_the_same_book_gives_the_same_bytes() -> None:
    assert prose().assembled(outline=OUTLINE).pdf == prose().assembled(outline=OUTLINE).pdf


def test_a_book_in_columns_is_bound_at_the_right() -> None:
    with pikepdf.open(BytesIO(prose(1).assembled(is_right_bound=True).pdf)) as pdf:
        assert str(pdf.Root.ViewerPreferences.Direction) == "/R2L"
    with prose(1).opened() as pdf:
        assert "/Direction" not in pdf.Root.ViewerPreferences
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_bleed_lies_outside_the_trimmed_page(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(prose(1).assembled(style=replace(STYLE, bleed=(8.5,) * 4)).pdf)
    boxes = pdfinfo(path).boxes
    assert boxes["media"] == boxes["bleed"] == (-8.5, -8.5, 428.03, 603.78)
    assert boxes["trim"] == (0, 0, 419.53, 595.28)


def test_an_empty_page_is_a_page(tmp_path: Path) -> None:
    book = prose(1)
    book.sheet()
    path = tmp_path / "a.pdf"
    path.write_bytes(book.assembled("pdf/ua-1").pdf)
    assert qpdf_check(path) == []
    assert verapdf(path, "ua1") == []
    assert pdfinfo(path).pages == 3


def test_a_font_that_the_last_page_brings_is_in_the_file() -> None:
    book = prose(1)

    def late() -> Iterator[SetPage]:
        yield from (sheet.page() for sheet in book.sheets)
        book.faces._programs[FontFile(Path("late"))] = replace(
            book.faces.programs[0], name="F2", readings={1: "灯"}
        )

    made = assemble(late(), book.tree, Materials(book.faces), book=BOOK, binding=Binding())
    with pikepdf.open(BytesIO(made.pdf)) as pdf:
        assert set(pdf.pages[0].Resources.Font.keys()) == {"/F1", "/F2"}


def test_fonts_that_were_not_used_stay_out() -> None:
    book = prose(1)
    assert len(book.faces.programs) == 1
    book.faces.programs[0].readings.clear()
    with book.opened() as pdf:
        assert list(pdf.pages[0].Resources.Font.keys()) == []


# --- standards ----------------------------------------------------------------------------------


def test_only_the_standard_in_question_is_withdrawn() -> None:
    made = pictured("").assembled("pdf/ua-1", "pdf/a-2u")
    assert [found.code for found in made.diagnostics] == ["P020"]
    with pikepdf.open(BytesIO(made.pdf)) as pdf, pdf.open_metadata() as found:
        assert "pdfuaid:part" not in found
        assert found.pdfa_status == "2U"


def test_a_standard_asked_for_twice_is_claimed_once() -> None:
    made = prose().assembled("pdf/ua-1", "pdf/ua-1")
    assert made.diagnostics == ()
    assert len(re.findall(rb"<pdfuaid:part>", made.pdf)) == 1
