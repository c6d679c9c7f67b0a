"""The page of `builder inspect --html`: one file that needs nothing else, no script, no network.

Everything a person needs to judge a book before it is built: how long its chapters are, what
looks wrong, what was taken away and where. Words come from the catalogue, colours and sizes from
`page.css`, which is written into the page.
"""

from collections.abc import Iterable, Sequence
from importlib.resources import files

from builder.core.catalogue import say
from builder.inspection.chart import chart
from builder.inspection.examination import Examination
from builder.inspection.markup import Markup, tag
from builder.inspection.page_findings import (
    duplicate_cards,
    leftover_lists,
    quote_list,
    remark_lists,
    removal_lists,
    rule_table,
    spelling_table,
)

NUMBERING = frozenset({"S102", "S103", "S107", "S108"})
# Says whose page it is, so that a newer one may replace it.
GENERATOR = "builder inspect"

# An id, the number of things found, and what to show of them.
Part = tuple[str, int, Markup]


def page(examination: Examination) -> str:
    """The whole page."""
    parts = tuple(_parts(examination))
    title = say("page.title", title=examination.title)
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        # The browser itself sees to it that the page asks nobody for anything.
        tag(
            "meta",
            http_equiv="Content-Security-Policy",
            content="default-src 'none'; style-src 'unsafe-inline'",
        ),
        tag("meta", name="generator", content=GENERATOR),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", title),
        tag("style", Markup(_style())),
    )
    body = tag(
        "body",
        tag("a", say("page.skip"), href="#contents", class_="skip"),
        _masthead(examination),
        tag(
            "main",
            _overview(parts),
            _lengths(examination),
            *map(_section, parts),
            _contents(examination),
        ),
    )
    return f"<!doctype html>\n{tag('html', head, body, lang=say('page.language'))}\n"


def is_page(content: bytes) -> bool:
    """Whether a file is a page of this kind."""
    head = content[:1000]
    return head.startswith(b"<!doctype html>") and f'content="{GENERATOR}"'.encode() in head


def _style() -> str:
    return files(__package__).joinpath("page.css").read_text(encoding="utf-8")


def _parts(examination: Examination) -> Iterable[Part]:
    found = examination.told
    numbering = tuple(one for one in found if one.code in NUMBERING)
    remarks = tuple(one for one in found if one.code not in NUMBERING)
    removed = sum(group.edits for group in examination.removals)
    language = examination.language
    yield "numbering", len(numbering), remark_lists(numbering)
    yield "removed", removed, removal_lists(examination.removals, language)
    yield (
        "duplicates",
        len(examination.duplicates),
        duplicate_cards(examination.duplicates, language),
    )
    yield "quotes", len(examination.quotes), quote_list(examination.quotes, language)
    yield "names", len(examination.spellings), spelling_table(examination.spellings, language)
    yield "leftovers", len(examination.leftovers), leftover_lists(examination.leftovers, language)
    yield "remarks", len(remarks), remark_lists(remarks)
    yield "rules", sum(rule.edits for rule in examination.rules), rule_table(examination.rules)


def _masthead(examination: Examination) -> Markup:
    language = examination.language
    creators = "、".join(examination.creators)
    chapters = sum(not section.has_children for section in examination.sections)
    facts = (
        ("page.fact.characters", f"{examination.characters:,}"),
        ("page.fact.sections", f"{chapters:,}"),
        ("page.fact.median", f"{examination.median:,}"),
        ("page.fact.notes", f"{examination.notes:,}"),
        ("page.fact.edits", f"{examination.edits:,}"),
        ("page.fact.language", language),
    )
    return tag(
        "header",
        tag("p", say("page.kicker"), class_="kicker"),
        tag("h1", examination.title, lang=language),
        tag("p", examination.subtitle, class_="subtitle", lang=language) if examination.subtitle else Markup(""),
        tag("p", creators, class_="creators", lang=language) if creators else Markup(""),
        tag("dl", *(tag("div", tag("dt", say(key)), tag("dd", value)) for key, value in facts), class_="facts"),
        _files(examination),
    )  # fmt: skip


