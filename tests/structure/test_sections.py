from dataclasses import replace

from builder.core.book import Book, Section, Series
from builder.core.config import BookConfig, Config
from builder.core.manuscript import Manuscript, Mark, MarkKind
from builder.core.traversal import walk
from tests.structure.making import book_of, manuscript_of, source_of, structured


def outline(book: Book) -> list[tuple[int, str, str]]:
    return [(depth, section.role, section.heading) for depth, section in walk(book.sections)]


def chapters(book: Book) -> list[Section]:
    return [section for _, section in walk(book.sections)]


VOLUMES = (
    "第一卷 雾港\n\n第一章 灯下\n\n雨停了。",
    "第二章 对岸\n\n天亮了。",
    "第二卷 退潮\n\n第三章 归舟\n\n他回来了。",
)


def test_volumes_hold_their_chapters() -> None:
    assert outline(book_of(*VOLUMES)) == [
        (0, "volume", "第一卷　雾港"),
        (1, "chapter", "第一章　灯下"),
        (1, "chapter", "第二章　对岸"),
        (0, "volume", "第二卷　退潮"),
        (1, "chapter", "第三章　归舟"),
    ]


def test_one_file_is_parted_like_many() -> None:
    assert outline(book_of("\n\n".join(VOLUMES))) == outline(book_of(*VOLUMES))


def test_numbers_may_start_again_in_each_volume() -> None:
    made = structured(
        manuscript_of(
            "第一卷\n\n第一章 甲\n\n文。\n\n第二章 乙\n\n文。\n\n第二卷\n\n第一章 丙\n\n文。\n\n第二章 丁\n\n文。"
        )
    )
    assert [depth for depth, _ in walk(made.book.sections)] == [0, 1, 1, 0, 1, 1]
    assert not made.diagnostics


def test_untitled_files_are_counted() -> None:
    book = book_of("雨停了。", "天亮了。", "他走了。")
    assert [section.heading for section in chapters(book)] == ["第一章", "第二章", "第三章"]
    assert [section.number for section in chapters(book)] == [1, 2, 3]


def test_an_untitled_file_counts_on_from_the_chapter_before() -> None:
    book = book_of("第七章 灯下\n\n雨停了。", "天亮了。")
    assert [section.heading for section in chapters(book)] == ["第七章　灯下", "第八章"]


def test_a_file_name_gives_the_title() -> None:
    names = ("001 楔子.txt", "第一章 夜雨.txt", "003_灯下.txt", "004_0a1b2c3d.txt")
    book = book_of("雨停了。", "夜雨\n\n天亮了。", "灯下\n\n他走了。", "完了。", names=names)
    headings = [section.heading for section in chapters(book)]
    assert headings == ["楔子", "第一章　夜雨", "第二章　灯下", "第三章"]
    assert [len(section.blocks) for section in chapters(book)] == [1, 1, 1, 1]


def test_a_repeated_title_is_printed_once() -> None:
    book = book_of(
        "第一章 灯下\n\n第一章 灯下\n\n灯下\n\n雨停了。", "第二章\n第二章 对岸\n天亮了。"
    )
    assert [section.heading for section in chapters(book)] == ["第一章　灯下", "第二章　对岸"]
    assert [len(section.blocks) for section in chapters(book)] == [1, 1]


def test_a_title_repeated_behind_page_links_is_printed_once() -> None:
    book = book_of(
        "第一回 灯下\n\n前一页\n\n后一页\n\n第一回灯下——\n\n雨停了。\n\n第二回 对岸\n\n天亮了。"
    )
    assert [section.heading for section in chapters(book)] == ["第一回　灯下", "第二回　对岸"]


def test_a_title_on_the_next_line_belongs_to_the_heading_when_all_are_so() -> None:
    book = book_of("第一章\n\n灯下\n\n雨停了。\n\n第二章\n\n对岸\n\n天亮了。")
    assert [section.heading for section in chapters(book)] == ["第一章　灯下", "第二章　对岸"]
    other = book_of("第一章\n\n灯下\n\n雨停了。\n\n第二章\n\n他走了，没有回头。\n\n天亮了。")
    assert [section.heading for section in chapters(other)] == ["第一章", "第二章"]


def test_matter_goes_to_front_and_back() -> None:
    book = book_of("楔子\n\n从前。\n\n第一章 灯下\n\n雨停了。\n\n尾声\n\n完了。\n\n后记\n\n谢谢。")
    assert [section.role for section in book.front] == ["prologue"]
    assert [section.role for section in book.body] == ["chapter"]
    assert [section.role for section in book.back] == ["epilogue", "afterword"]


def test_matter_between_volumes_stays_there() -> None:
    book = book_of("第一卷\n\n第一章\n\n甲。\n\n尾声\n\n乙。\n\n第二卷\n\n第二章\n\n丙。")
    assert [section.role for section in book.body[0].children] == ["chapter", "epilogue"]
    assert not book.back


