"""What a few words of a drawing unfold into while it is painted is counted, and has an end."""

import inspect
from io import BytesIO

import pikepdf
import pytest
import weasyprint
from weasyprint.images import SVGImage
from weasyprint.pdf.stream import Stream
from weasyprint.svg import SVG, TAGS, defs

from builder.core.book import Asset
from builder.press.host import drawings
from builder.press.host.fetching import SCHEME, BookFetcher
from builder.press.host.hearing import listening

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200" viewBox="0 0 200 200">'
STOPS = '<stop offset="0" stop-color="#000"/><stop offset="1" stop-color="#fff"/>'
FILLED = '<rect width="200" height="200" fill="url(#g)"/>'
MARKED = (
    '<marker id="m"><rect width="1" height="1"/></marker>'
    '<polyline marker-mid="url(#m)" points="{points}"/>'
)


def painted(inner: str) -> tuple[list[str], pikepdf.Pdf]:
    """What is said of a drawing with a paragraph below it, and the PDF."""
    drawing = Asset("a.svg", "image/svg+xml", f"{HEAD}{inner}</svg>".encode())
    html = f'<img src="{SCHEME}a.svg" alt="图"><p>雨停了。</p>'
    with listening("") as ear:
        made = weasyprint.HTML(string=html, url_fetcher=BookFetcher((drawing,))).write_pdf()
    return [remark.text for remark in ear.heard], pikepdf.open(BytesIO(made or b""))


def gradient(kind: str, spread: str, vector: str) -> str:
    asked = f'id="g" spreadMethod="{spread}" gradientUnits="userSpaceOnUse" {vector}'
    return f"<{kind} {asked}>{STOPS}</{kind}>{FILLED}"


def colours_in(pdf: pikepdf.Pdf) -> int:
    """How many steps from colour to colour all shadings have."""
    return sum(
        len(item.Function.Functions)
        for item in pdf.objects
        if isinstance(item, pikepdf.Dictionary) and "/ShadingType" in item
    )


@pytest.mark.parametrize("spread", ["repeat", "reflect"])
@pytest.mark.parametrize(
    ("kind", "vector"),
    [
        ("linearGradient", 'x1="0" x2="1e-7"'),
        ("linearGradient", 'x1="0" x2="1e-7" gradientTransform="rotate(45)"'),
        ("linearGradient", 'x1="200" x2="199.999999"'),
        ("radialGradient", 'cx="9" cy="9" r="1e-4"'),
        ("radialGradient", 'cx="9" cy="9" r="100.0001" fr="100"'),
    ],
)
def test_stripes_too_fine_to_see_are_one_colour(kind: str, vector: str, spread: str) -> None:
    said, pdf = painted(gradient(kind, spread, vector))
    assert not said
    assert colours_in(pdf) == 1


@pytest.mark.parametrize(
    ("kind", "vector", "few", "many"),
    [
        ("linearGradient", 'x1="0" x2="20"', 10, 40),
        ("radialGradient", 'cx="100" cy="100" r="20"', 5, 40),
        ("radialGradient", 'cx="100" cy="100" r="30" fr="20"', 9, 60),
    ],
)
def test_stripes_that_show_are_repeated(kind: str, vector: str, few: int, many: int) -> None:
    for spread in ("repeat", "reflect"):
        said, pdf = painted(gradient(kind, spread, vector))
        assert not said
        assert few <= colours_in(pdf) <= many


@pytest.mark.parametrize("vector", ['x1="0" x2="1e400"', 'x1="nan" x2="1"'])
def test_a_gradient_without_a_place_fails_no_page(vector: str) -> None:
    _, pdf = painted(gradient("linearGradient", "repeat", vector))
    assert len(pdf.pages) == 1


@pytest.mark.parametrize(
    "inner",
    [
        MARKED.format(points="1,2 " * 300),
        "<text>" + "字" * 300 + "</text>",
        f'<linearGradient id="g">{STOPS * 99}</linearGradient>{FILLED * 20}',
        '<path d="M0 0' + " l1 1" * 20_000 + '"/>',
        '<rect transform="' + "rotate(1) " * 2_000 + '"/>',
        "".join(f'<text font-family="F{n}">字</text>' for n in range(9)),
        f'<pattern id="g" width="9" height="9"><text>{"字" * 300}</text></pattern>{FILLED}',
    ],
)
def test_what_unfolds_beyond_the_bound_is_not_drawn_and_leaves_no_trace(
    monkeypatch: pytest.MonkeyPatch, inner: str
) -> None:
    shifted = f'<g transform="translate(9 9)"><rect width="9" height="9"/>{inner}</g>'
    said, _ = painted(shifted)
    assert not said
    monkeypatch.setattr(drawings, "MOST_PAINTED", 200)
    said, pdf = painted(shifted)
    assert said == [f"Failed to render SVG image {SCHEME}a.svg"]
    page = pdf.pages[0].Contents.read_bytes()
    words = page.split()
    assert words.count(b"q") == words.count(b"Q")
    assert b"1 0 0 1 9 9 cm" not in page
    assert b"BT" in words


def test_the_next_drawing_has_the_whole_amount(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawings, "MOST_PAINTED", 200)
    for _ in range(3):
        said, _ = painted("<text>" + "字" * 150 + "</text>")
        assert not said


def test_what_is_relied_on() -> None:
    assert SVG.draw is drawings._counted_draw
    assert SVG.draw_node is drawings._counted_node
    assert {name for name, draw in TAGS.items() if draw is drawings._counted_text} == {
        "a", "text", "textPath", "tspan",
    }  # fmt: skip
    assert "self._svg.draw(" in inspect.getsource(SVGImage.draw)
    assert list(inspect.signature(drawings._spread_linear).parameters) == [
        "spread", "positions", "colors", "x1", "y1", "x2", "y2", "bounding_box", "matrix",
    ]  # fmt: skip
    assert list(inspect.signature(drawings._spread_radial).parameters) == [
        "spread", "positions", "colors", "fx", "fy", "fr", "cx", "cy", "r", "width", "height",
        "matrix",
    ]  # fmt: skip
    called = inspect.getsource(drawings._draw_gradient)
    assert "spread_linear_gradient(" in called
    assert "spread_radial_gradient(" in called
    assert defs.spread_linear_gradient is drawings._bounded_linear
    assert {"_ctm_stack", "_old_font"} <= set(Stream.__init__.__code__.co_names)
