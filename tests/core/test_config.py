"""Settings are read strictly, and every mistake is told with its line."""

from pathlib import Path

import pytest

from builder.core.book import Creator, Series
from builder.core.catalogue import sentences_of
from builder.core.config import Config, load, parse, with_environment, with_options
from builder.core.errors import ConfigError


def read(document: str) -> Config:
    return parse(document, "book.toml", Config())


def refusal(document: str) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        read(document)
    return caught.value


def test_every_kind_of_value_is_read() -> None:
    config = read(
        '[book]\ntitle = "渡口"\ndate = 2026-11-22\nsubjects = ["小说", "水乡"]\n'
        'creators = ["甲", { name = "乙", role = "trl" }]\nseries = { name = "河", position = 2 }\n'
        '[epub]\ncontents_depth = 2\n[output]\nformats = ["epub"]\n'
    )
    assert config.book.title == "渡口"
    assert config.book.date == "2026-11-22"
    assert config.book.creators == (Creator("甲"), Creator("乙", "trl"))
    assert config.book.series == Series("河", 2.0)
    assert config.epub.contents_depth == 2
    assert config.output.formats == ("epub",)


def test_a_series_may_be_just_a_name() -> None:
    assert read('[book]\nseries = "河"').book.series == Series("河")


@pytest.mark.parametrize(
    ("document", "code", "line"),
    [
        ('[book]\n\ntitel = "a"', "B002", 3),
        ("[book]\ntitle = 1", "B003", 2),
        ('[book]\nsubjects = "a"', "B003", 2),
        ('[output]\ndir = "a\\u0000"', "B003", 2),
        ('[book]\ntitle = "' + "长" * 2_001 + '"', "B003", 2),
        ('[book]\nsubtitle = "' + "长" * 2_001 + '"', "B003", 2),
        ('[book]\ndescription = "' + "长" * 20_001 + '"', "B003", 2),
        ("[book]\nsubjects = [" + '"甲",' * 501 + "]", "B003", 2),
        ('[book]\nsubjects = ["' + "长" * 2_001 + '"]', "B003", 2),
        ("[book]\ncreators = [" + '{ name = "甲" },' * 1_001 + "]", "B003", 2),
        ('[book]\ncreators = [{ name = "' + "长" * 2_001 + '" }]', "B003", 2),
        ("[book]\nseries = { position = 2 }", "B003", 2),
        ('[book]\nseries = { name = "a", pos = 2 }', "B002", 2),
        ('[epub]\ncontents_depth = "two"', "B003", 2),
        ("[epub]\ncontents_depth = true", "B003", 2),
        ('[output]\nformats = ["mobi"]', "B003", 2),
        ('[pdf]\ntrim = "A55"', "B003", 2),
        ("\n[bok]", "B004", 2),
        ("book = 1", "B004", 1),
        ("[book]\ntitle = ", "B001", 2),
    ],
)
def test_a_mistake_is_told_with_its_line(document: str, code: str, line: int) -> None:
    problem = refusal(document)
    assert problem.diagnostic.code == code
    assert problem.location is not None
    # At the very end of a document, Python before 3.14 gives no line.
    assert problem.location.line in {line, 0} if code == "B001" else problem.location.line == line
    assert problem.hint


def test_the_nearest_key_is_named() -> None:
    assert "title" in refusal('[book]\ntitel = "a"').hint
    assert "book" in refusal("[bok]").hint


def test_options_beat_variables_and_variables_beat_the_file() -> None:
    config = read('[pdf]\ntrim = "B5"\n[book]\ntitle = "甲"')
    config = with_environment(config, {"BUILDER_PDF_TRIM": "A4", "BUILDER_X": "1", "PATH": "p"})
    assert config.pdf.trim == "A4"
    config = with_options(config, ["pdf.trim=B6", "output.formats=epub, pdf"])
    assert (config.pdf.trim, config.output.formats) == ("B6", ("epub", "pdf"))
    assert config.book.title == "甲"


def test_text_options_become_numbers_people_and_series() -> None:
    config = with_options(
        Config(),
        ["epub.contents_depth=2", "book.creators=甲,乙", "book.series=河", "book.title=a=b"],
    )
    assert config.epub.contents_depth == 2
    assert config.book.creators == (Creator("甲"), Creator("乙"))
    assert config.book.series == Series("河")
    assert config.book.title == "a=b"


