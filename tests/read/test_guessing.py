"""Which encoding a text is in: told apart at the length of a sentence, and honest when unsure."""

from pathlib import Path

import pytest

from builder.core.config import Config, SourceConfig
from builder.read import discover, encode, read
from builder.read.encodings import Decoded, decode, faults
from builder.read.guessing import guess
from builder.read.plausibility import is_gibberish, likelihood

from .conftest import ReadFiles

MODERN = "她把手机放回口袋，说：“明天再谈吧，我已经很累了。”"
CLASSICAL = "却说那人见天色已晚，便投店安歇，一宿无话。次日起来，"
TRADITIONAL = "她把手機放回口袋，說：「明天再談吧，我已經很累了。」"
TITLES = "第十二章　风雪夜归人"

BY_CODEC = [
    *(
        (codec, text)
        for codec in ("gb18030", "utf-16-le", "utf-16-be")
        for text in (MODERN, CLASSICAL, TRADITIONAL, TITLES)
    ),
    ("big5hkscs", TRADITIONAL),
    ("big5hkscs", "第十二章　風雪夜歸人"),
    ("hz", MODERN.replace("“", '"').replace("”", '"')),
    ("hz", "~" + CLASSICAL),
]


def bytes_again(decoded: Decoded) -> bytes:
    return encode(
        decoded.text, decoded.encoding, stretches=decoded.stretches, originals=decoded.originals
    )


@pytest.mark.parametrize(("codec", "text"), BY_CODEC)
def test_one_sentence_is_enough(codec: str, text: str) -> None:
    decoded = decode(text.encode(codec))
    assert decoded is not None
    assert (decoded.encoding, decoded.text) == (codec, text)
    assert decoded.confidence > 0.99


@pytest.mark.parametrize(("codec", "text"), BY_CODEC)
def test_a_file_cut_inside_its_last_character_is_recognised(codec: str, text: str) -> None:
    content = text.encode(codec)[:-1]
    decoded = decode(content)
    assert decoded is not None
    assert decoded.encoding == codec
    assert bytes_again(decoded) == content


def test_dialogue_in_gbk_is_not_taken_for_big5() -> None:
    text = "“走吗？”“不走。”“为什么？”“等人。”“等谁？”“不知道。”"
    decoded = decode(text.encode("gbk"))
    assert decoded is not None
    assert (decoded.encoding, decoded.text) == ("gb18030", text)


def test_rare_characters_of_four_bytes_are_read() -> None:
    text = f"他姓𠮷，住在㐀村，屋后有一棵䶮树。{MODERN}"
    decoded = decode(text.encode("gb18030"))
    assert decoded is not None
    assert decoded.text == text


@pytest.mark.parametrize("text", ["Chapter 1\nIt rained all night.\n", "Глава первая\n", "é"])
def test_other_letters_in_utf8_stay_utf8(text: str) -> None:
    decoded = decode(text.encode())
    assert decoded is not None
    assert (decoded.encoding, decoded.text) == ("utf-8", text)


def test_japanese_in_utf8_stays_utf8() -> None:
    decoded = decode("雨はまだ止まない。".encode())
    assert decoded is not None
    assert decoded.text == "雨はまだ止まない。"


def test_english_in_utf16_without_a_mark_is_recognised() -> None:
    for codec in ("utf-16-le", "utf-16-be"):
        decoded = decode("Chapter 1\nIt rained all night.\n".encode(codec))
        assert decoded is not None
        assert decoded.encoding == codec


@pytest.mark.parametrize("codec", ["shift-jis", "euc-kr", "koi8-r"])
def test_what_is_written_in_another_encoding_is_refused(codec: str) -> None:
    texts = {
        "shift-jis": "雨はまだ止まない。彼女は手紙を読み続けていた。「帰ってくると言ったのに」",
        "euc-kr": "비는 아직 그치지 않았다. 그녀는 편지를 계속 읽고 있었다.",
        "koi8-r": "Дождь ещё не прекратился. Она продолжала читать письмо.",
    }
    assert decode(texts[codec].encode(codec)) is None


def test_a_name_of_two_characters_is_called_a_guess(read_files: ReadFiles) -> None:
    """GBK 联通 is famous for being taken for something else."""
    found = guess("渠".encode("gbk"))
    assert found.confidence < 0.95
    codes = {item.code for item in read_files({"1.txt": "渠".encode("gbk")}).diagnostics}
    assert "R007" in codes


