"""The benchmark of PDFs: every program gets the same text, and costs are those of all processes."""

import html
import re
import sys
from pathlib import Path

import pytest

from benchmarks.pdf import sources
from benchmarks.pdf.child import book_of
from benchmarks.pdf.measure import RunError, run
from benchmarks.pdf.novel import CHAPTER_CHARACTERS, Novel, novel
from builder.core.traversal import project

SPACE = re.compile(r"\s+")


@pytest.fixture(scope="module")
def text() -> Novel:
    return novel(3)


def lines(text: Novel) -> list[str]:
    return [line for one in text.chapters for line in (one.label, one.title, *one.paragraphs)]


def test_the_same_seed_gives_the_same_novel_and_another_seed_another() -> None:
    assert novel(2) == novel(2)
    assert novel(2) != novel(2, seed=2)
    assert novel(3).chapters[:2] == novel(2).chapters


def test_chapters_are_as_long_as_they_should_be_and_have_every_kind_of_mark() -> None:
    many = novel(20)
    assert many.characters / 20 == pytest.approx(CHAPTER_CHARACTERS, rel=0.05)
    words = "".join(lines(many))
    assert all(mark in words for mark in ("“", "”", "‘", "《", "……", "——", "（", "%"))
    assert re.search("[A-Za-z]{2}", words)
    assert re.search("[0-9]{4}", words)


def test_our_press_is_given_the_whole_text(text: Novel) -> None:
    book = book_of(sources.prepared(text))
    assert SPACE.sub("", project(book)) == "".join(lines(text))
    assert [section.label for section in book.body] == ["第一章", "第二章", "第三章"]


def test_the_raw_file_has_the_whole_text(text: Novel) -> None:
    assert SPACE.sub("", sources.raw(text)) == "".join(lines(text))


def test_the_page_has_the_whole_text_after_its_contents(text: Novel) -> None:
    body = sources.page(text).partition("</nav>")[2]
    assert html.unescape(SPACE.sub("", re.sub("<[^>]*>", "", body))) == "".join(lines(text))


def test_typst_and_tex_have_the_whole_text_with_their_own_marks_escaped(text: Novel) -> None:
    typst = sources.typst(text).partition("#outline")[2].partition("\n")[2]
    unescaped = re.sub(r"\\(.)", r"\1", typst.replace("\n\n= ", "\n\n"))
    assert SPACE.sub("", unescaped) == "".join(lines(text))
    tex = sources.tex(text).partition(r"\tableofcontents")[2].partition(r"\end{document}")[0]
    unescaped = re.sub(r"\\(?!chapter)(.)", r"\1", re.sub(r"\\chapter\{(.*)\}", r"\1", tex))
    assert SPACE.sub("", unescaped) == "".join(lines(text))


HUNGRY = "b = bytearray({size}); b[::4096] = b'x' * len(b[::4096])"


def test_a_cost_is_that_of_all_processes_together(tmp_path: Path) -> None:
    child = f"{HUNGRY.format(size=60_000_000)}; import time; time.sleep(0.5)"
    parent = f"import subprocess, sys; {child.partition(';')[0]}; p = subprocess.Popen([sys.executable, '-c', {child!r}]); {child}; p.wait()"
    cost = run([sys.executable, "-c", parent], folder=tmp_path, limit_s=30)
    assert 120 < cost.memory_mb < 250
    assert cost.wall_s > 0.5
    assert 0 < cost.cpu_s < cost.wall_s * 2.5


def test_what_fails_or_takes_too_long_is_no_measurement(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="no such thing"):
        run(
            [sys.executable, "-c", "raise SystemExit('no such thing')"], folder=tmp_path, limit_s=30
        )
    with pytest.raises(RunError, match="at the limit"):
        run([sys.executable, "-c", "import time; time.sleep(60)"], folder=tmp_path, limit_s=0.3)
