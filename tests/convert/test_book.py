"""A whole book is converted, by phrases that mark-up cannot cut, with every edit recorded."""

from dataclasses import replace

import pytest

from builder.convert import Converted, convert
from builder.core.book import Book, Emphasis, Metadata, Paragraph, Raw, Section, Text
from builder.core.language import TARGETS
from builder.core.ledger import check_order, invert, replay
from builder.core.traversal import project
from tests.convert.books import book


def converted(target: str = "zh-Hant-TW") -> Converted:
    return convert(book(), TARGETS[target])


def test_the_projection_is_converted_line_by_line() -> None:
    assert project(converted().book).split("\n") == [
        "序論",
        "第一章　開頭",
        "她的頭髮白了，皇后",
        "「後來",
        "發現了」裡面",
        "這個軟軟音件",
        "寫著「头发 = 干()」的代碼裡",
        "車站",
        "萬里",
        "",
        "雲開",
        "這裡",
        "姓名",
        "國籍",
        "長城圖",
        "这段代码 = 'x'",
        "番外",
        "續",
        "皇后：後宮之主。",
    ]


def test_metadata_and_alternative_texts_are_converted_and_the_language_is_set() -> None:
    result = converted().book
    metadata = result.metadata
    assert metadata.language == "zh-Hant-TW"
    assert (metadata.title, metadata.subtitle) == ("雲上的書", "風雲")
    assert (metadata.publisher, metadata.rights) == ("出版發行社", "版權歸屬")
    assert (metadata.creators[0].name, metadata.creators[0].file_as) == ("陳雲", "chen yun")
    assert metadata.series is not None
    assert metadata.series.name == "叢書"
    assert metadata.description == "第一行說\n第二行說"
    assert metadata.subjects == ("小說", "歷史")
    assert "alt='圖書館'" in repr(result.body[0].blocks[2])
    assert "alt='長城'" in repr(result.body[0].blocks[8])


def test_metadata_of_several_lines_keep_them() -> None:
    several = replace(
        book().metadata, title="云上\n的书", subtitle="风\n\n云", subjects=("小说\n历史", "诗")
    )
    metadata = convert(replace(book(), metadata=several), TARGETS["zh-Hant-TW"]).book.metadata
    assert (metadata.title, metadata.subtitle) == ("雲上\n的書", "風\n\n雲")
    assert metadata.subjects == ("小說\n歷史", "詩")
    assert metadata.description == "第一行說\n第二行說"


def test_mark_up_stays_where_it_was() -> None:
    before, after = repr(book().body), repr(converted().book.body)
    for kind in ("Emphasis(", "NoteRef(", "Link(", "Ruby(", "LineBreak(", "Verse(", "Raw("):
        assert after.count(kind) == before.count(kind)


@pytest.mark.parametrize("target", sorted(TARGETS))
def test_the_layers_replay_and_invert_for_every_target(target: str) -> None:
    result = converted(target)
    before, after = project(book()), project(result.book)
    text = before
    for layer in result.layers:
        check_order(layer)
        text = replay(text, layer)
    assert text == after
    for layer in reversed(result.layers):
        text = replay(text, invert(layer))
    assert text == before


def test_each_pass_has_its_own_rule() -> None:
    rules = [layer.rules for layer in converted("zh-Hant-TW-x-phrases").layers]
    assert rules == [("C101",), ("C103",), ("C102",)]


def test_regional_vocabulary_comes_only_on_request_and_across_ruby() -> None:
    assert "這個軟軟音件" in project(converted("zh-Hant-TW").book)
    assert "這個軟軟音體" in project(converted("zh-Hant-TW-x-phrases").book)


def test_a_phrase_that_changes_its_length_is_shared_out_among_its_pieces() -> None:
    pieces = (Text("他在修打"), Emphasis((Text("印"),)), Text("机和互"), Text("联网。"))
    long = Book(
        Metadata("这本书", "zh-Hans"), body=(Section("chapter", 1, "", "", (Paragraph(pieces),)),)
    )
    result = convert(long, TARGETS["zh-Hant-TW-x-phrases"])
    assert project(result.book) == "他在修印表機和網際網路。"
    text = project(long)
    for layer in result.layers:
        text = replay(text, layer)
    assert text == project(result.book)


def test_there_and_back_again_is_the_same_book() -> None:
    there = convert(book(), TARGETS["zh-Hant-TW"]).book
    back = convert(there, TARGETS["zh-Hans"]).book
    assert back == book()


def test_a_book_in_the_target_is_left_alone_but_labelled() -> None:
    result = convert(book("zh-Hant"), TARGETS["zh-Hans-CN"])
    assert project(result.book) == project(book())
    assert result.layers == ()
    assert result.book.metadata.language == "zh-Hans-CN"


def test_where_the_text_is_silent_the_label_decides() -> None:
    silent = Book(
        Metadata("大", "zh-Hant"),
        body=(Section("chapter", 1, "", "", (Paragraph((Text("「山高水面」"),)), Raw("一"))),),
    )
    assert project(convert(silent, TARGETS["zh-Hans"]).book) == "“山高水面”\n一"
    assert convert(silent, TARGETS["zh-Hant"]).layers == ()


def test_an_empty_book_stays_empty() -> None:
    empty = Book(Metadata("", "zh-Hans"))
    assert project(convert(empty, TARGETS["zh-Hant"]).book) == ""


def section(text: str) -> Section:
    return Section("chapter", 1, "", "", tuple(Paragraph((Text(t),)) for t in text.split("\n")))


SIMPLIFIED = "这里的书都是从图书馆借来的，还没有读过几页。\n后来他们说这些书不见了，谁也没有问过。"
TRADITIONAL = "這裡的書都是從圖書館借來的，還沒有讀過幾頁。\n後來他們說這些書不見了，誰也沒有問過。"


def test_in_a_mixed_book_only_the_other_script_is_converted() -> None:
    mixed = Book(
        Metadata("", "zh-Hans"),
        body=(
            section(SIMPLIFIED),
            section(TRADITIONAL + "\n皇后只有一個乾淨的面。"),
            section(SIMPLIFIED),
        ),
    )
    to_traditional = convert(mixed, TARGETS["zh-Hant-TW"])
    # 后 and 只 in Traditional text would become 後 and 隻 if they were converted again.
    assert "皇后只有一個乾淨的面。" in project(to_traditional.book)
    assert project(to_traditional.book).count(TRADITIONAL) == 3
    to_simplified = convert(mixed, TARGETS["zh-Hans"])
    assert project(to_simplified.book).count(SIMPLIFIED) == 3
    assert [one.code for one in to_simplified.diagnostics] == ["C011"]
