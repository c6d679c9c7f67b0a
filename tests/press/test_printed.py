"""The document that the press is given."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.compose.page_layout import layout_of
from builder.compose.page_rules import page_rules
from builder.compose.print_writer import loosened
from builder.compose.printed import compose_print
from builder.compose.printed_matter import MAX_LEADERS, nav_points
from builder.core.book import (
    Block,
    Book,
    Break,
    Emphasis,
    Figure,
    Heading,
    Image,
    Inline,
    Link,
    ListBlock,
    Metadata,
    Note,
    NoteRef,
    Paragraph,
    Quote,
    Raw,
    Section,
    Table,
    Text,
    Verse,
)
from builder.core.config import Config, PdfConfig
from builder.core.errors import ComposeError
from builder.core.publication import PrintDocument
from builder.core.traversal import block_lines
from tests.compose.sample import sample_book, without_cover
from tests.press.documents import MODIFIED, prose

WHOLE = Config(pdf=PdfConfig(engine="weasyprint"))
ZWSP = "\N{ZERO WIDTH SPACE}"
TAG = re.compile(r"<[^>]*>")


def compose_sample(book: Book, config: Config | None = None) -> PrintDocument:
    return compose_print(book, config or WHOLE, modified=MODIFIED)


def text(words: str) -> tuple[Inline, ...]:
    return (Text(words),)


def chapter(*blocks: Block, heading: str = "第一章") -> Section:
    return Section("chapter", 1, heading, "", blocks, id="c1")


def book_of(*blocks: Block, notes: tuple[Note, ...] = ()) -> Book:
    return Book(Metadata("书", "zh-Hans"), body=(chapter(*blocks),), notes=notes)


@pytest.mark.parametrize(
    ("plain", "wanted"),
    [
        ("他说：“好。”她笑了。", f"他说：{ZWSP}“好。”{ZWSP}她笑了。"),
        ("“一”“二”", f"“一”{ZWSP}“二”"),
        ("（“好”）", "（“好”）"),
        ("“‘好’，”", "“‘好’，”"),
        ("他说“yes”了", f"他说{ZWSP}“yes”{ZWSP}了"),
        ("say “yes” now, don’t", "say “yes” now, don’t"),
        ("……“好”……", f"……{ZWSP}“好”……"),
        ("", ""),
    ],
)
def test_lines_may_break_outside_quotes_and_never_inside(plain: str, wanted: str) -> None:
    assert loosened(plain) == wanted


@given(st.text(alphabet="他说：，。“”‘’（）ab …—\N{ZERO WIDTH SPACE}"))
def test_loosening_adds_only_break_opportunities(plain: str) -> None:
    assert loosened(plain).replace(ZWSP, "") == plain.replace(ZWSP, "")


def test_a_note_mentioned_twice_is_printed_once() -> None:
    book = book_of(
        Paragraph((Text("甲"), NoteRef("n"), Text("乙"), NoteRef("n"))),
        notes=(Note("n", (prose("只此一条"),)),),
    )
    html = compose_sample(book).html
    assert html.count("只此一条") == 1
    assert html.count('<a class="note-again" href="#n-n">') == 1


def test_notes_that_mention_each_other_both_appear_once() -> None:
    book = book_of(
        Paragraph((Text("甲"), NoteRef("a"))),
        notes=(
            Note("a", (Paragraph((Text("见乙"), NoteRef("b"), NoteRef("b"))),)),
            Note("b", (Paragraph((Text("见甲"), NoteRef("a"))),)),
        ),
    )
    html = compose_sample(book).html
    assert html.count("<book-note ") == 2
    assert re.search(r"<book-note [^>]*>(?:(?!</book-note>).)*<book-note", html) is None


def test_a_mark_without_a_note_stops_the_book() -> None:
    with pytest.raises(ComposeError) as caught:
        compose_sample(book_of(Paragraph((NoteRef("nowhere"),))))
    assert caught.value.diagnostic.code == "E004"


def test_every_kind_of_block_can_stand_in_a_note() -> None:
    blocks: tuple[Block, ...] = (
        prose("段"),
        Heading(text("题")),
        Verse((text("诗一"), text("诗二"))),
        Quote((prose("引"),)),
        ListBlock(((prose("项"),),)),
        Table(((text("格一"), text("格二")),)),
        Figure(Image("ferry.png", "旧照"), text("图说")),
        Raw("原 样"),
        Break(),
    )
    book = book_of(Paragraph((Text("文"), NoteRef("n"))), notes=(Note("n", blocks),))
    html = compose_sample(book).html
    note = html.partition("<book-note ")[2].partition("</book-note>")[0].partition(">")[2]
    wanted = [line for block in blocks for line in block_lines(block)]
    assert TAG.sub("", note) == "".join(wanted)
    assert not re.search(r"<(?!/?(?:span|img)\b)", note)  # phrasing only


def test_a_section_without_a_heading_is_no_entry_but_its_children_are() -> None:
    inner = Section("chapter", 1, "第一章", "", (prose("文"),), id="in")
    book = Book(Metadata("书", "zh-Hans"), body=(Section("part", None, "", "", (), (inner,), "o"),))
    document = compose_sample(book)
    assert [point.title for point in document.contents] == ["第一章"]
    assert document.html.count("<contents-entry") == 1


def test_a_book_without_headings_has_no_contents_page() -> None:
    book = Book(Metadata("书", "zh-Hans"), body=(chapter(prose("文"), heading=""),))
    assert "<nav" not in compose_sample(book).html


def test_long_contents_do_without_leaders() -> None:
    def with_chapters(count: int) -> Book:
        one = chapter(prose("文"))
        return Book(
            Metadata("书", "zh-Hans"), body=tuple(replace(one, id=f"c{at}") for at in range(count))
        )

    assert " leaders" in compose_sample(with_chapters(MAX_LEADERS)).html
    assert " leaders" not in compose_sample(with_chapters(MAX_LEADERS + 1)).html


def test_a_cover_without_an_image_says_title_and_author() -> None:
    html = compose_sample(without_cover(sample_book())).html
    cover = html.partition('<section class="cover')[2].partition("</section>")[0]
    assert re.findall(r">([^<>\n]+)</p>", cover) == [
        "渡口 &amp; &lt;灯&gt;",
        "一个冬天的故事",
        "林未晚",
    ]


def test_a_cover_with_an_image_is_that_image() -> None:
    html = compose_sample(sample_book()).html
    cover = html.partition('<section class="cover')[2].partition("</section>")[0]
    assert '<img src="book:/cover.png"' in cover
    assert "<p" not in cover


def test_the_colophon_leaves_out_what_is_not_known() -> None:
    html = compose_sample(book_of(prose("文"))).html
    rows = re.findall(r'<span class="item">([^<]*)</span>([^<]*)', html)
    assert rows == [("书名", "书"), ("排版", "ebook-builder")]


def test_the_colophon_speaks_the_books_script() -> None:
    html = compose_sample(sample_book("zh-Hant-TW")).html
    assert [
        label for label, _ in re.findall(r'<span class="item">([^<]*)</span>([^<]*)', html)
    ] == [
        "書名",
        "著者",
        "譯者",
        "繪者",
        "出版",
        "日期",
        "ISBN",
        "叢書",
        "版權",
        "排版",
    ]


def test_links_lead_only_to_sections_and_the_web() -> None:
    links = (
        Link("#c1", text("本章")),
        Link("#gone", text("无此节")),
        Link("javascript:alert(1)", text("脚本")),
        Link("file:///etc/passwd", text("文件")),
        Link("https://example.org/书", text("网")),
    )
    html = compose_sample(book_of(Paragraph(links))).html
    article = html.partition("<article")[2]
    assert re.findall(r'<a href="([^"]*)"', article) == ["#s-c1", "https://example.org/书"]
    assert all(word in article for word in ("无此节", "脚本", "文件"))


def test_an_apostrophe_is_narrow_only_inside_a_word_and_never_inside_a_tag() -> None:
    blocks = (
        Paragraph((Text("King’s ‘好’ "), Emphasis(text("don’t")))),
        Figure(Image("a.png", "King’s")),
    )
    html = compose_sample(book_of(*blocks)).html
    assert html.count('<span class="apostrophe">’</span>') == 2
    assert 'alt="King’s"' in html


@pytest.mark.parametrize(
    ("title", "halves"),
    [
        ("渡口灯前人独立　江心月下客初来", 2),
        ("风雪　夜", 0),
        ("一二三四五　六七八九十　甲乙丙丁戊", 0),
        ("没有停顿的一个很长的题目", 0),
    ],
)
def test_a_title_in_two_halves_is_set_on_two_lines(title: str, halves: int) -> None:
    book = Book(Metadata("书", "zh-Hans"), body=(Section("chapter", 1, "第一回", title, id="c"),))
    heading = compose_sample(book).html.partition("<header")[2].partition("</header>")[0]
    assert heading.count('<span class="half">') == halves
    assert TAG.sub("", heading.partition(">")[2]) == f"第一回\N{IDEOGRAPHIC SPACE}{title}"


def test_a_list_starts_where_the_author_starts() -> None:
    html = compose_sample(book_of(ListBlock(((prose("三"),),), is_ordered=True, start=3))).html
    assert '<ol style="counter-reset: list-item 2">' in html


@pytest.mark.parametrize("title", ['引"号', "反\\斜", "行\n行", '"} body { display: none } "'])
def test_a_title_cannot_break_out_of_the_style_sheet(title: str) -> None:
    sheet = page_rules(layout_of(PdfConfig(), is_vertical=False), title)
    strings = re.findall(r'"((?:[^"\\\n]|\\.)*)"', sheet)
    assert len(strings) == 1
    rules = sheet.replace(strings[0], "")
    assert rules.count("{") == rules.count("}") == 4
    back = re.sub(r"\\([0-9a-f]+) ", lambda it: chr(int(it[1], 16)), strings[0])
    assert back == title


def test_the_users_style_comes_last_under_the_name_of_its_file() -> None:
    config = Config(pdf=PdfConfig(css="我的.css"))
    document = compose_print(
        book_of(prose("文")), config, modified=MODIFIED, user_css="p { color: red }"
    )
    assert [name for name, _ in document.stylesheets][-1] == "我的.css"
    assert len(compose_sample(book_of(prose("文")), config).stylesheets) == 3


def test_the_documents_contents_are_the_books() -> None:
    book = sample_book()
    assert compose_sample(book).contents == nav_points(book.sections)
