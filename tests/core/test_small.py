"""Spans, tags, places, the catalogue and errors."""

import json
import re
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.core import catalogue
from builder.core.diagnostic import Location, error, note, warning
from builder.core.errors import BuilderError, ConfigError, WriteError
from builder.core.files import style, write_whole
from builder.core.language import TARGETS, is_traditional, target_of
from builder.core.span import Span
from builder.core.xml_text import REPLACEMENT, xml_escaped, xml_quoted, xml_safe

ROOT = Path(__file__).parents[2]


def test_a_span_covers_its_characters() -> None:
    span = Span(1, 3)
    assert span.of("天地玄黄") == "地玄"
    assert len(span) == 2
    assert span.overlaps(Span(2, 4))
    assert not span.overlaps(Span(3, 4))
    with pytest.raises(ValueError, match="not a span"):
        Span(3, 1)


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("zh-Hant-TW", "zh-Hant-TW"),
        ("zh_hant_tw", "zh-Hant-TW"),
        ("zh-TW", "zh-Hant-TW"),
        ("zh-cn", "zh-Hans-CN"),
        ("zh-hant-hk-x-phrases", "zh-Hant-HK-x-phrases"),
    ],
)
def test_tags_are_understood_in_any_case(tag: str, name: str) -> None:
    target = target_of(tag)
    assert target is not None
    assert target.name == name


def test_other_languages_are_no_targets() -> None:
    assert target_of("ja") is None
    assert target_of("zh-Hant-x-phrase") is None


def test_the_private_subtag_never_reaches_the_book() -> None:
    assert TARGETS["zh-Hant-TW-x-phrases"].tag == "zh-Hant-TW"


def test_scripts_are_told_apart() -> None:
    assert is_traditional("zh-Hant-HK")
    assert not is_traditional("zh-Hans")
    assert not is_traditional("en")


def test_places_print_as_far_as_they_are_known() -> None:
    assert str(Location("a.txt")) == "a.txt"
    assert str(Location("a.txt", 3)) == "a.txt:3"
    assert str(Location("a.txt", 3, 7)) == "a.txt:3:7"


def test_a_diagnostic_prints_place_severity_code_sentence_and_hint() -> None:
    text = str(error("B002", Location("book.toml", 2), key="titel", nearest="title"))
    assert text.startswith("book.toml:2: error B002: unknown key “titel”\n  hint: did you mean")
    assert str(note("B006", reason="x")).startswith("note B006: ")
    assert str(warning("B006", reason="x")).startswith("warning B006: ")


def test_errors_carry_code_place_and_exit_code() -> None:
    problem = ConfigError("B002", location=Location("book.toml", 2), key="a", nearest="b")
    assert (problem.exit_code, problem.message) == (3, "unknown key “a”")
    assert problem.location == Location("book.toml", 2)


def test_exit_codes_are_distinct_and_leave_1_and_2_to_the_shell() -> None:
    codes = [kind.exit_code for kind in BuilderError.__subclasses__()]
    assert len(set(codes)) == len(codes)
    assert not {0, 1, 2} & set(codes)


def test_a_sentence_without_words_is_an_error_but_a_missing_hint_is_not() -> None:
    with pytest.raises(KeyError):
        catalogue.say("no.such.key")
    assert catalogue.say("no.such.key.hint") == ""
    with pytest.raises(ValueError, match="no catalogue"):
        catalogue.use_language("xx")


def test_every_key_named_in_the_code_is_in_the_catalogue() -> None:
    spoken = set()
    for path in (ROOT / "builder").rglob("*.py"):
        code = path.read_text("utf-8")
        spoken |= set(re.findall(r'\bsay\(\s*"([^"]+)"', code))
        spoken |= set(
            re.findall(r'(?:Error|Failed|\berror|\bwarning|\bnote)\(\s*"([A-Z]\d{3})"', code)
        )
    assert "B010" in spoken
    assert spoken <= set(catalogue.sentences_of("en"))


def test_every_sentence_is_in_one_file_and_can_be_filled() -> None:
    seen: set[str] = set()
    for room in files("builder.core.catalogue").joinpath("en").iterdir():
        keys = set(json.loads(room.read_text(encoding="utf-8")))
        assert not keys & seen
        seen |= keys
    for key, sentence in catalogue.sentences_of("en").items():
        names = re.findall(r"(?<!\{)\{(\w+)(?::[^}]*)?\}(?!\})", sentence)
        assert sentence.format_map(dict.fromkeys(names, 1)), key


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    target = tmp_path / "a" / "渡口.epub"
    write_whole(target, b"one")
    write_whole(target, b"two")
    assert target.read_bytes() == b"two"
    assert [path.name for path in target.parent.iterdir()] == ["渡口.epub"]


def test_a_failed_write_leaves_what_stood_there(tmp_path: Path) -> None:
    target = tmp_path / "book.epub"
    target.mkdir()
    (target / "keep").write_text("x")
    with pytest.raises(WriteError) as caught:
        write_whole(target, b"new")
    assert caught.value.exit_code == 7
    assert (target / "keep").read_text() == "x"
    assert [path.name for path in tmp_path.iterdir()] == ["book.epub"]


def test_our_styles_are_found() -> None:
    assert "{" in style("epub.css")


def test_what_xml_forbids_is_replaced_and_nothing_else() -> None:
    """Every code point, by the standard's own list of what a document may hold."""
    allowed = [*range(0x20, 0xD800), *range(0xE000, 0xFFFE), *range(0x10000, 0x110000)]
    kept = {0x9, 0xA, 0xD, *allowed}
    assert all(
        xml_safe(chr(code)) == (chr(code) if code in kept else REPLACEMENT)
        for code in range(0x110000)
    )
    assert xml_safe("灯\x01\u3000亮") == f"灯{REPLACEMENT}\u3000亮"


@given(st.text("a&<>\"'\t\n\r中", max_size=8))
def test_what_is_written_as_xml_is_read_as_it_was(text: str) -> None:
    value = ET.fromstring(f"<a b={xml_quoted(text)}/>").get("b")
    assert value == text
    read = ET.fromstring(f"<a>{xml_escaped(text)}</a>").text or ""
    assert read == text.replace("\r\n", "\n").replace("\r", "\n")
