"""Serials from one TXT: a thousand chapters for all judges but Ace, which gets twenty."""

from pathlib import Path

import pytest

from builder.pipeline import BuildOptions, BuildResult, build
from tests.editions.editions import heading_of
from tests.judges import (
    ace,
    check_book,
    epubcheck,
    epubcheck_ts,
    open_in_epubjs,
    open_in_foliate,
    read_with_mupdf,
)

pytestmark = pytest.mark.judge

CHAPTERS, VOLUMES = 1000, 10
LINES = (
    "这是第{n}个晚上，灯照旧亮着，水位涨到{n}寸，船家照旧不开船。",
    "“第{n}回了，”他说，“再等一等，天就亮了。”她点点头，把账本翻到第{n}页。",
    "风从上游来，吹得缆绳响了{n}声，谁也没有数错。",
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    folder = tmp_path_factory.mktemp("thousand")
    source = folder / "长夜.txt"
    source.write_text("\n\n".join(_lines(CHAPTERS)), "utf-8")
    options = BuildOptions(formats=("epub",), out=folder / "out", environment={})
    return build(source, options)


def _lines(chapters: int) -> list[str]:
    lines: list[str] = []
    for number in range(1, chapters + 1):
        if number % (CHAPTERS // VOLUMES) == 1:
            volume = number * VOLUMES // CHAPTERS + 1
            lines.append(f"第{volume}卷　第{volume}条河")
        lines += [f"第{number}章　第{number}个晚上", *(line.format(n=number) for line in LINES)]
    return lines


def path_of(built: BuildResult) -> Path:
    return built.files[0].path


def test_the_book_has_its_thousand_chapters(built: BuildResult) -> None:
    volumes = built.book.body
    assert len(volumes) == VOLUMES
    assert sum(len(volume.children) for volume in volumes) == CHAPTERS


def test_the_validators_have_nothing_to_say(built: BuildResult) -> None:
    path = path_of(built)
    assert epubcheck([path]) == {path: []}
    assert epubcheck_ts([path]) == {path: []}
    assert check_book([path]) == {path: []}


def test_the_engines_find_every_chapter(built: BuildResult) -> None:
    last = heading_of(built.book.body[-1].children[-1])
    for open_in in (open_in_foliate, open_in_epubjs):
        opened = open_in(path_of(built))
        assert opened.dead_entries == ()
        assert [len(entry.children) for entry in opened.toc] == [CHAPTERS // VOLUMES] * VOLUMES
        assert "".join(opened.last_text.split()).startswith("".join(last.split()))


def test_mupdf_finds_every_chapter(built: BuildResult) -> None:
    read = read_with_mupdf(path_of(built))
    assert len(read.toc) == CHAPTERS + VOLUMES
    assert "吹得缆绳响了1000声，谁也没有数错。" in "".join(read.text.split())


def test_ace_finds_nothing_in_twenty_chapters_with_notes_and_printed_pages(tmp_path: Path) -> None:
    source = tmp_path / "长夜.txt"
    noted = [line.replace("缆绳", "缆绳［1］") for line in _lines(20)]
    text = "\n\n".join(noted).replace("谁也没有数错。", "谁也没有数错。\n\n［1］ 缆绳：系船的绳。")
    source.write_text(text, "utf-8")
    options = BuildOptions(formats=("epub", "pdf"), out=tmp_path / "out", environment={})
    built = build(source, options)
    assert len(built.book.notes) == 20
    assert ace(path_of(built)) == []