def test_bonus_chapters_are_held_by_the_bonus_part() -> None:
    book = book_of("第一章\n\n甲。\n\n第二章\n\n乙。\n\n番外\n\n第一章\n\n丙。\n\n第二章\n\n丁。")
    assert [section.role for section in book.back] == ["bonus"]
    assert [child.number for child in book.back[0].children] == [1, 2]


def test_only_matter_is_a_body() -> None:
    book = book_of("序\n\n从前。")
    assert [section.role for section in book.body] == ["preface"]
    assert not book.front


def test_contents_list_is_no_chapter() -> None:
    made = structured(
        manuscript_of(
            "《渡口》\n\n[清]沈砚\n\n目录\n第一章 灯下\n第二章 对岸\n第三章 归舟\n\n"
            "第一章 灯下\n\n雨停了。\n\n第二章 对岸\n\n天亮了。\n\n第三章 归舟\n\n完。"
        )
    )
    assert [section.heading for section in made.book.body] == [
        "第一章　灯下",
        "第二章　对岸",
        "第三章　归舟",
    ]
    assert (made.book.metadata.title, made.book.metadata.creators[0].name) == ("渡口", "沈砚")
    assert [d.code for d in made.diagnostics] == ["S106"]


def test_false_headings_stay_in_the_story() -> None:
    book = book_of(
        "第一章 灯下\n\n第一场雪\n\n第三部队开拔了。\n\n第八章里他写道，\n\n第二章 对岸\n\n完。"
    )
    assert [section.heading for section in chapters(book)] == ["第一章　灯下", "第二章　对岸"]


def test_a_chapter_without_its_di_fills_the_gap() -> None:
    book = book_of("第一章 甲\n\n文。\n\n二章 乙\n\n文。\n\n第三章 丙\n\n文。")
    assert [section.number for section in chapters(book)] == [1, 2, 3]


def test_mere_numbers_are_headings_when_there_are_no_others() -> None:
    book = book_of("1、夜雨\n雨停了。\n2、晨风\n风起了。\n3、午后\n热了。")
    assert [section.heading for section in chapters(book)] == ["1　夜雨", "2　晨风", "3　午后"]
    listed = book_of(
        "第一章 灯下\n\n他要买：\n\n1、米\n\n2、盐\n\n3、灯\n\n完。\n\n第二章 对岸\n\n完。"
    )
    assert len(chapters(listed)) == 2


def test_doubled_heading_opens_volume_and_chapter() -> None:
    book = book_of("第一卷 风起 第一章 夜雨\n\n甲。\n\n第一卷 风起 第二章 晨风\n\n乙。")
    assert outline(book)[:2] == [(0, "volume", "第一卷　风起"), (1, "chapter", "第一章　夜雨")]


def test_no_heading_makes_one_section_with_the_books_title() -> None:
    made = structured(manuscript_of("雨停了。\n\n天亮了。"), source=source_of(title="渡口"))
    assert [section.heading for section in made.book.body] == ["渡口"]
    assert [d.code for d in made.diagnostics] == ["S101"]


def test_a_long_text_without_headings_is_cut_between_paragraphs() -> None:
    paragraph = "他沿着堤走，没有回头，也没有人叫他。" * 10 + "\n"
    book = book_of(paragraph * 200)
    assert [section.heading for section in book.body][:2] == ["第一节", "第二节"]
    assert all(section.blocks for section in book.body)


def test_text_before_the_first_heading_is_kept() -> None:
    book = book_of("这本书写了三年，改了又改。\n\n送给渡口的人。\n\n第一章 灯下\n\n雨停了。")
    assert [(section.role, section.heading) for section in book.front] == [("foreword", "")]
    assert len(chapters(book)[0].blocks) == 2


def test_ids_do_not_move_when_a_chapter_is_put_in() -> None:
    before = {s.heading: s.id for s in chapters(book_of(*VOLUMES))}
    more = (*VOLUMES[:2], "第二章 补遗\n\n新的。", VOLUMES[2])
    after = {s.heading: s.id for s in chapters(book_of(*more))}
    assert before.items() <= after.items()


def test_gap_and_repeat_are_reported() -> None:
    made = structured(manuscript_of("第一章\n\n甲。\n\n第一章\n\n乙。\n\n第五章\n\n丙。"))
    assert [d.code for d in made.diagnostics] == ["S103", "S102"]


def test_marked_headings_nest_by_level() -> None:
    text = "渡口\n灯下\n雨停了。\n细节\n他走了。\n对岸\n天亮了。"
    marks = tuple(
        Mark(MarkKind.HEADING, text.index(word), text.index(word) + len(word), level)
        for word, level in (("渡口", "1"), ("灯下", "2"), ("细节", "3"), ("对岸", "2"))
    )
    made = structured(manuscript_of(text, marks=marks))
    assert made.book.metadata.title == "渡口"
    assert outline(made.book) == [
        (0, "chapter", "灯下"),
        (1, "subchapter", "细节"),
        (0, "chapter", "对岸"),
    ]


