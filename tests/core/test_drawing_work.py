"""A drawing of a few lines that unfolds into billions of elements is none."""

import pytest

from builder.core.drawing import safe_svg
from builder.core.drawing_work import MOST_PAINTED

BOX = '<rect width="3" height="3"/>'


def drawing(parts: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{parts}</svg>'.encode()


def doubled(times: int, part: str) -> str:
    """Groups of which each is shown by two of the next; `part` is one of those two."""
    groups = [f'<g id="a0">{BOX}</g>']
    groups += [f'<g id="a{n}">{part.format(n - 1) * 2}</g>' for n in range(1, times)]
    return f"<defs>{''.join(groups)}</defs>" + part.format(times - 1)


def tiled(times: int, painted: str, sheet: str = "") -> str:
    """Patterns of which each holds two boxes that are filled with the next."""
    patterns = [f'<pattern id="p{n}">{painted.format(n + 1) * 2}</pattern>' for n in range(times)]
    return f"<style>{sheet}</style>{''.join(patterns)}" + painted.format(0)


SHEET = "".join(f".f{n}, text > rect.g {{ fill: URL( '#p{n}' ) }}" for n in range(31))


@pytest.mark.parametrize(
    "parts",
    [
        doubled(30, '<use href="#a{}"/>'),
        doubled(30, '<use xlink:href="#a{}" xmlns:xlink="http://www.w3.org/1999/xlink"/>'),
        tiled(30, '<rect fill="url(#p{})"/>'),
        tiled(30, "<rect style=\"fill: url( '#p{}' )\"/>"),
        tiled(30, '<rect class="f{}"/>', SHEET),
        tiled(30, '<rect class="f{}"/>', f"@media all {{ {SHEET} }}"),
        '<g id="a"><use href="#a"/></g>',
        '<use id="a" href="#b"/><use id="b" href="#a"/>',
        BOX * (MOST_PAINTED + 1),
        # Rules behind an element in a style count, since they are read.
        tiled(30, '<rect class="f{}"/>').replace("<style>", f"<style><g/>{SHEET}"),
        "<style>" + "g g > rect { top: 0 }" * 3_000 + "</style>" + BOX * 5_000,
        # A string that nothing closes ends with its line, and hides nothing behind it.
        '<style>"\n' + "g g > rect { top: 0 }" * 3_000 + '\n"</style>' + BOX * 5_000,
        "<style>rect:nth-last-child(2n) { top: 0 }</style>" + BOX * 9_000,
        "<style>rect:n\\74h-child(2n) { top: 0 }</style>" + BOX * 9_000,
        "<style>g:has(g) { top: 0 }</style>" + BOX * 9_000,
        """<style>a[b="{"] g g, g ~ g[a="}"] { top: 0 }</style>""" + BOX * 9_000,
    ],
)
def test_what_unfolds_without_end_is_no_drawing(parts: str) -> None:
    assert safe_svg(drawing(parts)) == b""


@pytest.mark.parametrize(
    "parts",
    [
        doubled(8, '<use href="#a{}"/>'),
        tiled(8, '<rect fill="url(#p{})"/>'),
        tiled(8, '<rect class="f{}"/>', SHEET),
        # Each box has the same long row of colours.
        '<linearGradient id="l">'
        + "<stop/>" * 100
        + "</linearGradient>"
        + '<rect fill="url(#l)"/>' * 5_000,
        # A link leads somewhere and paints nothing.
        '<g id="a"><a href="#a"><rect/></a></g>',
        '<use href="#nowhere"/>' + BOX,
        # What drawing programs write.
        "<style>"
        + "".join(f".st{n}, .a{n} {{ fill: rgb(1, 2, {n}); d: 'a,b{{' }}" for n in range(3_000))
        + "* { top: 0 } text { top: 0 }</style>"
        + BOX * 20_000,
        "<style>.axis path, .axis line { top: 0 }</style>" + BOX * 20_000,
        BOX * 50_000,
    ],
)
def test_what_is_used_again_now_and_then_stays(parts: str) -> None:
    assert safe_svg(drawing(parts)).count(b"<rect") > 0
