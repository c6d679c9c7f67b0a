"""P011: a selector of the user's that means one thing among many alike."""

from tests.press.documents import novel, print_book


def test_a_selector_that_counts_is_named_with_its_place() -> None:
    sheet = "p { color: black }\np:nth-child(3) { letter-spacing: 1pt }\n"
    [found] = print_book(novel(1, 1), user_css=sheet).diagnostics
    assert str(found) == (
        "mine.css:2:1: warning P011: the press cannot see what “p:nth-child(3)” means: it knows"
        " kinds of things, not each by itself\n  hint: name a kind (.chapter, h2, hr + p) and no"
        " id, no number among its siblings, no value of an attribute"
    )


def test_a_selector_of_a_kind_is_obeyed_in_silence() -> None:
    sheet = "header + p { letter-spacing: 1pt }\n"
    assert print_book(novel(1, 1), user_css=sheet).diagnostics == ()