def test_short_gbk_that_is_utf8_by_accident_is_compared() -> None:
    """裂 and 屹 are C1D1 D2D9 and such: valid as two letters of UTF-8."""
    content = "蘑菇".encode("gbk") + "拢".encode("gbk")
    text = decode(content)
    assert text is not None
    assert bytes_again(text) == content


def test_the_euro_sign_of_windows_is_read_and_kept() -> None:
    content = "门票只要".encode("gbk") + b"\x8020" + "一张，他说。".encode("gbk")
    decoded = decode(content)
    assert decoded is not None
    assert decoded.text == "门票只要€20一张，他说。"
    assert bytes_again(decoded) == content
    assert not decoded.has_faults


@pytest.mark.parametrize(
    ("before", "after"), [("价钱是", "二十，他想了想。"), ("门票要三十", "一张。")]
)
def test_the_euro_sign_stands_beside_han_numbers_too(before: str, after: str) -> None:
    content = before.encode("gbk") + b"\x80" + after.encode("gbk")
    decoded = decode(content)
    assert decoded is not None
    assert decoded.text == f"{before}€{after}"
    assert bytes_again(decoded) == content


def test_hz_of_the_rarest_characters_is_read_by_its_escapes() -> None:
    elements = "氢氦锂铍硼氖钠镁铝硅磷硫氯氩钾钙钪钛钒铬锰钴镍锌镓锗砷硒溴氪铷锶钇锆铌钼"
    content = encode(elements, "hz")
    decoded = decode(content)
    assert decoded is not None
    assert (decoded.text, decoded.encoding) == (elements, "hz")
    assert decoded.confidence < 0.95
    assert not decoded.has_faults


def test_a_tilde_and_a_brace_are_no_hz() -> None:
    code = b"for x in ~{list of names}~ do; print ~{x~}; done"
    decoded = decode(code)
    assert decoded is not None
    assert decoded.text == code.decode()


@pytest.mark.parametrize(
    ("first", "second"),
    [("gb18030", "utf-8"), ("utf-8", "gb18030"), ("utf-8", "big5hkscs"), ("big5hkscs", "utf-8")],
)
def test_an_encoding_may_change_inside_a_line(first: str, second: str) -> None:
    """Two files joined, the first without a newline at its end."""
    above = "夜深了，雨還沒有停。她把燈撥亮，繼續讀那封沒有寫完的信。\n" * 30 + "第四章 風"
    below = "聲\n他沒有回答，只是把窗關上了。河水在黑暗裡慢慢地流。\n" + above
    content = above.encode(first) + below.encode(second)
    decoded = decode(content)
    assert decoded is not None
    assert decoded.text == above + below
    assert not decoded.has_faults
    assert [(stretch.start, stretch.encoding) for stretch in decoded.stretches] == [
        (0, first),
        (len(above), second),
    ]
    assert bytes_again(decoded) == content


def test_0x80_between_characters_is_a_broken_byte() -> None:
    content = "雨停了。".encode("gbk") + b"\x80" + "他走了，没有回头。".encode("gbk")
    decoded = decode(content)
    assert decoded is not None
    assert [fault.content for fault in faults(decoded)] == [b"\x80"]


def test_signs_that_big5_has_twice_come_back_as_they_were() -> None:
    words = "他們說好了在渡口等她。".encode("big5")
    content = words + b"\xa2\xcc\xa1\xfe\xa2\x41\xa1\xe3\xa1\x45\xa3\xe1\n" + words
    decoded = decode(content)
    assert decoded is not None
    assert decoded.text.split("\n")[0].endswith("十／／～‧€")
    assert bytes_again(decoded) == content


def test_a_lost_byte_garbles_no_more_than_its_character() -> None:
    for codec, text in (("gb18030", MODERN * 60), ("big5", TRADITIONAL * 60)):
        content = text.encode(codec)
        at = content.index("很累".encode(codec), 1200)
        decoded = decode(content[:at] + content[at + 1 :])
        assert decoded is not None
        # A second byte of Big5 may be a letter: then nothing tells that a byte is missing.
        assert decoded.has_faults or codec == "big5"
        assert decoded.text.endswith(text[-600:])
        assert decoded.text.startswith(text[:600])


