"""Whatever the bytes: a BuilderError, or a manuscript that gives every byte back."""

import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.core.config import Config, SourceConfig
from builder.core.errors import BuilderError, SourceError
from builder.read import decode_bytes, discover, encode, read
from builder.read.encodings import NAMES, Decoded, decode, faults

from .conftest import assert_exact

PIECES = (
    "夜深了，",
    "他没有说话。",
    "第一章 夜雨",
    "　　",
    "\u00a0\u00a0",
    "    ",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "<br/>",
    "<br>",
    "<br/><br/>",
    "<p>",
    "</p>",
    "<div class='x'>",
    "</div>",
    "<em>",
    "</em>",
    "<b>",
    "</b>",
    "<h1>",
    "</h1>",
    "<ruby>",
    "<rt>",
    "</rt>",
    "</ruby>",
    "<rp>(</rp>",
    "<ul>",
    "<li>",
    "</ul>",
    "<table>",
    "<tr>",
    "<td>",
    "<th>",
    "</table>",
    "<pre>",
    "</pre>",
    "<hr/>",
    "<img src='a.png' alt='图'>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "&nbsp;",
    "&ldquo;",
    "&#12288;",
    "&",
    "<",
    ">",
    "a < b",
    "</br>",
    "&#xD800;",
    "&#13;",
    "<a href='https://x.y'>",
    "</a>",
    "<blockquote>",
    "</blockquote>",
    "<html><body>",
    "# ",
    "## ",
    "- ",
    "1. ",
    "> ",
    "***",
    "---",
    "===",
    "```",
    "`",
    "*",
    "**",
    "_",
    "[",
    "](",
    ")",
    "![",
    "[^1]",
    "[^1]: ",
    "|",
    "| a | b |\n|---|---|\n",
    "\\",
    "\\|",
    "  \n",
    "\t",
    " ",
    "\0",
    "\ufeff",
    "x",
    "，",
)
MARKUP = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
LINE = "夜深了，雨還沒有停。她把燈撥亮，繼續讀那封沒有寫完的信。\n"
STRETCHES = (
    LINE.encode(),
    LINE.encode("gb18030"),
    LINE.encode("big5"),
    LINE.encode("utf-16-le"),
    "夜深了。~\n".encode("hz"),
    b"\xa1\xfe\xa2\xcc",
    b"\x80100 ",
    b"\xa3\xe1",
    b"~{",
    b"~}",
    b"~~",
    b"\xef\xbb\xbf",
    b"\n",
)
SUFFIXES = st.sampled_from((".txt", ".md", ".html"))
ENCODINGS = st.sampled_from(("", *NAMES))
QUICK = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


def refusal_of(content: bytes, suffix: str, encoding: str = "") -> str:
    """The code of the refusal; empty when the file is read, and read exactly."""
    try:
        read_one(content, suffix, encoding)
    except BuilderError as problem:
        return problem.diagnostic.code
    return ""


def read_one(content: bytes, suffix: str, encoding: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"夜航{suffix}")
        path.write_bytes(content)
        config = Config(source=SourceConfig(encoding=encoding))
        assert_exact(read(discover(path), config).manuscript)


@QUICK
@given(st.binary(max_size=200), SUFFIXES, ENCODINGS)
def test_any_bytes_are_read_exactly_or_refused(content: bytes, suffix: str, encoding: str) -> None:
    assert refusal_of(content, suffix, encoding) in {"", "R004", "R009", "R034"}


@settings(QUICK, max_examples=400)
@given(MARKUP, SUFFIXES)
def test_any_markup_is_read_exactly_or_refused(text: str, suffix: str) -> None:
    assert refusal_of(text.encode(), suffix) in {"", "R004", "R009"}


@QUICK
@given(st.binary(max_size=60), st.text("夜雨声烦，。\n", min_size=20), ENCODINGS.filter(bool))
def test_every_byte_comes_back_from_broken_text(noise: bytes, text: str, name: str) -> None:
    codec = NAMES[name]
    content = text.encode(codec, "ignore") + noise + text.encode(codec, "ignore")
    decoded = decode(content, codec)
    assert decoded is not None
    assert bytes_again(decoded) == content


@QUICK
@given(st.lists(st.sampled_from(STRETCHES) | st.binary(max_size=12), max_size=12))
def test_every_byte_comes_back_from_a_mixture(parts: list[bytes]) -> None:
    content = b"".join(parts)
    decoded = decode(content)
    if decoded is not None:
        assert bytes_again(decoded) == content
        placed = [(fault.byte_offset, fault.content) for fault in faults(decoded)]
        assert all(content[at : at + len(lost)] == lost for at, lost in placed)


def bytes_again(decoded: Decoded) -> bytes:
    return encode(
        decoded.text,
        decoded.encoding,
        stretches=decoded.stretches,
        originals=decoded.originals,
    )


@QUICK
@given(st.binary(max_size=200))
def test_a_text_by_itself_never_holds_lone_surrogates(content: bytes) -> None:
    with suppress(SourceError):
        text = decode_bytes(content, "-").text
        assert text.encode().decode() == text


def test_the_property_itself_catches_a_lost_character() -> None:
    """A positive control: text that the ledger does not account for is noticed."""
    from dataclasses import replace

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "夜航.txt")
        path.write_text("雨停了。<br/><br/>他走了。", encoding="utf-8")
        manuscript = read(discover(path), Config()).manuscript
        with pytest.raises(AssertionError):
            assert_exact(replace(manuscript, text=manuscript.text[:-1]))
