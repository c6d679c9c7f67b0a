"""A whole build: the edition with readings, its ledger, its check, and the names on the shelf."""

import zipfile
from pathlib import Path

import pytest

from builder.check import check_epub, check_pdf
from builder.core.errors import ConfigError
from builder.pipeline import BuildOptions, BuildResult, build

TEXT = "渡口记\n作者：曾鞏\n\n第一章 风雪\n\n单于觊觎骏马，荀彧（xúnyù）在渡口等船，天亮时才走。\n"


@pytest.fixture(autouse=True)
def _without_epubcheck(monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes seconds a file and is asked elsewhere."""
    monkeypatch.setattr("builder.check.epubcheck_findings", lambda path: ())


def built(folder: Path, *formats: str, pinyin: str = "", **settings: str) -> BuildResult:
    (folder / "渡口.txt").write_text(TEXT, "utf-8")
    options = BuildOptions(
        formats=formats,
        out=folder / "out",
        pinyin=pinyin,
        settings=tuple(f"{key.replace('__', '.')}={value}" for key, value in settings.items()),
        environment={},
    )
    return build(folder / "渡口.txt", options)


def inside(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xhtml", ".opf"))]
        return "".join(archive.read(name).decode() for name in names)


def test_an_edition_with_readings_says_so_and_says_what_the_book_says(tmp_path: Path) -> None:
    result = built(tmp_path, "epub", pinyin="rare")
    (file,) = result.files
    assert file.path.name == "渡口.pinyin.epub"
    markup = inside(file.path)
    assert '<ruby>觊<rt class="furniture">jì</rt></ruby>' in markup
    assert "<ruby>荀彧<rt>xúnyù</rt></ruby>" in markup
    assert 'property="file-as">Zeng Gong<' in markup
    assert check_epub(file.path, against=result.book) == ()


def test_zhuyin_stands_where_the_settings_ask_for_it(tmp_path: Path) -> None:
    result = built(tmp_path, "epub", epub__pinyin="all", epub__readings="zhuyin")
    assert result.files[0].path.name == "渡口.epub"
    assert '<ruby>天<rt class="furniture">ㄊㄧㄢ</rt></ruby>' in inside(result.files[0].path)


def test_brackets_stay_when_the_settings_leave_them(tmp_path: Path) -> None:
    result = built(tmp_path, "epub", typography__readings="false")
    assert "荀彧（xúnyù）" in inside(result.files[0].path)


def test_what_became_of_the_brackets_is_in_the_ledger(tmp_path: Path) -> None:
    result = built(tmp_path, "pdf")
    rules = [edit.rule for layer in result.ledger.layers for edit in layer]
    assert rules.count("S015") == 2
    assert check_pdf(result.files[0].path, against=result.book) == ()


def test_another_word_for_pinyin_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        built(tmp_path, "epub", pinyin="some")
    assert caught.value.diagnostic.code == "B003"
