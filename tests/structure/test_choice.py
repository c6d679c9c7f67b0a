"""The choice of headings over the whole book: what other tools get wrong (each once), and why not here."""

import random
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from builder.core.book import Book
from builder.core.numerals import to_chinese
from builder.core.traversal import walk
from builder.structure.chains import Link, best_chain
from tests.structure.making import book_of, manuscript_of, structured

BODY = "他在渡口的石阶上站了很久，没有等到要等的人，灯灭了以后才慢慢走回去。\n\n雨又下了一夜。\n\n"


def book(*headings: str) -> Book:
    """A book of these headings, some text under each."""
    return book_of("".join(f"{heading}\n\n{BODY}" for heading in headings))


def outline(made: Book) -> list[tuple[int, str]]:
    return [(depth, section.heading) for depth, section in walk(made.sections)]


def numbers(made: Book) -> list[int | None]:
    return [section.number for _, section in walk(made.sections) if section.role == "chapter"]


def test_one_missed_numeral_never_costs_the_rest() -> None:
    lines = [f"第{to_chinese(n)}章 夜雨" for n in range(1, 41)]
    lines[19] = "第廾章 夜雨"  # a numeral that nobody knows
    assert numbers(book(*lines)) == [n for n in range(1, 41) if n != 20]


def test_one_mistyped_number_never_costs_the_rest() -> None:
    lines = [f"第{n}章 夜雨" for n in range(1, 31)]
    lines[14] = "第1005章 夜雨"
    assert numbers(book(*lines)) == [*range(1, 15), 1005, *range(16, 31)]


def test_a_list_makes_no_chapters() -> None:
    text = "".join(
        f"第{n}章 夜雨\n\n{BODY}他要买：\n\n1、米\n\n2、盐\n\n3、灯\n\n{BODY}" for n in range(1, 6)
    )
    assert numbers(book_of(text)) == [1, 2, 3, 4, 5]


def test_a_missing_chapter_is_not_found_in_a_list() -> None:
    text = f"第1章 夜雨\n\n{BODY}第2章 晨风\n\n{BODY}1、米\n2、盐\n3、灯\n4、酒\n\n{BODY}第4章 归舟\n\n{BODY}"
    assert numbers(book_of(text)) == [1, 2, 4]


def test_volumes_and_chapters_do_not_get_in_each_others_way() -> None:
    made = book("第一部 雾港", "第一章 灯下", "第二章 对岸", "第二部 退潮", "第三章 归舟")
    assert outline(made) == [
        (0, "第一部　雾港"), (1, "第一章　灯下"), (1, "第二章　对岸"),
        (0, "第二部　退潮"), (1, "第三章　归舟"),
    ]  # fmt: skip


def test_the_units_of_volumes_nest_as_the_book_has_them() -> None:
    made = book(
        "第一卷 雾港", "第一部 潮", "第一章 灯下", "第二部 汐", "第二章 对岸",
        "第二卷 退潮", "第一部 浪", "第三章 归舟", "第二部 沙", "第四章 长堤",
    )  # fmt: skip
    assert [depth for depth, _ in outline(made)] == [0, 1, 2, 1, 2, 0, 1, 2, 1, 2]


def test_a_title_over_35_characters_is_a_title_when_the_numbers_want_it() -> None:
    long = "他站在渡口的石阶上，看着那盏灯一直到天亮，也没有等到要等的那条船和那一个人"
    made = book("第一章 灯下", f"第二章 {long}", "第三章 归舟")
    assert outline(made)[1] == (0, f"第二章　{long}")


def test_chapters_behind_bonus_are_kept() -> None:
    made = book("第一章 灯下", "第二章 对岸", "番外 第一章 雪夜", "番外 第二章 归舟")
    assert [heading for _, heading in outline(made)][-3:] == [
        "番外",
        "第一章　雪夜",
        "第二章　归舟",
    ]


def test_bonus_in_the_middle_stays_there() -> None:
    made = book("第一章 灯下", "番外（一） 雪夜", "第二章 对岸", "第三章 归舟")
    assert [heading for _, heading in outline(made)][1] == "番外（一）　雪夜"
    assert numbers(made) == [1, 2, 3]


def test_one_endless_chapter_costs_nothing() -> None:
    text = f"第一章 灯下\n\n{BODY * 400}第二章 对岸\n\n{BODY}第三章 归舟\n\n{BODY}"
    assert numbers(book_of(text)) == [1, 2, 3]


def test_a_false_first_match_drops_no_chapter() -> None:
    text = f"第三章里他写道，雾来了。\n\n{BODY}第一章 灯下\n\n{BODY}第二章 对岸\n\n{BODY}第三章 归舟\n\n{BODY}"
    assert numbers(book_of(text)) == [1, 2, 3]


def test_numbers_that_restart_stay_in_their_place() -> None:
    made = book("第一卷", "第一章 甲", "第二章 乙", "第二卷", "第一章 丙", "第二章 丁", "第十章 戊")
    assert [heading for depth, heading in outline(made) if depth] == [
        "第一章　甲", "第二章　乙", "第一章　丙", "第二章　丁", "第十章　戊",
    ]  # fmt: skip


