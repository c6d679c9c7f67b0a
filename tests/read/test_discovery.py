"""What a BOOK argument is, and which files belong to it."""

import os
from pathlib import Path

import pytest

from builder.core.config import Config, SourceConfig
from builder.core.errors import BuilderError, ConfigError, SourceError
from builder.read import discover, read, select
from builder.read import discovery as discovery_module

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"


def write(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("雨停了。", encoding="utf-8")


def code_of(caught: pytest.ExceptionInfo[BuilderError]) -> str:
    assert caught.value.hint
    return caught.value.diagnostic.code


def with_files(*patterns: str) -> Config:
    return Config(source=SourceConfig(files=patterns))


def test_a_folder_of_chapters_is_a_book(tmp_path: Path) -> None:
    root = tmp_path / "《夜航》作者：林晚"
    write(
        root, "第十章.txt", "第二章.txt", "序.md", "cover.PNG", "README.md", ".hidden.txt", "a.css"
    )
    source = discover(root)
    assert [path.name for path in source.files] == ["序.md", "第二章.txt", "第十章.txt"]
    assert (source.title, source.author, source.slug) == ("夜航", "林晚", "《夜航》作者：林晚")
    assert source.cover == root / "cover.PNG"
    assert source.settings is None
    assert source.root == source.path == root


def test_jpeg_covers_come_before_others(tmp_path: Path) -> None:
    write(tmp_path, "1.txt", "cover.webp", "cover.jpg")
    assert discover(tmp_path).cover == tmp_path / "cover.jpg"


@pytest.mark.parametrize("suffix", ["txt", "TXT", "md", "html", "htm", "xhtml"])
def test_a_single_file_is_a_book(tmp_path: Path, suffix: str) -> None:
    write(tmp_path, f"夜航 - 林晚.{suffix}", "cover.jpg")
    source = discover(tmp_path / f"夜航 - 林晚.{suffix}")
    assert (source.title, source.author) == ("夜航", "林晚")
    assert source.root == tmp_path
    assert source.cover == tmp_path / "cover.jpg"


def test_a_cover_among_many_books_belongs_to_the_book_of_its_name(tmp_path: Path) -> None:
    write(tmp_path, "夜航.txt", "雨季.txt", "cover.jpg", "雨季.png")
    assert discover(tmp_path / "夜航.txt").cover is None
    assert discover(tmp_path / "雨季.txt").cover == tmp_path / "雨季.png"


def test_book_toml_stands_for_its_folder(tmp_path: Path) -> None:
    write(tmp_path, "book.toml", "1.txt")
    assert discover(tmp_path / "book.toml") == discover(tmp_path)
    assert discover(tmp_path).settings == tmp_path / "book.toml"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("夜航.docx", "DOCX"),
        ("夜航.mobi", "MOBI"),
        ("夜航.azw3", "AZW3"),
        ("夜航.pdf", "PDF"),
        ("夜航.rtf", "RTF"),
        ("夜航.rar", "RAR"),
        ("夜航.xyz", "XYZ"),
        ("夜航", "夜航"),
    ],
)
def test_other_formats_are_refused_by_name(tmp_path: Path, name: str, kind: str) -> None:
    write(tmp_path, name)
    with pytest.raises(SourceError) as caught:
        discover(tmp_path / name)
    assert code_of(caught) == "R002"
    assert kind in caught.value.message


def test_a_folder_that_holds_only_a_docx_says_so(tmp_path: Path) -> None:
    write(tmp_path, "夜航.docx", "notes.json")
    with pytest.raises(SourceError) as caught:
        discover(tmp_path)
    assert code_of(caught) == "R002"


