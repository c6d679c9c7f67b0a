"""Everything of WeasyPrint's inside that `press/host.py` relies on, by name.

A new version of WeasyPrint has to pass this before its pin moves.
"""

import inspect
from collections.abc import Callable

import pydyf
import weasyprint
from weasyprint import urls
from weasyprint.logger import LOGGER
from weasyprint.pdf import fonts, metadata, stream, tags

from builder.press import host


def test_the_pinned_version_is_installed() -> None:
    assert weasyprint.__version__ == "70.0"


def test_the_fetcher_is_called_for_everything_through_fetch() -> None:
    assert "resource = url_fetcher(url)" in inspect.getsource(urls.fetch)
    assert "self.fetch(url)" in inspect.getsource(urls.URLFetcher.__call__)
    parameters = inspect.signature(urls.URLFetcher.__init__).parameters
    assert {"allowed_protocols", "allow_redirects"} <= set(parameters)
    assert not host.BookFetcher(())._fail_on_errors


def test_the_loggers_name() -> None:
    assert LOGGER.name == "weasyprint"


def parameters_of(function: Callable[..., object]) -> set[str]:
    return set(inspect.signature(function).parameters)


def test_signatures() -> None:
    shared = {"font_config", "counter_style", "color_profiles"}
    assert {"string", "base_url", "url_fetcher"} | shared <= parameters_of(weasyprint.CSS.__init__)
    assert {"string", "base_url", "url_fetcher"} <= parameters_of(weasyprint.HTML.__init__)
    assert shared <= parameters_of(weasyprint.HTML.render)
    assert "finisher" in parameters_of(weasyprint.Document.write_pdf)
    assert list(inspect.signature(metadata.DocumentMetadata.include_in_pdf).parameters) == [
        "self",
        "pdf",
        "variant",
        "version",
        "conformance",
        "compress",
    ]
    assert list(inspect.signature(host._marked).parameters) == ["self", "box", "tag"]


def test_options_are_still_options() -> None:
    assert {"stylesheets", "presentational_hints", "pdf_tags", "pdf_identifier"} <= set(
        weasyprint.DEFAULT_OPTIONS
    )


def test_our_replacements_are_in_place_and_what_they_replace_is_used() -> None:
    assert tags._get_pdf_tag is host._our_structure_type
    assert "_get_pdf_tag(" in inspect.getsource(tags._build_box_tree)
    references = inspect.getattr_static(pydyf.PDF, "page_references")
    assert references.fget is host._page_references
    assert "pdf.page_references[page_number]" in inspect.getsource(tags._build_box_tree)
    assert stream.Stream.marked is host._remembering_marked
    assert "len(self._tags)" in inspect.getsource(host._marked)


def test_structure_types_fall_back_to_weasyprints() -> None:
    assert tags._get_pdf_tag("article") == "Art"
    assert tags._get_pdf_tag("p") == "P"
    assert tags._get_pdf_tag(None) == "NonStruct"
    assert tags._get_pdf_tag("book-note") == "Note"


def test_page_references_follow_added_pages() -> None:
    pdf = pydyf.PDF()
    assert pdf.page_references == ()
    for count in (1, 2):
        pdf.add_page(pydyf.Dictionary({"Type": "/Page"}))
        assert len(pdf.page_references) == count
    assert pdf.page_references == pdf.page_references


def test_operators_are_written_as_the_finisher_reads_them() -> None:
    content = pydyf.Stream()
    content.begin_marked_content("Span", pydyf.Dictionary({"MCID": 7}))
    content.set_font_size("ABC", 12)
    content.show_text("<0a0b>-3<0c0d>")
    content.end_marked_content()
    kinds = [type(item) for item in content.stream]
    assert kinds == [str, pydyf.Dictionary, bytes, bytes, bytes, bytes]
    assert content.stream[2:] == [b"BDC", b"/ABC 12 Tf", b"[<0a0b>-3<0c0d>] TJ", b"EMC"]
    assert {"hash", "to_unicode"} <= set(fonts.Font.__init__.__code__.co_names)


def test_pages_are_trees_of_boxes_with_the_elements_they_are_made_of() -> None:
    """What `page_map` reads: boxes, tags, elements, texts, and who is out of the flow."""
    html = weasyprint.HTML(
        string="<section id=s><p>灯<i style='position: absolute'>亮</i><b>了</b></p></section>"
    )
    page = html.render(stylesheets=[]).pages[0]
    body = next(box for box in page._page_box.children if box.element_tag == "html").children[0]
    section = body.children[0]
    assert section.element.get("id") == "s"
    assert section.children[0].element is section.element[0]
    line = section.children[0].children[0]
    assert [box.element_tag for box in line.children] == ["p", "i", "b"]
    assert [type(box).__name__ for box in line.children][1] == "AbsolutePlaceholder"
    assert (line.children[0].text, line.children[2].children[0].text) == ("灯", "了")
