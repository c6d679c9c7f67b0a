import pytest
from hypothesis import given, settings

from builder.compose.placement import place
from builder.core.book import Book, Note, NoteRef, Paragraph, Section, Text
from builder.core.errors import ComposeError
from builder.core.traversal import walk
from tests.compose.books import books, chapter, with_body, within
from tests.compose.sample import prose, sample_book


def mention(*note_ids: str) -> Paragraph:
    return Paragraph((Text("见注"), *(NoteRef(note_id) for note_id in note_ids)))


def files(book: Book) -> list[str]:
    return [document.href for document in place(book)[1].documents]


def test_every_chapter_and_volume_has_a_file_and_subchapters_stay_with_their_chapter() -> None:
    assert files(sample_book()) == [
        f"text/{name}.xhtml"
        for name in ("preface", "v1", "ch1", "ch2", "v2", "ch3", "afterword", "bonus")
    ]


def test_a_chapter_inside_a_chapter_has_a_file_and_so_has_what_follows_it() -> None:
    outer = within(
        chapter("上", id="a"),
        chapter("甲", id="b", role="subchapter"),
        chapter("下", id="c"),
        chapter("乙", id="d", role="subchapter"),
    )
    assert files(with_body(outer)) == [f"text/{name}.xhtml" for name in "abcd"]


def test_a_chapter_put_in_later_moves_no_other() -> None:
    before = with_body(chapter("一", id="c1"), chapter("三", id="c3"))
    after = with_body(chapter("一", id="c1"), chapter("二", id="c2"), chapter("三", id="c3"))
    assert set(files(before)) < set(files(after))


@pytest.mark.parametrize(
    "identity", ["", "第一章", "1", "a b", "a/b", "../a", "note-1", "nav", "Cover"]
)
def test_an_id_that_cannot_be_a_file_name_is_replaced(identity: str) -> None:
    book, placement = place(with_body(chapter("一", id=identity)))
    name = book.body[0].id
    assert name != identity
    assert name.isascii()
    assert name[0].isalpha()
    assert placement.sections[name] == f"text/{name}.xhtml"


def test_ids_that_differ_only_by_case_become_different_files() -> None:
    hrefs = files(with_body(chapter("一", id="c1"), chapter("二", id="C1"), chapter("三", id="c1")))
    assert len({href.lower() for href in hrefs}) == 3


def test_a_renamed_section_is_still_found_by_its_own_id() -> None:
    book, placement = place(with_body(chapter("一", id="第一章")))
    assert placement.sections["第一章"] == placement.sections[book.body[0].id]


def test_a_note_is_printed_where_it_is_mentioned_first() -> None:
    book = with_body(
        chapter("一", mention("n2"), id="c1"),
        chapter("二", mention("n1", "n2"), id="c2"),
        notes=(Note("n1", (prose("甲"),)), Note("n2", (prose("乙"),))),
    )
    _, placement = place(book)
    assert [document.note_ids for document in placement.documents] == [("n2",), ("n1",)]
    assert placement.notes["n2"].href == "text/c1.xhtml"
    assert placement.notes["n1"].number == 1


def test_a_note_that_a_note_mentions_stands_beside_it() -> None:
    book = with_body(
        chapter("一", mention("n1"), id="c1"),
        notes=(Note("n1", (mention("n2"),)), Note("n2", (mention("n1"),))),
    )
    assert place(book)[1].documents[0].note_ids == ("n1", "n2")


def test_a_note_in_a_subchapter_stands_at_the_end_of_the_chapter() -> None:
    inner = chapter("节", mention("n1"), role="subchapter", id="s1")
    book = with_body(within(chapter("一", id="c1"), inner), notes=(Note("n1", (prose("甲"),)),))
    assert place(book)[1].documents[0].note_ids == ("n1",)


def test_a_note_that_nothing_mentions_is_kept() -> None:
    book = with_body(chapter("一", id="c1"), notes=(Note("n1", (prose("甲"),)),))
    assert [note.id for note in place(book)[1].unreferenced] == ["n1"]


@pytest.mark.parametrize(
    "book",
    [
        with_body(chapter("一", mention("n1"))),
        with_body(chapter("一", mention("n2")), notes=(Note("n2", (mention("n1"),)),)),
        with_body(chapter("一"), notes=(Note("n2", (mention("n1"),)),)),
    ],
    ids=["text", "note", "note that nothing mentions"],
)
def test_a_mention_of_a_note_that_is_not_there_is_refused(book: Book) -> None:
    with pytest.raises(ComposeError) as caught:
        place(book)
    assert caught.value.diagnostic.code == "E004"
    assert "n1" in caught.value.message


@settings(max_examples=30)
@given(books())
def test_every_section_is_in_one_file_and_in_reading_order(book: Book) -> None:
    placed_book, placement = place(book)
    sections: list[Section] = []
    for document in placement.documents:
        inside = [
            section
            for _, section in walk((document.section,))
            if placement.sections[section.id].partition("#")[0] == document.href
        ]
        sections += inside
    assert sections == [section for _, section in walk(placed_book.sections)]


@settings(max_examples=30)
@given(books())
def test_every_note_is_printed_once(book: Book) -> None:
    _, placement = place(book)
    printed = [note_id for document in placement.documents for note_id in document.note_ids]
    printed += [note.id for note in placement.unreferenced]
    assert sorted(printed) == sorted(note.id for note in book.notes)
    assert set(placement.notes) == set(printed)
