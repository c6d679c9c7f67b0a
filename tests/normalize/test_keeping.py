"""What somebody keeps stays, wherever it has moved to; nothing else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.core.config import Config, NormalizeConfig
from builder.core.ledger import Edit, Layer, Ledger
from builder.core.manuscript import Manuscript, SourceFile
from builder.normalize import Normalized, RuleFile, normalize
from tests.normalize.test_wrapped import PARAGRAPHS, wrapped

AD = "请记住本书首发域名：www.qingluan9.cc"
BEGGING = "求月票，求收藏，求推荐票！"
STORY = "雨停的时候，老何才把船灯点上。"


def manuscript_of(**files: str) -> Manuscript:
    """A book of files, 01 being 01.txt."""
    text = "\n".join(files.values())
    at, made = 0, []
    for name, content in files.items():
        made.append(SourceFile(f"book/{name[1:]}.txt", at, at + len(content), "utf-8"))
        at += len(content) + 1
    return Manuscript(text, text, tuple(made))


def cleaned(manuscript: Manuscript, *keep: str, rules: tuple[RuleFile, ...] = ()) -> Normalized:
    found = normalize(manuscript, Config(normalize=NormalizeConfig(keep=keep)), rules)
    ledger = Ledger(found.manuscript.layers)
    assert ledger.replay(manuscript.decoded) == found.manuscript.text
    assert ledger.restore(found.manuscript.text) == manuscript.decoded
    return found


def lines(manuscript: Manuscript, *keep: str) -> list[str]:
    return [line for line in cleaned(manuscript, *keep).manuscript.text.split("\n") if line]


def codes(found: Normalized) -> set[str]:
    return {one.code for one in found.diagnostics}


BOOK = manuscript_of(
    _01=f"　　{STORY}\n\n　　{AD}\n\n　　{STORY}\n\n　　{BEGGING}\n\n　　{AD}\n\n　　{STORY}\n"
)


def test_without_a_word_all_ads_go() -> None:
    assert lines(BOOK) == [STORY] * 3


def test_a_line_is_kept_by_its_words_wherever_it_stands() -> None:
    assert lines(BOOK, AD) == [STORY, AD, STORY, AD, STORY]


def test_spaces_and_what_nobody_sees_do_not_matter() -> None:
    book = manuscript_of(
        _01=f"{STORY}\n　 请记住\N{ZERO WIDTH SPACE}本书首发域名：ｗｗｗ.qingluan9.cc\t\n{STORY}\n"
    )
    assert len(lines(book, f" {AD[:4]} {AD[4:]}")) == 3


@pytest.mark.parametrize(("number", "kept"), [(3, 0), (4, 0), (8, 1), (9, 1), (900, 1)])
def test_a_place_chooses_the_nearest_of_equal_lines(number: int, kept: int) -> None:
    found = lines(BOOK, f"{AD} @ 01.txt:{number}")
    assert found.index(AD) == (1, 2)[kept]
    assert found.count(AD) == 1


def test_a_place_holds_in_its_own_file_only() -> None:
    book = manuscript_of(_01=f"{STORY}\n{AD}\n", _02=f"{STORY}\n{AD}\n")
    assert lines(book, f"{AD} @ 02.txt:1") == [STORY, STORY, AD]
    assert lines(book, f"{AD} @ book/02.txt:1") == [STORY, STORY, AD]
    missing = cleaned(book, f"{AD} @ 2.txt:1")
    assert [one.code for one in missing.diagnostics if one.code == "N111"] == ["N111"]


def test_a_line_that_says_just_this_goes_before_lines_that_say_more() -> None:
    longer = f"{BEGGING}求订阅！"
    book = manuscript_of(_01=f"{STORY}\n{longer}\n{STORY}\n{BEGGING}\n{STORY}\n")
    assert lines(book) == [STORY] * 3
    assert lines(book, BEGGING) == [STORY, STORY, BEGGING, STORY]


def test_words_inside_a_line_are_kept_and_the_rest_of_it_is_cleaned() -> None:
    book = manuscript_of(
        _01=f"{STORY}\n天亮了。qingluan9．cc他放下灯,走了.\n{STORY}\n{AD}\n天黑了。qingluan9．cc她没有动。\n"
    )
    assert lines(book)[1] == "天亮了。他放下灯，走了。"
    kept = lines(book, "qingluan9．cc @ 01.txt:2")
    assert kept[1] == "天亮了。qingluan9．cc他放下灯，走了。"
    assert kept[-1] == "天黑了。她没有动。"


def test_what_is_safe_is_done_to_kept_words_too() -> None:
    book = manuscript_of(_01=f"{STORY}\n求月票,求收藏...求推荐票!\n{STORY}\n")
    assert lines(book, "求月票,求收藏...求推荐票!") == [STORY, "求月票，求收藏……求推荐票！", STORY]


def test_a_rule_of_ones_own_leaves_what_is_kept() -> None:
    rule = RuleFile("own.tsv", "U001\tsafe\tliteral\t船灯\t渔灯\n")
    book = manuscript_of(_01=f"{STORY}\n\n船灯灭了。\n")
    found = cleaned(book, "船灯灭了", rules=(rule,)).manuscript.text
    assert found.split("\n\n") == [STORY.replace("船灯", "渔灯"), "船灯灭了。\n"]


def test_a_kept_line_is_joined_to_no_other() -> None:
    text = "\n".join(wrapped(paragraph, 44, "　　") for paragraph in PARAGRAPHS)
    at = next(number for number, line in enumerate(text.split("\n")) if line[0] != "　")
    line = text.split("\n")[at]
    assert lines(manuscript_of(_01=text)) == PARAGRAPHS
    found = lines(manuscript_of(_01=text), f"{line} @ 01.txt:{at + 1}")
    assert line in found
    assert len(found) > len(PARAGRAPHS)


def test_words_that_nothing_says_are_told_and_others_are_not() -> None:
    assert "N111" not in codes(cleaned(BOOK, AD))
    assert "N111" in codes(cleaned(BOOK, AD, "没有人这样写"))
    assert "N111" in codes(cleaned(BOOK, "\N{ZERO WIDTH SPACE} "))


@pytest.mark.parametrize(
    ("entry", "hint"),
    [
        ("01.txt:3", "01.txt:3 says: 请记住"),
        ("@ 01.txt:3", "01.txt:3 says: 请记住"),
        ("旧的广告 @ 01.txt:3", "01.txt:3 says now: 请记住"),
        ("旧的广告 @ 01.txt:333", "write a line's own words"),
        ("旧的广告 @ 09.txt:3", "write a line's own words"),
    ],
)
def test_the_hint_says_what_the_place_says_now(entry: str, hint: str) -> None:
    [told] = [one for one in cleaned(BOOK, entry).diagnostics if one.code == "N111"]
    assert hint in told.hint


def test_a_line_that_is_kept_is_in_doubt_no_more() -> None:
    doubtful = "本章字数不多，喜欢的请收藏：www"
    book = manuscript_of(_01=f"{STORY}\n{doubtful}\n{STORY}\n")
    if "N103" in codes(cleaned(book)):
        assert "N103" not in codes(cleaned(book, doubtful))


def test_a_column_chooses_among_lines_of_one_line_of_the_file() -> None:
    book = manuscript_of(_01=f"{STORY}\n{AD}\n{STORY}\n{AD}\n{STORY}")
    layer = Layer.of("read", [Edit("R112", at, at + 2, "<>", "\n") for at in _tags(book.text)])
    source = book.text.replace("\n", "<>")
    read = Manuscript(source, source, (SourceFile("01.html", 0, len(source), "utf-8"),)).after(
        book.text, layer
    )
    columns = [at + 3 for at in _tags(book.text)]
    for column, kept in ((columns[0], [1]), (columns[2] - 5, [3]), (columns[3], [3])):
        found = normalize(
            read, Config(normalize=NormalizeConfig(keep=(f"{AD} @ 01.html:1:{column}",)))
        )
        shown = found.manuscript.text.split("\n")
        assert shown.index(AD) == kept[0] - (kept[0] == 3)
        assert shown.count(AD) == 1


def _tags(text: str) -> list[int]:
    """Where the tags stand of which the line ends of a text were made."""
    return [at + index for index, at in enumerate(i for i, c in enumerate(text) if c == "\n")]


def test_old_line_ends_are_line_ends() -> None:
    for end in ("\r\n", "\r"):
        book = manuscript_of(_01=end.join([STORY, AD, STORY, BEGGING, ""]))
        assert lines(book, f"{AD} @ 01.txt:2") == [STORY, AD, STORY]


LINES = st.sampled_from(
    [
        STORY,
        AD,
        BEGGING,
        "第三章 夜雨（求月票）",
        "天亮了。qingluan9．cc他放下灯。",
        "二○○八年．",
        "&nbsp;他停了<br>",
        "",
    ]
)


@given(st.lists(LINES, max_size=14), st.lists(LINES, max_size=3))
def test_kept_lines_are_in_the_result_and_cleaning_it_again_changes_nothing(
    written: list[str], keep: list[str]
) -> None:
    book = manuscript_of(_01="\n".join(written))
    found = cleaned(book, *keep).manuscript
    bare = "".join(found.text.split())
    for words in filter(None, keep):
        shown = "".join(words.split())
        assert bare.count(shown) >= written.count(words)
    again = cleaned(
        Manuscript(found.text, found.text, (SourceFile("a.txt", 0, len(found.text), "utf-8"),)),
        *keep,
    )
    assert again.manuscript.text == found.text
