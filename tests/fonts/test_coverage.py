"""Which characters the machine's fonts can show."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.core.errors import DependencyError
from builder.core.files import style
from builder.fonts import (
    Face,
    coverage,
    covering,
    faces_of,
    families_for,
    finding,
    installed_faces,
    missing_characters,
    require_chinese,
)

# Plane 15 is for private use: no font of a distribution has these.
NOBODY_HAS = "\U000f1234\U000f1235"


def face(*ranges: tuple[int, int], family: str = "甲") -> Face:
    characters = " ".join(f"{first:x}-{last:x}" for first, last in ranges)
    return Face((family,), Path("/fonts/a.otf"), 0, 80.0, 0, characters)


def pretend(monkeypatch: pytest.MonkeyPatch, *faces: Face) -> None:
    for module in ("builder.fonts.finding", "builder.fonts.covering"):
        monkeypatch.setattr(f"{module}.installed_faces", lambda: faces)


def test_common_characters_are_covered_by_the_first_choice() -> None:
    assert coverage("渡口的灯亮了一夜。", families_for("zh-Hans").serif) == coverage("", ())


def test_what_no_font_has_is_missing_once_and_in_order() -> None:
    found = coverage(NOBODY_HAS[1] + "灯" + NOBODY_HAS * 2, families_for("zh-Hans").serif)
    assert found.missing == NOBODY_HAS


def test_what_only_another_font_has_is_fallback(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, face((0x4E00, 0x4E02)), face((0x4E03, 0x4E03), family="乙"))
    found = coverage("一丁丂七丄", ["甲"])
    assert (found.fallback, found.missing) == ("七", "丄")


@pytest.mark.parametrize("character", ["\u200b", "\u3000", "\ufe0f", "\U000e0100", "\u2060", "\n"])
def test_what_has_no_shape_needs_no_glyph(character: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch)
    assert coverage(character, ()).missing == ""


@given(
    st.lists(st.tuples(st.integers(0, 300), st.integers(0, 40)), max_size=6),
    st.text(st.characters(min_codepoint=0x21, max_codepoint=0x17F), max_size=20),
)
def test_coverage_agrees_with_looking_at_each_character(
    pairs: list[tuple[int, int]], text: str
) -> None:
    ranges: list[tuple[int, int]] = []
    for first, length in sorted(pairs):
        if not ranges or first > ranges[-1][1]:
            ranges.append((first, first + length))
    one = face(*ranges)
    wanted = "".join(character for character in text if not one.covers(character))
    assert covering._outside(text, [one]) == wanted


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant-TW", "zh-Hant-HK"])
def test_this_machine_can_set_chinese(language: str) -> None:
    require_chinese(language)
    assert any(faces_of(family) for family in families_for(language).serif)


def test_a_long_list_of_missing_characters_is_cut() -> None:
    text = "".join(chr(0xF0000 + at) for at in range(50))
    [found] = missing_characters(text, "zh-Hans")
    assert dict(found.values)["count"] == 50
    assert found.message.endswith("…")
    assert found.message.count("U+") == 20


def test_faces_come_in_a_stable_order_with_their_place_in_the_collection() -> None:
    faces = faces_of("noto serif cjk sc")
    assert {face.weight for face in faces} == {80.0, 200.0}
    assert all(face.path.suffix == ".ttc" and face.index > 0 for face in faces)
    keys = [(str(face.path), face.index) for face in installed_faces()]
    assert keys == sorted(keys)


def test_a_family_nobody_has_is_no_face() -> None:
    assert faces_of("没有这种字体") == ()


@pytest.mark.parametrize(
    ("line", "weight", "index", "ranges"),
    [
        ("/a.ttf\t0\t80\t0\tA\t20-7e a0", 80.0, 0, ((0x20, 0x7E), (0xA0, 0xA0))),
        ("/v.ttf\t65536\t[40 210]\t0\tV,伏\t41", 40.0, 0, ((65, 65),)),
        ("/w.ttf\t131073\t\t\tW\t41", 0.0, 1, ((65, 65),)),
    ],
)  # fmt: skip
def test_fontconfigs_lines_are_read(
    line: str, weight: float, index: int, ranges: tuple[tuple[int, int], ...]
) -> None:
    [found] = finding._faces(line + "\n")
    assert (found.weight, found.index, found.ranges) == (weight, index, ranges)


def test_a_font_without_characters_is_left_out() -> None:
    assert list(finding._faces("/empty.pcf\t0\t80\t0\tE\t\n")) == []


def test_the_style_sheet_names_the_same_families() -> None:
    sheet = style("print.css")
    for language in ("zh-Hans", "zh-Hant-TW", "zh-Hant-HK"):
        wanted = families_for(language)
        for names in (wanted.serif, wanted.kai):
            listed = ", ".join(f'"{name}"' for name in names)
            assert listed in " ".join(sheet.split())


def test_without_fontconfig_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    finding.forget_faces()
    try:
        with pytest.raises(DependencyError) as caught:
            installed_faces()
    finally:
        finding.forget_faces()
    assert caught.value.diagnostic.code == "F003"
    assert "apt-get install fontconfig" in caught.value.hint


def test_a_fontconfig_that_never_answers_is_waited_for_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "fc-list"
    program.write_text(f"#!/bin/sh\necho asked >>'{tmp_path}/asked'\nexec sleep 60\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(finding, "LIST_TIMEOUT_SECONDS", 2)
    finding.forget_faces()
    try:
        for _ in range(3):
            with pytest.raises(DependencyError) as caught:
                installed_faces()
            assert caught.value.diagnostic.code == "F003"
    finally:
        finding.forget_faces()
    assert (tmp_path / "asked").read_text("utf-8") == "asked\n"
