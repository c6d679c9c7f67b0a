"""Links between loose HTML files lead to the sections that the files became."""

from builder.core.manuscript import MarkKind
from builder.read.documents import Document
from builder.read.html_links import Place, linked_places

from .conftest import ReadFiles


def places(*files: tuple[str, str]) -> list[Place | None]:
    documents = [Document(name, name, b"") for name, _ in files]
    return list(linked_places(documents, [text for _, text in files]))


def test_a_file_that_links_lead_to_is_called_by_its_name() -> None:
    found = places(
        ("书/01.html", '<a href="二/02.html#%E6%B8%A1">渡</a> <a href="二/02.html">二</a>'),
        ("书/二/02.html", "<p>到了。</p>"),
        ("书/03.html", "<p>没有人提到。</p>"),
    )
    assert found == [
        Place("01.html", frozenset({""})),
        Place("二/02.html", frozenset({"", "渡"})),
        None,
    ]


def test_links_to_the_web_and_to_files_outside_the_book_ask_for_nothing() -> None:
    found = places(
        (
            "01.html",
            '<a href="https://example.org/02.html">x</a><a href="index.html">y</a><a>z</a>',
        ),
        ("02.html", '<a href="../02.html">x</a><a href="">y</a>'),
    )
    assert found == [None, None]


def test_other_texts_have_no_places() -> None:
    assert places(("01.txt", '<a href="02.html">x</a>'), ("02.html", "")) == [None, None]


def test_names_of_windows_are_names_too() -> None:
    found = places((r"C:\书\01.html", '<a href="02.html">x</a>'), (r"C:\书\02.html", ""))
    assert [place.name for place in found if place] == ["01.html", "02.html"]


def test_a_link_to_a_place_of_another_file_finds_it(read_files: ReadFiles) -> None:
    files: dict[str, str | bytes] = {
        "01.html": '<h1>第一章</h1><p>他在<a href="02.html#ferry">渡口</a>等船。</p>',
        "02.html": '<h1>第二章</h1><p>天亮了。</p><p id="ferry">船来了。</p>',
    }
    manuscript = read_files(files).manuscript
    links = [mark.value for mark in manuscript.marks if mark.kind is MarkKind.LINK]
    anchors = {
        mark.value: manuscript.text[mark.start : mark.start + 3]
        for mark in manuscript.marks
        if mark.kind is MarkKind.ANCHOR
    }
    assert links == ["#02.html#ferry"]
    assert anchors["02.html#ferry"] == "船来了"
