"""The frame follows the style sheets: each change in the book's own CSS is seen in it."""

from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.compose import compose_print
from builder.core.book import (
    Block,
    Book,
    Break,
    Code,
    Emphasis,
    Heading,
    Link,
    ListBlock,
    Metadata,
    Note,
    NoteRef,
    Paragraph,
    Quote,
    Ruby,
    Section,
    Text,
    Verse,
)
from builder.core.config import Config, PdfConfig
from builder.core.specimen import BlockKey, Nesting
from builder.press.frame import BLANK, IN_NOTES, BlockStyle, Frame, TextStyle
from builder.press.framing import frame_from
from builder.press.host import Host
from tests.core.test_specimen import keys_of, parts
from tests.press.documents import novel, print_book

PROSE = Paragraph((Text("雨停的时候，老何才把船灯点上。"),))
RICH = Paragraph(
    (
        Text("他把"),
        Emphasis((Text("灯"), Emphasis((Text("火"),), strong=True))),
        Ruby("渡", "dù"),
        Code("T-400"),
        Link("https://example.org/", (Text("钥匙"),)),
        Text("放下。"),
        NoteRef("n1"),
    )
)
LETTER = Quote(
    (
        Paragraph((Text("老何："),), "salutation"),
        PROSE,
        Paragraph((Text("阿宁"),), "signature"),
    ),
    "letter",
)
VERSE = Verse(((Text("江上有灯火，"),), (Text("无人问渡船。"),)))


def chapter(number: int, *blocks: Block, label: str = "第一章", title: str = "灯下") -> Section:
    return Section("chapter", number, label, title, blocks, id=f"c{number}")


BOOK = Book(
    Metadata("渡口", "zh-Hans"),
    front=(Section("preface", None, "", "自序", (PROSE,), id="p"),),
    body=(
        Section(
            "volume",
            1,
            "第一卷",
            "渡口",
            (),
            (chapter(1, PROSE, Break(), RICH, VERSE, PROSE, LETTER, PROSE),),
            id="v1",
        ),
        Section(
            "volume",
            2,
            "第二卷",
            "对岸",
            (),
            (chapter(2, PROSE, PROSE, Heading((Text("上"),)), PROSE, title=""),),
            id="v2",
        ),
    ),
    notes=(Note("n1", (Paragraph((Text("旧名"), Emphasis((Text("大渡"),)))),)),),
)


def frame_of(css: str = "", book: Book = BOOK, *, is_vertical: bool = False) -> Frame:
    config = replace(Config(), pdf=PdfConfig(engine="press", css="own.css" if css else ""))
    document = compose_print(book, config, modified="2026-01-01T00:00:00Z", user_css=css)
    host = Host(document.stylesheets, document.resources)
    return frame_from(document, host, is_vertical=is_vertical)


@pytest.fixture(scope="module")
def plain() -> Frame:
    return frame_of()


def block(frame: Frame, kind: str, *, before: str = "", part: str = "") -> BlockStyle:
    """The style of the first block of a kind, after one of another kind if that is given."""
    return next(
        style
        for (key, own), style in frame.blocks.items()
        if key[2] == kind and own == part and before in {"", key[3]}
    )


def heading(frame: Frame, role: str, part: str = "") -> BlockStyle:
    return next(
        style
        for (key, own), style in frame.headings.items()
        if key[2][-1][0] == role and own == part
    )


def inline(frame: Frame, *nesting: str) -> TextStyle:
    return next(style for (_, _, own), style in frame.inlines.items() if own == nesting)


# --- our own sheet ------------------------------------------------------------------------


def test_prose_is_set_on_the_grid(plain: Frame) -> None:
    base = plain.base
    assert (base.text.size, base.leading, base.indent) == (10.5, 17.85, 21.0)
    assert base.text.face.families[0] == "Noto Serif CJK SC"
    assert base.text.face.language == "zh-Hans"
    assert base.align == "justify"
    page = plain.pages[base.page, "recto", False]
    assert page.measure_x == pytest.approx(28 * 10.5, abs=0.06)
    assert page.measure_y == pytest.approx(25 * 17.85, abs=0.06)


def test_left_and_right_pages_mirror_each_other(plain: Frame) -> None:
    recto, verso = (plain.pages["text", side, False] for side in ("recto", "verso"))
    assert recto.width == verso.width == pytest.approx(148 * 72 / 25.4, abs=0.01)
    assert recto.left == pytest.approx(verso.width - verso.left - verso.measure_x, abs=0.01)


