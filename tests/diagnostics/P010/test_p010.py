"""P010: a style of the user's that the press understands and does not follow."""

from tests.press.documents import novel, print_book


def test_a_property_that_is_not_followed_is_named_with_its_place() -> None:
    sheet = "p {\n  letter-spacing: 1pt;\n  float: left;\n}\n"
    [found] = print_book(novel(1, 1), user_css=sheet).diagnostics
    assert str(found) == (
        "mine.css:3:3: warning P010: the press does not follow “float: left” (p)\n"
        '  hint: leave it out; or let WeasyPrint set the book: [pdf] engine = "weasyprint"'
    )


def test_it_is_followed_where_weasyprint_sets() -> None:
    sheet = ".cover p {\n  float: left;\n}\n"
    assert print_book(novel(1, 1), user_css=sheet).diagnostics == ()
    sheet = "p {\n  float: left;\n}\n"
    assert print_book(novel(1, 1), user_css=sheet, engine="weasyprint").diagnostics == ()
