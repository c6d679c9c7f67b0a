from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from builder.compose.xhtml import (
    Medium,
    block_to_xhtml,
    blocks_to_xhtml,
    escape,
    escape_attribute,
    heading_to_xhtml,
    inlines_to_xhtml,
)
from builder.core.book import (
    Block,
    Break,
    CellLook,
    Emphasis,
    Heading,
    Image,
    Inline,
    LineBreak,
    Link,
    ListBlock,
    NoteRef,
    Paragraph,
    Quote,
    Raw,
    Ruby,
    Section,
    Table,
    Text,
    Verse,
)
from builder.core.traversal import inlines_of, note_ids
from tests.compose.books import blocks
from tests.compose.sample import every_block, prose

PLAIN = Medium(
    note_ref=lambda note_id: f"<sup>{escape(note_id)}</sup>",
    link_href=lambda href: "" if href.startswith("javascript:") else href,
    image_src=lambda name: f"images/{name}",
)


def parsed(markup: str) -> etree._Element:
    return etree.fromstring(f'<div xmlns:epub="http://www.idpf.org/2007/ops">{markup}</div>')


@given(st.text())
def test_escaped_text_reads_back_with_forbidden_characters_replaced_one_for_one(text: str) -> None:
    text = text.replace("\r", "")
    read = parsed(escape(text)).text or ""
    assert len(read) == len(text)
    assert all(a in {b, "\N{REPLACEMENT CHARACTER}"} for a, b in zip(read, text, strict=True))


@given(st.text())
def test_an_attribute_keeps_its_quotes_tabs_and_lines(text: str) -> None:
    text = text.replace("\r", "")
    element = etree.fromstring(f'<a title="{escape_attribute(text)}"/>')
    assert len(element.get("title", "")) == len(text)


@pytest.mark.parametrize("forbidden", ["\x00", "\x01", "\x1f", "\ud800", "\ufffe"])
def test_a_character_that_xml_forbids_becomes_visible(forbidden: str) -> None:
    assert escape(f"风{forbidden}雪") == "风\N{REPLACEMENT CHARACTER}雪"


@given(st.lists(blocks, max_size=4).map(tuple))
def test_any_blocks_are_well_formed(some: tuple[Block, ...]) -> None:
    parsed(blocks_to_xhtml(some, PLAIN))


def test_nothing_stands_between_two_inlines() -> None:
    inlines: tuple[Inline, ...] = (
        Text("他说"),
        Emphasis((Text("不可"),)),
        Ruby("彧", "yù"),
        Emphasis((Text("走"),), strong=True),
        LineBreak(),
        Text("。"),
    )
    assert inlines_to_xhtml(inlines, PLAIN) == (
        "他说<em>不可</em><ruby>彧<rt>yù</rt></ruby><strong>走</strong><br/>。"
    )


def test_an_image_keeps_its_description() -> None:
    assert inlines_to_xhtml((Image("a.png", '"印"'),), PLAIN) == (
        '<img src="images/a.png" alt="&quot;印&quot;"/>'
    )


@pytest.mark.parametrize(
    ("label", "title", "expected"),
    [
        ("", "", ""),
        ("第一章", "", '<h2 class="heading"><span class="label">第一章</span></h2>'),
        ("", "序", '<h2 class="heading"><span class="title">序</span></h2>'),
        (
            "第一章",
            "A&B",
            (
                '<h2 class="heading"><span class="label">第一章</span><span class="gap">'
                '\N{IDEOGRAPHIC SPACE}</span><span class="title">A&amp;B</span></h2>'
            ),
        ),
    ],
)
def test_a_heading_has_its_label_and_title_apart(label: str, title: str, expected: str) -> None:
    assert heading_to_xhtml(Section("chapter", 1, label, title), 2) == expected


def test_headings_go_no_deeper_than_html_allows() -> None:
    assert heading_to_xhtml(Section("chapter", 1, "", "深"), 9).startswith("<h6 ")
    assert block_to_xhtml(Heading((Text("深"),), 4), PLAIN, level=5).startswith("<h6 ")


def test_a_heading_in_a_quotation_stands_under_the_same_section() -> None:
    quote = Quote((Heading((Text("小题"),), 1),))
    assert "<h3 " in block_to_xhtml(quote, PLAIN, level=2)


def test_an_empty_line_parts_two_stanzas() -> None:
    verse = Verse(((Text("江上"),), (), (), (Text("灯前"),)))
    root = parsed(block_to_xhtml(verse, PLAIN))
    stanzas = root.findall('.//div[@class="stanza"]')
    assert [[line.text for line in stanza] for stanza in stanzas] == [["江上"], ["灯前"]]


def test_a_letter_sets_its_salutation_and_signature_apart() -> None:
    letter = Quote(
        (Paragraph((Text("阿舟如晤："),), "salutation"), Paragraph((Text("沈七"),), "signature")),
        "letter",
    )
    assert block_to_xhtml(letter, PLAIN) == (
        '<blockquote class="letter">\n<p class="salutation">阿舟如晤：</p>\n'
        '<p class="signature">沈七</p>\n</blockquote>'
    )


@pytest.mark.parametrize(
    ("block", "start"),
    [
        (ListBlock(((prose("一"),),)), "<ul>"),
        (ListBlock(((prose("一"),),), is_ordered=True), "<ol>"),
        (ListBlock(((prose("一"),),), is_ordered=True, start=3), '<ol start="3">'),
        (Break(), '<hr class="break"/>'),
        (Raw("a  <b>"), '<pre class="raw">a  &lt;b&gt;</pre>'),
    ],
)
def test_the_kind_of_a_block_shows_in_its_element(block: Block, start: str) -> None:
    assert block_to_xhtml(block, PLAIN).startswith(start)


