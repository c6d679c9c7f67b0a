"""What opens and where, and what a sheet of one's own takes away: entries, notes, turns of the page."""

import pymupdf
import pytest

from builder.core.book import Book, Link, Metadata, Note, NoteRef, Paragraph, Section, Table, Text
from tests.press.documents import print_book

LINE = "船在雾里走，水声很轻，谁也没有回头。"
COUNT = 20


def chapter(number: int, title: str) -> Section:
    marked = Paragraph((Text(LINE), NoteRef(f"n{number}")))
    blocks = (marked, *(Paragraph((Text(LINE * 3),)),) * COUNT)
    return Section("chapter", number, f"第{number}章", title, blocks, id=f"c{number}")


BOOK = Book(
    Metadata("雾渡", "zh-Hans"),
    body=(chapter(1, "渡口"), chapter(2, "夜雾"), chapter(3, "归人")),
    notes=tuple(Note(f"n{at}", (Paragraph((Text(f"注文{at}"),)),)) for at in (1, 2, 3, 4)),
)


def pages(css: str) -> list[str]:
    """The words of each page, without spaces, upper lines first."""
    made = print_book(BOOK, user_css=css)
    assert made.diagnostics == ()
    with pymupdf.open(stream=made.pdf) as pdf:
        return ["".join(page.get_text(sort=True).split()) for page in pdf]


def test_entries_that_are_not_shown_leave_the_title_of_the_contents() -> None:
    assert any("第1章" in page and "目录" in page for page in pages(""))
    [contents] = [page for page in pages("contents-entry { display: none }") if "目录" in page]
    assert "章" not in contents


def test_contents_that_are_not_shown_take_no_page() -> None:
    shown = pages("")
    hidden = pages(".contents { display: none }")
    assert not any("目录" in page for page in hidden)
    assert len(hidden) == len(shown) - 2  # and the blank back of theirs


def test_contents_without_their_title_keep_their_entries() -> None:
    hidden = pages(".contents-title { display: none }")
    assert not any("目录" in page for page in hidden)
    assert any(page.count("····") >= 3 for page in hidden)


def test_notes_that_are_not_shown_leave_no_mark_and_do_not_come_up_at_the_end() -> None:
    text = "".join(pages("book-note { display: none }"))
    assert "①" not in text
    assert "注文1" not in text
    assert "注文4" in text  # nothing mentions it: it stands in the flow, as another rule says
    assert "注文4" not in "".join(pages(".left-notes { display: none }"))
    assert "注文1" in "".join(pages(".left-notes { display: none }"))


def test_a_chapter_that_runs_on_names_the_pages_that_follow() -> None:
    """Where its heading stands among text there is no head, as on every page with a heading."""
    found = pages("section.chapter { break-before: auto }")
    body = found[next(at for at, page in enumerate(found) if page.startswith("第1章渡口船")) :]
    [at] = [at for at, page in enumerate(body) if "第2章夜雾船" in page and page[:3] == LINE[:3]]
    heads = [page.partition(LINE[:2])[0] for page in body]
    # The third chapter opens on the next recto, and has the one after that.
    assert heads[at - 1 : at + 5] == ["雾渡", "", "雾渡", "", "雾渡", "第3章归人"]
    assert len(found) < len(pages(""))


@pytest.mark.parametrize(("aim", "page"), [("bare", 2), ("volume", 2), ("last", 2), ("c1", 0)])
def test_a_link_to_what_shows_nothing_leads_to_what_follows_or_else_came_last(
    aim: str, page: int
) -> None:
    """From words and from a table, which WeasyPrint sets; the contents say the page, too."""
    link = Link(f"#{aim}", (Text("见那里"),))
    inside = Section("chapter", 2, "第2章", "夜雾", (Paragraph((Text(LINE),)),), id="c2")
    book = Book(
        Metadata("雾渡", "zh-Hans"),
        body=(
            Section(
                "chapter", 1, "第1章", "渡口", (Paragraph((link,)), Table((((link,),),))), id="c1"
            ),
            Section("bonus", None, "", "", id="bare"),
            Section("volume", 1, "", "", children=(inside,), id="volume"),
            Section("bonus", None, "", "", id="last"),
        ),
    )
    with pymupdf.open(stream=print_book(book).pdf) as pdf:
        first = next(at for at, one in enumerate(pdf) if "见那里" in one.get_text())
        links = [link for link in pdf[first].get_links() if link["kind"] == pymupdf.LINK_GOTO]
        assert [link["page"] - first for link in links] == [page, page]


@pytest.mark.parametrize("length", [20, 60, 80])
def test_the_title_of_a_volume_stands_on_one_page_however_long(length: int) -> None:
    title = ("风雪夜归人不问渡口灯火几时明" * 6)[:length]
    volume = Section("volume", 1, "第一卷", title, children=(chapter(1, "渡口"),), id="v1")
    with pymupdf.open(
        stream=print_book(Book(BOOK.metadata, body=(volume,), notes=BOOK.notes)).pdf
    ) as pdf:
        found = ["".join(page.get_text().split()) for page in pdf]
    at = next(at for at, page in enumerate(found) if page.startswith("第一卷风"))
    assert found[at] == "第一卷" + title
    assert found[at + 1] == ""
