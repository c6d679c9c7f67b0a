"""What a font says of its licence, and what a book may do with it."""

from pathlib import Path

import pytest

from builder.fonts.finding import BOLD, REGULAR, faces_in, faces_of
from builder.fonts.licensing import licence_of, licence_text
from builder.fonts.shelf import Shelf, is_font_file
from tests.fonts.drawing import draw_font


@pytest.mark.parametrize(
    ("licence", "fs_type", "name", "permission"),
    [
        ("SIL Open Font License 1.1", 2, "OFL-1.1", "open"),
        ("http://scripts.sil.org/OFL", 0, "OFL-1.1", "open"),
        ("Licensed under the Apache License, Version 2.0", 0, "Apache-2.0", "open"),
        ("ARPHIC PUBLIC LICENSE", 8, "Arphic", "open"),
        ("GNU General Public License v2 with font exception", 0, "GPL with font exception", "open"),
        ("GNU General Public License v2", 0, "", "unknown"),
        ("All rights reserved.", 0, "", "unknown"),
        ("All rights reserved.", 8, "", "unknown"),
        ("All rights reserved.", 2, "", "forbidden"),
        ("All rights reserved.", 4, "", "forbidden"),
        ("All rights reserved.", 0x0200, "", "forbidden"),
        ("", 0, "", "unknown"),
    ],
)
def test_an_open_licence_is_known_by_its_words_and_the_rest_by_its_bits(
    tmp_path: Path, licence: str, fs_type: int, name: str, permission: str
) -> None:
    path = draw_font(tmp_path / "a.ttf", "Ming", "船", licence=licence, fs_type=fs_type)
    found = licence_of(path, 0)
    assert (found.name, found.permission) == (name, permission)


@pytest.mark.parametrize("family", ["Noto Serif CJK SC", "LXGW WenKai"])
def test_the_fonts_of_first_choice_are_open(family: str) -> None:
    for face in faces_of(family):
        assert licence_of(face.path, face.index).name == "OFL-1.1"


@pytest.mark.parametrize(
    ("licence", "fs_type", "is_for_paper"),
    [("SIL Open Font License 1.1", 2, True), ("All rights reserved.", 2, False),
     ("All rights reserved.", 4, True), ("", 8, True), ("", 0x0200, False)],
)  # fmt: skip
def test_paper_may_have_fonts_that_no_file_of_its_own_may_be(
    tmp_path: Path, licence: str, fs_type: int, *, is_for_paper: bool
) -> None:
    path = draw_font(tmp_path / "a.ttf", "Ming", "船", licence=licence, fs_type=fs_type)
    assert licence_of(path, 0).is_for_paper is is_for_paper


def test_the_apache_licence_comes_whole(tmp_path: Path) -> None:
    path = draw_font(tmp_path / "a.ttf", "Ming", "船", licence="Apache License, Version 2.0")
    text = licence_text(licence_of(path, 0), "Ming", changes="Modified.")
    assert "TERMS AND CONDITIONS FOR USE" in text
    assert text.startswith("Ming\n\nVersion 1.0\n\nCopyright the makers of Ming\n\nModified.\n")


def test_a_file_that_is_not_installed_tells_its_faces(tmp_path: Path) -> None:
    path = draw_font(tmp_path / "a.ttf", "Ming", "一丁七A", weight_class=700)
    [face] = faces_in(path)
    assert face.families == ("Ming",)
    assert face.weight == BOLD
    assert face.ranges == ((0x41, 0x41), (0x4E00, 0x4E01), (0x4E03, 0x4E03))


def test_a_file_agrees_with_what_fontconfig_knows_of_it() -> None:
    [installed] = [face for face in faces_of("LXGW WenKai") if face.weight == REGULAR]
    [read] = faces_in(installed.path)
    assert read.ranges == installed.ranges
    assert set(read.families) <= set(installed.families)


def test_a_collection_is_read_whole() -> None:
    path = faces_of("Noto Serif CJK SC")[0].path
    families = [face.families[0] for face in faces_in(path)]
    assert {"Noto Serif CJK SC", "Noto Serif CJK TC", "Noto Serif CJK HK"} <= set(families)


def test_a_file_that_may_not_be_read_has_no_faces(tmp_path: Path) -> None:
    assert faces_in(tmp_path / "missing.otf") == ()


def test_an_italic_gives_way_to_the_upright_face(tmp_path: Path) -> None:
    [italic] = faces_in(draw_font(tmp_path / "i.ttf", "Ming", "船", selection=0b1))
    [upright] = faces_in(draw_font(tmp_path / "u.ttf", "Ming", "船"))
    shelf = Shelf("zh-Hans", (("Ming", (italic, upright)),))
    assert shelf.face("Ming", is_bold=False) == upright
    assert shelf.face("Ming", is_bold=True) == upright


@pytest.mark.parametrize("content", [b"", b"no font at all", b"OTTO\x00\x01"])
def test_what_is_no_font_has_no_faces(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.otf"
    path.write_bytes(content)
    assert faces_in(path) == ()


@pytest.mark.parametrize(
    ("name", "is_file"),
    [("fonts/明.otf", True), ("A.TTC", True), ("Noto Serif CJK SC", False), ("Song.old", False)],
)
def test_an_entry_with_a_fonts_ending_is_a_file(name: str, is_file: bool) -> None:
    assert is_font_file(name) is is_file


def test_bold_text_takes_the_bold_face_and_other_text_the_regular_one() -> None:
    shelf = Shelf("zh-Hans")
    weights = [shelf.face("LXGW WenKai", is_bold=is_bold) for is_bold in (False, True)]
    assert [face.weight for face in weights if face] == [REGULAR, BOLD]


def test_no_face_is_offered_that_may_not_be_embedded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.fonts.shelf.permission", lambda face: "unknown")
    shelf = Shelf("zh-Hans")
    assert shelf.faces("LXGW WenKai") == ()
    assert shelf.default("serif") == ""
    assert list(shelf.fallbacks()) == []
