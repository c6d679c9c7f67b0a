"""What devices reject: the parts it is made of, and the command that asks."""

import json
from pathlib import Path

import pytest

from builder.check.pictures import is_animated, picture_size, picture_type
from builder.cli import main
from tests.check.books import chapter, write_epub
from tests.check.rejected import picture, said


@pytest.fixture(autouse=True)
def _without_epubcheck(monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes seconds a file and is asked elsewhere."""
    monkeypatch.setattr("builder.check.epubcheck_findings", lambda path: ())


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF"])
def test_a_picture_says_what_it_is_and_how_large(kind: str) -> None:
    content = picture(37, 21, kind)
    assert picture_type(content) == f"image/{kind.lower()}"
    assert picture_size(content) == (37, 21)


def test_what_does_not_say_its_size_has_none() -> None:
    svg = b'<?xml version="1.0"?><svg width="9"/>'
    assert (picture_type(svg), picture_size(svg)) == ("image/svg+xml", (0, 0))
    assert (picture_type(b"BM"), picture_size(b"BM")) == ("", (0, 0))
    assert picture_type(picture(2, 2, "WEBP")) == "image/webp"
    for cut in range(3, 24):
        assert picture_size(picture(9, 9)[:cut]) == (0, 0)
    assert picture_size(b"\xff\xd8\xff\xd0\x00") == (0, 0)
    assert picture_size(b"\xff\xd8\xff\xff\xc0\x00\x11\x08\x00\x02\x00\x03") == (3, 2)


def test_only_a_gif_of_several_frames_moves() -> None:
    assert is_animated(picture(5, 5, "GIF", frames=2))
    assert not is_animated(picture(5, 5, "GIF"))
    assert not is_animated(picture(5, 5))
    assert not is_animated(picture(5, 5, "GIF", frames=2)[:40])


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("K107", 'xml:lang="zh-Hans" lang="zh-Hans"', ""),
        ("K108", "<body>", "<body><!-- 上 -- 下 -->"),
        ("K109", "<body>", '<body><img alt=""/>'),
    ],
)
def test_what_send_to_kindle_refuses_is_told_at_a_build_for_kindle(
    code: str, before: str, after: str
) -> None:
    changes = {"EPUB/c1.xhtml": chapter().replace(before, after)}
    assert [severity for _, severity, _ in said(code, "kindle", changes)] == ["error"]
    assert said(code, "boox", changes) == []
    assert said(code, "kindle") == []


def test_check_tells_what_a_device_rejects(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    linked = chapter().replace("<body>", '<body id="page"><a href="#page">上</a>')
    path = write_epub(tmp_path / "a.epub", {"EPUB/c1.xhtml": linked})
    assert main(["check", str(path), "--device", "kindle", "--json"]) == 9
    (file,) = json.loads(capsys.readouterr().out)["files"]
    assert [one["code"] for one in file["diagnostics"]] == ["K131"]
    assert main(["check", str(path)]) == 0
    assert main(["check", str(path), "--device", "kindel"]) == 3
    assert "did you mean kindle" in capsys.readouterr().err


def test_a_build_for_a_device_tells_what_it_would_reject(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    story = tmp_path / "雨.txt"
    story.write_text("第一章 夜雨\n雨停了。他把伞收起来，走进了屋子。\n", "utf-8")
    command = ["build", str(story), "--vertical", "--out", str(tmp_path / "out")]
    assert main([*command, "--device", "koreader"]) == 0
    printed = capsys.readouterr().err
    assert "雨.vertical.koreader.epub#EPUB/content.opf: warning K138: " in printed
    assert main([*command, "--device", "kobo"]) == 0
    assert " K1" not in capsys.readouterr().err
