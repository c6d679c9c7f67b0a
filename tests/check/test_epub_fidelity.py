"""The EPUB says what the book says, and every way it could not is found."""

from pathlib import Path

import pytest

from builder.check import check_epub
from builder.core.book import Book
from builder.core.diagnostic import Diagnostic
from tests.check.books import NOTES, OPF, PARAGRAPHS, book, chapter, write_epub


@pytest.fixture(autouse=True)
def _without_epubcheck(monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes seconds a file and has tests of its own."""
    monkeypatch.setattr("builder.check.epubcheck_findings", lambda path: ())


def fidelity(path: Path, against: Book) -> list[Diagnostic]:
    return [found for found in check_epub(path, against=against) if found.code >= "K2"]


def judged(folder: Path, content: str) -> list[Diagnostic]:
    return fidelity(write_epub(folder / "a.epub", {"EPUB/c1.xhtml": content}), book())


def test_a_faithful_epub_is_faultless(tmp_path: Path) -> None:
    assert check_epub(write_epub(tmp_path / "a.epub"), against=book()) == ()


def test_a_dropped_paragraph_is_missing_once_with_its_place(tmp_path: Path) -> None:
    found = judged(tmp_path, chapter(PARAGRAPHS).replace(f"<p>{PARAGRAPHS[3]}</p>", ""))
    assert [one.code for one in found] == ["K201"]
    values = dict(found[0].values)
    assert values["count"] == 1
    assert values["characters"] == len(PARAGRAPHS[3]) + 1
    assert str(values["near"]).endswith(PARAGRAPHS[2][-8:])
    assert str(found[0].location).endswith("a.epub#EPUB/c1.xhtml")


def test_a_doubled_paragraph_is_extra(tmp_path: Path) -> None:
    twice = f"<p>{PARAGRAPHS[3]}</p>"
    found = judged(tmp_path, chapter().replace(twice, twice * 2))
    assert [(one.code, dict(one.values)["count"]) for one in found] == [("K202", 1)]


def test_two_swapped_paragraphs_have_moved(tmp_path: Path) -> None:
    swapped = chapter().replace(PARAGRAPHS[3], "@").replace(PARAGRAPHS[4], PARAGRAPHS[3])
    found = judged(tmp_path, swapped.replace("@", PARAGRAPHS[4]))
    assert [(one.code, dict(one.values)["count"]) for one in found] == [("K203", 1)]


@pytest.mark.parametrize(
    ("before", "after"), [("湿透", "濕透"), ("湿透", "湿　透"), ("二十年", "廿年"), ("。”", "”")]
)
def test_a_changed_character_is_found(tmp_path: Path, before: str, after: str) -> None:
    found = judged(tmp_path, chapter().replace(before, after))
    assert found
    assert {one.code for one in found} <= {"K201", "K202", "K204"}


def test_one_changed_character_is_named_on_both_sides(tmp_path: Path) -> None:
    (found,) = judged(tmp_path, chapter().replace("湿透", "湿秀"))
    assert (found.code, dict(found.values)["expected"], dict(found.values)["found"]) == (
        "K204",
        "透",
        "秀",
    )


def test_two_paragraphs_run_together_are_found(tmp_path: Path) -> None:
    joined = chapter().replace(f"{PARAGRAPHS[3]}</p>\n<p>", PARAGRAPHS[3])
    assert [one.code for one in judged(tmp_path, joined)] == ["K201"]


def test_a_lost_note_is_missing_from_the_notes(tmp_path: Path) -> None:
    (found,) = judged(tmp_path, chapter().replace(NOTES[1], ""))
    assert (found.code, dict(found.values)["stream"]) == ("K201", "notes")
    assert dict(found.values)["expected"] == NOTES[1]


def test_notes_may_stand_in_another_order(tmp_path: Path) -> None:
    swapped = chapter().replace(NOTES[0], "@").replace(NOTES[1], NOTES[0])
    assert judged(tmp_path, swapped.replace("@", NOTES[1])) == []


def test_a_lost_reading_is_missing_from_the_readings(tmp_path: Path) -> None:
    (found,) = judged(tmp_path, chapter().replace("<rt>xiá</rt>", ""))
    assert (found.code, dict(found.values)["stream"]) == ("K201", "readings")


def test_a_whole_document_missing_from_the_spine_is_found(tmp_path: Path) -> None:
    path = write_epub(
        tmp_path / "a.epub", {"EPUB/book.opf": OPF.replace('<itemref idref="c1"/>', "")}
    )
    streams = {dict(one.values)["stream"] for one in fidelity(path, book())}
    assert streams == {"body", "notes", "readings"}


def test_white_space_between_and_at_the_edges_of_blocks_does_not_count(tmp_path: Path) -> None:
    loose = chapter().replace("<p>", "<p>\n   ").replace("</p>", " \n</p>\n\n")
    assert judged(tmp_path, loose) == []


def test_titles_pages_and_furniture_are_no_text(tmp_path: Path) -> None:
    apparatus = (
        '<section epub:type="titlepage"><h1>木匣</h1></section>'
        '<h2 class="heading furniture">注释</h2><div role="doc-toc">目录</div>'
    )
    assert judged(tmp_path, chapter().replace("<section id", f"{apparatus}<section id")) == []


def test_every_kind_of_block_and_inline_survives_our_own_writers(tmp_path: Path) -> None:
    from builder.compose import compose
    from builder.core.config import Config
    from builder.epub import write_epub as write
    from tests.compose.sample import sample_book

    ours = sample_book()
    path = tmp_path / "sample.epub"
    path.write_bytes(write(compose(ours, Config(), modified="2000-01-01T00:00:00Z")))
    assert check_epub(path, against=ours) == ()


def in_two_files(folder: Path, first: str, second: str) -> list[Diagnostic]:
    """The findings of a book whose only chapter stands in two files."""
    opf = OPF.replace(
        '<item id="c1"', '<item id="c2" href="c2.xhtml" media-type="application/xhtml+xml"/>\n'
        '<item id="c1"'
    ).replace('<itemref idref="c1"/>', '<itemref idref="c1"/><itemref idref="c2"/>')  # fmt: skip
    files = {"EPUB/book.opf": opf, "EPUB/c1.xhtml": first, "EPUB/c2.xhtml": second}
    return fidelity(write_epub(folder / "a.epub", files), book())


def halves(continued: str) -> tuple[str, str]:
    """The chapter cut in the middle of a paragraph, the second file opening as given."""
    whole = chapter()
    before, mark, after = whole.partition("浑身湿透，")
    head = whole[: whole.index("<body")]
    return f"{before}{mark}</p></section></body></html>", f"{head}<body><section>{continued}{after}"


def test_a_paragraph_that_goes_on_in_the_next_file_is_one(tmp_path: Path) -> None:
    assert in_two_files(tmp_path, *halves('<p class="continued">')) == []


def test_a_paragraph_that_only_begins_anew_is_not(tmp_path: Path) -> None:
    assert [one.code for one in in_two_files(tmp_path, *halves("<p>"))] == ["K202"]


def test_the_rest_of_a_paragraph_that_was_lost_is_missed(tmp_path: Path) -> None:
    first, second = halves('<p class="continued">')
    lost = second.replace("怀里抱着一只用油布裹紧的木匣子。", "")
    assert [one.code for one in in_two_files(tmp_path, first, lost)] == ["K201"]


def test_a_paragraph_can_only_go_on_at_the_head_of_a_file(tmp_path: Path) -> None:
    marked = chapter().replace(f"<p>{PARAGRAPHS[3]}", f'<p class="continued">{PARAGRAPHS[3]}')
    assert marked != chapter()
    assert judged(tmp_path, marked) == []


def test_a_book_that_opens_in_the_middle_of_a_paragraph_is_read_all_the_same(
    tmp_path: Path,
) -> None:
    opened = chapter().replace("<h1", "<p class='continued'>雨</p><h1", 1)
    assert [one.code for one in judged(tmp_path, opened)] == ["K202"]
