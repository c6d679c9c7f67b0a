"""What the book's own style sheet asks in vain is said; what the press follows is not."""

from dataclasses import replace

import pytest

from builder.compose import compose_print
from builder.core.book import ListBlock, Metadata, Paragraph, Section, Table, Text
from builder.core.config import Config, PdfConfig
from builder.core.diagnostic import Diagnostic
from builder.press.demands import unheard, without_unseen
from builder.press.framing import frame_from
from builder.press.host import Host
from tests.press.test_framing import BOOK, PROSE, frame_of

HOSTED = Section(
    "chapter",
    3,
    "第三章",
    "渡资",
    (PROSE, Table(((((Text("船"),)),),)), ListBlock(((Paragraph((Text("灯"),)),),))),
    id="c3",
)


def said(css: str) -> tuple[Diagnostic, ...]:
    config = replace(Config(), pdf=PdfConfig(engine="press", css="own.css" if css else ""))
    book = replace(BOOK, metadata=Metadata("渡口", "zh-Hans"), body=(*BOOK.body, HOSTED))
    document = compose_print(book, config, modified="2026-01-01T00:00:00Z", user_css=css)
    host = Host(document.stylesheets, document.resources)
    found = unheard(document, host, frame_from(document, host))
    assert not host.remarks
    return found


def codes(css: str) -> list[tuple[str, str]]:
    """Code and what it is about."""
    return [
        (one.code, str(dict(one.values).get("asked") or dict(one.values)["selector"]))
        for one in said(css)
    ]


def test_without_a_sheet_of_its_own_a_book_asks_for_nothing() -> None:
    assert said("") == ()


@pytest.mark.parametrize(
    "asked",
    [
        "float: left",
        "position: absolute",
        "columns: 2",
        "background: #eee",
        "border: 1pt solid black",
        "border-bottom: 0.4pt solid",
        "text-transform: uppercase",
        "text-decoration: line-through",
        "text-decoration: underline dotted",
        "text-align-last: center",
        "transform: rotate(3deg)",
        "display: flex",
        "width: 50%",
        "height: 10em",
        "max-width: 20em",
        "white-space: pre-wrap",
        "word-spacing: 2pt",
        "opacity: 0.5",
        "visibility: hidden",
        "font-stretch: condensed",
        "counter-increment: chapter",
        "background: var(--paper)",
        "page: story",
    ],
)
def test_what_is_asked_of_prose_in_vain_is_named(asked: str) -> None:
    (diagnostic,) = said(f":root {{ --paper: #eee }}\np {{\n  color: red; {asked};\n}}")
    assert diagnostic.code == "P010"
    assert dict(diagnostic.values) == {"asked": asked, "selector": "p"}
    location = diagnostic.location
    assert location
    assert (location.file, location.line, location.column) == ("own.css", 3, 15)


@pytest.mark.parametrize(
    "css",
    [
        "p { float: none; position: static; background: none; border: 0; text-transform: none }",
        "p { margin: 0 auto; padding: 1em 2em; text-align: justify; text-indent: 2em }",
        "p { font: italic bold 11pt/2 'LXGW WenKai', serif; letter-spacing: 0.05em; color: teal }",
        "p { font-variant: small-caps; font-feature-settings: 'ss01'; text-decoration: underline wavy }",
        "p { orphans: 3; widows: 3; break-inside: avoid; display: block }",
        "section.chapter { page: story } @page story { @top-left { content: none } }",
        ".heading .label, .heading .title, .heading .gap { display: inline; letter-spacing: 0 }",
        ".heading .label:only-child { font-size: 20pt }",
        "em { vertical-align: super; font-style: italic; text-emphasis: open circle }",
        "header { string-set: chapter content() }",
        "hr.break::before { content: '※' } .entry::after { content: none }",
        "book-note::footnote-call { font-size: 6pt } book-note .par:last-child { color: red }",
        "table { border: 1pt solid; width: 100% } td:nth-child(2) { background: #eee }",
        "li { list-style: square } ol { list-style-type: cjk-decimal } figure { float: right }",
        "ul { padding-left: 3em } li p { text-indent: 0 } li::marker { color: red }",
        ".cover { background: navy } #cover p { position: absolute } .colophon p:last-child { float: left }",
        "@page { size: A6; margin: 10mm; @footnote { border-top: 1pt solid; padding-top: 2pt } }",
        "@page :left { @top-center { content: '《' string(book) '》' counter(page, cjk-decimal) } }",
        "@page :right { @bottom-right { content: none; padding-top: 1em; vertical-align: top } }",
        "@media screen { p { float: left } } :root { --paper: #eee }",
        "section.chapter:first-child > p:is(.signature, .salutation) { color: red }",
        "hr + p, h2 ~ p:lang(zh) em { color: red }",
    ],
)  # fmt: skip
def test_what_the_press_follows_or_weasyprint_sets_is_not_said(css: str) -> None:
    assert codes(css.replace("h2 ~ p:lang(zh)", "header p:lang(zh)")) == []


