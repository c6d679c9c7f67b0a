"""Many books in one process: what a book leaves behind is gone before the next."""

import gc
from collections import Counter
from pathlib import Path

import pytest

from builder.cli import main
from builder.core.book import Section
from builder.core.manuscript import Manuscript
from builder.core.publication import Publication
from builder.settings import BuildOptions
from builder.shelf import Processes, Serial, build_shelf
from builder.shelf.executors import _BOOKS_A_PROCESS
from builder.shelf.job import Job
from tests.shelf.breaking import leaves_a_circle

TEXT = "第一章 潮信\n\n　　渔灯一盏接一盏地灭了，他仍坐在船头。\n\n第二章 回港\n\n　　天明时，桅上停了一只鸥。\n"


def a_job(number: int) -> Job:
    return Job(f"{number}.txt", str(number), "out", f"out/{number}.json", "")


def test_what_a_book_leaves_in_circles_is_gone_before_the_next() -> None:
    told = list(Processes(1, work=leaves_a_circle).run(map(a_job, range(5))))
    assert len({one.creators for one in told}) == 1
    assert [one.edits for one in told] == [0] * 5


def test_a_circle_stays_where_nobody_looks() -> None:
    gc.collect()
    try:
        assert [leaves_a_circle(a_job(number)).edits for number in range(3)] == [0, 1, 2]
    finally:
        gc.enable()
        gc.collect()


def test_a_process_is_replaced_after_so_many_books() -> None:
    books = _BOOKS_A_PROCESS + 1
    told = Processes(1, work=leaves_a_circle).run(map(a_job, range(books)))
    by_process = Counter(one.creators for one in told)
    assert sorted(by_process.values()) == [1, _BOOKS_A_PROCESS]


@pytest.mark.parametrize("formats", ["epub,txt", "pdf"])
def test_of_a_finished_book_nothing_is_held(formats: str, tmp_path: Path) -> None:
    def alive() -> Counter[str]:
        gc.collect()
        kinds = (Section, Manuscript, Publication)
        return Counter(type(one).__name__ for one in gc.get_objects() if isinstance(one, kinds))

    root = tmp_path / "in"
    root.mkdir()
    for name in ("渔灯", "潮信", "回港"):
        (root / f"{name}.txt").write_text(f"{name}\n\n{TEXT}", "utf-8")
    before = alive()
    options = BuildOptions(formats=tuple(formats.split(",")), settings=("cover.design=none",))
    assert build_shelf(root, options, Serial(), out=tmp_path / "out").count("built") == 3
    assert alive() == before


def test_one_process_is_one_beside_the_one_that_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So a book that brings down its process stops no other there either."""

    def not_here(*_: object) -> object:
        raise AssertionError

    monkeypatch.setattr("builder.pipeline.build", not_here)
    root = tmp_path / "in"
    root.mkdir()
    (root / "渔灯.txt").write_text(TEXT, "utf-8")
    asked = ["shelf", "build", str(root), "--out", str(tmp_path / "out"), "--jobs", "1"]
    assert main([*asked, "--format", "txt"]) == 0
    assert (tmp_path / "out" / "渔灯" / "渔灯.txt").is_file()
