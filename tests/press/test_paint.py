"""Lines on paper: what the operators are, and what readers of a PDF make of them."""

import re
from dataclasses import dataclass, replace
from pathlib import Path

import pymupdf
import pytest

from builder.press.face import Faces
from builder.press.frame import FaceKey, TextStyle
from builder.press.lines import LineBreaker
from builder.press.marks import Laws
from builder.press.paint import label_of, show_label, show_line, show_lines
from builder.press.pen import ARTIFACT, NOTHING, Pen
from builder.press.program import FontFile
from builder.press.setting import OBJECT, Copy, Line, Run
from tests.fonts.drawing import draw_font
from tests.press.sheets import A6, pen_of, write_pdf
from tests.press.square import Grid

GRID = Grid()
LEADING = 18.0


def shown(pen: Pen, faces: Faces, copies: list[Copy]) -> list[Line]:
    """Show paragraphs one below the other; gives their lines."""
    breaker = LineBreaker(faces, Laws())
    y, lines = LEADING, []
    for copy in copies:
        for line in breaker.break_lines(copy):
            show_line(copy, line, faces, pen, 0.0, y)
            lines.append(line)
            y += LEADING
    return lines


def operators(pen: Pen) -> list[str]:
    """No byte of a code is a line's end or a bracket."""
    return pen.content().decode("latin-1").removesuffix("\n").split("\n")


def characters(path: Path) -> list[tuple[str, float, float]]:
    """What stands on the page: character, its start and its end along the line.

    MuPDF adds spaces where it sees gaps; there are none in these texts.
    """
    page = pymupdf.open(path)[0]
    raw = page.get_text("rawdict", flags=pymupdf.TEXT_PRESERVE_WHITESPACE)
    return [
        (one["c"], one["origin"][0], one["bbox"][2])
        for block in raw["blocks"]
        for line in block["lines"]
        for span in line["spans"]
        for one in span["chars"]
        if one["c"] != " "
    ]


def test_a_plain_line_is_one_string(faces: Faces) -> None:
    pen, _ = pen_of()
    shown(pen, faces, [GRID.copy("夜里江上的雨下到天明", 6)])
    font, first, second = (line for line in operators(pen) if line[-2:] in {"Tf", "Tj"})
    assert font == "/F1 10 Tf"
    assert len(first) == len("()Tj") + 6 * 2
    assert len(second) == len("()Tj") + 4 * 2
    assert [line for line in operators(pen) if line.endswith("Td")] == ["30 372 Td", "0 -18 Td"]
    assert not any(line.endswith("Tc") for line in operators(pen))


def test_only_what_changes_is_written(faces: Faces) -> None:
    pen, marks = pen_of()
    shown(pen, faces, [GRID.copy("夜里江上的，雨下到天明没有人", 6)])
    assert sum(line.endswith("Tf") for line in operators(pen)) == 1
    assert [line for line in operators(pen) if line.endswith("Tc")] == ["1 Tc", "0 Tc"]
    assert marks == []


def test_marked_content_is_opened_when_the_element_changes(faces: Faces) -> None:
    pen, marks = pen_of()
    style = GRID.style()
    linked = Copy(
        "夜里江上",
        (Run(0, 2, style), Run(2, 4, style, "link", "#a", element=9)),
        60.0,
        element=7,
    )
    shown(pen, faces, [linked])
    pen.enter(ARTIFACT)
    pen.enter(ARTIFACT)
    pen.enter(NOTHING)
    assert marks == [7, 9]
    marked = [line for line in operators(pen) if line.endswith(("BDC", "EMC"))]
    assert marked == [
        "/P<</MCID 0>>BDC",
        "EMC",
        "/P<</MCID 1>>BDC",
        "EMC",
        "/Artifact<</Type/Pagination>>BDC",
        "EMC",
    ]


def test_full_lines_end_flush_on_paper(faces: Faces, tmp_path: Path) -> None:
    pen, _ = pen_of()
    text = "他说：“你好，世界。”我用abc写了3个月的——再说，《江湖》、《山水》；“好吧……”夜里江上的雨"
    copy = GRID.copy(text, 11)
    lines = shown(pen, faces, [copy])
    path = write_pdf(tmp_path / "a.pdf", A6, pen.content(), faces)
    placed = characters(path)
    assert "".join(one for one, _, _ in placed) == text
    at = 0
    for line in lines:
        row = placed[at : at + line.end - line.start]
        at += line.end - line.start
        if line.is_full:
            trail = 5 if text[line.end - 1] in "，。；：”》、" else 0
            assert row[-1][2] - trail == pytest.approx(30 + 110, abs=0.02)
        assert row[0][1] == pytest.approx(30 + line.offset, abs=0.01)