@pytest.mark.parametrize(
    "selector",
    [
        "#s-c1 p",
        "p#first",
        "p:nth-child(2)",
        "p:nth-of-type(odd)",
        "p:first-of-type",
        "p:last-child",
        "section:nth-last-child(1) > p",
        '[data-heading="第一章"]',
        'section[id^="s-c"] p',
        "header ~ p",
        "header + p + p",
        "p:not(:nth-child(2))",
        "p::first-letter",
        "p::before",
        "p::first-line",
    ],
)
def test_selectors_that_mean_one_among_many_are_named(selector: str) -> None:
    css = f"{selector} {{ color: red }}"
    assert codes(css) == [("P011", selector)]
    assert frame_of(css).blocks == frame_of().blocks


def test_the_other_selectors_of_a_list_still_hold() -> None:
    frame = frame_of("@media print { p:nth-child(2), p { color: red } }")
    assert frame.base.text.colour == (1.0, 0.0, 0.0)
    assert without_unseen("p:nth-child(2) { color: red } em { color: blue }").strip() == (
        "em { color: blue }"
    )


@pytest.mark.parametrize(
    ("css", "asked", "selector"),
    [
        ("@page { background: #eee }", "background: #eee", "@page"),
        ("@page :left { border: 1pt solid }", "border: 1pt solid", "@page :left"),
        ("@page { marks: crop }", "marks: crop", "@page"),
        ("@page :right { @top-right { background: red } }", "background: red", "@page :right @top-right"),
        ("@page { @top-center { content: element(head) } }", "content: element(head)", "@page @top-center"),
        ("@page { @top-center { content: counter(pages) } }", "content: counter(pages)", "@page @top-center"),
        ("@page { @top-center { content: counter(page, hebrew) } }", "content: counter(page, hebrew)", "@page @top-center"),
        ("@page { @footnote { border-left: 1pt solid } }", "border-left: 1pt solid", "@page @footnote"),
    ],
)  # fmt: skip
def test_what_is_asked_of_pages_in_vain_is_named(css: str, asked: str, selector: str) -> None:
    (diagnostic,) = said(css)
    assert diagnostic.code == "P010"
    assert dict(diagnostic.values) == {"asked": asked, "selector": selector}


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("ul { columns: 2 }", ("P010", "columns: 2")),
        ("li::marker { content: '→' }", ("P010", "content: '→'")),
        ("li { list-style-position: inside }", ("P010", "list-style-position: inside")),
        ("li:nth-child(2) { color: red }", ("P011", "li:nth-child(2)")),
    ],
)
def test_lists_are_set_by_the_press(css: str, expected: tuple[str, str]) -> None:
    [found] = codes(css)
    assert found == (expected[0], expected[1].replace("'", '"'))


def test_each_is_said_once_for_every_selector() -> None:
    assert codes("p, em { float: left }") == [("P010", "float: left"), ("P010", "float: left")]
    assert codes("p, td { float: left }") == [("P010", "float: left")]


def test_pages_with_another_text_area_are_named_once() -> None:
    (found,) = said("p { color: red }\n@page front { margin-left: 40mm }")
    assert (found.code, dict(found.values)) == ("P012", {"name": "front"})
    assert str(found.location) == "own.css:2:1"
    assert said("@page { size: A6; margin: 10mm }\n@page :left { margin: 10mm }") == ()


def test_the_text_area_of_the_text_itself_may_be_the_other_one() -> None:
    names = {str(dict(one.values)["name"]) for one in said("@page text { margin-left: 40mm }")}
    assert {"front", "start-bare", "contents"} <= names
