"""Whole books set by the press: what stands on which page, and where it leads."""

import re
from collections.abc import Callable
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from builder.compose.page_grid import FONT_SIZE_PT, LEADING_PT
from builder.compose.page_layout import layout_of
from builder.core.book import (
    Block,
    Book,
    Break,
    Heading,
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
from builder.core.config import PdfConfig
from tests.press.documents import SENTENCE, novel, print_book, prose
from tests.press.reading import Run, read_pdf
from tests.press.seen import Line, lines_of

PAGE = layout_of(PdfConfig(), is_vertical=False)
GRID = PAGE.grid


def chapter(*blocks: Block, number: int = 1, title: str = "渡口") -> Section:
    return Section("chapter", number, f"第{number}章", title, blocks, id=f"c{number}")


def book_of(*sections: Section, notes: tuple[Note, ...] = ()) -> Book:
    return Book(Metadata("江上", "zh-Hans"), body=sections, notes=notes)


def noted(words: str, *note_ids: str) -> Paragraph:
    return Paragraph((Text(words), *map(NoteRef, note_ids), Text("。")))


@pytest.fixture
def pages(tmp_path: Path) -> Callable[[Book], list[list[Line]]]:
    """The lines of each page of a book's text, from top to bottom, without furniture."""

    def read(book: Book) -> list[list[Line]]:
        path = tmp_path / "book.pdf"
        path.write_bytes(print_book(book).pdf)
        top = PAGE.top
        return [
            sorted(
                (line for line in page if top - 5 < line.y0 < top + GRID.lines * LEADING_PT),
                key=lambda line: line.y0,
            )
            for page in lines_of(path)
        ]

    return read


def said(book: Book, within: str, without: tuple[str, ...] = ()) -> list[Run]:
    return [
        run
        for run in read_pdf(print_book(book).pdf).runs
        if within in run.path and not set(without) & set(run.path)
    ]


# --- notes --------------------------------------------------------------------------------


def test_marks_count_anew_on_each_page_and_match_their_notes() -> None:
    notes = tuple(Note(f"n{at}", (prose(f"第{at}条。"),)) for at in range(40))
    blocks = tuple(noted(SENTENCE, f"n{at}") for at in range(40))
    runs = said(book_of(chapter(*blocks), notes=notes), "Lbl")
    by_page: dict[int, list[str]] = {}
    for run in runs:
        by_page.setdefault(run.page, []).append(run.text)
    assert len(by_page) > 3
    for marks in by_page.values():
        count = len(marks) // 2
        # Each mark stands in the text, and again before its note.
        assert sorted(marks) == sorted(2 * [chr(ord("①") + at) for at in range(count)])


def test_a_second_mention_names_the_page_of_the_first() -> None:
    blocks = (noted("初见", "n"), *(prose(SENTENCE * 9) for _ in range(4)), noted("再见", "n"))
    book = book_of(chapter(*blocks), notes=(Note("n", (prose("此注。"),)),))
    assert [run.text for run in said(book, "Lbl")] == ["①", "①", "［见第1页注］"]


def test_a_note_that_a_note_mentions_follows_it() -> None:
    notes = (Note("a", (noted("见乙", "b"),)), Note("b", (prose("乙注。"),)))
    book = book_of(chapter(noted("文", "a"), prose(SENTENCE)), notes=notes)
    runs = said(book, "Note")
    assert "".join(run.text for run in runs) == "①见乙②。②乙注。"
    assert len({run.page for run in runs}) == 1


def test_a_note_too_long_for_its_page_goes_on_at_the_foot_of_the_next() -> None:
    book = book_of(
        chapter(noted("文", "n"), *(prose(SENTENCE) for _ in range(30))),
        notes=(Note("n", (prose(SENTENCE * 24),)),),
    )
    runs = said(book, "Note", ("Lbl",))
    assert "".join(run.text for run in runs) == SENTENCE * 24
    assert [run.page for run in runs] == sorted({run.page for run in runs})
    assert len(runs) > 1


def test_notes_in_a_table_stand_under_it() -> None:
    table = Table((((Text("渡客"),), (Text("七人"), NoteRef("n"))),))
    book = book_of(chapter(table, noted("又见", "n")), notes=(Note("n", (prose("连船家。"),)),))
    runs = said(book, "Art", ("H1",))
    assert "".join(run.text for run in runs) == "渡客七人①①连船家。又见［见第1页注］。"


# --- lists and raw text -------------------------------------------------------------------


def test_items_have_their_marks_and_start_below_each_other(pages: Callable[[Book], list[list[Line]]]) -> None:  # fmt: skip
    items = tuple((prose(SENTENCE),) for _ in range(11))
    [page] = [page for page in pages(book_of(chapter(ListBlock(items, is_ordered=True)))) if page][-1:]  # fmt: skip
    numbered = [line for line in page if re.match(r"\d+\.", line.text)]
    assert {line.text.partition(".")[0] for line in numbered} >= {"10", "11"}
    # Whatever its number, the words of an item start at the same place, and the number before it.
    [start] = {round(line.x0, 1) for line in page if line.text.startswith("等")}
    assert all(line.x0 < start for line in numbered)


def test_a_table_in_a_list_has_the_mark_of_its_item_once() -> None:
    table = Table((((Text("渡客"),),),))
    items = ((table,), (prose("二项"), table))
    runs = said(book_of(chapter(ListBlock(items, is_ordered=True))), "L")
    assert [run.text.strip() for run in runs] == ["1.", "渡客", "2.", "二项", "渡客"]


def test_a_long_list_goes_on_where_the_page_ends() -> None:
    book = book_of(
        chapter(prose(SENTENCE), ListBlock(tuple((prose(SENTENCE),) for _ in range(30))))
    )
    runs = said(book, "LI")
    assert len({run.page for run in runs}) > 2
    assert min(run.page for run in runs) == min(run.page for run in said(book, "Art"))
    assert sum(run.text == "• " or run.text == "•" for run in said(book, "Lbl")) == 30


def test_raw_text_keeps_its_lines_and_its_spaces(pages: Callable[[Book], list[list[Line]]]) -> None:  # fmt: skip
    raw = Raw("def f(x):\n    if x:\n\n\treturn 1")
    [page] = [page for page in pages(book_of(chapter(raw))) if page][-1:]
    lines = [line for line in page if line.text.isascii()]
    assert [line.text for line in lines] == ["deff(x):", "ifx:", "return1"]
    step = (lines[1].x0 - lines[0].x0) / 4
    assert step > 3
    assert lines[2].x0 - lines[0].x0 == pytest.approx(8 * step, abs=0.5)
    assert lines[2].y0 - lines[1].y0 == pytest.approx(2 * (lines[1].y0 - lines[0].y0), abs=0.1)


# --- links --------------------------------------------------------------------------------


def links_of(pdf: bytes) -> list[tuple[int, str]]:
    """Each link's page, and the page or the address that it leads to."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        numbers = {page.obj.objgen: at for at, page in enumerate(opened.pages)}
        found = []
        for at, page in enumerate(opened.pages):
            for note in page.obj.get("/Annots", []):
                if "/A" in note:
                    found.append((at, str(note.A.URI)))
                else:
                    found.append((at, str(numbers[note.Dest[0].objgen])))
        return found


def test_links_lead_to_sections_and_the_web_and_nowhere_else() -> None:
    links = (
        Link("#c2", (Text("下一章"),)),
        Link("#gone", (Text("无此节"),)),
        Link("javascript:alert(1)", (Text("脚本"),)),
        Link("https://example.org/", (Text("网"),)),
    )
    pdf = print_book(book_of(chapter(Paragraph(links)), chapter(prose(SENTENCE), number=2))).pdf
    outline = [page for page, goal in links_of(pdf)]
    assert [goal for page, goal in links_of(pdf) if page == 6] == ["7", "https://example.org/"]
    # The contents lead to both chapters.
    assert [goal for page, goal in links_of(pdf) if page == 4] == ["6", "7"]
    assert outline == [4, 4, 6, 6]


def test_a_mark_leads_to_its_note_and_back() -> None:
    book = book_of(chapter(noted("文", "n")), notes=(Note("n", (prose("注。"),)),))
    assert [goal for page, goal in links_of(print_book(book).pdf) if page == 6] == ["6", "6"]


# --- the page -----------------------------------------------------------------------------


def test_a_scene_break_is_never_at_the_edge_of_a_page(pages: Callable[[Book], list[list[Line]]]) -> None:  # fmt: skip
    blocks: list[Block] = []
    for at in range(50):
        blocks += [prose(SENTENCE[: 20 + at * 7 % 50]), Break()]
    blocks.append(prose(SENTENCE))
    found = [page for page in pages(book_of(chapter(*blocks))) if page]
    rows = [{round(line.y0): line.text.startswith("＊") for line in page} for page in found]
    drawn = [list(page.values()) for page in rows]
    assert sum(map(sum, drawn)) == 50
    assert not any(page[0] or page[-1] for page in drawn)


def test_a_stanza_is_never_torn(pages: Callable[[Book], list[list[Line]]]) -> None:
    verse = Verse(tuple((Text(f"灯前第{at}句，"),) if at % 5 else () for at in range(1, 60)))
    found = pages(book_of(chapter(prose(SENTENCE * 3), verse)))
    for page in found:
        numbers = [int(it[1]) for line in page if (it := re.search(r"第(\d+)句", line.text))]
        if numbers:
            assert numbers[0] % 5 == 1
            assert numbers[-1] % 5 == 4


def test_a_signature_ends_two_characters_before_the_edge(pages: Callable[[Book], list[list[Line]]]) -> None:  # fmt: skip
    signed = Paragraph((Text("沈七手书"),), "signature")
    [page] = [page for page in pages(book_of(chapter(prose(SENTENCE), signed))) if page][-1:]
    inner = PAGE.inner
    right = inner + GRID.columns * FONT_SIZE_PT
    assert page[-1].x1 == pytest.approx(right - 2 * FONT_SIZE_PT, abs=0.3)


def test_lines_after_a_table_are_back_on_the_grid(pages: Callable[[Book], list[list[Line]]]) -> None:  # fmt: skip
    table = Table(tuple((((Text(f"初{at}"),), (Text("七人"),))) for at in range(5)))
    subheading = Heading((Text("渡口的人"),))
    blocks = (prose(SENTENCE[:20]), table, prose(SENTENCE), subheading, prose(SENTENCE[:25]))
    [page] = [page for page in pages(book_of(chapter(*blocks))) if page][-1:]
    body = [line for line in page if len(line.text) > 15]
    assert len(body) > 3
    for above, below in pairwise(body):
        steps = (below.y0 - above.y0) / LEADING_PT
        assert steps == pytest.approx(round(steps), abs=0.01)


def test_a_volume_has_a_page_of_its_own_on_the_right_and_a_bare_back() -> None:
    volume = Section("volume", 1, "第一卷", "水", (), (chapter(prose(SENTENCE)),), id="v1")
    book = Book(Metadata("江上", "zh-Hans"), body=(chapter(prose(SENTENCE), number=7), volume))
    reading = read_pdf(print_book(book).pdf)
    [opened] = [run.page for run in reading.runs if run.text == "第一卷水"]
    assert opened % 2 == 0
    assert reading.artifacts[opened] == reading.artifacts[opened + 1] == ""
    assert not [run for run in reading.runs if run.page == opened + 1]


def test_the_numbers_of_the_contents_end_at_the_edge_and_their_dots_stand_in_columns(tmp_path: Path) -> None:  # fmt: skip
    path = tmp_path / "book.pdf"
    path.write_bytes(print_book(novel(3)).pdf)
    contents = list(lines_of(path))[4]
    rows: dict[int, list[Line]] = {}
    for line in contents:
        if "·" in line.text or re.fullmatch(r"\d+", line.text):
            rows.setdefault(round(line.y1), []).append(line)
    inner = PAGE.inner
    edge = inner + GRID.columns * FONT_SIZE_PT
    for row in rows.values():
        assert max(line.x1 for line in row) == pytest.approx(edge, abs=0.3)


def print_with(css: str, book: Book) -> list[Run]:
    return list(read_pdf(print_book(book, user_css=css).pdf).runs)


@pytest.mark.parametrize(
    ("css", "gone"),
    [
        (".heading .label { display: none }", "第1章"),
        (".heading .title { display: none }", "灯下"),
        (".signature { display: none }", "沈七"),
        ("blockquote { display: none }", "引文"),
        ("hr.break { display: none }", "＊"),
    ],
)
def test_what_a_style_sheet_takes_away_is_not_there(css: str, gone: str) -> None:
    signed = Paragraph((Text("沈七"),), "signature")
    blocks = (prose(SENTENCE), Break(), Quote((prose("引文"),)), signed)
    book = book_of(chapter(*blocks, title="灯下"))
    reading = read_pdf(print_book(book, user_css=css).pdf)
    shown = reading.text(within="Art") + "".join(reading.artifacts)
    whole = read_pdf(print_book(book).pdf)
    assert gone in whole.text(within="Art") + "".join(whole.artifacts)
    assert gone not in shown
    assert SENTENCE in shown


def test_a_heading_taken_away_leaves_its_page_and_its_place() -> None:
    book = book_of(chapter(prose("甲")), chapter(prose("乙"), number=2))
    runs = print_with("header { display: none }", book)
    assert [(run.text, run.page) for run in runs if "Art" in run.path] == [("甲", 6), ("乙", 7)]


def test_a_block_may_turn_the_page() -> None:
    book = book_of(chapter(prose("甲"), Break(), prose("乙"), prose("丙")))
    runs = print_with("hr + p { break-before: page; break-after: page }", book)
    pages = {run.text: run.page for run in runs if run.text in set("甲乙丙")}
    assert pages == {"甲": 6, "乙": 7, "丙": 8}


def test_a_running_head_never_leaves_the_page() -> None:
    title = "渡口灯火" * 30
    pdf = print_book(book_of(chapter(prose(SENTENCE * 30), title=title))).pdf
    heads = [words for words in read_pdf(pdf).artifacts if words.startswith("第1章")]
    assert heads
    assert all(re.fullmatch(r"第1章\s渡口.{20,40}…\d+", words) for words in heads)


def test_a_book_of_one_endless_paragraph_is_set() -> None:
    pressed = print_book(book_of(chapter(prose(SENTENCE * 400))))
    assert pressed.page_count > 30
