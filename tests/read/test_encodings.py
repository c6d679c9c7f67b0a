"""Encodings: found over the whole file, every byte kept, every broken one told."""

from pathlib import Path

import pytest

from builder.core.config import Config, SourceConfig
from builder.core.errors import ConfigError, SourceError
from builder.read import decode_bytes, discover, read
from builder.read.encodings import decode, encode, faults

from .conftest import ReadFiles

PROSE = "夜深了，雨还没有停。她把灯拨亮，继续读那封没有写完的信。“你说过要回来的。”她低声说。"


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_clean_prose_is_recognised(codec: str) -> None:
    decoded = decode(PROSE.encode(codec))
    assert decoded is not None
    assert (decoded.text, decoded.encoding, decoded.confidence) == (PROSE, codec, 1.0)


def test_traditional_prose_in_gb18030_is_recognised() -> None:
    text = "夜深了，雨還沒有停。她把燈撥亮，繼續讀那封沒有寫完的信。"
    decoded = decode(text.encode("gb18030"))
    assert decoded is not None
    assert decoded.text == text


@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le", "utf-16-be"])
def test_byte_order_mark_decides_and_stays_in_the_decoded_text(codec: str) -> None:
    content = ("\ufeff" + PROSE).encode(codec)
    decoded = decode(content)
    assert decoded is not None
    assert (decoded.text, decoded.encoding) == ("\ufeff" + PROSE, codec)


def test_bytes_after_the_first_kilobytes_count() -> None:
    content = b"Chapter 1\n" * 20_000 + (PROSE * 3000).encode("gb18030")
    decoded = decode(content)
    assert decoded is not None
    assert decoded.encoding == "gb18030"


def test_three_broken_bytes_do_not_change_the_encoding() -> None:
    for codec in ("utf-8", "gb18030"):
        content = bytearray((PROSE * 10).encode(codec))
        content[31] = content[200] = content[601] = 0xFF
        decoded = decode(bytes(content))
        assert decoded is not None
        assert decoded.encoding == codec
        assert encode(decoded.text, decoded.encoding) == bytes(content)


def test_a_fault_knows_its_byte_offset() -> None:
    decoded = decode("夜".encode() + b"\xff\xfe" + PROSE.encode())
    assert decoded is not None
    assert [(f.offset, f.byte_offset, f.content) for f in faults(decoded)] == [(1, 3, b"\xff\xfe")]


def test_a_file_cut_inside_a_character_keeps_its_last_bytes() -> None:
    for codec, cut in (("utf-8", 1), ("gb18030", 1), ("utf-16-le", 1)):
        content = PROSE.encode(codec)[:-cut]
        decoded = decode(content, codec)
        assert decoded is not None
        assert encode(decoded.text, codec) == content
        assert len(list(faults(decoded))) == 1


def test_half_a_surrogate_pair_is_a_fault() -> None:
    content = "夜".encode("utf-16-le") + b"\x42\xd8" + "雨".encode("utf-16-le")
    decoded = decode(content, "utf-16-le")
    assert decoded is not None
    assert [fault.content for fault in faults(decoded)] == [b"\x42\xd8"]
    assert encode(decoded.text, "utf-16-le") == content


@pytest.mark.parametrize(
    "content", [bytes(range(256)) * 40, b"\x89PNG\r\n\x1a\n" + bytes(200), bytes(100)]
)
def test_what_is_no_text_is_refused(content: bytes) -> None:
    assert decode(content) is None


def test_utf16_names_its_byte_order_by_its_mark() -> None:
    decoded = decode(("\ufeff" + PROSE).encode("utf-16-be"), "utf-16-le")
    assert decoded is not None
    assert decoded.encoding == "utf-16-be"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_broken_bytes_are_told_with_offset_and_line(read_files: ReadFiles, line_end: str) -> None:
    content = f"{PROSE}{line_end}雨".encode() + b"\xff" + f"停了。{PROSE}".encode()
    reading = read_files({"1.txt": content})
    (found,) = reading.diagnostics
    assert found.code == "R003"
    assert dict(found.values)["offset"] == len(f"{PROSE}{line_end}雨".encode())
    assert found.location is not None
    assert (found.location.line, found.location.column) == (2, 2)
    assert "雨\ufffd停了" in reading.manuscript.text


def test_many_broken_bytes_are_listed_up_to_a_limit(read_files: ReadFiles) -> None:
    content = (PROSE.encode() + b"\xff") * 130
    codes = [found.code for found in read_files({"1.txt": content}).diagnostics]
    assert codes == ["R003"] * 100 + ["R005"]


def test_replacement_characters_in_the_file_are_told(read_files: ReadFiles) -> None:
    (found,) = read_files({"1.txt": f"雨\ufffd停了。\ufffd{PROSE}"}).diagnostics
    assert (found.code, dict(found.values)["count"]) == ("R006", 2)


def test_a_close_call_is_told_as_a_guess(read_files: ReadFiles) -> None:
    found = read_files(
        {"1.txt": "The café was closed, and the rain did not stop all night.".encode("latin-1")}
    ).diagnostics
    assert "R007" in {item.code for item in found}


def test_the_named_encoding_is_obeyed(read_files: ReadFiles) -> None:
    config = Config(source=SourceConfig(encoding="GBK"))
    reading = read_files({"1.txt": "雨停了。".encode("gbk")}, config)
    assert reading.manuscript.files[0].encoding == "gb18030"
    assert reading.manuscript.text == "雨停了。"


def test_an_unknown_encoding_name_is_located_and_answered(tmp_path: Path) -> None:
    (tmp_path / "book.toml").write_text('[source]\nencoding = "utf-88"\n')
    (tmp_path / "1.txt").write_text(PROSE, encoding="utf-8")
    config = Config(source=SourceConfig(encoding="utf-88"))
    with pytest.raises(ConfigError) as caught:
        read(discover(tmp_path), config)
    assert caught.value.diagnostic.code == "R011"
    assert "utf-8" in caught.value.hint
    assert caught.value.location is not None
    assert caught.value.location.line == 2


def test_a_file_broken_all_over_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "夜航.txt"
    path.write_bytes(PROSE.encode("gb18030") * 3)
    with pytest.raises(SourceError) as caught:
        read(discover(path), Config(source=SourceConfig(encoding="utf-8")))
    assert caught.value.diagnostic.code == "R034"
    assert "GB18030" in caught.value.diagnostic.hint


def test_what_is_no_text_at_all_gets_no_other_encoding_suggested() -> None:
    with pytest.raises(SourceError) as caught:
        decode_bytes(b"\xff\xfe\xff" * 40, "-", "gb18030")
    assert caught.value.diagnostic.code == "R034"
    assert "to have it found" in caught.value.diagnostic.hint


def test_a_text_by_itself_keeps_its_line_ends() -> None:
    decoded = decode_bytes("\ufeff雨停了。\r\n他走了。".encode(), "-")
    assert decoded.text == "雨停了。\r\n他走了。"
    broken = decode_bytes(PROSE.encode() + b"\xff", "-")
    assert broken.text == PROSE + "\ufffd"
    assert [found.code for found in broken.diagnostics] == ["R003"]
    with pytest.raises(SourceError):
        decode_bytes(bytes(100), "-")


def test_only_decoding_keeps_broken_bytes() -> None:
    with pytest.raises(UnicodeEncodeError):
        "\ud800".encode("utf-8", "builder.keep_bytes")