@pytest.mark.parametrize("margin", [10.0, 7.0, 5.0])
def test_furniture_is_on_the_paper_however_narrow_the_margins(margin: float) -> None:
    """Half way between the text and the edge, where the room that the sheets ask for is not."""
    page = frame_of(f"@page {{ margin: {margin}mm }}").pages["text", "recto", False]
    head, folio = page.furniture
    room = margin * 72 / 25.4
    for line, edge, text in (
        (head, 0.0, page.top),
        (folio, page.height, page.top + page.measure_y),
    ):
        middle = line.y - 0.38 * line.text.size
        assert middle == pytest.approx((edge + text) / 2, abs=0.01)
        assert line.text.size < room


def test_furniture_stands_outside_the_text_area_on_its_outer_side(plain: Frame) -> None:
    page = plain.pages["text", "recto", False]
    head, folio = page.furniture
    assert head.content == (("string", "chapter"),)
    assert head.first_except
    assert (folio.content, folio.first_except) == ((("folio", "decimal"),), False)
    assert head.align == folio.align == "end"
    assert head.x == folio.x == pytest.approx(page.left + page.measure_x, abs=0.01)
    assert head.y < page.top < page.top + page.measure_y < folio.y
    verso = plain.pages["text", "verso", False]
    assert [one.align for one in verso.furniture] == ["start", "start"]
    assert verso.furniture[0].content == (("string", "book"),)


def test_where_numbers_start_anew_and_on_empty_pages_there_is_no_folio(plain: Frame) -> None:
    opening = plain.pages["start-bare", "recto", True].furniture
    assert all(one.first_except for one in opening)  # and something opens there
    assert plain.pages[BLANK, "verso", False].furniture == ()
    assert plain.pages["front", "recto", False].furniture[-1].content == (("folio", "lower-roman"),)


def test_headings_name_their_pages_breaks_and_distances(plain: Frame) -> None:
    volume, first = heading(plain, "volume"), heading(plain, "chapter")
    assert (volume.page, volume.break_before, volume.break_after) == (
        "start-bare",
        "recto",
        "recto",
    )
    assert volume.before == pytest.approx(107.1 + 53.55)
    assert (first.page, first.break_before, first.break_after) == ("text", "page", "auto")
    assert (first.before, first.after) == (53.55, 53.55)


def test_label_and_title_stand_on_lines_of_their_own(plain: Frame) -> None:
    assert not heading(plain, "chapter", "gap").is_shown
    assert heading(plain, "chapter", "label").text.size == 10.5
    title = heading(plain, "chapter", "title")
    assert (title.text.size, title.leading, title.text.face.weight) == (16.0, 35.7, 700)
    assert title.text.spacing == pytest.approx(1.6)
    assert title.align == "center"
    assert not heading(plain, "chapter", "half-gap").is_shown


def test_a_heading_of_a_label_alone_is_another_kind(plain: Frame) -> None:
    sizes = {
        key[2][-1][2]: style.text.size
        for (key, part), style in plain.headings.items()
        if part == "label" and key[2][-1][0] == "chapter"
    }
    assert sizes == {True: 10.5, False: 16.0}


def test_verse_is_inset_and_hangs(plain: Frame) -> None:
    line = block(plain, "verse", part="line")
    assert (line.start, line.indent) == (84.0, -21.0)
    assert line.keeps_together
    assert line.text.face.families[0] == "LXGW WenKai"
    assert block(plain, "verse", part="gap").before == 17.85
    assert block(plain, "verse").before == block(plain, "verse").after == 17.85


def test_a_letter_is_inset_at_both_ends_and_so_are_its_blocks(plain: Frame) -> None:
    letter, salutation = block(plain, "quote.letter"), block(plain, "p.salutation")
    assert (letter.start, letter.end) == (salutation.start, salutation.end) == (21.0, 21.0)
    assert salutation.indent == 0
    signature = block(plain, "p.signature")
    assert (signature.align, signature.end) == ("end", 42.0)
    assert signature.break_before == "avoid"


def test_a_scene_break_has_words_and_stays_with_both_sides(plain: Frame) -> None:
    assert plain.break_words == "＊　＊　＊"
    style = block(plain, "break")
    assert (style.align, style.break_before, style.break_after) == ("center", "avoid", "avoid")