@pytest.mark.parametrize(
    ("text", "fonts"),
    [
        ("true", True),
        ("False", False),
        ("rare", ("rare",)),
        ("宋.otf, LXGW WenKai", ("宋.otf", "LXGW WenKai")),
        ('["宋.otf", "LXGW, WenKai"]', ("宋.otf", "LXGW, WenKai")),
        ("[宋].otf", ("[宋].otf",)),
        ("[1]", ("[1]",)),
    ],
)
def test_a_choice_or_a_list_is_read_from_an_option(
    text: str, fonts: bool | tuple[str, ...]
) -> None:
    assert with_options(Config(), [f"epub.embed_fonts={text}"]).epub.embed_fonts == fonts


@pytest.mark.parametrize(
    ("document", "fonts"),
    [("true", True), ('"rare"', ("rare",)), ('["a.otf", "B"]', ("a.otf", "B"))],
)
def test_a_choice_or_a_list_is_read_from_the_file(
    document: str, fonts: bool | tuple[str, ...]
) -> None:
    assert read(f"[epub]\nembed_fonts = {document}").epub.embed_fonts == fonts


def test_neither_a_choice_nor_a_list_is_a_mistake() -> None:
    assert refusal("[epub]\nembed_fonts = 3").diagnostic.code == "B003"


@pytest.mark.parametrize(
    ("option", "code"),
    [
        ("trim=A5", "B007"),
        ("pdf.trim", "B007"),
        ("pdf.trm=A5", "B002"),
        ("pfd.trim=A5", "B004"),
        ("epub.contents_depth=two", "B003"),
        ("epub.contents_depth=1.5", "B003"),
    ],
)
def test_a_wrong_option_is_named(option: str, code: str) -> None:
    with pytest.raises(ConfigError) as caught:
        with_options(Config(), [option])
    assert caught.value.diagnostic.code == code
    assert option in str(caught.value)


def test_a_wrong_variable_is_named() -> None:
    with pytest.raises(ConfigError, match="BUILDER_PDF_TRIN"):
        with_environment(Config(), {"BUILDER_PDF_TRIN": "A5"})


def test_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as missing:
        load(tmp_path / "book.toml")
    assert missing.value.diagnostic.code == "B006"
    (tmp_path / "gbk.toml").write_bytes('[book]\ntitle = "渡口"'.encode("gb18030"))
    with pytest.raises(ConfigError) as wrong:
        load(tmp_path / "gbk.toml")
    assert wrong.value.diagnostic.code == "B005"


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    path = tmp_path / "book.toml"
    path.write_bytes('\ufeff[book]\ntitle = "渡口"'.encode())
    assert load(path).book.title == "渡口"


def test_every_key_is_explained() -> None:
    from dataclasses import fields

    sentences = sentences_of("en")
    for table in fields(Config):
        assert f"config.{table.name}" in sentences
        for key in fields(getattr(Config(), table.name)):
            assert f"config.{table.name}.{key.name}" in sentences


@pytest.mark.parametrize(
    ("setting", "is_right"),
    [
        ("book.date=2024", True),
        ("book.date=2024-05", True),
        ("book.date=2024-02-29", True),
        ("book.date=2023-02-29", False),
        ("book.date=民国廿三年", False),
        ("book.isbn=978-7-02-000220-7", True),
        ("book.isbn=7-5063-0000-X", False),
        ("book.isbn=0-306-40615-2", True),
        ("book.isbn=080442957X", True),
        ("book.isbn=978-7-02-000220-8", False),
        ("book.isbn=123", False),
        ("book.language=zh-Hant-TW", True),
        ("book.language=", True),
        ("book.language=中文", False),
        ("book.language=zh-Latn-pinyin", True),
        ("book.language=xx-yy-zz-q", False),
        ("epub.contents_depth=1", True),
        ("epub.contents_depth=0", False),
        ("structure.max_title=-3", False),
    ],
)
def test_a_value_that_cannot_be_is_an_error_of_the_settings(setting: str, is_right: bool) -> None:
    if is_right:
        assert with_options(Config(), [setting]) is not None
        return
    with pytest.raises(ConfigError, match="B003"):
        with_options(Config(), [setting])
