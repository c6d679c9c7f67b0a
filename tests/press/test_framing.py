"""The frame follows the style sheets: each change in the book's own CSS is seen in it."""

from dataclasses import replace

import pytest

from builder.compose import compose_print
from builder.core.book import (
    Block,
    Book,
    Break,
    Code,
    Emphasis,
    Heading,
    Link,
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
from builder.core.specimen import BlockKey
from builder.press.frame import BLANK, IN_NOTES, BlockStyle, Frame, TextStyle
from builder.press.framing import frame_from
from builder.press.host import Host

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
    assert plain.apostrophe == ("pwid",)


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
