"""The lengths of the chapters as a drawing: one bar each, volumes as bands behind them."""

from collections.abc import Iterator
from itertools import groupby

from builder.core.catalogue import say
from builder.inspection.examination import Examination, SectionSummary
from builder.inspection.markup import Markup, tag

HEIGHT = 100
# Bars longer than this many medians end at the top edge, or nobody would see the others.
TALLEST = 6
# A chapter without text is still there to be seen.
LEAST_BAR = 1.5
# The label of the median stays so far down that it does not touch the one at the top.
LABEL_BELOW = 90.0
# From here on bars touch, because a gap would be less than a point.
MANY = 240
LEAST_BAR_PX = 0.8

Bar = tuple[int, SectionSummary]


def chart(examination: Examination) -> Markup:
    """The drawing with its axis and legend; empty when there is nothing to compare."""
    bars = tuple(_bars(examination))
    if len(bars) < 2:
        return Markup("")
    longest = max(section.characters for _, section in bars)
    top = min(longest, TALLEST * examination.median) or 1
    count = len(bars)
    drawing = tag(
        "svg",
        *_bands(examination, bars),
        *(_bar(position, bar, top, count) for position, bar in enumerate(bars)),
        _median_line(examination.median, top, count),
        viewBox=f"0 0 {count} {HEIGHT}",
        preserveAspectRatio="none",
        role="img",
        aria_label=say(
            "page.chart.label", chapters=count, median=examination.median, longest=longest
        ),
    )
    scale = tag(
        "div",
        tag("span", f"{top:,}", style="bottom:100%"),
        tag(
            "span",
            f"{examination.median:,}",
            style=f"bottom:{min(_share(examination.median, top), LABEL_BELOW):.1f}%",
        ),
        class_="scale",
        aria_hidden="true",
    )
    names = tag("div", *_names(examination, bars), class_="volumes", aria_hidden="true")
    # A thousand bars on a phone are wider than its screen and scroll.
    wide = tag("div", drawing, names, style=f"min-width:{count * LEAST_BAR_PX:.0f}px")
    return tag("div", scale, tag("div", wide, class_="plot"), class_="chart")


def _bars(examination: Examination) -> Iterator[Bar]:
    """The sections that have text of their own, with their index."""
    for index, section in enumerate(examination.sections):
        if not section.has_children or section.characters > len(section.heading):
            yield index, section


def _bar(position: int, bar: Bar, top: int, count: int) -> Markup:
    index, section = bar
    height = max(min(section.characters, top) / top * HEIGHT, LEAST_BAR)
    # Bars that touch overlap a little, or the seams between them would flicker.
    gap = -0.04 if count > MANY else 0.14
    name = section.heading or say("page.untitled")
    words = say("page.chart.bar", heading=name, characters=section.characters)
    rect = tag(
        "rect",
        tag("title", words),
        x=f"{position + gap:g}",
        y=f"{HEIGHT - height:.2f}",
        width=f"{1 - 2 * gap:g}",
        height=f"{height:.2f}",
        class_=section.verdict if section.verdict != "usual" else None,
    )
    return tag("a", rect, href=f"#s{index}", tabindex=-1)


def _bands(examination: Examination, bars: tuple[Bar, ...]) -> Iterator[Markup]:
    start = 0
    for number, (_, width) in enumerate(_volumes(examination, bars)):
        if number % 2:
            yield tag("rect", x=start, y=0, width=width, height=HEIGHT, class_="band")
        start += width


def _names(examination: Examination, bars: tuple[Bar, ...]) -> Iterator[Markup]:
    for name, width in _volumes(examination, bars):
        yield tag("span", name, style=f"flex:{width} 1 0", title=name)


def _volumes(examination: Examination, bars: tuple[Bar, ...]) -> list[tuple[str, int]]:
    """The outermost sections that have others below them, and how many bars each has."""
    sections = examination.sections
    if not any(sections[section.volume].has_children for _, section in bars):
        return []

    def name_of(bar: Bar) -> tuple[int, str]:
        volume = sections[bar[1].volume]
        return (bar[1].volume, volume.heading) if volume.has_children else (-1, "")

    return [(name, len(list(group))) for (_, name), group in groupby(bars, key=name_of)]


def _median_line(median: int, top: int, count: int) -> Markup:
    y = f"{HEIGHT - _share(median, top):.2f}"
    return tag("line", x1=0, x2=count, y1=y, y2=y, class_="median")


def _share(value: int, top: int) -> float:
    return min(value, top) / top * 100