def test_two_dashes_are_one_stroke(faces: Faces, tmp_path: Path) -> None:
    pen, _ = pen_of()
    shown(pen, faces, [GRID.copy("夜里——江上的雨", 6)])
    path = write_pdf(tmp_path / "a.pdf", A6, pen.content(), faces)
    assert "夜里——江上" in pymupdf.open(path)[0].get_text()
    glyphs = "".join(line for line in operators(pen) if line.endswith(("Tj", "TJ")))
    codes = "".join(re.findall(r"\(([^()]*)\)", glyphs))
    assert len(codes) == 2 * len("夜里—江上的雨")


def test_what_a_reader_would_take_for_others_has_an_actual_text(faces: Faces) -> None:
    pen, _ = pen_of()
    shown(pen, faces, [GRID.copy("葛\N{VARIATION SELECTOR-17}江", 6)])
    (span,) = (line for line in operators(pen) if "ActualText" in line)
    assert span == "/Span<</ActualText<FEFF845bdb40dd00>>>BDC"


def test_a_letter_and_its_mark_are_one_glyph_that_reads_as_both(tmp_path: Path) -> None:
    drawn = draw_font(tmp_path / "marked.ttf", "Marked", "caf\u00e9e\u0301好")
    faces = Faces(TwoFonts(FontFile(drawn), FontFile(drawn)))
    words = "好cafe\N{COMBINING ACUTE ACCENT}好"
    style = TextStyle(FaceKey(("Marked",)), 10.0)
    pen, _ = pen_of()
    copy = Copy(words, (Run(0, len(words), style),), 100.0, element=1)
    show_line(copy, Line(0, len(words), 0.0, 0.0), faces, pen, 0.0, 18.0)
    glyphs = "".join(line for line in operators(pen) if line.endswith(("Tj", "TJ")))
    codes = "".join(re.findall(r"\(([^()]*)\)", glyphs))
    assert len(codes) == 2 * len("好café好")
    path = write_pdf(tmp_path / "a.pdf", A6, pen.content(), faces)
    assert words in pymupdf.open(path)[0].get_text()


def test_a_style_brings_its_colour_rise_and_spacing(faces: Faces) -> None:
    pen, _ = pen_of()
    style = TextStyle(GRID.key, 8.0, spacing=0.8, colour=(1.0, 0.0, 0.5), raised=3.0)
    shown(pen, faces, [Copy("夜里", (Run(0, 2, style),), 60.0)])
    written = operators(pen)
    assert {"/F1 8 Tf", "1 0 0.5 rg", "3 Ts", "0.8 Tc"} <= set(written)


@dataclass(frozen=True, slots=True)
class TwoFonts:
    """A first font, and another for what it lacks."""

    first: FontFile
    other: FontFile

    def primary(self, key: FaceKey) -> tuple[FontFile, bool]:
        del key
        return self.first, True

    def choose(self, key: FaceKey, characters: str) -> tuple[FontFile | None, ...]:
        del key
        return tuple(self.other if one == "丙" else self.first for one in characters)


def test_a_character_of_another_font_is_shown_in_that_font_and_the_next_line_is_not(
    tmp_path: Path,
) -> None:
    """In one style, so that nothing but the font changes."""
    first = draw_font(tmp_path / "first.ttf", "First", "甲乙丁")
    other = draw_font(tmp_path / "other.ttf", "Other", "丙")
    faces = Faces(TwoFonts(FontFile(first), FontFile(other)))
    style = TextStyle(FaceKey(("First",)), 10.0)
    pen, _ = pen_of()
    for row, words in enumerate(("甲丙乙", "丁甲乙", "丙", "乙")):
        shown_copy = Copy(words, (Run(0, len(words), style),), 100.0, element=1)
        show_line(shown_copy, Line(0, len(words), 0.0, 0.0), faces, pen, 0.0, 18.0 * (row + 1))
    path = write_pdf(tmp_path / "a.pdf", A6, pen.content(), faces)
    with pymupdf.open(path) as document:
        assert document[0].get_text().split() == ["甲丙乙", "丁甲乙", "丙", "乙"]


def test_a_note_shows_its_mark_and_the_words_go_on_after_it(faces: Faces, tmp_path: Path) -> None:
    style, call = GRID.style(), TextStyle(GRID.key, 6.0, raised=3.0)
    text = f"夜里{OBJECT}江上"
    copy = Copy(text, (Run(0, 2, style), Run(2, 3, call, "note", "12", 4), Run(3, 5, style)), 60.0)
    pen, marks = pen_of()
    (line,) = shown(pen, faces, [copy])
    assert line.width == 46
    assert marks == [4]
    path = write_pdf(tmp_path / "a.pdf", A6, pen.content(), faces)
    assert [round(start, 1) for _, start, _ in characters(path)] == [30, 40, 50, 53, 56, 66]


