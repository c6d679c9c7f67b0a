"""The PDF says what the book says, and every way it could not is found."""

from pathlib import Path

import pytest

from builder.check import check_pdf
from builder.check.pdf_glyphs import read_to_unicode
from builder.core.diagnostic import Diagnostic
from tests.check.books import NOTES, PARAGRAPHS, book, write_pdf


def judged(
    folder: Path, paragraphs: tuple[str, ...] = PARAGRAPHS, notes: tuple[str, ...] = NOTES
) -> list[Diagnostic]:
    return list(check_pdf(write_pdf(folder / "a.pdf", paragraphs, notes), against=book()))


def codes(found: list[Diagnostic]) -> list[tuple[str, object, object]]:
    return [(one.code, dict(one.values)["stream"], dict(one.values)["count"]) for one in found]


@pytest.mark.parametrize("article", ["article", "div"])
def test_a_faithful_pdf_is_faultless_however_notes_and_pages_fall(
    tmp_path: Path, article: str
) -> None:
    found = check_pdf(write_pdf(tmp_path / "a.pdf", article=article), against=book())
    # Without an article, everything tagged is text: the title page's line as well.
    assert codes(list(found)) == ([] if article == "article" else [("K202", "body", 1)])


def test_a_dropped_paragraph_is_missing_once_with_its_page(tmp_path: Path) -> None:
    found = judged(tmp_path, PARAGRAPHS[:3] + PARAGRAPHS[4:])
    assert codes(found) == [("K201", "body", 1)]
    assert "#page=" in str(found[0].location)


def test_two_swapped_paragraphs_have_moved(tmp_path: Path) -> None:
    swapped = (*PARAGRAPHS[:3], PARAGRAPHS[4], PARAGRAPHS[3])
    assert codes(judged(tmp_path, swapped)) == [("K203", "body", 1)]


def test_a_doubled_paragraph_is_extra(tmp_path: Path) -> None:
    doubled = (*PARAGRAPHS[:4], PARAGRAPHS[3], PARAGRAPHS[4])
    assert codes(judged(tmp_path, doubled)) == [("K202", "body", 1)]


def test_one_changed_character_is_named_on_both_sides(tmp_path: Path) -> None:
    changed = (*PARAGRAPHS[:3], PARAGRAPHS[3].replace("湿透", "湿秀"), PARAGRAPHS[4])
    (found,) = judged(tmp_path, changed)
    assert (found.code, dict(found.values)["expected"], dict(found.values)["found"]) == (
        "K204",
        "透",
        "秀",
    )


def test_words_drawn_in_a_picture_are_no_text(tmp_path: Path) -> None:
    seal = (
        "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'%3E"
        "%3Ctext y='8' font-size='8'%3E印%3C/text%3E%3C/svg%3E"
    )
    drawn = (*PARAGRAPHS[:3], f'<img src="{seal}" alt="朱印">' + PARAGRAPHS[3], PARAGRAPHS[4])
    assert judged(tmp_path, drawn) == []


def test_a_lost_note_is_missing_from_the_notes(tmp_path: Path) -> None:
    assert codes(judged(tmp_path, notes=NOTES[:1])) == [("K201", "notes", 1)]


def test_an_untagged_pdf_is_an_error_against_a_book_and_a_warning_alone(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", tags=False)
    assert [str(one.severity) for one in check_pdf(path, against=book())] == ["error"]
    assert [str(one.severity) for one in check_pdf(path)] == ["warning"]


def test_to_unicode_reads_single_codes_ranges_lists_and_surrogates() -> None:
    cmap = b"""1 begincodespacerange <0000> <ffff> endcodespacerange
    2 beginbfchar <0003> <4e00> <0004> <d842dfb7> endbfchar
    2 beginbfrange <0010> <0012> <4e8c> <0020> <0021> [<4e09> <00660069>] endbfrange"""
    decoder = read_to_unicode(cmap, width=1)
    assert decoder.width == 2
    codes = bytes.fromhex("0003 0004 0010 0012 0020 0021 0999")
    assert decoder.decode(codes) == "一𠮷二于三fi\N{REPLACEMENT CHARACTER}"


def test_a_range_beyond_all_codes_is_no_range() -> None:
    cmap = b"1 beginbfrange <00000000> <ffffffff> <4e00> endbfrange"
    assert read_to_unicode(cmap, width=2).decode(b"\x00\x01") == "\N{REPLACEMENT CHARACTER}"


def test_actual_text_wins_over_the_glyphs_under_it_and_forms_are_followed(tmp_path: Path) -> None:
    import pikepdf
    from pikepdf import Dictionary, Name

    from builder.check.pdf_glyphs import PageReader

    pdf = pikepdf.new()
    pdf.add_blank_page()
    page = pdf.pages[0]
    cmap = pdf.make_stream(b"1 beginbfchar <41> <4e00> endbfchar")
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.TrueType, ToUnicode=cmap))
    form = pdf.make_stream(b"/F 9 Tf (A) Tj")
    form.Subtype, form.Resources = Name.Form, Dictionary(Font=Dictionary(F=font))
    page.Resources = Dictionary(
        Font=Dictionary(F=font),
        XObject=Dictionary(X=form),
        Properties=Dictionary(P=Dictionary(MCID=2)),
    )
    page.Contents = pdf.make_stream(
        b"/Span << /MCID 0 /ActualText <feff2015> >> BDC /F 9 Tf [(A) -5 (A)] TJ EMC"
        b" /P << /MCID 1 >> BDC /X Do /Nothing BMC (A) ' EMC EMC /Artifact BMC (A) Tj EMC"
        b" /P /P BDC (A) Tj EMC EMC"
    )
    assert PageReader().texts(page) == {0: "―", 1: "一一", 2: "一"}


def test_every_kind_of_block_survives_our_own_press(tmp_path: Path) -> None:
    from builder.compose.printed import compose_print
    from builder.core.config import Config
    from builder.press import press
    from tests.compose.sample import sample_book

    ours = sample_book()
    path = tmp_path / "sample.pdf"
    document = compose_print(ours, Config(), modified="2000-01-01T00:00:00Z")
    path.write_bytes(press(document, Config()).pdf)
    assert check_pdf(path, against=ours) == ()
