"""Everything of WeasyPrint's inside that `press/host.py` relies on, by name.

A new version of WeasyPrint has to pass this before its pin moves.
"""

import inspect
from collections.abc import Callable
from typing import Any

import pydyf
import weasyprint
from weasyprint import urls
from weasyprint.css import StyleFor
from weasyprint.css.counters import CounterStyle
from weasyprint.formatting_structure import boxes
from weasyprint.layout import LayoutContext, page
from weasyprint.logger import LOGGER
from weasyprint.pdf import fonts, generate_pdf, metadata, stream, tags
from weasyprint.text import ffi, line_break
from weasyprint.text.fonts import FontConfiguration, get_font_description

from builder.press.host import on_paper, tagging
from builder.press.host.fetching import BookFetcher


def test_the_pinned_version_is_installed() -> None:
    assert weasyprint.__version__ == "70.0"


def test_the_fetcher_is_called_for_everything_through_fetch() -> None:
    assert "resource = url_fetcher(url)" in inspect.getsource(urls.fetch)
    assert "self.fetch(url)" in inspect.getsource(urls.URLFetcher.__call__)
    parameters = inspect.signature(urls.URLFetcher.__init__).parameters
    assert {"allowed_protocols", "allow_redirects"} <= set(parameters)
    assert not BookFetcher(())._fail_on_errors


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
    assert list(inspect.signature(tagging._marked).parameters) == ["self", "box", "tag"]
    assert list(inspect.signature(on_paper._set_rgb).parameters) == [
        "self",
        "r",
        "g",
        "b",
        "stroke",
    ]
    assert "self.set_color_rgb(*color.to('srgb').coordinates, stroke)" in inspect.getsource(
        stream.Stream.set_color
    )


def test_options_are_still_options() -> None:
    assert {"stylesheets", "presentational_hints", "pdf_tags", "pdf_identifier"} <= set(
        weasyprint.DEFAULT_OPTIONS
    )


def test_our_replacements_are_in_place_and_what_they_replace_is_used() -> None:
    assert tags._get_pdf_tag is tagging._our_structure_type
    assert "_get_pdf_tag(" in inspect.getsource(tags._build_box_tree)
    references = inspect.getattr_static(pydyf.PDF, "page_references")
    assert references.fget is tagging._page_references
    assert "pdf.page_references[page_number]" in inspect.getsource(tags._build_box_tree)
    assert stream.Stream.marked is tagging._remembering_marked
    assert "len(self._tags)" in inspect.getsource(tagging._marked)


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


def test_computed_styles_come_without_a_layout() -> None:
    """What `host.styles` reads: the context of a layout, the styles of elements and pseudos."""
    build = weasyprint.Document._build_layout_context
    assert list(inspect.signature(build).parameters) == [
        "html", "font_config", "counter_style", "color_profiles", "options",
    ]  # fmt: skip
    source = weasyprint.HTML(string="<p lang='zh-Hans'>灯")
    sheet = weasyprint.CSS(
        string="p { font-size: 8px; margin-left: 5%; string-set: chapter attr(id) 'x' }"
        "p::before { content: '灯' counter(page) }"
    )
    options = weasyprint.DEFAULT_OPTIONS | {"stylesheets": [sheet]}
    fonts = FontConfiguration()
    make: Callable[..., Any] = build
    context = make(source, fonts, CounterStyle(), {}, options)
    paragraph = next(source.etree_element.iter("p"))
    style = context.style_for(paragraph)
    assert (style["font_size"], style["lang"]) == (8, "zh-Hans")
    assert (style["margin_left"].value, style["margin_left"].unit) == (5, "%")
    assert style["display"][0] == "block"
    assert style["text_decoration_line"] == "none"
    assert style["string_set"] == (
        ("chapter", (("attr()", ("id", "string", "")), ("string", "x"))),
    )  # fmt: skip
    before = context.style_for(paragraph, "before")
    assert before["content"] == (("string", "灯"), ("counter()", ("page", "decimal")))
    assert context.style_for(paragraph, "after") is None
    strut: Callable[[object], tuple[float, float]] = line_break.strut
    assert strut(style)[0] > 8


def test_a_page_is_asked_for_by_its_kind() -> None:
    matching = inspect.getsource(StyleFor.add_page_declarations)
    assert "for _rule, selector_list, declarations in sheet.page_rules" in matching
    assert "specificity, pseudo_type, page_selector_type = selector" in matching
    assert "self._page_type_match(page_selector_type, page_type)" in matching
    assert page.PageType._fields == ("side", "blank", "name", "index", "groups")
    assert list(inspect.signature(page.set_page_type_computed_styles).parameters) == [
        "page_type", "html", "style_for",
    ]  # fmt: skip
    assert list(inspect.signature(page.make_margin_boxes).parameters) == [
        "context", "page", "state",
    ]  # fmt: skip
    for named in (page.page_width, page.page_height):
        assert list(inspect.signature(named.without_min_max).parameters)[:2] == ["box", "context"]
    assert "quote_depth, counter_values, counter_scopes" in inspect.getsource(
        page.make_margin_boxes
    )
    source = inspect.getsource(LayoutContext)
    assert "self.string_set = defaultdict" in source
    assert "range(self.current_page - 1, 0, -1)" in source
    assert "self.page_bottom" in source


def test_a_layout_of_one_line_has_runs_with_the_fonts_that_were_chosen() -> None:
    """What `host.choosing` reads of a Pango layout, and what it makes the layout from."""
    source = inspect.getsource(line_break.Layout)
    for asked in ("font_config.font_map", "style['lang']", "get_font_description(style)"):
        assert asked in source
    asked_of_font = inspect.getsource(get_font_description)
    assert "style['font_family']" in asked_of_font
    assert "style['font_weight']" in asked_of_font
    declared = inspect.getsource(ffi)
    assert "pango_font_map_load_font" in declared
    for named in ("PANGO_GLYPH_UNKNOWN_FLAG", "PANGO_GLYPH_EMPTY", "log_clusters", "FcResultMatch"):
        assert named in declared


def test_a_document_can_be_made_into_objects_without_a_file() -> None:
    assert list(inspect.signature(generate_pdf).parameters) == [
        "document", "target", "zoom", "options",
    ]  # fmt: skip
    assert "pdf = generate_pdf(self, target, zoom, **options)" in inspect.getsource(
        weasyprint.Document.write_pdf
    )


def test_the_height_of_a_page_is_read_when_it_is_drawn() -> None:
    """`host` cuts pages off below what they hold by setting it."""
    assert "scale * (\n            page.height" in inspect.getsource(generate_pdf)
    assert "d=-1, f=(page.height * scale)" in inspect.getsource(generate_pdf)


def test_boxes_of_words_pictures_and_tables_know_where_they_begin_and_end() -> None:
    html = "<p>灯</p><table><tr><td>渡</td></tr></table>"
    body = weasyprint.HTML(string=html).render().pages[0]._page_box
    found: list[Any] = list(body.descendants())
    kinds: tuple[Any, Any] = (boxes.TextBox, boxes.TableBox)
    words, table = (next(box for box in found if isinstance(box, kind)) for kind in kinds)
    assert words.position_x >= 0
    assert words.margin_width() > 0
    assert table.border_box_x() >= 0
    assert table.border_width() > 0
    assert issubclass(boxes.InlineReplacedBox, boxes.ReplacedBox)
    assert issubclass(boxes.BlockReplacedBox, boxes.ReplacedBox)