def test_furniture_stands_where_paper_says(faces: Faces) -> None:
    pen, _ = pen_of()
    copy = GRID.copy("夜", 1)
    show_label(label_of(copy, 10.0, faces), faces, pen, 12.0, 20.0)
    assert "12 400 Td" in operators(pen)
    assert pen.place(0, 0) == (30, 390)


def test_rules_are_painted_after_the_text(faces: Faces) -> None:
    pen, _ = pen_of()
    pen.rule((0.0, 10.0), (100.0, 10.0), 0.4)
    assert operators(pen) == [
        "/Artifact BMC",
        "q",
        "0 G 0.4 w 30.000 380.000 m 130.000 380.000 l S",
        "Q",
        "EMC",
    ]


def test_an_empty_page_has_no_operators() -> None:
    pen, _ = pen_of()
    assert pen.content() == b""


def test_numbers_are_never_written_with_exponents(faces: Faces) -> None:
    pen, _ = pen_of()
    copy = GRID.copy("夜里江上", 6)
    show_line(copy, Line(0, 4, 0.0, 40.0, 1e-7, ((1, 1e-9),)), faces, pen, 1e-7, 0.0)
    assert not any("e-" in line for line in operators(pen))


@pytest.mark.parametrize(
    "text",
    [
        "他说Alice写了300页的书，夜里江上的雨下到天明没有人",
        "夜里————江上的雨——又下……到天明了，没有一个人",
        "“Yes——no,”她说don’t，夜里江上的雨下到天明没有人来过",
        "用 Python 写 3 个，夜里江上的雨下到天明",
    ],
)
def test_lines_with_words_stand_the_same_whether_shown_at_once_or_with_care(
    faces: Faces, tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def placed() -> list[tuple[str, float]]:
        pen, _ = pen_of()
        shown(pen, faces, [GRID.copy(text, 9)])
        path = write_pdf(tmp_path / "a.pdf", A6, pen.content(), faces)
        return [(one, round(start, 1)) for one, start, _ in characters(path)]

    at_once = placed()
    monkeypatch.setattr("builder.press.paint._worded", lambda *_: (("", 0, 0), ()))
    assert placed() == at_once


def test_what_has_an_actual_text_is_marked_content_of_its_own(faces: Faces) -> None:
    # After marked content inside marked content, poppler reads no more of the outer one.
    pen, marks = pen_of()
    copy = replace(GRID.copy("葛\N{VARIATION SELECTOR-17}江", 6), element=7)
    shown(pen, faces, [copy])
    marked = [line for line in operators(pen) if line.endswith(("BDC", "EMC"))]
    opened = [line for line in marked if line.endswith("BDC")]
    assert [line.endswith("EMC") for line in marked] == [False, True] * len(opened)
    assert marks == [7] * len(opened)
    assert sum("ActualText<FEFF845bdb40dd00>" in line for line in opened) == 1


def test_lines_shown_together_are_the_lines_shown_one_by_one(faces: Faces) -> None:
    copy = GRID.copy(
        "他说：“你好，世界。”夜里江上的雨下到天明，没有人写abc三百页的书——再说吧，雨停了。", 7
    )
    lines = LineBreaker(faces, Laws()).break_lines(copy)
    assert any(line.tight for line in lines)
    assert any(line.shifts for line in lines)
    together, _ = pen_of()
    show_lines(copy, lines, faces, together, (3.0, 40.0), LEADING)
    apart, _ = pen_of()
    for number, line in enumerate(lines):
        show_line(copy, line, faces, apart, 3.0, 40.0 + number * LEADING)
    assert together.content() == apart.content()


@pytest.mark.parametrize("mark", ["", "葛\N{VARIATION SELECTOR-17}", "——", "……"])
def test_lines_that_share_a_copy_are_painted_as_their_own_elements(
    faces: Faces, tmp_path: Path, mark: str
) -> None:
    texts = ["夜里江上的雨下到天明", f"没有人来{mark}过江，没有人说话", "雨停了。"]
    shared = Copy("\n".join(texts), (Run(0, 17 + len(texts[1]), GRID.style()),), 60.0)
    pen, marks = pen_of()
    start = 0
    lines: list[Line] = []
    elements: list[int] = []
    for element, text in enumerate(texts, 5):
        stop = start + len(text)
        lines += [Line(at, min(at + 6, stop), 0.0, 60.0) for at in range(start, stop, 6)]
        elements += [element] * (len(lines) - len(elements))
        start = stop + 1
    show_lines(shared, lines, faces, pen, (0.0, LEADING), LEADING, elements=elements)
    assert list(dict.fromkeys(marks)) == [5, 6, 7]
    path = write_pdf(tmp_path / "a.pdf", A6, pen.content(), faces)
    assert "".join(pymupdf.open(path)[0].get_text().split()) == "".join(texts)