def marked(*headings: tuple[str, str]) -> Manuscript:
    """A manuscript of headings that mark-up says, each with its level and a line under it."""
    text, marks = "", list[Mark]()
    for level, words in headings:
        marks.append(Mark(MarkKind.HEADING, len(text), len(text) + len(words), level))
        text += f"{words}\n\n{words}说完了，灯还亮着。\n\n"
    return manuscript_of(text, marks=tuple(marks))


def test_matter_on_the_level_of_the_volumes_stands_beside_them() -> None:
    book = structured(
        marked(
            ("1", "序"), ("1", "第一卷 水"), ("2", "第一章 渡口"), ("1", "楔子"),
            ("1", "第二卷 岸"), ("2", "第二章 风雪"),
            ("1", "后记"), ("1", "番外 灯"), ("1", "版权"),
        )
    ).book  # fmt: skip
    assert [section.heading for section in book.front] == ["序"]
    assert [(depth, section.heading) for depth, section in walk(book.body)] == [
        (0, "第一卷　水"), (1, "第一章　渡口"), (0, "楔子"),
        (0, "第二卷　岸"), (1, "第二章　风雪"),
    ]  # fmt: skip
    assert [section.heading for section in book.back] == ["后记", "番外　灯", "版权"]


def test_matter_above_chapters_without_volumes_holds_none_of_them() -> None:
    book = structured(
        marked(("1", "序"), ("2", "第一章 渡口"), ("2", "第二章 风雪"), ("1", "后记"))
    ).book
    assert [depth for depth, _ in walk(book.sections)] == [0, 0, 0, 0]
    assert [section.role for section in book.back] == ["afterword"]


def test_plain_files_among_marked_ones_keep_their_own_headings() -> None:
    said = ("第一章 渡口", "第三章 风雪", "第四章 归舟")
    texts = ("序\n\n河还没有改道。", "第一章 渡口\n\n灯亮了。\n\n尾声\n\n有人说。",
             "第二章 来信\n\n雪下了三天。", "第三章 风雪\n\n门推不开。", "第四章 归舟\n\n船回来了。",
             "后记\n\n河改道了。")  # fmt: skip
    names = ("00_序.txt", "01.html", "02_来信.txt", "03.html", "04.html", "05_后记.txt")
    whole = manuscript_of(*texts, names=names).text
    marks = (Mark(MarkKind.HEADING, whole.index(w), whole.index(w) + len(w), "2") for w in said)
    made = structured(manuscript_of(*texts, names=names, marks=tuple(marks)))
    assert [section.heading for section in chapters(made.book)] == [
        "序", "第一章　渡口", "第二章　来信", "第三章　风雪", "第四章　归舟", "后记",
    ]  # fmt: skip
    # 尾声 stands in a file whose mark-up says what its headings are.
    assert [len(section.blocks) for section in chapters(made.book)] == [1, 3, 1, 1, 1, 1]
    assert not made.diagnostics


def test_hints_say_who_did_what_and_the_series() -> None:
    hints = (
        ("creators", "甲"),
        ("creators.trl", "乙、丙"),
        ("series", "四季渡"),
        ("series.position", "1.5"),
    )
    manuscript = replace(manuscript_of("第一章\n\n雨停了。"), hints=hints)
    metadata = structured(manuscript).book.metadata
    assert [(one.name, one.role) for one in metadata.creators] == [
        ("甲", "aut"),
        ("乙", "trl"),
        ("丙", "trl"),
    ]
    assert metadata.series == Series("四季渡", 1.5)
    odd = replace(
        manuscript, hints=(("creators.edt", "丁"), ("series", "渡"), ("series.position", "上"))
    )
    metadata = structured(odd, source=source_of(author="戊")).book.metadata
    assert [(one.name, one.role) for one in metadata.creators] == [("丁", "edt")]
    assert metadata.series == Series("渡")


def test_settings_stand_above_hints_above_names_above_first_lines() -> None:
    text = "《首行》作者：甲\n\n第一章\n\n雨停了。"
    first = structured(manuscript_of(text)).book.metadata
    assert (first.title, first.creators[0].name) == ("首行", "甲")
    named = structured(manuscript_of(text), source=source_of(title="书名", author="乙、丙"))
    assert named.book.metadata.title == "书名"
    assert [creator.name for creator in named.book.metadata.creators] == ["乙", "丙"]
    config = Config(book=BookConfig(title="设定", publisher="渡口书局"))
    settled = structured(manuscript_of(text), source=source_of(title="书名"), config=config)
    assert (settled.book.metadata.title, settled.book.metadata.publisher) == ("设定", "渡口书局")


def test_what_is_missing_before_a_giant_number_is_counted_not_tried_one_by_one() -> None:
    text = "第一章 灯下\n\n雨停了。\n\n第九九九九九九九九九九九九章 对岸\n\n他走了。\n"
    made = structured(manuscript_of(text))
    [gap] = [found for found in made.diagnostics if found.code == "S102"]
    assert dict(gap.values)["count"] == 999_999_999_997
