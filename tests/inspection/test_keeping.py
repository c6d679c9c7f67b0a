"""What an inspection says keeps a line does keep it."""

import json
import time
from pathlib import Path

import pytest

from builder.inspection import Examination
from builder.inspection.examination import Removal
from builder.pipeline import BuildOptions, inspect
from builder.report import examined

CHAPTER = (
    "第{n}章 灯下（求月票）\n\n　　雨停的时候，老何才把船灯点上，第{n}次。\n\n　　请记住本书首发域名：www.qingluan9.cc\n\n"
    "　　天亮以前，他数到第十二下。qingluan9．cc他放下灯。\n\n"
)
TEXT = "".join(CHAPTER.format(n=n) for n in range(1, 5)) + (
    "　　求月票，求收藏，求推荐票！\r\n\r\n　　那是二○○八年。&nbsp;他停了<br>。\n\n　　船到了对岸。\n"
)
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


def examination_of(path: Path, *keep: str) -> Examination:
    listed = ", ".join(json.dumps(entry, ensure_ascii=False) for entry in keep)
    (path / "book.toml").write_text(f"[normalize]\nkeep = [{listed}]\n", encoding="utf-8")
    return examined(inspect(path, BuildOptions(environment={})))


def removals(examination: Examination) -> dict[tuple[str, str], Removal]:
    return {
        (group.rule, one.removed): one for group in examination.removals for one in group.removals
    }


def put(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name[1:]}.txt").write_bytes(text.encode("gb18030"))
    return folder


def test_a_whole_line_is_named_by_its_words_and_a_piece_by_its_place(tmp_path: Path) -> None:
    found = removals(examination_of(put(tmp_path, _01=TEXT)))
    assert found["N040", "请记住本书首发域名：www.qingluan9.cc"].keep == (
        "请记住本书首发域名：www.qingluan9.cc",
    )
    assert found["N041", "qingluan9．cc"].keep == tuple(
        f"qingluan9．cc @ 01.txt:{line}" for line in (7, 15, 23, 31)
    )
    assert found["N042", "（求月票）"].keep[0] == "（求月票） @ 01.txt:1"
    assert found["N025", "○○"].keep == ("○○ @ 01.txt:35",)


def test_each_removal_is_undone_by_what_it_says_keeps_it(tmp_path: Path) -> None:
    book = put(tmp_path, _01=TEXT, _02=TEXT.replace("灯", "火"))
    before = removals(examination_of(book))
    assert len(before) >= 7
    for key, one in before.items():
        assert one.keep, key
        assert key not in removals(examination_of(book, *one.keep)), key


def test_what_many_lines_have_in_them_is_named_by_its_words_alone(tmp_path: Path) -> None:
    text = "".join(CHAPTER.format(n=n) for n in range(1, 31))
    found = removals(examination_of(put(tmp_path, _01=text)))
    assert found["N041", "qingluan9．cc"].keep == ("qingluan9．cc",)
    after = removals(examination_of(tmp_path, "qingluan9．cc"))
    assert ("N041", "qingluan9．cc") not in after


def test_only_spaces_are_kept_by_no_words(tmp_path: Path) -> None:
    examination = examination_of(
        put(tmp_path, _01="雾来了。　　船也来了。　　“走吧。”　　她没有动。\n" * 9)
    )
    [parted] = [group for group in examination.removals if group.rule == "N017"]
    assert all(one.keep == () for one in parted.removals)


def test_what_mark_up_was_is_no_part_of_the_words(tmp_path: Path) -> None:
    (tmp_path / "01.html").write_text(
        "<h1>第一章 灯下</h1><p>雨停了。</p><p>请<b>记住</b>本书首发域名：www.qingluan9.cc</p><p>天亮了。</p>"
        "<h1>第二章 对岸</h1><p>他走了。</p>",
        encoding="utf-8",
    )
    found = removals(examination_of(tmp_path))
    [one] = [removal for (rule, _), removal in found.items() if rule == "N040"]
    assert one.keep == ("请记住本书首发域名：www.qingluan9.cc",)
    assert not [rule for rule, _ in removals(examination_of(tmp_path, *one.keep)) if rule == "N040"]


def test_a_kept_line_is_no_leftover(tmp_path: Path) -> None:
    book = put(tmp_path, _01=TEXT)
    ad = "请记住本书首发域名：www.qingluan9.cc"
    assert not [one for one in examination_of(book, ad).leftovers if "请记住" in one.text]
    (tmp_path / "book.toml").write_text('[normalize]\ndisable = ["N040"]\n', encoding="utf-8")
    left = examined(inspect(book, BuildOptions(environment={}))).leftovers
    assert [one for one in left if "请记住" in one.text]


@pytest.mark.skipif(not SEEDS.is_dir(), reason="no seeds here")
def test_what_was_taken_from_real_books_can_be_put_back(tmp_path: Path) -> None:
    for seed in SEEDS.glob("*.txt"):
        (tmp_path / seed.name).write_bytes(seed.read_bytes())
    before = removals(examination_of(tmp_path))
    keep = [entry for one in before.values() for entry in one.keep]
    after = removals(examination_of(tmp_path, *keep))
    assert not [key for key, one in before.items() if one.keep and key in after]


def test_thousands_of_removals_in_one_long_line_are_no_work(tmp_path: Path) -> None:
    """A novel that lost its line ends: each removal looked at the whole line, 40 s for this one."""
    line = "".join(f"雨停了{n}。他走出去，\uf900看见一片海。天亮了。" for n in range(2_000))
    (tmp_path / "1.txt").write_text(f"第一章 灯\n{line * 3}\n", encoding="utf-8")
    result = inspect(tmp_path, BuildOptions(environment={}))
    started = time.process_time()
    examination = examined(result)
    assert time.process_time() - started < 10
    assert any(len(group.removals) for group in examination.removals)
