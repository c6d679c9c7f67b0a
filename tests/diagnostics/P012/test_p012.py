"""P012: pages of the book's own with another text area than the others."""

from tests.press.documents import novel, print_book


def test_pages_with_another_text_area_are_named_with_the_rule() -> None:
    sheet = "@page start {\n  margin-left: 40mm;\n}\n"
    [found] = print_book(novel(2, 1), user_css=sheet).diagnostics
    assert str(found) == (
        "mine.css:1:1: warning P012: the pages called start have another text area than the pages"
        " of the text, and the press sets all text in one\n  hint: give all pages margins that"
        " leave the same width and height: in @page, or alike in start, front and text"
    )


def test_margins_that_leave_the_same_text_area_are_obeyed_in_silence() -> None:
    sheet = "@page :left { margin: 20mm 15mm 20mm 10mm }\n@page :right { margin: 20mm 10mm 20mm 15mm }\n"
    assert print_book(novel(2, 1), user_css=sheet).diagnostics == ()
