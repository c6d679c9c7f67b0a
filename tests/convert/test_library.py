from scripts.conversion.library import Work, text_of, works

WRAPPED = Work("a", "owner/name", "0" * 40, "a.txt", "utf-8")
BIG5 = Work("b", "owner/name", "0" * 40, "b.txt", "big5hkscs")


def test_a_wrapped_book_becomes_paragraphs_without_what_its_publisher_says() -> None:
    content = (
        "Title: 書\r\n*** START OF THE BOOK ***\r\n"
        "  話說那日天色已晚，\r\n  只得投宿。\r\n\r\n第一回\r\n\r\n不知後事如何\r\n"
        "*** END OF THE BOOK ***\r\n授權：略\r\n"
    )
    text = text_of(WRAPPED, content.encode())
    assert text == "話說那日天色已晚，只得投宿。\n第一回\n不知後事如何\n"


def test_lines_of_other_books_stay_and_broken_ones_go() -> None:
    content = "那裡，\n".encode("big5hkscs") + b"\xff" + "壞了\n***\n走了".encode("big5hkscs")
    assert text_of(BIG5, content) == "那裡，\n走了\n"


def test_every_work_is_named_once_with_a_whole_commit() -> None:
    found = list(works())
    assert len({work.name for work in found}) == len(found) > 30
    assert {len(work.commit) for work in found} == {40}
    assert {work.encoding for work in found} == {"utf-8", "big5hkscs"}
