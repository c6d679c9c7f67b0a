"""The command line as a person meets it: results, errors, exit codes; never a traceback."""

import io
import json
import os
import re
import shlex
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from builder.cli import main
from builder.core.language import TARGETS


def a_jpeg() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (60, 80)).save(stream, "JPEG")
    return stream.getvalue()


JPEG = a_jpeg()


def run(*arguments: str | Path) -> int:
    return main([str(argument) for argument in arguments])


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--help") == 0
    printed = capsys.readouterr().out
    for command in ("build", "new", "inspect", "cover", "convert", "check"):
        assert command in printed


def test_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--version") == 0
    assert capsys.readouterr().out.startswith("builder 0.")


def test_usage_errors_exit_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("build", "--no-such-option") == 2
    assert run("no-such-command") == 2
    assert "Traceback" not in capsys.readouterr().err


def test_build_writes_both_formats_and_names_them(
    chapter_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("build", chapter_folder, "--out", tmp_path / "out") == 0
    printed = capsys.readouterr()
    folder = tmp_path / "out" / "渡口"
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["渡口.epub", "渡口.ledger", "渡口.pdf"]
    assert "渡口.epub" in printed.out
    assert "渡口.pdf" in printed.out


def test_a_converted_edition_says_so_in_its_name(chapter_folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("build", chapter_folder, "--out", out, "--format", "epub", "--to", "zh-tw") == 0
    names = {path.name for path in (out / "渡口").iterdir()}
    assert {"渡口.zh-Hant-TW.epub", "渡口.zh-Hant-TW.ledger"} <= names
    assert all(name.startswith("渡口.zh-Hant-TW.") for name in names)


def test_json_is_the_only_thing_on_stdout(
    chapter_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("build", chapter_folder, "--out", tmp_path, "--format", "epub", "--json") == 0
    [book] = json.loads(capsys.readouterr().out)["books"]
    assert book["slug"] == "渡口"
    assert [file["format"] for file in book["files"]] == ["epub"]
    assert Path(book["files"][0]["path"]).stat().st_size == book["files"][0]["bytes"]


def test_without_a_name_all_books_under_source_are_built(
    chapter_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "source").mkdir()
    chapter_folder.rename(tmp_path / "source" / "甲")
    (tmp_path / "source" / "乙.txt").write_text("第一章 开头\n\n正文。\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    for name in ("README.md", "乙.jpg", "页面.css", ".hidden.txt"):
        (tmp_path / "source" / name).write_bytes(JPEG if name == "乙.jpg" else "随手".encode())
    (tmp_path / "source" / "images").mkdir()
    assert run("build", "--format", "epub") == 0
    built = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.glob("dist/*/*.epub"))
    assert built == ["dist/乙/乙.epub", "dist/甲/甲.epub"]


def test_what_people_take_for_a_book_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "甲.docx").write_bytes(b"PK")
    monkeypatch.chdir(tmp_path)
    assert run("build", "--format", "epub") == 4
    assert "R002" in capsys.readouterr().err


def test_one_bad_book_does_not_stop_the_others(
    chapter_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "坏.txt"
    bad.write_bytes(b"")
    assert run("build", bad, chapter_folder, "--out", tmp_path / "o", "--format", "epub") == 4
    assert (tmp_path / "o" / "渡口" / "渡口.epub").exists()
    assert "坏.txt" in capsys.readouterr().err


def test_settings_on_the_command_line_win(chapter_folder: Path, tmp_path: Path) -> None:
    (chapter_folder / "book.toml").write_text('[book]\ntitle = "甲"\n', "utf-8")
    assert run("build", chapter_folder, "--out", tmp_path, "--format", "epub",
               "--set", "book.title=乙", "--set", "output.name=yi") == 0  # fmt: skip
    with zipfile.ZipFile(tmp_path / "yi" / "yi.epub") as archive:
        package = next(name for name in archive.namelist() if name.endswith(".opf"))
        assert "<dc:title id=" in (opf := archive.read(package).decode()) or "<dc:title>" in opf
        assert "乙</dc:title>" in opf


def test_settings_of_the_user_lie_under_those_of_the_book(
    chapter_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "config"
    (home / "ebook-builder").mkdir(parents=True)
    (home / "ebook-builder" / "config.toml").write_text('[output]\nformats = ["epub"]\n', "utf-8")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    assert run("build", chapter_folder, "--out", tmp_path / "o") == 0
    names = sorted(path.name for path in (tmp_path / "o" / "渡口").iterdir())
    assert names == ["渡口.epub", "渡口.ledger"]


def test_new_makes_a_book_that_builds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "我的书"
    assert run("new", folder) == 0
    assert "builder build" in capsys.readouterr().out
    assert 'title = "我的书"' in (folder / "book.toml").read_text("utf-8")
    assert run("build", folder, "--out", tmp_path / "o", "--format", "epub") == 0
    assert run("new", folder) == 3


def test_new_beside_text_adds_only_the_settings(chapter_folder: Path) -> None:
    before = sorted(path.name for path in chapter_folder.iterdir())
    assert run("new", chapter_folder) == 0
    assert sorted(path.name for path in chapter_folder.iterdir()) == sorted([*before, "book.toml"])


def test_inspect_shows_encoding_chapters_and_lengths(
    chapter_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("inspect", chapter_folder) == 0
    printed = capsys.readouterr().out
    for expected in ("渡口", "utf-8", "第一章", "灯下", "第二章", "对岸"):
        assert expected in printed


def test_inspect_as_json_says_where_each_section_comes_from(
    chapter_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("inspect", chapter_folder, "--json") == 0
    result = json.loads(capsys.readouterr().out)
    assert [section["title"] for section in result["sections"]][:2] == ["灯下", "对岸"]
    assert [section["number"] for section in result["sections"]][:2] == [1, 2]
    assert result["sections"][1]["source"].startswith(str(chapter_folder / "002_"))
    assert {file["encoding"] for file in result["files"]} == {"utf-8"}


def a_troubled_book(folder: Path) -> Path:
    """Five chapters, one of them long, with a slip of the pen and a mark never closed."""
    lines: list[str] = []
    for number, title in enumerate(("灯下", "对岸", "归舟", "长堤", "潮声"), 1):
        lines += [f"第{number}章 {title}", ""]
        for line in range(60 if number == 3 else 6):
            lines += [f"　　第{number}夜第{line}更，陈望舒说，灯还没有点上。", ""]
    lines += ["　　天快亮的时候，陈忘舒走了。", "", "　　老何说：“水底下有人敲钟。", ""]
    book = folder / "夜航.txt"
    book.write_text("\n".join(lines), "utf-8")
    return book


def test_inspect_says_what_looks_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("inspect", a_troubled_book(tmp_path)) == 0
    printed = capsys.readouterr()
    for expected in ("look at", "very long", "lonely quotes 1", "name pairs 1"):
        assert expected in printed.out
    for code in ("I002", "I003", "I005"):
        assert code in printed.err


def test_inspect_writes_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "pages" / "inspection.html"
    assert run("inspect", a_troubled_book(tmp_path), "--html", page) == 0
    assert str(page) in capsys.readouterr().out
    html = page.read_text("utf-8")
    assert html.startswith("<!doctype html>")
    for expected in ("夜航", "陈忘舒", "<svg"):
        assert expected in html


def test_inspect_as_json_holds_the_examination(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "inspection.html"
    assert run("inspect", a_troubled_book(tmp_path), "--json", "--html", page) == 0
    result = json.loads(capsys.readouterr().out)
    assert page.exists()
    assert result["examination"]["spellings"][0]["rare"] == "陈忘舒"
    assert result["examination"]["quotes"][0]["mark"] == "“"
    assert "I005" in {one["code"] for one in result["diagnostics"]}


@pytest.mark.parametrize(("to", "expected"), [("zh-Hant-TW", "頭髮"), ("zh-Hans", "头发")])
def test_convert_prints_the_converted_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], to: str, expected: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("她的头发白了。\n" if to.startswith("zh-Hant") else "她的頭髮白了。\n", "utf-8")
    assert run("convert", path, "--to", to) == 0
    assert capsys.readouterr().out == f"她的{expected}白了。\n"


def test_convert_by_line_keeps_every_line_in_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("头发\r\n\r\n台\n风".encode("gb18030"))
    assert run("convert", path, "--to", "zh-Hant-TW", "--line") == 0
    assert capsys.readouterr().out.splitlines() == ["頭髮", "", "臺", "風"]


def test_convert_reads_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stream = io.TextIOWrapper(io.BytesIO("龙门".encode()), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", stream)
    assert run("convert", "-", "--to", "zh-Hant", "--json") == 0
    assert json.loads(capsys.readouterr().out)["text"] == "龍門"


@pytest.mark.usefixtures("epubcheck_that_is_up")
def test_check_accepts_what_build_made_and_finds_what_was_changed(
    chapter_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("build", chapter_folder, "--out", tmp_path / "o") == 0
    epub, pdf = (tmp_path / "o" / "渡口" / f"渡口.{form}" for form in ("epub", "pdf"))
    assert run("check", epub, pdf, "--against", chapter_folder) == 0, capsys.readouterr()
    first = chapter_folder / "001_0a1b2c3d4e5f6071.txt"
    first.write_text(first.read_text("utf-8").replace("水底下", "山底下"), "utf-8")
    capsys.readouterr()
    assert run("check", epub, "--against", chapter_folder) == 9
    assert run("check", pdf, "--against", chapter_folder) == 9
    assert "山" in capsys.readouterr().err


# --- what goes wrong ----------------------------------------------------------------------


def bad_inputs(tmp_path: Path) -> dict[str, tuple[list[str | Path], int]]:
    empty_file = tmp_path / "空.txt"
    empty_file.write_bytes(b"")
    empty_folder = tmp_path / "空夹"
    empty_folder.mkdir()
    unknown_key = tmp_path / "键"
    unknown_key.mkdir()
    (unknown_key / "01.txt").write_text("正文。", "utf-8")
    (unknown_key / "book.toml").write_text('[book]\ntitel = "甲"\n', "utf-8")
    undecodable = tmp_path / "junk.txt"
    undecodable.write_bytes(bytes(range(128, 256)) * 40 + b"\x00\xff\x00" * 100)
    bad_cover = tmp_path / "封面"
    bad_cover.mkdir()
    (bad_cover / "01.txt").write_text("正文。", "utf-8")
    (bad_cover / "cover.jpg").write_bytes(b"not an image")
    good = tmp_path / "好.txt"
    good.write_text("第一章\n\n正文。\n", "utf-8")
    word = tmp_path / "a.docx"
    word.write_bytes(b"PK\x03\x04")
    return {
        "empty file": (["build", empty_file], 4),
        "empty folder": (["build", empty_folder], 4),
        "no such path": (["build", tmp_path / "没有"], 4),
        "unknown key": (["build", unknown_key], 3),
        "undecodable bytes": (["build", undecodable], 4),
        "unreadable cover": (["build", bad_cover], 4),
        "unknown language": (["build", good, "--to", "zh-Latn"], 3),
        "unknown format": (["build", good, "--format", "mobi"], 3),
        "unknown setting": (["build", good, "--set", "pdf.trm=A5"], 3),
        "a Word file": (["build", word], 4),
        "convert to nowhere": (["convert", good, "--to", "xx"], 3),
        "convert nothing": (["convert", tmp_path / "没有", "--to", "zh-Hans"], 4),
        "check text": (["check", good], 4),
    }


BAD_INPUTS = (
    "empty file", "empty folder", "no such path", "unknown key", "undecodable bytes",
    "unreadable cover", "unknown language", "unknown format", "unknown setting", "a Word file",
    "convert to nowhere", "convert nothing", "check text",
)  # fmt: skip


@pytest.mark.parametrize("name", BAD_INPUTS)
def test_bad_input_is_a_located_error_with_a_hint(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    standing = tmp_path / "dist" / "old.epub"
    standing.parent.mkdir()
    standing.write_bytes(b"old")
    arguments, exit_code = bad_inputs(tmp_path)[name]
    assert run(*arguments) == exit_code
    printed = capsys.readouterr().err
    assert "Traceback" not in printed
    assert "error " in printed
    assert "  hint: " in printed
    assert [path.name for path in standing.parent.iterdir()] == ["old.epub"]


def test_an_unwritable_dist_is_told_and_nothing_is_lost(
    chapter_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = tmp_path / "dist"
    blocked.write_text("a file where a folder should be")
    assert run("build", chapter_folder, "--out", blocked, "--format", "epub") == 7
    printed = capsys.readouterr().err
    assert "B010" in printed
    assert blocked.read_text() == "a file where a folder should be"


def test_an_unforeseen_error_is_still_no_traceback(
    monkeypatch: pytest.MonkeyPatch, chapter_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("surprise")

    monkeypatch.setattr("builder.pipeline.build", fail)
    assert run("build", chapter_folder) == 10
    printed = capsys.readouterr().err
    assert "B099" in printed
    assert "surprise" in printed
    assert "Traceback" not in printed
    monkeypatch.setenv("BUILDER_DEBUG", "1")
    run("build", chapter_folder)
    assert "Traceback" in capsys.readouterr().err


def test_an_interrupted_build_says_so(
    monkeypatch: pytest.MonkeyPatch, chapter_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("builder.pipeline.build", interrupt)
    assert run("build", chapter_folder) == 130
    assert "B098" in capsys.readouterr().err


def test_unknown_tags_are_answered_with_the_known_ones(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("convert", tmp_path, "--to", "zh-XX")
    printed = capsys.readouterr().err
    assert all(tag in printed for tag in TARGETS)


def test_help_loads_no_heavy_library() -> None:
    """Start-up stays under its budget because nothing heavy is imported before it is needed."""
    code = (
        "import sys; from builder.cli import main; main(['--help']);"
        "heavy = {'rich', 'weasyprint', 'ebooklib', 'opencc', 'lxml', 'PIL', 'fontTools',"
        " 'markdown_it', 'pikepdf'} & set(sys.modules); sys.exit(f'loaded {heavy}' if heavy else 0)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("form", ["epub", "pdf"])
@pytest.mark.parametrize(
    ("content", "name"),
    [(None, "no.css"), ("页面".encode("gb18030"), "my.css"), (b"", "/etc/x.css")],
)
def test_a_style_sheet_that_cannot_be_used_is_told(
    content: bytes | None, name: str, form: str, chapter_folder: Path, tmp_path: Path
) -> None:
    if content is not None:
        (chapter_folder / "my.css").write_bytes(content)
    (chapter_folder / "book.toml").write_text(f'[{form}]\ncss = "{name}"\n', "utf-8")
    assert run("build", chapter_folder, "--format", form, "--out", tmp_path / "o") == 3


def test_the_user_s_style_sheet_reaches_the_book(chapter_folder: Path, tmp_path: Path) -> None:
    (chapter_folder / "my.css").write_text(".mine { color: red }", "utf-8")
    (chapter_folder / "book.toml").write_text('[epub]\ncss = "my.css"\n', "utf-8")
    assert run("build", chapter_folder, "--format", "epub", "--out", tmp_path) == 0
    with zipfile.ZipFile(tmp_path / "渡口" / "渡口.epub") as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.endswith(".css")]
    assert any(b".mine { color: red }" in sheet for sheet in sheets)


# --- why and strict -----------------------------------------------------------------------


def test_why_tells_the_rules_of_a_line_from_the_book(
    chapter_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (chapter_folder / "003.txt").write_text("第三章 夜\n\n　　他说...好。\n", "utf-8")
    assert run("why", chapter_folder, "003.txt:3") == 0
    printed = capsys.readouterr().out
    assert "003.txt:3" in printed
    assert "source  ⟨U+3000×2⟩他说...好。" in printed
    assert "book    他说……好。" in printed
    assert "N012" in printed
    assert "N030" in printed


def test_why_tells_the_same_from_the_ledger_alone(
    chapter_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (chapter_folder / "003.txt").write_text("第三章 夜\n\n　　他说...好。\n", "utf-8")
    assert run("build", chapter_folder, "--format", "epub", "--out", tmp_path / "o") == 0
    ledger = tmp_path / "o" / "渡口" / "渡口.ledger"
    capsys.readouterr()
    assert run("why", ledger, "003.txt:3", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [step["rule"] for step in told["steps"]] == ["N012", "N030"]
    assert told["source"] is None
    assert run("why", chapter_folder, "003.txt:3", "--json") == 0
    fresh = json.loads(capsys.readouterr().out)
    assert [step["rule"] for step in fresh["steps"]] == ["N012", "N030"]


def test_why_shows_the_line_when_the_source_lies_beside_the_ledger(
    chapter_folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert run("build", chapter_folder, "--format", "epub", "--out", tmp_path / "o") == 0
    monkeypatch.chdir(chapter_folder)
    capsys.readouterr()
    name = "001_0a1b2c3d4e5f6071.txt"
    assert run("why", tmp_path / "o" / "渡口" / "渡口.ledger", f"{name}:1") == 0
    assert "第一章 灯下" in capsys.readouterr().out
    (chapter_folder / name).write_text("变了", "utf-8")
    assert run("why", tmp_path / "o" / "渡口" / "渡口.ledger", f"{name}:1") == 0
    assert "changed since" in capsys.readouterr().out


def test_why_follows_a_converted_edition(
    chapter_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("why", chapter_folder, "010_2a1b2c3d4e5f6073.txt:1", "--to", "zh-hant") == 0
    printed = capsys.readouterr().out
    assert "C101" in printed
    assert "沒有題目的一章。" in printed


def test_why_shows_only_what_stands_around_a_change_in_a_long_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.txt"
    line = "灯灭了又亮。" * 30 + "他说...好。" + "河水往东流。" * 30 + "走!" + "雪停了。" * 10
    path.write_text(f"第一章 灯\n\n{line}\n", "utf-8")
    assert run("why", path, "a.txt:3") == 0
    rows = capsys.readouterr().out.splitlines()
    assert rows == [
        "a.txt:3:183",
        f"  source  …{'灯灭了又亮。' * 3}他说...好。{'河水往东流。' * 3}…",
        f"  book    …{'灯灭了又亮。' * 3}他说……好。{'河水往东流。' * 3}…",
        "  N030  ellipses made ……: “...” → “……”",
        "a.txt:3:369",
        f"  source  …。{'河水往东流。' * 3}走!{'雪停了。' * 5}…",
        f"  book    …。{'河水往东流。' * 3}走！{'雪停了。' * 5}…",
        "  N035  points beside Han made full-width: “!” → “！”",
    ]
    assert run("why", path, "a.txt:3:360") == 0
    rows = capsys.readouterr().out.splitlines()
    assert rows[0] == "a.txt:3:360"
    assert "走!" in rows[1]
    assert rows[3].startswith("  N035")


def test_why_of_a_long_line_is_the_same_from_the_ledger_and_whole_for_programs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "第一章 灯\n\n" + ("灯灭了又亮,雪停了。" + "河水往东流。" * 9) * 10 + "\n", "utf-8"
    )
    assert run("build", path, "--format", "epub", "--out", tmp_path / "o") == 0
    ledger = tmp_path / "o" / "a" / "a.ledger"
    capsys.readouterr()
    assert run("why", path, "a.txt:3:x") == 4
    assert run("why", path, "a.txt:3") == 0
    rows = capsys.readouterr().out.splitlines()
    assert [row for row in rows if row.startswith("a.txt")] == [
        f"a.txt:3:{6 + 64 * index}" for index in range(8)
    ]
    assert rows[-1].startswith("… and 2 more changed stretches of this line")
    assert run("why", ledger, "3:6") == 0
    assert "N035" in capsys.readouterr().out
    assert run("why", path, "a.txt:3", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert len(told["source"]) == 640
    assert [step["column"] for step in told["steps"]] == [6 + 64 * index for index in range(10)]


def test_why_of_a_joined_line_tells_what_joined_it_on_either_side(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.txt"
    told = "老周把渡船拖上岸用旧帆布盖好，又在船头压了两块石头，怕夜里起风把船吹到对岸去，" * 2
    paragraphs = [
        "　　" + "零一二三四五六七八九"[at % 10] * (at % 7) + told + "。" for at in range(20)
    ]
    lines = [one[at : at + 36] for one in paragraphs for at in range(0, len(one), 36)]
    path.write_text("第一章 冰\n\n" + "\n".join(lines) + "\n", "utf-8")
    joins = []
    for place in ("a.txt:9", "a.txt:10", "a.txt:11"):
        assert run("why", path, place) == 0
        joins.append(capsys.readouterr().out.count("  N016  hard-wrapped lines joined"))
    assert joins == [1, 2, 1]
    assert run("build", path, "--format", "epub", "--out", tmp_path / "o") == 0
    capsys.readouterr()
    assert run("why", tmp_path / "o" / "a" / "a.ledger", "b.txt:1") == 4
    assert "has no file b.txt" in capsys.readouterr().err


def test_why_tells_a_line_that_went_with_its_end_once(
    chapter_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "第三章 夜\n\n　　他说好。\n求月票，明天更新。\n　　灯灭了。\n"
    (chapter_folder / "003.txt").write_text(text, "utf-8")
    assert run("why", chapter_folder, "003.txt:4") == 0
    assert capsys.readouterr().out.count("  N040  ") == 1


def test_why_follows_a_note_to_where_it_went(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "第一章 冰\n\n他走到白水①边上。\n天亮了，渡口没有人。\n①白水：河名。\n", "utf-8"
    )
    assert run("why", path, "a.txt:5") == 0
    rows = capsys.readouterr().out.splitlines()
    assert "  book    白水：河名。" in rows
    assert [row[2:6] for row in rows[3:]] == ["S007", "S008"]


def test_an_untouched_line_is_said_to_be_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("第一章 灯\n\n天亮了。\n", "utf-8")
    assert run("why", path, "a.txt:3") == 0
    assert "no rule touched it" in capsys.readouterr().out


def test_strict_fails_on_warnings_and_writes_nothing(
    chapter_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (chapter_folder / "012.txt").write_text("第十二章 远\n\n缺了许多章。\n", "utf-8")
    out = tmp_path / "o"
    assert run("build", chapter_folder, "--format", "epub", "--out", out) == 0
    assert "S102" in capsys.readouterr().err
    again = tmp_path / "p"
    assert run("build", chapter_folder, "--format", "epub", "--out", again, "--strict") == 9
    assert "B027" in capsys.readouterr().err
    assert not again.exists()


def test_an_ignored_finding_neither_shows_nor_fails(
    chapter_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (chapter_folder / "012.txt").write_text("第十二章 远\n\n缺了许多章。\n", "utf-8")
    (chapter_folder / "book.toml").write_text(
        '[check]\nignore = [{ code = "S102", reason = "只有这些" }]\nfail_on = ["S102"]\n', "utf-8"
    )
    assert run("build", chapter_folder, "--format", "epub", "--out", tmp_path, "--strict") == 0
    assert "S102" not in capsys.readouterr().err


# --- plan and split -----------------------------------------------------------------------


def test_a_plan_is_written_edited_and_obeyed(
    chapter_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = chapter_folder / "contents.plan"
    assert run("inspect", chapter_folder, "--plan", plan) == 0
    assert "contents.plan" in capsys.readouterr().out
    text = plan.read_text("utf-8")
    assert "灯下" in text
    plan.write_text(text.replace("灯下", "水下"), "utf-8")
    setting = "structure.plan=contents.plan"
    assert run("inspect", chapter_folder, "--json", "--set", setting) == 0
    sections = json.loads(capsys.readouterr().out)["sections"]
    assert [section["title"] for section in sections][:2] == ["水下", "对岸"]
    assert run("build", chapter_folder, "--format", "epub", "--set", setting,
               "--out", tmp_path / "o") == 0  # fmt: skip


def test_a_plan_left_alone_gives_the_same_book(
    chapter_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("build", chapter_folder, "--format", "epub", "--out", tmp_path / "a") == 0
    plan = chapter_folder / "contents.plan"
    assert run("inspect", chapter_folder, "--plan", plan) == 0
    assert run("build", chapter_folder, "--format", "epub", "--out", tmp_path / "b",
               "--set", "structure.plan=contents.plan") == 0  # fmt: skip
    first, second = (tmp_path / name / "渡口" / "渡口.epub" for name in "ab")
    assert first.read_bytes() == second.read_bytes()


def test_split_makes_one_book_a_volume(tmp_path: Path) -> None:
    path = tmp_path / "渡口.txt"
    path.write_text(
        "第一卷 涨水\n\n第一章 灯\n\n天亮了。\n\n第二章 岸\n\n雨停了。\n\n"
        "第二卷 退水\n\n第三章 船\n\n人散了。\n\n第四章 桥\n\n水落了。\n", "utf-8"
    )  # fmt: skip
    assert run("build", path, "--format", "epub", "--out", tmp_path / "o",
               "--set", "structure.split=volume") == 0  # fmt: skip
    names = sorted(entry.name for entry in (tmp_path / "o" / "渡口").iterdir())
    assert names == ["渡口.01.epub", "渡口.02.epub", "渡口.ledger"]


# --- set anew -----------------------------------------------------------------------------


@pytest.mark.parametrize(("said", "kept"), [("zh-Hant-HK", "zh-Hant-HK"), ("zh-Hans", "zh-Hant")])
def test_an_epub_set_anew_keeps_its_language_where_the_text_bears_it_out(
    said: str, kept: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "書.txt"
    path.write_text("第一章 燈\n\n這條河沒有名字，船還沒來，誰也說不準會來幾個人。\n", "utf-8")
    assert run("build", path, "--format", "epub", "--out", tmp_path / "o",
               "--set", f"book.language={said}") == 0  # fmt: skip
    capsys.readouterr()
    assert run("inspect", tmp_path / "o" / "書" / "書.epub", "--json") == 0
    assert json.loads(capsys.readouterr().out)["language"] == kept


# --- what is never written over -----------------------------------------------------------


def test_inspect_never_replaces_a_file_of_the_book(chapter_folder: Path, tmp_path: Path) -> None:
    book = tmp_path / "水账.txt"
    book.write_text("第一章 灯\n\n天亮了。\n", "utf-8")
    alias = tmp_path / "页.html"
    alias.symlink_to(book)
    (chapter_folder / "names.tsv").write_text("渡口\t渡頭\n", "utf-8")
    settings = chapter_folder / "book.toml"
    settings.write_text('[convert]\nglossary = "names.tsv"\n', "utf-8")
    first = next(chapter_folder.glob("001_*"))
    for named, files in ((book, (book, alias)),
                         (chapter_folder, (first, settings, chapter_folder / "names.tsv"))):  # fmt: skip
        for file in files:
            before = file.read_bytes()
            for option in ("--html", "--plan"):
                assert run("inspect", named, option, file, "--force") == 7
            assert file.read_bytes() == before


def test_a_build_never_replaces_the_book_it_is_made_from(
    chapter_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("build", chapter_folder, "--format", "epub", "--out", tmp_path / "o") == 0
    made = tmp_path / "o" / "渡口" / "渡口.epub"
    before = made.read_bytes()
    again = ("build", made, "--format", "epub", "--out", tmp_path / "o")
    assert run(*again, "--set", "output.name=渡口") == 7
    assert "B035" in capsys.readouterr().err
    assert made.read_bytes() == before
    assert run(*again) == 0
    assert made.read_bytes() == before


def test_an_edited_plan_is_kept_and_a_generated_one_written_again(
    chapter_folder: Path, tmp_path: Path
) -> None:
    plan = tmp_path / "my.plan"
    assert run("inspect", chapter_folder, "--plan", plan) == 0
    assert run("inspect", chapter_folder, "--plan", plan) == 0
    plan.write_text(plan.read_text("utf-8").replace("灯下", "水下"), "utf-8")
    page = tmp_path / "page.html"
    assert run("inspect", chapter_folder, "--plan", plan, "--html", page) == 7
    assert "水下" in plan.read_text("utf-8")
    assert not page.exists()
    assert run("inspect", chapter_folder, "--plan", plan, "--force") == 0
    assert "灯下" in plan.read_text("utf-8")


def test_an_older_page_is_replaced_and_any_other_file_kept(
    chapter_folder: Path, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    assert run("inspect", chapter_folder, "--html", page) == 0
    page.write_text(page.read_text("utf-8").replace("灯下", "水下"), "utf-8")
    assert run("inspect", chapter_folder, "--html", page) == 0
    assert "灯下" in page.read_text("utf-8")
    page.write_text("<!doctype html>\n<p>我的页面</p>", "utf-8")
    assert run("inspect", chapter_folder, "--html", page) == 7
    assert "我的页面" in page.read_text("utf-8")


def test_a_page_is_not_written_where_it_would_be_a_chapter(
    chapter_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = chapter_folder / "page.html"
    assert run("inspect", chapter_folder, "--html", page) == 7
    assert "B041" in capsys.readouterr().err
    assert not page.exists()
    (chapter_folder / "book.toml").write_text('[source]\nfiles = ["*.txt"]\n', "utf-8")
    assert run("inspect", chapter_folder, "--html", page) == 0
    assert run("inspect", chapter_folder, "--plan", chapter_folder / "plan.txt") == 7


def test_a_format_named_twice_is_made_once_and_none_is_an_error(
    chapter_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("build", chapter_folder, "--format", "epub,epub", "--out", tmp_path / "o") == 0
    assert capsys.readouterr().out.count("渡口.epub") == 1
    assert run("build", chapter_folder, "--set", "output.formats=") == 3
    assert "output.formats" in capsys.readouterr().err


# --- files that the command line names ----------------------------------------------------


def test_a_file_given_to_set_is_looked_for_from_where_the_user_stands(
    chapter_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert run("inspect", chapter_folder, "--plan", "my plan.txt") == 0
    line = capsys.readouterr().out.splitlines()[-1]
    words = shlex.split(line.partition("edit it, then")[2])
    assert words[0] == "builder"
    plan = Path("my plan.txt")
    plan.write_text(plan.read_text("utf-8").replace("灯下", "水下"), "utf-8")
    assert run(*words[1:], "--format", "epub") == 0
    capsys.readouterr()
    assert run("inspect", chapter_folder, *words[3:], "--json") == 0
    sections = json.loads(capsys.readouterr().out)["sections"]
    assert sections[0]["title"] == "水下"


@pytest.mark.parametrize(
    ("key", "content", "code"),
    [
        ("normalize.rules", "U001\tlossy\tliteral\t水底下\t水面下\n", 0),
        ("convert.glossary", "水底下\t水面下\n", 0),
        ("epub.css", "p { color: red }\n", 0),
        ("book.cover", "no image", 4),
    ],
)
def test_every_setting_that_names_a_file_takes_the_users_word_but_not_the_books(
    key: str, content: str, code: int, chapter_folder: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    Path("mine.tsv").write_text(content, "utf-8")
    build = ("build", chapter_folder, "--format", "epub", "--out", "o", "--to", "zh-Hant")
    assert run(*build, "--set", f"{key}=mine.tsv") == code
    table, _, name = key.partition(".")
    value = '["../mine.tsv"]' if name == "rules" else '"../mine.tsv"'
    (chapter_folder / "book.toml").write_text(f"[{table}]\n{name} = {value}\n", "utf-8")
    capsys.readouterr()
    assert run(*build) == 3
    assert "book.toml" in capsys.readouterr().err


def test_a_file_given_to_set_may_also_lie_in_the_books_folder(
    chapter_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (chapter_folder / "names.tsv").write_text("水底下\t水面下\n", "utf-8")
    assert run("inspect", chapter_folder, "--set", "convert.glossary=names.tsv") == 0
    assert run("build", chapter_folder, "--set", "structure.plan=none.plan") == 3
    assert "--set structure.plan=none.plan: error S205" in capsys.readouterr().err


# --- errors for programs ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code", "exit_code"),
    [
        (["inspect", "没有"], "R001", 4),
        (["inspect", "书.txt", "--set", "x.y=1"], "B004", 3),
        (["why", "书.txt", "书.txt:99"], "B031", 4),
        (["convert", "没有", "--to", "zh-Hant"], "B025", 4),
        (["convert", "书.txt", "--to", "xx"], "B021", 3),
        (["check", "书.txt", "--against", "没有"], "R001", 4),
        (["new", "夹"], "B024", 3),
        (["build"], "B020", 4),
        (["build", "--formats", "epub"], "B097", 2),
    ],
)
def test_every_command_that_fails_under_json_prints_the_error_as_json(
    arguments: list[str], code: str, exit_code: int,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    Path("书.txt").write_text("第一章 灯\n\n天亮了。\n", "utf-8")
    Path("夹").mkdir()
    Path("夹", "book.toml").write_text("", "utf-8")
    assert run(*arguments, "--json") == exit_code
    printed = capsys.readouterr()
    told = json.loads(printed.out)
    assert printed.err == ""
    assert told["exit_code"] == exit_code
    assert (told["error"]["code"], told["error"]["severity"]) == (code, "error")
    assert told["error"]["message"]


@pytest.mark.usefixtures("epubcheck_that_is_up")
def test_one_file_that_cannot_be_judged_does_not_stop_the_others(
    chapter_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("build", chapter_folder, "--format", "epub", "--out", tmp_path / "o") == 0
    made = tmp_path / "o" / "渡口" / "渡口.epub"
    capsys.readouterr()
    assert run("check", tmp_path / "没有.epub", made, "--json") == 4
    first, second = json.loads(capsys.readouterr().out)["files"]
    assert first["error"]["code"] == "K002"
    assert second["path"] == str(made)
    assert "error" not in {one["severity"] for one in second["diagnostics"]}


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "utf-8"])
def test_output_can_be_printed_wherever_it_runs_whatever_a_file_is_called(
    encoding: str, tmp_path: Path
) -> None:
    path = tmp_path / os.fsdecode(b"\xff\xe7.txt")
    path.write_text("第一章 灯\n\n天亮了，渡口没有人。\n", "utf-8")
    for arguments in (["inspect", str(path)], ["inspect", str(path), "--json"]):
        ran = subprocess.run(
            [sys.executable, "-m", "builder", *arguments], capture_output=True, check=False,
            env=os.environ | {"PYTHONIOENCODING": encoding},
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr
        assert "第一章" in ran.stdout.decode("utf-8")
    assert json.loads(ran.stdout)["sections"][0]["title"] == "灯"


# --- what does not matter -----------------------------------------------------------------


def test_inspect_is_silent_on_what_the_book_ignores(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "书"
    folder.mkdir()
    a_troubled_book(folder)
    assert run("inspect", folder) == 0
    printed = capsys.readouterr()
    codes = ("I002", "I003", "I005")
    assert all(code in printed.err for code in codes)
    ignored = ", ".join(f'{{ code = "{code}", reason = "看过了" }}' for code in codes)
    (folder / "book.toml").write_text(f"[check]\nignore = [{ignored}]\n", "utf-8")
    page = tmp_path / "page.html"
    assert run("inspect", folder, "--html", page) == 0
    printed = capsys.readouterr()
    assert not any(code in printed.err for code in codes)
    assert "lonely quotes 0, name pairs 0" in printed.out
    assert "陈忘舒</span>" not in page.read_text("utf-8")
    assert run("inspect", folder, "--json") == 0
    told = {one["code"] for one in json.loads(capsys.readouterr().out)["diagnostics"]}
    assert told.isdisjoint(codes)


@pytest.mark.usefixtures("epubcheck_that_is_up")
def test_check_is_silent_on_what_the_book_ignores(
    chapter_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = ("--set", "cover.design=none")
    assert run("build", chapter_folder, "--format", "epub", "--out", tmp_path / "o", *bare) == 0
    made = tmp_path / "o" / "渡口" / "渡口.epub"
    assert run("check", made, "--against", chapter_folder) == 0
    assert "K105" in capsys.readouterr().err
    settings = '[check]\nignore = [{ code = "K105", reason = "不做封面" }]\n'
    (chapter_folder / "book.toml").write_text(settings, "utf-8")
    assert run("check", made, "--against", chapter_folder) == 0
    assert "K105" not in capsys.readouterr().err


def test_settings_of_the_user_that_cannot_be_reached_are_none(
    chapter_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", "/" + "x" * 300)
    assert run("inspect", chapter_folder) == 0


# --- the tutorial -------------------------------------------------------------------------


def test_the_tutorial_runs_as_it_stands(tmp_path: Path) -> None:
    document = (
        Path(__file__).resolve().parents[1].joinpath("docs", "tutorial.md").read_text("utf-8")
    )
    script = "\n".join(re.findall("```sh\n(.*?)```", document, re.DOTALL))
    assert script.count("builder ") >= 8
    book = a_troubled_book(tmp_path).rename(tmp_path / "水账.txt")
    # A word that a conversion leaves in doubt, for the report that the tutorial takes up.
    book.write_text(book.read_text("utf-8") + "\n　　她把竹篙往水里探了探。\n", "utf-8")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PATH": path, "XDG_CONFIG_HOME": str(tmp_path / "none")}
    ran = subprocess.run(
        ["bash", "-eu"], input=script, cwd=tmp_path, env=environment, text=True,
        capture_output=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    names = {entry.name for entry in (tmp_path / "dist" / "水账").iterdir()}
    assert {"水账.epub", "水账.pdf", "水账.zh-Hant-TW.epub"} <= names
    assert "說" in (tmp_path / "水賬.txt").read_text("utf-8")


def test_an_output_that_is_full_or_closed_is_told_or_let_be(chapter_folder: Path) -> None:
    command = [sys.executable, "-m", "builder", "inspect", str(chapter_folder)]
    root = Path(__file__).parents[1]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    with Path("/dev/full").open("w") as full:
        told = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, env=environment, check=False
        )
    assert told.returncode == 7
    assert b"error B010: " in told.stderr
    assert b"Exception ignored" not in told.stderr
    closed = subprocess.run(
        ["sh", "-c", '"$@" >&-', "sh", *command],
        stderr=subprocess.PIPE, env=environment, check=False,
    )  # fmt: skip
    assert (closed.returncode, b"B099" in closed.stderr) == (0, False)