def _files(examination: Examination) -> Markup:
    """One line for each encoding, or for each file when they are few."""
    shown = examination.files[:3] if len(examination.files) > 6 else examination.files
    lines = [
        tag(
            "li",
            tag("code", file.path),
            " ",
            tag("b", file.encoding),
            " ",
            tag("meter", f"{file.confidence:.0%}", min=0, max=1, value=f"{file.confidence:.3f}",
                title=say("page.confidence", confidence=file.confidence)),
            " ",
            say("page.confidence", confidence=file.confidence),
        )
        for file in shown
    ]  # fmt: skip
    if len(shown) < len(examination.files):
        encodings = sorted({file.encoding for file in examination.files})
        least = min(file.confidence for file in examination.files)
        rest = len(examination.files) - len(shown)
        words = say("page.more_files", count=rest, encodings=", ".join(encodings), least=least)
        lines.append(tag("li", words))
    return tag("ul", *lines, class_="files")


def _overview(parts: Sequence[Part]) -> Markup:
    cards = (
        tag(
            "a",
            tag("b", f"{count:,}"),
            tag("span", say(f"page.{name}.short")),
            href=f"#{name}",
            class_=None if count else "none",
        )
        for name, count, _ in parts
    )
    return tag("nav", *cards, class_="overview", aria_label=say("page.overview"))


def _section(part: Part) -> Markup:
    name, count, content = part
    return tag(
        "section",
        tag("h2", say(f"page.{name}"), " ", tag("small", f"{count:,}") if count else Markup(""), id=f"h-{name}"),
        tag("p", say(f"page.{name}.about" if count else f"page.{name}.none"), class_="about"),
        content,
        id=name,
        aria_labelledby=f"h-{name}",
    )  # fmt: skip


def _lengths(examination: Examination) -> Markup:
    drawing = chart(examination)
    if not drawing:
        return Markup("")
    legend = tag(
        "p",
        *(
            tag("span", tag("i", class_=f"key {name}"), say(f"page.chart.{name}"))
            for name in ("usual", "long", "short", "median")
        ),
        class_="legend",
    )
    title = tag("h2", say("page.lengths"), id="h-lengths")
    return tag("section", title, drawing, legend, id="lengths", aria_labelledby="h-lengths")


def _contents(examination: Examination) -> Markup:
    longest = max((section.characters for section in examination.sections), default=0) or 1
    top = min(longest, max(6 * examination.median, 1))
    totals = _totals(examination)
    rows: list[Markup] = []
    for index, section in enumerate(examination.sections):
        flag = Markup("")
        if section.verdict != "usual":
            flag = tag("em", say(f"page.chart.{section.verdict}"), class_=f"flag {section.verdict}")
        share = min(section.characters, top) / top * 100
        heading = tag("span", section.heading or say("page.untitled"), lang=examination.language)
        rows.append(
            tag(
                "tr",
                tag("th", heading, flag, scope="row", style=f"--depth:{section.depth}"),
                tag("td", tag("i", style=f"width:{share:.1f}%"), class_="bar", aria_hidden="true"),
                tag("td", f"{totals[index]:,}", class_="number"),
                tag("td", tag("code", str(section.location)), class_="where"),
                id=f"s{index}",
                class_="volume" if section.has_children else None,
            )
        )
    columns = tag(
        "thead",
        tag("tr", tag("th", say("page.column.section"), scope="col"), tag("td", class_="bar"),
            tag("th", say("page.column.characters"), scope="col", class_="number"),
            tag("th", say("page.column.source"), scope="col", class_="where")),
    )  # fmt: skip
    return tag(
        "section",
        tag("h2", say("page.contents"), " ", tag("small", f"{len(rows):,}"), id="h-contents"),
        tag("table", columns, tag("tbody", *rows), class_="contents"),
        id="contents",
        aria_labelledby="h-contents",
    )


def _totals(examination: Examination) -> list[int]:
    """The characters of each section together with everything below it."""
    totals = [section.characters for section in examination.sections]
    above: list[int] = []
    for index, section in enumerate(examination.sections):
        del above[section.depth :]
        for parent in above:
            totals[parent] += section.characters
        above.append(index)
    return totals