def test_inlines_are_kept_by_how_they_are_nested(plain: Frame) -> None:
    emphasis, strong = inline(plain, "em"), inline(plain, "em", "strong")
    assert (emphasis.face.families[0], emphasis.face.weight) == ("Noto Serif CJK SC", 400)
    assert emphasis.emphasis == strong.emphasis == "dots"
    assert (strong.face.families[0], strong.face.weight) == ("Noto Serif CJK SC", 700)
    assert inline(plain, "code").size == pytest.approx(9.45)
    assert inline(plain, "ruby", "rt").size == 5
    call = inline(plain, "note")
    assert (call.size, call.raised) == (7.0, 3.5)
    assert plain.inlines[IN_NOTES, "", ("em",)].size == 8.5


def test_notes_stand_below_a_rule(plain: Frame) -> None:
    notes = plain.notes
    assert (notes.before, notes.rule, notes.after) == (8.925, 0.4, 5.0)
    assert (notes.body.text.size, notes.body.leading) == (8.5, 13.5)
    assert notes.body.start == notes.hang == 12.75
    assert notes.body.align == "start"


def test_contents_have_every_level(plain: Frame) -> None:
    assert {key[0] for key in plain.contents} == {1, 2, 3, 4}
    assert plain.contents[1, True].text.face.weight == 700
    assert plain.contents[2, False].start == 21.0
    assert plain.contents_title.page == "contents"
    assert plain.contents_title.break_before == "recto"
    assert plain.has_leaders
    assert plain.left_title.page == "text"
    assert plain.left_note.text.size == 8.5


def test_strings_are_the_books_title_and_the_heading(plain: Frame) -> None:
    strings = {key[2][-1][0]: dict(said) for key, said in plain.strings.items()}
    assert strings["chapter"] == {"book": (("words", "渡口"),), "chapter": (("heading", ""),)}


def test_every_key_of_the_book_has_a_style(plain: Frame) -> None:
    keys: set[BlockKey] = {key for key, part in plain.blocks if not part}
    assert {key[2] for key in keys} >= {
        "p.body", "break", "verse", "quote.letter", "p.salutation", "p.signature", "h.1",
    }  # fmt: skip
    assert all((key, "") in plain.headings for key in {key[0] for key in keys})


# --- the book's own sheet -----------------------------------------------------------------


def value_of(frame: object, path: str) -> object:
    """What an expression about a frame's prose says, as in `base.text.size`."""
    found = frame
    for name in path.split("."):
        found = getattr(found, name)
    return found


