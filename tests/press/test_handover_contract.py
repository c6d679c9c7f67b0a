"""Everything of pydyf's and WeasyPrint's objects that `press/host/handover.py` relies on.

A new version of WeasyPrint has to pass this before its pin moves.
"""

from io import BytesIO
from typing import Any

import pydyf
import pytest
import weasyprint

from tests.press.test_pictures import asset, drawn

HTML = """<html lang="zh-Hans"><title>试</title><body><p id="a">灯<a href="#a">船</a>
<a href="https://example.org/">网</a></p><img src="book:/a.png" alt="江">
<table><tr><th>一</th><td colspan="2">二</td></tr></table></body></html>"""


@pytest.fixture(scope="module")
def pdf() -> pydyf.PDF:
    """A file as the finisher gets it: objects made, nothing written."""
    from builder.press.host.fetching import SCHEME, BookFetcher

    found: list[pydyf.PDF] = []
    document = weasyprint.HTML(
        string=HTML, base_url=SCHEME, url_fetcher=BookFetcher([asset(drawn())])
    ).render(pdf_tags=True)
    document.write_pdf(finisher=lambda _, pdf: found.append(pdf), pdf_tags=True)
    return found[0]


def objects(pdf: pydyf.PDF, kind: str) -> list[Any]:
    return [one for one in pdf.objects if isinstance(one, dict) and one.get("Type") == f"/{kind}"]


def test_objects_have_numbers_references_and_bytes() -> None:
    pdf = pydyf.PDF()
    one = pydyf.Dictionary({"A": 1, "B": pydyf.String("书"), "C": pydyf.Array([b"1 0 R", 2.5])})
    pdf.add_object(one)
    assert one.reference == f"{one.number} 0 R".encode()
    assert one.data == b"<</A 1/B <feff4e66>/C [1 0 R 2.5]>>"
    assert pydyf.Array([one]).data.startswith(b"[<</A 1")


def test_a_stream_is_its_dictionary_whose_length_comes_last_and_its_bytes() -> None:
    stream = pydyf.Stream([b"0 g", "f"], {"N": 3})
    assert stream.data == b"<</N 3/Length 5>>\nstream\n0 g\nf\nendstream"
    deflated = pydyf.Stream([b"0 g"], {"N": 3}, compress=True).data
    assert deflated.startswith(b"<</N 3/Filter /FlateDecode/Length ")


def test_pages_name_their_content_resources_boxes_and_links(pdf: pydyf.PDF) -> None:
    [page] = objects(pdf, "Page")
    by_reference = {one.reference: one for one in pdf.objects}
    assert isinstance(by_reference[page["Contents"]].stream, list)
    assert page["MediaBox"][:2] == [0, 0]
    links = [by_reference[one] for one in page["Annots"]]
    assert [link["Subtype"] for link in links] == ["/Link", "/Link"]
    assert links[0]["Dest"].string == "a"
    assert links[1]["A"]["URI"].string == "https://example.org/"
    assert len(links[0]["Rect"]) == 4


def test_resources_are_by_category(pdf: pydyf.PDF) -> None:
    [page] = objects(pdf, "Page")
    by_reference = {one.reference: one for one in pdf.objects}
    resources = by_reference[page["Resources"]]
    assert set(resources) == {"ExtGState", "XObject", "Pattern", "Shading", "ColorSpace", "Font"}
    assert isinstance(resources["XObject"], dict)
    assert by_reference[resources["Font"]]
    assert by_reference[resources["ColorSpace"]]
    [picture] = resources["XObject"].values()
    assert b"/Interpolate true" in by_reference[picture].data.partition(b"stream")[0]


def test_marks_are_dictionaries_between_the_operators(pdf: pydyf.PDF) -> None:
    [page] = objects(pdf, "Page")
    stream = next(one for one in pdf.objects if one.reference == page["Contents"])
    marks = [one for one in stream.stream if isinstance(one, pydyf.Dictionary) and "MCID" in one]
    assert [mark["MCID"] for mark in marks] == list(range(len(marks)))


def test_elements_name_their_page_their_kids_and_their_links(pdf: pydyf.PDF) -> None:
    [page] = objects(pdf, "Page")
    elements = [one for one in objects(pdf, "StructElem") if "Pg" in one]
    assert elements
    assert all(one["Pg"] == page.reference for one in elements)
    assert all(isinstance(kid, int | bytes) for one in elements for kid in one["K"])
    annotations = {one["Obj"] for one in objects(pdf, "OBJR")}
    assert annotations == set(page["Annots"])


def test_figures_and_cells_say_what_they_are(pdf: pydyf.PDF) -> None:
    elements = objects(pdf, "StructElem")
    [figure] = [one for one in elements if one["S"] == "/Figure"]
    assert figure["Alt"].string == "江"
    assert len(figure["A"]["BBox"]) == 4
    [head] = [one for one in elements if one["S"] == "/TH"]
    [cell] = [one for one in elements if one["S"] == "/TD"]
    assert head["ID"].string.isascii()
    assert cell["A"]["ColSpan"] == 2


def test_anchors_are_named_places(pdf: pydyf.PDF) -> None:
    [page] = objects(pdf, "Page")
    name, place = pdf.catalog["Names"]["Dests"]["Names"]
    assert (name.string, place[0], place[1]) == ("a", page.reference, "/XYZ")
    assert len(place) == 5


def test_the_file_itself_is_not_written_before_the_finisher() -> None:
    written = BytesIO()
    seen: list[int] = []
    weasyprint.HTML(string=HTML.replace("<img", "<br")).write_pdf(
        written, finisher=lambda *_: seen.append(written.tell())
    )
    assert seen == [0]