def test_nothing_there_and_nothing_in_it(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        discover(tmp_path / "无")
    assert code_of(caught) == "R001"
    with pytest.raises(SourceError) as caught:
        discover(tmp_path)
    assert code_of(caught) == "R008"
    write(tmp_path, "book.toml", "README.md")
    with pytest.raises(SourceError) as caught:
        select(discover(tmp_path), Config())
    assert code_of(caught) == "R008"


def test_patterns_keep_their_order_and_sort_by_number(tmp_path: Path) -> None:
    write(tmp_path, "book.toml", "外/10.txt", "外/9.txt", "正/2.txt", "正/1.txt", "废.txt")
    chosen = select(discover(tmp_path), with_files("正/*.txt", "外/*.txt", "正/1.txt"))
    assert [path.name for path in chosen] == ["1.txt", "2.txt", "9.txt", "10.txt"]
    everything = select(discover(tmp_path), with_files("**/*.txt"))
    assert len(everything) == 5


def test_a_file_named_outright_is_taken_whatever_it_is_called(tmp_path: Path) -> None:
    write(tmp_path, "book.toml", "README.md", "1.txt")
    (chosen,) = select(discover(tmp_path), with_files("README.md"))
    assert chosen.name == "README.md"


@pytest.mark.parametrize("pattern", ["../*.txt", "/etc/*.txt", "正/../../x.txt", "", "a**b/\0"])
def test_patterns_never_leave_the_folder(tmp_path: Path, pattern: str) -> None:
    (tmp_path / "book.toml").write_text("[source]\n\nfiles = []\n")
    write(tmp_path, "1.txt")
    with pytest.raises(ConfigError) as caught:
        select(discover(tmp_path), with_files(pattern))
    assert code_of(caught) in {"R012", "R013"}
    assert str(caught.value.location) == f"{tmp_path}/book.toml:3"


def test_a_pattern_without_files_is_located(tmp_path: Path) -> None:
    write(tmp_path, "1.txt")
    with pytest.raises(ConfigError) as caught:
        select(discover(tmp_path), with_files("第*.txt"))
    assert code_of(caught) == "R013"
    assert caught.value.location is None


def test_a_pattern_for_another_format_names_it(tmp_path: Path) -> None:
    write(tmp_path, "1.txt", "2.docx")
    with pytest.raises(SourceError) as caught:
        select(discover(tmp_path), with_files("2.docx"))
    assert code_of(caught) == "R002"


def test_links_out_of_the_folder_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "secret.txt", "book/1.txt")
    (tmp_path / "book" / "2.txt").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(SourceError) as caught:
        discover(tmp_path / "book")
    assert code_of(caught) == "R014"


def test_links_inside_the_folder_are_fine(tmp_path: Path) -> None:
    write(tmp_path, "text/1.txt")
    (tmp_path / "1.txt").symlink_to(tmp_path / "text" / "1.txt")
    assert [path.name for path in discover(tmp_path).files] == ["1.txt"]


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discovery_module, "MAX_FILES", 2)
    write(tmp_path, "1.txt", "2.txt")
    assert len(discover(tmp_path).files) == 2
    write(tmp_path, "3.txt")
    with pytest.raises(SourceError) as caught:
        discover(tmp_path)
    assert code_of(caught) == "R022"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, "1.txt")
    (tmp_path / "1.txt").chmod(0)
    with pytest.raises(SourceError) as caught:
        read(discover(tmp_path), Config())
    assert code_of(caught) == "R016"


def test_a_file_that_vanishes_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, "1.txt")
    source = discover(tmp_path)
    (tmp_path / "1.txt").unlink()
    with pytest.raises(SourceError) as caught:
        read(source, Config())
    assert code_of(caught) == "R016"


def test_a_name_too_long_for_the_system_is_no_traceback(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        discover(tmp_path / ("夜" * 400))


@pytest.mark.parametrize("name", ["《水账》作者：青篙社".encode("gb18030"), b"\xff\xe7"])
def test_a_name_in_an_old_encoding_is_read_and_never_breaks_the_book(
    name: bytes, tmp_path: Path
) -> None:
    path = tmp_path / os.fsdecode(name + b".txt")
    write(tmp_path, path.name)
    folder = tmp_path / os.fsdecode(name)
    write(folder, "1.txt")
    for source in (discover(path), discover(folder)):
        f"{source.title}{source.slug}".encode()
        if name != b"\xff\xe7":
            assert (source.title, source.author) == ("水账", "青篙社")


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the real chapters are not here")
def test_real_chapters_are_read_in_order() -> None:
    reading = read(discover(SEEDS), Config())
    manuscript = reading.manuscript
    assert reading.diagnostics == ()
    assert [Path(file.path).name[:3] for file in manuscript.files] == ["000", "001"]
    assert "<" not in manuscript.text
    doubled = manuscript.decoded.count("<br/><br/>")
    assert doubled - 2 <= manuscript.text.count("\n\n") <= doubled
    start = manuscript.boundaries()[1]
    assert manuscript.text[start - 1] == "\n"
    assert manuscript.origin(start).file.endswith("001_bfe6d8fa0f21d2b3.txt")