@pytest.mark.parametrize(
    ("css", "path", "expected"),
    [
        ("p { font-size: 12pt }", "base.text.size", 12.0),
        ("p { line-height: 20pt }", "base.leading", 20.0),
        ("p { line-height: 2 }", "base.leading", 21.0),
        ("p { text-indent: 0 }", "base.indent", 0.0),
        ("p { text-indent: 10% }", "base.indent", 29.405),
        ("p { text-align: left }", "base.align", "start"),
        ("p { text-align: right }", "base.align", "end"),
        ("p { margin: 6pt 0 9pt }", "base.before", 6.0),
        ("p { margin: 6pt 0 9pt }", "base.after", 9.0),
        ("p { margin-left: 1em; padding-left: 1em }", "base.start", 21.0),
        ("article { padding-right: 5% }", "base.end", 14.7025),
        ("p { letter-spacing: 0.1em }", "base.text.spacing", 1.05),
        ("p { color: #f00 }", "base.text.colour", (1.0, 0.0, 0.0)),
        ("p { color: rgb(0 51 102) }", "base.text.colour", (0.0, 0.2, 0.4)),
        ("p { font-weight: bold }", "base.text.face.weight", 700),
        ("p { font-style: italic }", "base.text.face.is_italic", True),
        ("p { font-family: 'LXGW WenKai' }", "base.text.face.families", ("LXGW WenKai",)),
        ("p { font-feature-settings: 'ss01' 2, 'pwid' }", "base.text.face.features", ("pwid", "ss01=2")),
        ("p { text-decoration: underline }", "base.text.underline", "straight"),
        ("p { text-decoration: underline wavy }", "base.text.underline", "wavy"),
        ("p { break-before: page }", "base.break_before", "page"),
        ("p { break-after: avoid }", "base.break_after", "avoid"),
        ("p { break-inside: avoid }", "base.keeps_together", True),
        ("p { orphans: 3; widows: 4 }", "base.orphans", 3),
        ("p { orphans: 3; widows: 4 }", "base.widows", 4),
        ("p { display: none }", "base.is_shown", False),
        ("p { page: wide }", "base.page", "wide"),
        ("book-note { font-size: 9pt }", "notes.body.text.size", 9.0),
        ("book-note { padding-left: 1em }", "notes.body.start", 8.5),
        ("book-note::footnote-call { font-size: 6pt }", "notes.call.size", 6.0),
        ("@page { @footnote { border-top-width: 1pt } }", "notes.rule", 1.0),
        ("@page { @footnote { border-top: 1pt solid red } }", "notes.colour", (1.0, 0.0, 0.0)),
        ("html { color: blue } @page { @footnote { border-top: 1pt solid } }",
         "notes.colour", (0.0, 0.0, 1.0)),
        ("@page { @footnote { margin-top: 12pt; padding-top: 3pt } }", "notes.before", 12.0),
        ("@page { @footnote { margin-top: 12pt; padding-top: 3pt } }", "notes.after", 3.0),
        ("hr.break::before { content: '※' }", "break_words", "※"),
        ("hr.break::before { content: none }", "break_words", ""),
        (".leaders .entry::after { content: none }", "has_leaders", False),
        (".contents-title { font-size: 20pt }", "contents_title.text.size", 20.0),
        (".left-notes-title { color: blue }", "left_title.text.colour", (0.0, 0.0, 1.0)),
    ],
)  # fmt: skip
def test_a_change_in_the_books_own_sheet_is_seen(css: str, path: str, expected: object) -> None:
    found = value_of(frame_of(css), path)
    if isinstance(expected, float):
        expected = pytest.approx(expected, abs=0.005)
    assert found == expected


@pytest.mark.parametrize(
    ("css", "kind", "before", "name", "expected"),
    [
        ("p + p { text-indent: 0 }", "p.body", "p.body", "indent", 0.0),
        ("hr + p { text-indent: 0 }", "p.body", "break", "indent", 0.0),
        (".verse { margin: 0 }", "verse", "", "before", 0.0),
        (".letter { margin-left: 4em }", "quote.letter", "", "start", 42.0),
        (".letter p { color: red }", "p.signature", "", "text.colour", (1.0, 0.0, 0.0)),
        (".subheading { text-align: center }", "h.1", "", "align", "center"),
        ("hr.break { text-align: left }", "break", "", "align", "start"),
    ],
)
def test_a_block_is_known_by_its_kind_and_its_neighbours(
    css: str, kind: str, before: str, name: str, expected: object
) -> None:
    assert value_of(block(frame_of(css), kind, before=before), name) == expected


def test_a_rule_for_one_kind_leaves_the_others_alone(plain: Frame) -> None:
    changed = frame_of("hr + p { text-indent: 0 }")
    for key, style in plain.blocks.items():
        if key[0][3] != "break":
            assert changed.blocks[key] == style


@pytest.mark.parametrize(
    ("css", "role", "part", "name", "expected"),
    [
        ("h2.heading { text-align: left }", "chapter", "", "align", "start"),
        (".heading { padding-top: 0; margin-top: 0 }", "chapter", "", "before", 0.0),
        (".chapter > header { padding-bottom: 10pt }", "chapter", "", "after", 63.55),
        (".heading .title { color: teal }", "volume", "title", "text.colour", (0, 0.502, 0.502)),
        (".heading .label { display: none }", "chapter", "label", "is_shown", False),
        (".heading :is(.label, .title) { display: inline } .heading .gap { display: inline }",
         "chapter", "gap", "is_shown", True),
        (".heading :is(.half, .gap) { display: inline }", "chapter", "half-gap", "is_shown", True),
        ("section.opener { break-before: right }", "chapter", "", "break_before", "recto"),
        ("section.opener { break-before: auto }", "chapter", "", "break_before", "auto"),
        (".divider { break-after: auto }", "volume", "", "break_after", "auto"),
        ("section.chapter { page: story }", "chapter", "", "page", "story"),
        ("header { display: none }", "chapter", "", "is_shown", False),
    ],
)  # fmt: skip
def test_a_change_of_headings_is_seen(
    css: str, role: str, part: str, name: str, expected: object
) -> None:
    found = value_of(heading(frame_of(css), role, part), name)
    if isinstance(expected, float | tuple):
        expected = pytest.approx(expected, abs=0.001)
    assert found == expected


