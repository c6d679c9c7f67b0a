"""Laws of SVG: what is drawn stays; nothing runs, nothing refers outside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.core.drawing import MAX_DEPTH, asked_outside, pictures_in, safe_svg

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def cleaned(inner: str, attributes: str = "") -> str:
    return safe_svg(f"{HEAD} {attributes}>{inner}</svg>".encode()).decode()


def test_what_is_drawn_stays() -> None:
    drawn = cleaned(
        '<title>渡口</title><defs><linearGradient id="a"/></defs>'
        '<rect width="3" fill="url(#a)" style="stroke: red"/><use xlink:href="#b"/>'
        '<image href="data:image/png;base64,AAAA"/><text>船</text>',
        'viewBox="0 0 3 4"',
    )
    for part in (
        "<title>渡口</title>", 'fill="url(#a)"', 'style="stroke: red"', 'xlink:href="#b"',
        'href="data:image/png;base64,AAAA"', "<text>船</text>", 'viewBox="0 0 3 4"',
    ):  # fmt: skip
        assert part in drawn


@pytest.mark.parametrize(
    ("inner", "gone"),
    [
        ("<script>alert(1)</script>", "alert"),
        ('<rect onclick="alert(1)"/>', "alert"),
        ('<a xlink:href="javascript:alert(1)"><rect/></a>', "alert"),
        ('<a href="https://example.org/"><rect/></a>', "example"),
        ('<image href="https://example.org/a.png"/>', "example"),
        ('<image href="a.png"/>', "a.png"),
        ('<image href="data:image/svg+xml,%3Csvg/%3E"/>', "data:"),
        ('<use href="other.svg#a"/>', "other"),
        ('<rect fill="url(https://example.org/#a)"/>', "example"),
        ("<rect style=\"fill: url( 'x.svg#a' )\"/>", "x.svg"),
        (r'<rect style="fill: \75rl(x.svg)"/>', "x.svg"),
        ('<style>@import "a.css"; rect { fill: url(a.svg#b) }</style>', "a."),
        (r"<style>rect { fill: \75rl(a.svg) }</style>", "a.svg"),
        ("<style><g/>@import url(tail.css);</style>", "tail"),
        ("<style><g/>rect { fill: url(tail.svg#a) }</style>", "tail"),
        ('<style>@imp@import x;ort "a.css";</style>', "a.css"),
        ("<style>rect { fill: u@import x;rl(a.svg) }</style>", "url(a"),
        (r'<style>@\69mport "a.css";</style>', "a.css"),
        ("<rect style=\"mask-image: image-set('a.png' 1x)\"/>", "a.png"),
        ("<style>rect { mask: src('a.png') }</style>", "a.png"),
        ('<set attributeName="href" to="javascript:alert(1)"/>', "alert"),
        (
            '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml">x</body></foreignObject>',
            "x<",
        ),
        ('<h:p xmlns:h="http://www.w3.org/1999/xhtml">words</h:p>', "words"),
        ('<g xmlns:i="http://inkscape" i:label="/home/me"/>', "home"),
        ("<metadata>me</metadata>", "me<"),
        ("<!-- me -->", "me "),
    ],
)
def test_what_runs_or_leads_outside_goes(inner: str, gone: str) -> None:
    drawn = cleaned(inner + '<rect id="kept"/>')
    assert gone in inner or gone in {"url(a", "@import"}
    assert gone not in drawn.replace("xmlns", "")
    assert 'id="kept"' in drawn


def test_a_picture_that_lies_elsewhere_leaves_nothing_behind() -> None:
    drawn = cleaned('<image href="https://example.org/a.png" width="3"/><use href="a.svg#b"/>')
    assert "<image" not in drawn
    assert "<use" not in drawn


def test_names_have_no_prefix_and_texts_are_whole() -> None:
    source = f'{HEAD.replace("<svg xmlns=", "<s:svg xmlns:s=")}><s:text x="1">a &lt; b<s:tspan/>尾</s:text></s:svg>'
    drawn = safe_svg(source.encode()).decode()
    assert '<text x="1">a &lt; b<tspan/>尾</text></svg>' in drawn


def test_a_rule_of_its_own_style_stays() -> None:
    assert "rect { fill: red }" in cleaned("<style>rect { fill: red }</style>")


def test_an_escape_that_names_nothing_stays() -> None:
    drawn = cleaned(r"""<style>text::after { content: "\201C" }</style><text style='a: "\22"'/>""")
    assert r'content: "\201C"' in drawn
    assert r"""style='a: "\22"'""" in drawn


@pytest.mark.parametrize(
    ("inner", "asked"),
    [
        ("<style><g/>@import url(tail.css);</style>", "@import url(tail.css);"),
        ("<rect style=\"a: image-set('a.png' 1x)\"/>", "a: image-set('a.png' 1x)"),
        (r"<style>a { b: \75rl(a.svg) }</style>", r"a { b: \75rl(a.svg) }"),
        (r'<rect fill="\75rl(a.svg)"/>', r"\75rl(a.svg)"),
        (r"<style>a { b: \110000 url(a) }</style>", r"a { b: \110000 url(a) }"),
    ],
)
def test_what_is_asked_for_in_disguise_is_told(inner: str, asked: str) -> None:
    assert asked in asked_outside(f"{HEAD}>{inner}</svg>".encode())


def test_the_pictures_inside_are_shown_as_they_are() -> None:
    picture = '<image href="data:image/png;base64,AQID"/><image href="data:image/png;base64,A"/>'
    assert list(pictures_in(f"{HEAD}>{picture}<use href='#a'/></svg>".encode())) == [
        b"\1\2\3",
        b"",
    ]
    assert not list(pictures_in(b"no drawing"))


def test_a_drawing_without_a_namespace_gets_one() -> None:
    drawn = safe_svg(b"<svg><g><rect/></g></svg>")
    assert b'<svg xmlns="http://www.w3.org/2000/svg"' in drawn
    assert b"<g><rect/></g></svg>" in drawn


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html/>",
        b"<svg",
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>',
        '<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>'.encode("utf-16-le"),
        b"<svg>" + b"<g>" * (MAX_DEPTH + 1) + b"</g>" * (MAX_DEPTH + 1) + b"</svg>",
        b'<?xml version="1.0" encoding="nonsense"?><svg/>',
    ],
)
def test_what_is_no_safe_drawing_is_refused(content: bytes) -> None:
    assert safe_svg(content) == b""


@given(st.text("<>/svg \"'=onhrefurl(#):;&xa", max_size=60))
def test_cleaning_twice_changes_nothing_more(inner: str) -> None:
    once = safe_svg(f"{HEAD}>{inner}</svg>".encode())
    assert not once or safe_svg(once) == once


def test_what_a_drawing_asks_for_outside_is_named_once_and_links_are_not() -> None:
    inner = (
        "<style>@import 'a.css'; rect { fill: url(#g); mask: url(b.svg#m) }</style>"
        '<image href="c.png"/><image href="c.png"/><script src="d.js"/><rect fill="url( e.svg#f )"/>'
        '<use href="#g"/><image href="data:image/png;base64,AAAA"/><a href="https://example.org/"/>'
    )
    assert asked_outside(f"{HEAD}>{inner}</svg>".encode()) == (
        "@import 'a.css';",
        "url(b.svg#m)",
        "c.png",
        "d.js",
        "url( e.svg#f )",
    )
    assert asked_outside(b"no drawing") == ()
