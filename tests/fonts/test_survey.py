"""Which fonts a book has and could have, and what no font shows: `builder fonts`."""

import json
from pathlib import Path
from typing import Any

import pytest

from builder.cli import main
from builder.fonts import survey
from builder.fonts.finding import _faces, faces_in
from tests.fonts.books import publication
from tests.fonts.drawing import draw_font

TEXT = "雨停的时候，老何才把船灯点上。"
NOBODY_HAS = "\U000f1234"


def book(folder: Path, text: str, settings: str = "") -> Path:
    folder.mkdir()
    (folder / "01.txt").write_text(f"第一章 灯下\n\n{text}\n", "utf-8")
    (folder / "book.toml").write_text(f'[book]\ntitle = "渡口"\n{settings}', "utf-8")
    return folder


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["fonts", *arguments, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_a_book_that_asks_for_no_fonts_is_told_what_true_would_embed() -> None:
    found = survey(publication(TEXT), choice=False)
    assert not found.is_embedded
    assert found.fonts[0].families == ("Noto Serif CJK SC",)
    assert set(TEXT) <= set(found.characters)


def test_what_is_inside_is_not_told_again_among_the_others() -> None:
    found = survey(publication(TEXT), choice=True)
    others = [one.family for one in found.others]
    assert "Noto Serif CJK SC" not in others
    assert set(others[:2]) == {"Noto Sans CJK SC", "LXGW WenKai"}
    assert "DejaVu Sans" not in others


def test_others_tell_what_they_lack() -> None:
    found = survey(publication(f"{TEXT}㐀"), choice=True)
    lacks = {one.family: one.lacks for one in found.others}
    covers = {one.family: one.covers for one in found.others}
    assert lacks["LXGW WenKai"] == "㐀"
    assert lacks["Noto Sans CJK SC"] == ""
    assert covers["Noto Sans CJK SC"] == len(found.characters)


def test_a_character_that_no_font_has_is_counted_and_placed() -> None:
    [missing] = survey(publication(f"船{NOBODY_HAS}灯{NOBODY_HAS}"), choice=True).missing
    assert (missing.character, missing.times) == (NOBODY_HAS, 2)
    assert missing.first_in == "第一章\N{IDEOGRAPHIC SPACE}灯下"


def test_the_command_tells_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fonts", str(book(tmp_path / "渡口", f"{TEXT}{NOBODY_HAS}"))]) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith("渡口    zh-Hans    ")
    assert "[epub] embed_fonts is off" in shown.out
    assert "Noto Serif CJK SC" in shown.out
    assert "OFL-1.1" in shown.out
    assert "(U+F1234): 1×, first in 第一章\N{IDEOGRAPHIC SPACE}灯下" in shown.out
    assert "F004" in shown.err


def test_the_command_says_when_nothing_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = "[epub]\nembed_fonts = true\n"
    assert main(["fonts", str(book(tmp_path / "渡口", TEXT, settings))]) == 0
    shown = capsys.readouterr()
    assert "every character has a font" in shown.out
    assert "embed_fonts is off" not in shown.out


def test_programs_get_sizes_roles_and_licences(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draw_font(tmp_path / "明.ttf", "Our Ming", TEXT, licence="")
    folder = book(tmp_path / "渡口", TEXT, '[epub]\nembed_fonts = "明.ttf"\n')
    (tmp_path / "明.ttf").rename(folder / "明.ttf")
    found = answer(capsys, str(folder))
    assert found["embeds"] is True
    own, fallback = found["fonts"]
    assert (own["family"], own["role"], own["permission"]) == ("Our Ming", "text", "unknown")
    assert (fallback["family"], fallback["role"]) == ("Noto Serif CJK SC", "rare")
    assert all(font["bytes"] for font in found["fonts"])
    assert [entry["code"] for entry in found["diagnostics"]] == ["F008"]


def test_the_fonts_are_those_of_the_edition(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = book(tmp_path / "渡口", TEXT, '[epub]\nembed_fonts = true\ntheme = "song"\n')
    found = answer(capsys, str(folder), "--to", "zh-Hant-TW", "--vertical")
    assert found["language"] == "zh-Hant-TW"
    assert found["fonts"][0]["family"] == "Noto Serif CJK TC"


def test_a_font_file_outside_the_books_folder_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draw_font(tmp_path / "明.ttf", "Our Ming", TEXT)
    folder = book(tmp_path / "渡口", TEXT, '[epub]\nembed_fonts = "../明.ttf"\n')
    assert main(["fonts", str(folder)]) == 3
    assert "F006: cannot embed the font ../明.ttf: it lies outside" in capsys.readouterr().err


def test_a_font_named_on_the_command_line_may_lie_anywhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    font = draw_font(tmp_path / "明.ttf", "Our Ming", TEXT)
    folder = book(tmp_path / "渡口", TEXT)
    for written in (str(font), f'["{font}"]'):
        found = answer(capsys, str(folder), "--set", f"epub.embed_fonts={written}")
        assert found["fonts"][0]["family"] == "Our Ming"


@pytest.mark.parametrize(
    ("name", "nearest"), [("LXGW Wenkay", "; LXGW WenKai is"), ("没有这种字体", "installed\n")]
)
def test_a_family_that_is_not_installed_is_told_with_the_nearest_if_one_is_near(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, nearest: str
) -> None:
    folder = book(tmp_path / "渡口", TEXT)
    assert main(["fonts", str(folder), "--set", f"epub.embed_fonts={name}"]) == 3
    assert nearest in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "family"),
    [("", "mine"), (" \n", "mine"), ('a\nb\x1b[31m";}', 'a b [31m";}'), ("名" * 999, "名" * 200)],
)
def test_a_font_with_an_odd_name_has_a_plain_one(tmp_path: Path, name: str, family: str) -> None:
    [face] = faces_in(draw_font(tmp_path / "mine.ttf", name, "雨停了"))
    assert face.families[0] == family


def test_an_installed_font_with_a_tab_in_its_name_is_passed_over() -> None:
    listed = "/a.ttf\t0\t80\t0\tA\t41-5a"
    assert [face.families for face in _faces(f"{listed}\n{listed.replace('A', chr(9), 1)}")] == [
        ("A",)
    ]
