"""No e-reader runs scripts."""

from tests.check.books import chapter
from tests.check.rejected import said


def test_a_script_is_told() -> None:
    page = chapter().replace("</head>", "<script>alert(1)</script></head>")
    assert said("K142", "boox", {"EPUB/c1.xhtml": page}) == [
        ("EPUB/c1.xhtml", "warning", "a script; no e-reader runs it, and some refuse the book"),
    ]


def test_a_style_is_not() -> None:
    page = chapter().replace("</head>", "<style>p { margin: 0 }</style></head>")
    assert said("K142", "boox", {"EPUB/c1.xhtml": page}) == []