def test_heading_rows_of_a_table_are_headers() -> None:
    looks = ((CellLook(columns=2),), (CellLook(rows=2, align="right"),))
    spread = Table((((Text("日期"),),), ((Text("初一"),),)), 1, looks=looks)
    assert block_to_xhtml(spread, PLAIN) == (
        '<table>\n<thead>\n<tr><th scope="col" colspan="2">日期</th></tr>\n</thead>\n'
        '<tbody>\n<tr><td rowspan="2" class="right">初一</td></tr>\n</tbody>\n</table>'
    )
    table = Table((((Text("日期"),),), ((Text("初一"),),)), header_rows=1)
    assert block_to_xhtml(table, PLAIN) == (
        '<table>\n<thead>\n<tr><th scope="col">日期</th></tr>\n</thead>\n'
        "<tbody>\n<tr><td>初一</td></tr>\n</tbody>\n</table>"
    )


def link(*children: Inline, href: str = "https://example.org") -> Link:
    return Link(href, children)


@pytest.mark.parametrize(
    ("children", "expected"),
    [
        (link(Text("渡")), '<a href="https://example.org">渡</a>'),
        (link(Text("渡"), href="javascript:alert(1)"), "渡"),
        (
            link(Text("渡"), NoteRef("n1"), Text("口")),
            '<a href="https://example.org">渡</a><sup>n1</sup><a href="https://example.org">口</a>',
        ),
        (link(), ""),
        (link(Emphasis((NoteRef("n1"),))), "<em><sup>n1</sup></em>"),
        (link(link(Text("渡"))), '<a href="https://example.org">渡</a>'),
    ],
)
def test_no_link_stands_inside_a_link_and_no_word_is_lost(children: Link, expected: str) -> None:
    assert inlines_to_xhtml((children,), PLAIN) == expected


@pytest.mark.parametrize(
    ("inlines", "expected"),
    [
        ((Text("渡口"), NoteRef("1")), '渡<span class="bound">口<sup>1</sup></span>'),
        (
            (Text("口"), NoteRef("1"), NoteRef("2"), Text("。")),
            '<span class="bound">口<sup>1</sup><sup>2</sup></span>。',
        ),
        (
            (Text("葛\U000e0100\U000e0101"), NoteRef("1")),
            '<span class="bound">葛\U000e0100\U000e0101<sup>1</sup></span>',
        ),
        ((Text(""), NoteRef("1")), "<sup>1</sup>"),
        ((Ruby("彧", "yù"), NoteRef("1")), "<ruby>彧<rt>yù</rt></ruby><sup>1</sup>"),
        ((NoteRef("1"), Text("渡口")), "<sup>1</sup>渡口"),
    ],
)
def test_a_mark_stays_on_the_line_of_the_character_before_it(
    inlines: tuple[Inline, ...], expected: str
) -> None:
    assert inlines_to_xhtml(inlines, replace(PLAIN, binds_marks=True)) == expected


def test_notes_are_found_wherever_they_are_mentioned() -> None:
    assert list(note_ids(every_block())) == ["n1", "n2", "n1"]


@pytest.mark.parametrize(
    "around",
    [
        Paragraph,
        Heading,
        lambda run: Verse((run,)),
        lambda run: Quote((Paragraph(run),)),
        lambda run: ListBlock(((Paragraph(run),),)),
        lambda run: Table(((run,),)),
        lambda run: Paragraph((Emphasis(run),)),
        lambda run: Paragraph((Link("#c", run),)),
    ],
)
def test_every_kind_of_block_yields_its_inlines(
    around: Callable[[tuple[Inline, ...]], Block],
) -> None:
    assert NoteRef("n9") in list(inlines_of((around((NoteRef("n9"),)), Raw(""), Break())))


def test_a_paragraph_of_nothing_but_pictures_has_a_class_of_its_own() -> None:
    pictures = (Image("a.png"), Text(" "), Image("b.png"))
    assert block_to_xhtml(Paragraph(pictures), PLAIN).startswith('<p class="pictures"><img')
    for others in ((*pictures, Text("船")), (Text(" "),), ()):
        assert block_to_xhtml(Paragraph(others), PLAIN).startswith("<p>")


def table_of(*looks: tuple[CellLook, ...]) -> Table:
    return Table(tuple(tuple((Text("灯"),) for _ in row) for row in looks), looks=looks)


def spans_of(table: Table) -> list[str]:
    read = parsed(block_to_xhtml(table, PLAIN, level=1))
    return [f"{cell.get('colspan', 1)}x{cell.get('rowspan', 1)}" for cell in read.iter("td")]


def test_cells_across_columns_that_nobody_needs_become_narrow() -> None:
    wide = CellLook(columns=1000, rows=1000)
    assert spans_of(table_of(*[(wide, CellLook())] * 3)) == ["2x1", "1x1"] * 3
    # Of many cells, each across as many columns.
    assert spans_of(table_of((wide,) * 40)) == ["1x1"] * 40


def test_cells_across_what_a_table_has_stay_as_they_are() -> None:
    heads = (CellLook(columns=100), CellLook(rows=3))
    assert spans_of(table_of(heads, (CellLook(),), (CellLook(columns=2),))) == [
        "100x1",
        "1x3",
        "1x1",
        "2x1",
    ]
    # Rows of a tall cell end, and its columns with it.
    assert spans_of(table_of(*[(CellLook(columns=9, rows=2),), ()] * 100)) == ["9x2"] * 100