def test_a_change_of_inlines_is_seen() -> None:
    css = "em { color: red; letter-spacing: 1pt } rt { font-size: 4pt } a { text-decoration: underline }"
    frame = frame_of(css)
    assert inline(frame, "em").colour == (1, 0, 0)
    assert inline(frame, "em").spacing == 1.0
    assert inline(frame, "em", "strong").colour == (1, 0, 0)
    assert inline(frame, "ruby", "rt").size == 4.0
    assert inline(frame, "a").underline == "straight"


def test_pages_follow_size_margins_and_margin_boxes() -> None:
    frame = frame_of(
        "@page { size: 100mm 150mm; margin: 10mm 12mm 14mm 16mm }"
        "@page :left { margin-left: 20mm }"
        "@page :right { @top-right { content: none }"
        " @top-center { content: '卷' string(chapter); font-size: 7pt; color: red;"
        " vertical-align: top; line-height: 10pt } }"
        "@page text { @bottom-right { content: '第' counter(page, cjk-decimal) '页' } }"
    )
    mm = 72 / 25.4
    recto, verso = (frame.pages["text", side, False] for side in ("recto", "verso"))
    assert (recto.width, recto.height) == pytest.approx((100 * mm, 150 * mm), abs=0.001)
    assert (recto.left, recto.top) == pytest.approx((16 * mm, 10 * mm), abs=0.001)
    assert verso.left == pytest.approx(20 * mm, abs=0.001)
    head, folio = recto.furniture
    assert head.content == (("words", "卷"), ("string", "chapter"))
    assert not head.first_except
    assert (head.align, head.text.size, head.text.colour) == ("center", 7.0, (1, 0, 0))
    assert head.x == pytest.approx(recto.left + recto.measure_x / 2, abs=0.001)
    assert 0 < head.y < 10
    assert folio.content == (("words", "第"), ("folio", "cjk-decimal"), ("words", "页"))
    assert frame.pages["front", "recto", False].furniture[-1].content == (
        ("folio", "lower-roman"),
    )  # fmt: skip


def test_the_first_page_of_a_name_may_differ() -> None:
    frame = frame_of("@page :nth(1 of text) { @bottom-left { content: none } }")
    assert len(frame.pages["text", "verso", True].furniture) == 1
    assert len(frame.pages["text", "verso", False].furniture) == 2


def test_strings_say_what_the_sheet_sets() -> None:
    frame = frame_of(
        ".chapter > [data-heading] { string-set: chapter '·' attr(data-heading), now content() }"
    )
    strings = {key[2][-1][0]: dict(said) for key, said in frame.strings.items()}
    assert strings["chapter"] == {
        "chapter": (("words", "·"), ("heading", "")),
        "now": (("heading", ""),),
    }


def test_a_vertical_book_takes_the_same_sheet_turned(plain: Frame) -> None:
    turned = frame_of(is_vertical=True)
    assert turned.is_vertical
    assert turned.base.indent == plain.base.indent
    assert block(turned, "quote.letter").start == block(plain, "quote.letter").start
    right, left = plain.pages["text", "recto", False], plain.pages["text", "verso", False]
    assert turned.pages["text", "recto", False] == left
    assert turned.pages["text", "verso", False] == right
    deep = frame_of("p { text-indent: 10% }", is_vertical=True)
    assert deep.base.indent == pytest.approx(left.measure_y / 10, abs=0.001)
    assert heading(turned, "volume").break_before == "recto"


def test_traditional_books_ask_for_their_own_faces() -> None:
    taiwan = replace(BOOK, metadata=Metadata("渡口", "zh-Hant-TW"))
    hong_kong = replace(BOOK, metadata=Metadata("渡口", "zh-Hant-HK"))
    assert frame_of(book=taiwan).base.text.face.families[0] == "Noto Serif CJK TC"
    face = frame_of(book=hong_kong).base.text.face
    assert (face.families[0], face.language) == ("Noto Serif CJK HK", "zh-Hant-HK")


