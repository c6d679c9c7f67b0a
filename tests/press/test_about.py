"""What a PDF says of itself, as pikepdf reads it."""

from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

import pikepdf
import pytest

from builder.core.book import Creator, Metadata
from builder.core.publication import NavPoint, PrintDocument
from builder.press.about import About, about, information, xmp
from builder.press.outline import page_labels, put_outline
from builder.press.standards import srgb_profile
from builder.press.writer import Writer

BOOK = About(
    title="江上灯火 <一> & 二",
    language="zh-Hans",
    modified="2026-01-05T08:30:00Z",
    identifier="urn:isbn:9787000000000",
    authors=("林渡", "何船"),
    description="一条江，一盏灯。",
    subjects=("小说", "江"),
    publisher="渡口社",
    rights="© 2026",
)


def file_of(catalog: str, writer: Writer, info: str = "<<>>") -> pikepdf.Pdf:
    pages = writer.reserve()
    page = writer.add(f"<</Type/Page/Parent {pages} 0 R/MediaBox[0 0 9 9]>>")
    writer.put(pages, f"<</Type/Pages/Kids[{page} 0 R]/Count 1>>")
    root = writer.add(f"<</Type/Catalog/Pages {pages} 0 R{catalog}>>")
    return pikepdf.open(
        BytesIO(writer.finish(root=root, info=writer.add(info), identifier=bytes(16)))
    )


def described(book: About, *standards: Any) -> pikepdf.Pdf:
    writer = Writer()
    at = writer.add_stream("/Type/Metadata/Subtype/XML", xmp(book, standards))
    return file_of(f"/Metadata {at} 0 R", writer, information(book))


def test_both_ways_of_saying_it_say_the_same() -> None:
    with described(BOOK) as pdf, pdf.open_metadata() as found:
        assert found["dc:title"] == str(pdf.docinfo["/Title"]) == BOOK.title
        assert found["dc:creator"] == list(BOOK.authors)
        assert str(pdf.docinfo["/Author"]) == "林渡, 何船"
        assert found["dc:description"] == str(pdf.docinfo["/Subject"]) == BOOK.description
        assert found["pdf:Keywords"] == str(pdf.docinfo["/Keywords"]) == "小说, 江"
        assert found["pdf:Producer"] == str(pdf.docinfo["/Producer"])
        assert found["xmp:CreatorTool"] == str(pdf.docinfo["/Creator"]) == "ebook-builder"
        assert found["xmp:CreateDate"] == found["xmp:ModifyDate"] == BOOK.modified
        assert str(pdf.docinfo["/CreationDate"]) == "D:20260105083000Z"
        assert found["dc:identifier"] == BOOK.identifier
        assert found["dc:language"] == {"zh-Hans"}
        assert found["dc:publisher"] == {"渡口社"}
        assert found["dc:rights"] == "© 2026"


def test_characters_that_xml_forbids_do_no_harm() -> None:
    ET.fromstring(xmp(About("灯\x00\x0b", "zh", "2026-01-05T08:30:00Z", "urn:x"), ()))


def test_what_is_not_known_is_not_said() -> None:
    with described(About("灯", "zh", "2026-01-05T08:30:00Z", "urn:x")) as pdf:
        assert set(pdf.docinfo.keys()) == {
            "/Title", "/Creator", "/Producer", "/CreationDate", "/ModDate",
        }  # fmt: skip
        with pdf.open_metadata() as found:
            assert "dc:creator" not in found
            assert "pdf:Keywords" not in found


@pytest.mark.parametrize(
    ("standards", "ua", "a"),
    [((), "", ""), (("pdf/ua-1",), "1", ""), (("pdf/a-2u",), "", "2U"),
     (("pdf/ua-1", "pdf/a-2u"), "1", "2U")],
)  # fmt: skip
def test_a_standard_is_claimed_on_request(standards: tuple[str, ...], ua: str, a: str) -> None:
    with described(BOOK, *standards) as pdf, pdf.open_metadata() as found:
        assert found.get("pdfuaid:part", "") == ua
        assert found.pdfa_status == a


def test_a_file_of_both_standards_describes_the_one_to_the_other() -> None:
    text = xmp(BOOK, ("pdf/ua-1", "pdf/a-2u")).decode()
    ET.fromstring(text)
    assert "pdfaSchema:schema" in text
    assert "pdfaSchema:schema" not in xmp(BOOK, ("pdf/a-2u",)).decode()


def test_a_document_says_what_its_metadata_say() -> None:
    document = PrintDocument(
        Metadata("灯", "zh-Hans", creators=(Creator("林渡"), Creator("何船", "ill"))),
        "urn:x", "2026-01-05T08:30:00Z", "", (), (), (),
    )  # fmt: skip
    assert about(document) == About(
        "灯", "zh-Hans", "2026-01-05T08:30:00Z", "urn:x", ("林渡", "何船")
    )


# --- outline, labels ----------------------------------------------------------------------------


def test_the_outline_is_nested_and_unfolded() -> None:
    writer = Writer()
    points = (
        NavPoint("上部", "#a", (NavPoint("第一章", "#b"), NavPoint("第二章", "#c"))),
        NavPoint("后记", "#lost"),
    )
    at = put_outline(writer, points, {"a": "[0/XYZ 1 2 null]", "b": "[0/Fit]", "c": "[0/Fit]"})
    with file_of(f"/Outlines {at} 0 R", writer) as pdf:
        root = pdf.Root.Outlines
        assert int(root.Count) == 4
        volume, last = root.First, root.Last
        assert [str(one.Title) for one in (volume, volume.First, volume.Last, last)] == [
            "上部", "第一章", "第二章", "后记",
        ]  # fmt: skip
        assert int(volume.Count) == 2
        assert volume.Next.objgen == last.objgen
        assert last.Prev.objgen == volume.objgen
        assert volume.First.Next.objgen == volume.Last.objgen
        assert volume.First.Parent.objgen == volume.objgen
        assert str(volume.Dest[1]) == "/XYZ"
        assert "/Dest" not in last
        with pdf.open_outline() as outline:
            assert [len(item.children) for item in outline.root] == [2, 0]


def test_a_book_without_contents_has_no_outline() -> None:
    assert put_outline(Writer(), (), {}) == 0


@pytest.mark.parametrize(
    ("front", "labels"), [(0, ["1", "2", "3"]), (2, ["i", "ii", "1"]), (3, ["i", "ii", "iii"])]
)
def test_pages_are_counted_in_roman_numerals_first(front: int, labels: list[str]) -> None:
    pdf = pikepdf.new()
    for _ in range(3):
        pdf.add_blank_page()
    pdf.Root.PageLabels = pikepdf.Object.parse(page_labels(front).encode())
    shown: list[Any] = [page.label for page in pdf.pages]
    assert shown == labels


# --- colour -------------------------------------------------------------------------------------


def test_the_profile_is_srgb_and_the_same_on_any_day() -> None:
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(BytesIO(srgb_profile()))
    assert "sRGB" in ImageCms.getProfileDescription(profile)
    assert srgb_profile()[24:36] == bytes.fromhex("07ea00010001000000000000")
    assert srgb_profile()[84:100] == bytes(16)