def test_other_ways_to_write_a_heading_fill_the_gaps() -> None:
    made = book(
        "第一章 灯下", "二章 对岸", "第3章 归舟", "第 四 章 长堤", "第⼗章 夜雨", "12、晨风"
    )
    assert numbers(made)[:4] == [1, 2, 3, 4]


def test_the_end_of_a_part_begins_nothing() -> None:
    made = book("第一卷 雾港", "第一章 灯下", "第一卷 完", "第二卷 退潮", "第二章 对岸")
    assert [heading for _, heading in outline(made)] == [
        "第一卷　雾港", "第一章　灯下", "第二卷　退潮", "第二章　对岸",
    ]  # fmt: skip


def test_the_books_name_before_each_heading_is_an_ornament() -> None:
    made = book(*(f"渡口 第{n}章 夜雨" for n in range(1, 6)))
    assert outline(made)[0] == (0, "第1章　夜雨")
    assert numbers(made) == [1, 2, 3, 4, 5]


def test_names_before_the_headings_are_volumes_when_they_change() -> None:
    made = book(
        *(f"雾港 第{n}章 夜雨" for n in range(1, 5)), *(f"退潮 第{n}章 雪" for n in range(1, 5))
    )
    assert [heading for depth, heading in outline(made) if not depth] == ["雾港", "退潮"]


def test_a_numbered_name_counts() -> None:
    assert numbers(book(*(f"渡口({n})" for n in range(1, 6)))) == [1, 2, 3, 4, 5]


def test_bare_numbers_part_each_chapter() -> None:
    text = "".join(
        f"第{n}章 夜雨\n\n1\n\n{BODY * 3}2\n\n{BODY * 3}3\n\n{BODY * 3}" for n in range(1, 4)
    )
    made = book_of(text)
    assert [depth for depth, _ in outline(made)] == [0, 1, 1, 1] * 3


def test_a_contents_list_with_pages_is_left_out() -> None:
    entries = "".join(f"第{n}章 夜雨…………{n * 12}\n" for n in range(1, 6))
    text = f"目录\n{entries}\n" + "".join(f"第{n}章 夜雨\n\n{BODY}" for n in range(1, 6))
    made = structured(manuscript_of(text))
    assert numbers(made.book) == [1, 2, 3, 4, 5]
    assert [d.code for d in made.diagnostics] == ["S106"]


def test_a_list_that_comes_twice_is_no_contents_list() -> None:
    rules = "1、先把门闩上\n2、再去井边打水\n3、天亮以前不许点灯\n4、不许回头\n\n"
    text = f"第一章 灯下\n\n{rules}{BODY}第二章 对岸\n\n{BODY}{rules}"
    made = structured(manuscript_of(text))
    assert "S106" not in {d.code for d in made.diagnostics}
    assert numbers(made.book) == [1, 2]


def test_english_headings_nest() -> None:
    made = book("Part One", "Chapter 1 Rain", "Chapter Two Snow", "Part Two", "CHAPTER III Sea")
    assert outline(made) == [
        (0, "Part One"), (1, "Chapter 1　Rain"), (1, "Chapter Two　Snow"), (0, "Part Two"),
        (1, "CHAPTER III　Sea"),
    ]  # fmt: skip


LINKS = st.lists(
    st.tuples(st.integers(0, 30), st.floats(-8, 8), st.integers(1, 200), st.integers(0, 1)),
    max_size=60,
)


def links_of(rows: list[tuple[int, float, int, int]]) -> list[Link]:
    links: list[Link] = []
    at = group = 0
    for number, look, body, fresh in rows:
        group += fresh
        links.append(Link(number, look, at, at + 5, group))
        at += 5 + body
    return links


@settings(max_examples=200, deadline=None)
@given(LINKS)
def test_a_chain_is_in_order_and_leaves_out_no_certain_heading(
    rows: list[tuple[int, float, int, int]],
) -> None:
    links = links_of(rows)
    chain = best_chain(links)
    assert chain == sorted(set(chain))
    certain = {index for index, link in enumerate(links) if link.look > 7.9 and link.number}
    taken = set(chain)
    for index in certain - taken:
        # Only its neighbours on the same few characters may stand in for it.
        assert any(abs(links[other].start - links[index].start) < 40 for other in taken)


def test_time_grows_with_the_number_of_candidates() -> None:
    def seconds(count: int) -> float:
        rows = [(random.Random(n).randrange(count), 1.0, 50, 0) for n in range(count)]
        links = links_of(rows)
        started = time.process_time()
        best_chain(links)
        return time.process_time() - started

    seconds(500)
    assert seconds(8000) < 24 * max(seconds(1000), 0.004)


def test_a_name_may_be_glued_to_its_heading() -> None:
    for name in ("渡口", "《渡口》", "渡口-"):
        assert numbers(book(*(f"{name}第{n}章 夜雨" for n in range(1, 6)))) == [1, 2, 3, 4, 5]


def test_ornaments_are_no_name() -> None:
    lines = [f"=== 第{n}章 夜雨 ===" for n in range(1, 8)]
    lines[3] = "第4章 归舟"
    assert numbers(book(*lines)) == [1, 2, 3, 4, 5, 6, 7]