def test_items_of_lists_are_blocks_with_marks() -> None:
    items = ListBlock(((PROSE, Quote((PROSE,))), (PROSE,)), is_ordered=True)
    book = Book(Metadata("渡口", "zh-Hans"), body=(chapter(1, items, ListBlock(((PROSE,),))),))
    frame = frame_of("ol { list-style-type: cjk-decimal } li::marker { color: red }", book)
    ordered, plain_list = (
        next(key for key, _ in frame.blocks if key[2] == kind) for kind in ("ol", "ul")
    )
    assert (frame.markers[ordered], frame.markers[plain_list]) == ("cjk-decimal", "disc")
    assert frame.blocks[ordered, "marker"].text.colour == (1, 0, 0)
    inside = {key[1]: style for (key, _), style in frame.blocks.items() if key[2] == "p.body"}
    assert inside["ol",].start == inside["ul",].start == 21.0
    assert inside["ol", "quote.quotation"].start == 42.0
    assert inside["ol",].indent == 0
    assert frame.blocks[ordered, ""].before == 17.85


def test_a_second_mention_has_a_look_of_its_own() -> None:
    marked = Paragraph((Text("灯"), NoteRef("n1"), NoteRef("n2")))
    notes = (
        Note("n1", (Paragraph((Text("见"), NoteRef("n2"))),)),
        Note("n2", (Paragraph((Text("旧名"),)),)),
    )
    book = Book(Metadata("渡口", "zh-Hans"), body=(chapter(1, marked),), notes=notes)
    frame = frame_of(".note-again::after { font-size: 6pt }", book)
    assert frame.again.size == 6.0
    assert frame_of(book=book).again.size == 8.0


def test_a_document_for_the_other_engine_has_no_frame() -> None:
    document = compose_print(
        BOOK, Config(pdf=PdfConfig(engine="weasyprint")), modified="2026-01-01T00:00:00Z"
    )
    with pytest.raises(ValueError, match="渡口"):
        frame_from(document, Host((), ()))


@settings(max_examples=10)
@given(st.builds(Book, st.just(Metadata("渡口", "zh-Hans")), parts, parts, parts))
def test_whatever_a_book_is_made_of_has_a_style(book: Book) -> None:
    notes = (Note("n1", (Paragraph((Text("旧名"),)),)),)
    book = replace(_with_ids(book), notes=notes)
    frame = frame_of(book=book)
    sections, blocks, inlines = keys_of(book)
    assert {(key, "") for key in sections} <= frame.headings.keys()
    assert {(key, "") for key in blocks} <= frame.blocks.keys()
    known = {(key, nesting) for key, _, nesting in frame.inlines}
    hosted = {"p.pictures", "table", "figure"}
    # A link is parted where another or a note's mark stands in it, so nothing is nested so.
    parted = {one for one in inlines if {"a", "note"} & set(_inside_link(one[1]))}
    assert {one for one in inlines if one[0][2] not in hosted} - parted <= known
    names = {style.page for style in (*frame.headings.values(), *frame.blocks.values())}
    assert {(name, "recto", True) for name in names} <= frame.pages.keys()


def _inside_link(nesting: Nesting) -> Nesting:
    return nesting[nesting.index("a") + 1 :] if "a" in nesting else ()


def _with_ids(book: Book) -> Book:
    numbers = count(1)

    def named(section: Section) -> Section:
        children = tuple(map(named, section.children))
        return replace(section, id=f"c{next(numbers)}", children=children)

    front, body, back = (tuple(map(named, some)) for some in (book.front, book.body, book.back))
    return replace(book, front=front, body=body, back=back)


def test_a_book_of_nothing_has_a_frame() -> None:
    frame = frame_of(book=Book(Metadata("空", "zh-Hans")))
    assert frame.base.text.size == 10.5
    assert frame.notes.body.text.size == 8.5


@pytest.mark.parametrize(
    "css",
    [
        "p { margin-left: 200em }",
        "p { margin: 0 -50em; padding: 0 200% }",
        "p { font-size: 0 }",
        "p { line-height: 0 }",
        "html { font-size: 0; line-height: 0 }",
        "@page { size: 10mm 10mm }",
        "@page { margin: 300mm }",
        "p { letter-spacing: 100em; text-indent: 200em }",
    ],
)
def test_what_cannot_be_set_is_set_as_small_as_can_be(css: str) -> None:
    pressed = print_book(novel(2, 2), user_css=css)
    assert pressed.page_count > 4
