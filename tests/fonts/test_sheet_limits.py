"""A style sheet that asks for more than any book needs is refused before anyone takes it up."""

import time

import pytest

from builder.core.files import styles_folder
from builder.fonts import sheet_excess
from builder.fonts.sheet_limits import (
    MAX_CHAIN,
    MAX_CHARACTERS,
    MAX_DEPTH,
    MAX_FAMILIES,
    MAX_SELECTOR_PARTS,
    MAX_SELECTORS,
    MAX_STRING,
    MAX_VALUE_PARTS,
)


def doubling(count: int) -> str:
    """Variables of which each is twice the one before."""
    twice = "".join(f"--v{n}: var(--v{n - 1}) var(--v{n - 1});" for n in range(1, count))
    return f":root {{ --v0: x; {twice} }}\np {{ font-family: var(--v{count - 1}) }}"


def chained(count: int) -> str:
    each = "".join(f"--c{n}: var(--c{n - 1});" for n in range(1, count))
    return f"p {{ --c0: red; {each} color: var(--c{count - 1}) }}"


# By reason, a sheet that holds what it may, and one that holds too much.
SHEETS = {
    "css.long": ("p{}" * 100, "a" * 40 + " " * MAX_CHARACTERS),
    "css.deep": (
        "p { width: calc(1px + (2px + (3px))) } @media print { @supports (a: b) { p { top: 0 } } }",
        f"p {{ width: {'calc(' * MAX_DEPTH}1px{')' * MAX_DEPTH} }}",
    ),
    "css.long_string": (
        f"p::before {{ content: '{'灯' * MAX_STRING}' }}",
        f"p::before {{ content: '{'灯' * (MAX_STRING + 1)}' }}",
    ),
    "css.selectors": ("p, q" + ", q" * 9 + "{ top: 0 }", "p{}" * (MAX_SELECTORS + 1)),
    "css.selector": (
        f"p{'.a' * (MAX_SELECTOR_PARTS // 2 - 1)} {{ top: 0 }}",
        f"p{' > p' * MAX_SELECTOR_PARTS} {{ top: 0 }}",
    ),
    "css.value": (
        "@font-face { unicode-range: " + ", ".join(f"U+{n:X}" for n in range(400)) + " }",
        f"p {{ box-shadow: {'1px 1px red, ' * MAX_VALUE_PARTS} }}",
    ),
    "css.families": (
        "p { font-family: " + "a, " * (MAX_FAMILIES - 1) + "b }",
        "@media print { p { font: 1em " + "a, " * MAX_FAMILIES + "b } }",
    ),
    "css.number": (
        "p { z-index: 2147483647; width: 0.3333333333333333px }",
        f"p {{ top: {'9' * 50} }}",
    ),
    "css.huge": (
        "p { text-indent: -99999px; line-height: 1e3; width: 100000% } ol { counter-reset: a 999 }",
        "p { text-indent: 1e9em }",
    ),
    "css.variables": (doubling(10) + chained(MAX_CHAIN - 1), doubling(60)),
}


@pytest.mark.parametrize("reason", SHEETS)
def test_more_than_a_limit_is_refused_and_what_reaches_it_is_not(reason: str) -> None:
    held, refused = SHEETS[reason]
    assert sheet_excess(held) is None
    excess = sheet_excess(refused)
    assert excess is not None
    assert excess.reason == reason


@pytest.mark.parametrize(
    "sheet", [chained(200), "p { --a: var(--b); --b: var(--a); top: var(--a) }"]
)
def test_variables_that_never_end_are_refused(sheet: str) -> None:
    excess = sheet_excess(sheet)
    assert excess is not None
    assert excess.reason == "css.variables"


@pytest.mark.parametrize(
    "value",
    [
        "width: 1e30px",
        "width: -1e30%",
        "width: 1e999px",
        "line-height: 1e30",
        "orphans: 99999999999",
    ],
)
def test_numbers_that_mean_nothing_are_refused(value: str) -> None:
    for sheet in (f"p {{ {value} }}", f"@page {{ @top-left {{ {value} }} }}"):
        excess = sheet_excess(sheet)
        assert excess is not None
        assert excess.reason == "css.huge"


@pytest.mark.parametrize(
    "sheet",
    [
        "p { counter-increment: a 1000000 }",
        "@counter-style a { system: numeric; symbols: '0' '1'; pad: 100000 '0' }",
    ],
)
def test_counters_that_grow_without_bounds_are_refused(sheet: str) -> None:
    assert sheet_excess(sheet) is not None


def test_the_line_of_what_is_too_much_is_told() -> None:
    excess = sheet_excess(f"p {{ top: 0 }}\n\nq {{ width: {'(' * 99} }}")
    assert excess is not None
    assert excess.line == 3


def test_addresses_comments_and_what_they_hold_do_not_count() -> None:
    bytes_of_a_font = "A" * (2 * MAX_CHARACTERS)
    for address in (
        f"url(data:font/otf;base64,{bytes_of_a_font})",
        f'url("data:,{bytes_of_a_font}")',
    ):
        assert sheet_excess(f"@font-face {{ src: {address} }}") is None
    assert sheet_excess(f"/* {'(' * 2 * MAX_CHARACTERS} */ p {{ top: 0 }}") is None
    assert sheet_excess("p" + "/**/" * 200 + "{ top: 0 }") is None


def test_every_sheet_of_ours_is_far_below_the_limits() -> None:
    sheets = [path.read_text(encoding="utf-8") for path in styles_folder().rglob("*.css")]
    assert sheets
    assert [sheet for sheet in sheets if sheet_excess(sheet * 5)] == []


@pytest.mark.parametrize(
    "piece", ["(", "[", "p{", "'", "/*", "\\", "url(", "@media{", "var(--a,", ":is("]
)
def test_a_sheet_of_nothing_but_beginnings_is_judged_at_once(piece: str) -> None:
    start = time.process_time()
    sheet_excess(piece * 100_000)
    assert time.process_time() - start < 5
