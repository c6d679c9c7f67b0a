"""P003: a style of the user's that the press does not understand."""

from tests.press.documents import novel, print_book


def test_an_unknown_property_is_reported_with_its_line() -> None:
    [found] = print_book(novel(1, 1), user_css="p {\n  text-emphasys: dot;\n}\n").diagnostics
    assert str(found) == (
        "mine.css:2:3: warning P003: this style is not understood: "
        "Ignored `text-emphasys: dot` at 2:3, unknown property.\n"
        "  hint: the rest of the style sheet still holds"
    )


def test_a_known_property_is_obeyed_in_silence() -> None:
    assert print_book(novel(1, 1), user_css="p {\n  letter-spacing: 1pt;\n}\n").diagnostics == ()