@pytest.mark.parametrize("count", [1, 200])
def test_a_lost_byte_in_utf16_shifts_nothing_after_it(count: int) -> None:
    for codec in ("utf-16-le", "utf-16-be"):
        content = (MODERN * count).encode(codec)
        for at in (9, len(content) // 2 + 1):
            damaged = content[:at] + content[at + 1 :]
            decoded = decode(damaged)
            assert decoded is not None
            assert decoded.encoding == codec
            assert bytes_again(decoded) == damaged
            assert 1 <= sum(len(fault.content) for fault in faults(decoded)) <= 4
            assert decoded.text.endswith(MODERN[-8:])


def test_hz_keeps_what_it_cannot_read() -> None:
    content = b"~{R9MmSj~} rain ~{2;\xff~} ~~ ~{M#AK"
    decoded = decode(content)
    assert decoded is not None
    assert decoded.encoding == "hz"
    assert bytes_again(decoded) == content
    assert "~" in decoded.text


def test_hz_whose_opening_was_lost_is_still_read() -> None:
    content = (MODERN.replace("“", "").replace("”", "") * 3).encode("hz")[2:]
    decoded = decode(content)
    assert decoded is not None
    assert decoded.encoding == "hz"
    assert bytes_again(decoded) == content


def test_tildes_and_braces_of_a_program_are_no_hz() -> None:
    text = "class Book { ~Book() {} };\nauto f = ~{a, b};\n"
    decoded = decode(text.encode())
    assert decoded is not None
    assert (decoded.encoding, decoded.text) == ("utf-8", text)


# --- two encodings in one file ------------------------------------------------------------

LINE_S = "雨下了一夜，渡口的石阶没进水里，船夫把缆绳又紧了两圈。\n"
LINE_T = "天亮的時候霧散了，對岸的燈一盞一盞熄下去。\n"


@pytest.mark.parametrize("size", [3, 400])
@pytest.mark.parametrize(
    ("outer", "inner"),
    [
        ("utf-8", "gb18030"),
        ("gb18030", "utf-8"),
        ("utf-8", "big5hkscs"),
        ("big5hkscs", "utf-8"),
        ("gb18030", "big5hkscs"),
        ("big5hkscs", "gb18030"),
    ],
)
def test_lines_of_another_encoding_are_found(outer: str, inner: str, size: int) -> None:
    around = LINE_T if outer == "big5hkscs" else LINE_S
    pasted = LINE_T if inner == "big5hkscs" else LINE_S
    text = around * size + pasted * 5 + around * size
    content = (
        (around * size).encode(outer) + (pasted * 5).encode(inner) + (around * size).encode(outer)
    )
    decoded = decode(content)
    assert decoded is not None
    assert decoded.text == text
    assert [stretch.encoding for stretch in decoded.stretches] == [outer, inner, outer]
    assert bytes_again(decoded) == content


def test_a_mixture_in_one_line_of_markup_is_parted_at_its_tags() -> None:
    content = (LINE_S.strip() + "<br/>").encode() * 3 + (LINE_S.strip() + "<br/>").encode("gbk") * 3
    decoded = decode(content)
    assert decoded is not None
    assert decoded.text == (LINE_S.strip() + "<br/>") * 6


def test_a_byte_order_mark_before_gbk_does_not_mislead() -> None:
    content = b"\xef\xbb\xbf" + (LINE_S * 30).encode("gbk")
    decoded = decode(content)
    assert decoded is not None
    assert decoded.text == "\ufeff" + LINE_S * 30
    assert bytes_again(decoded) == content


def test_one_broken_byte_makes_no_mixture() -> None:
    content = bytearray((LINE_S * 200).encode())
    content[5000] = 0xFF
    decoded = decode(bytes(content))
    assert decoded is not None
    assert decoded.stretches == ()
    assert decoded.encoding == "utf-8"


def test_rare_words_in_one_encoding_are_no_mixture() -> None:
    names = "、".join("魑魅魍魉饕餮貔貅囹圄龃龉觊觎鼙鼓")
    content = (LINE_S * 40 + names + "\n" + LINE_S * 40).encode("gbk")
    decoded = decode(content)
    assert decoded is not None
    assert decoded.stretches == ()


def test_a_mixture_is_told_with_its_lines(read_files: ReadFiles) -> None:
    content = (LINE_S * 3).encode() + (LINE_S * 2).encode("gbk")
    (found,) = read_files({"1.txt": content}).diagnostics
    assert found.code == "R023"
    assert "UTF-8 in lines 1–3, GB18030 in lines 4–5" in found.message


def test_a_file_of_many_changes_lists_the_first() -> None:
    content = ((LINE_S * 3).encode() + (LINE_S * 3).encode("gbk")) * 8
    decoded = decode(content)
    assert decoded is not None
    assert len(decoded.stretches) == 16


def test_the_named_encoding_is_never_second_guessed(tmp_path: Path) -> None:
    path = tmp_path / "夜航.txt"
    path.write_bytes((LINE_S * 3).encode("gbk"))
    config = Config(source=SourceConfig(encoding="big5"))
    (file,) = read(discover(path), config).manuscript.files
    assert (file.encoding, file.stretches) == ("big5hkscs", ())


def test_misread_text_is_told_from_rare_text() -> None:
    assert is_gibberish((LINE_S * 3).encode().decode("gb18030", "replace"))
    assert not is_gibberish("魑魅魍魉饕餮貔貅囹圄龃龉觊觎鼙鼓，" + LINE_S)
    assert likelihood("的") > likelihood("魑") > likelihood("\ue000") > likelihood("\U000e0fff")


def test_private_codes_of_old_gb18030_become_their_characters(read_files: ReadFiles) -> None:
    content = LINE_S.encode("gbk") + b"\xfe\x59\xa6\xd9\xfe\x51\r\n"
    manuscript = read_files({"1.txt": content}).manuscript
    assert manuscript.text == f"{LINE_S}\u9fb4\ufe10\U00020087"
    kept = read_files({"1.txt": f"{LINE_S}\ue78d"}).manuscript
    assert kept.text.endswith("\ue78d")


@pytest.mark.parametrize("codec", ["gb18030", "big5hkscs"])
def test_damage_in_one_line_leaves_the_others_alone(codec: str) -> None:
    line = LINE_T if codec == "big5hkscs" else LINE_S
    content = bytearray((line * 200).encode(codec))
    size = len(line.encode(codec))
    # A broken first byte in one line, a byte lost before the end of another.
    content[50 * size] = 0xFF
    del content[120 * size + 8]
    decoded = decode(bytes(content))
    assert decoded is not None
    assert (decoded.encoding, decoded.stretches) == (codec, ())
    assert bytes_again(decoded) == bytes(content)
    damaged = [
        number for number, one in enumerate(decoded.text.splitlines(keepends=True)) if one != line
    ]
    assert damaged == [50, 120]
    assert decoded.text.splitlines()[50].endswith(line.strip()[2:])


def test_a_garbled_line_without_a_fault_is_read_anew() -> None:
    """Two bytes lost: the codec finds characters all the way, but not Chinese ones."""
    whole = LINE_S.strip().encode("gbk") * 20
    lost = whole[:10] + whole[11:830] + whole[831:]
    content = (LINE_S * 120).encode("gbk") + lost + b"\n" + (LINE_S * 120).encode("gbk")
    decoded = decode(content)
    assert decoded is not None
    assert bytes_again(decoded) == content
    assert decoded.stretches == ()
    (broken,) = [one for one in decoded.text.split("\n") if one and one + "\n" != LINE_S]
    assert broken.startswith(LINE_S[:5])
    assert broken.endswith(LINE_S.strip()[-8:])
    assert decoded.has_faults


def test_a_very_long_or_much_damaged_text_is_left_as_the_codec_reads_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from builder.read import codings

    monkeypatch.setattr(codings, "MAX_REALIGNED_BYTES", 60)
    content = ((LINE_S.strip() * 2).encode("gbk") + b"\xff\n") * 30
    decoded = decode(content)
    assert decoded is not None
    assert bytes_again(decoded) == content
    assert len(list(faults(decoded))) == 30


def test_hz_whose_lines_do_not_match_is_kept_whole() -> None:
    content = b"~{R9MmSj~}~\n~{R9MmSj~} ~{Sj\n"
    decoded = decode(content, "hz")
    assert decoded is not None
    assert decoded.text == "夜晚雨夜晚雨 雨\n"
    assert bytes_again(decoded) == content
