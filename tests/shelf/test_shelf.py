"""A shelf of books: all are built, none twice, and none stops the others."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from builder.cli import main
from builder.core.diagnostic import Location
from builder.core.errors import WriteError
from builder.settings import BuildOptions
from builder.shelf import (
    Outcome,
    Processes,
    Serial,
    ShelfBuilt,
    build_shelf,
    is_changed,
    tried,
)
from builder.shelf.books import books_on, is_one_book
from builder.shelf.job import Job
from tests.judges.opds import read_feed
from tests.shelf.breaking import dies_of_one, never_ends_one
from tests.shelf.test_likeness import a_novel, worn

TEXT = "第一章 灯下\n\n　　雨停的时候，老何才把船灯点上。\n\n第二章 对岸\n\n　　天亮以前，他数到第十二下。\n"
OPTIONS = BuildOptions(formats=("txt",))


def a_text(path: Path, title: str = "水账") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{title}\n\n{TEXT}", "utf-8")
    return path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Five books: three texts in folders, a folder of chapters, one with settings."""
    root = tmp_path / "in"
    a_text(root / "《渡口》作者：佚名.txt", "渡口")
    a_text(root / "武侠" / "水账.txt")
    a_text(root / "武侠" / "旧" / "水账.txt")
    for number in (1, 2, 3):
        a_text(root / "连载" / f"{number:03}_灯.txt")
    a_text(root / "自订" / "正文.txt")
    (root / "自订" / "book.toml").write_text('[book]\ntitle = "自订"\n', "utf-8")
    return root


def build(root: Path, out: Path, executor: object = None) -> ShelfBuilt:
    return build_shelf(root, OPTIONS, executor or Serial(), out=out)  # type: ignore[arg-type]  # an Executor


def made(out: Path) -> set[str]:
    return {path.relative_to(out).as_posix() for path in out.rglob("*.txt")}


def test_every_book_is_found_and_built_into_a_shelf_laid_out_alike(
    root: Path, tmp_path: Path
) -> None:
    built = build(root, tmp_path / "out")
    assert built.count("built") == 5
    assert made(tmp_path / "out") == {
        "《渡口》作者：佚名/《渡口》作者：佚名.txt", "武侠/水账/水账.txt", "武侠/旧/水账/水账.txt",
        "连载/连载.txt", "自订/自订.txt",
    }  # fmt: skip
    first = next(one for one in built.outcomes if "渡口" in one.path)
    assert (first.title, first.creators) == ("渡口", ("佚名",))


def test_several_processes_make_the_same_bytes_as_one(root: Path, tmp_path: Path) -> None:
    build(root, tmp_path / "one")
    build(root, tmp_path / "two", Processes(2))
    assert made(tmp_path / "one") == made(tmp_path / "two")
    for name in made(tmp_path / "one"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_what_has_not_changed_is_not_built_again(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(root, out)
    assert build(root, out).count("unchanged") == 5
    a_text(root / "武侠" / "水账.txt", "水账二")
    (root / "连载" / "004_灯.txt").write_text("第四章\n\n又一章。\n", "utf-8")
    again = build(root, out)
    assert {Path(one.path).name for one in again.outcomes if one.state == "built"} == {
        "水账.txt", "连载",
    }  # fmt: skip


def test_a_file_that_was_only_touched_counts_as_unchanged(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(root, out)
    for path in root.rglob("*.txt"):
        os.utime(path, (1, 1))
    assert build(root, out).count("unchanged") == 5
    assert build(root, out).count("unchanged") == 5


def test_other_settings_or_a_lost_file_build_a_book_again(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(root, out)
    (out / "自订" / "自订.txt").unlink()
    assert build(root, out).count("built") == 1
    other = BuildOptions(formats=("txt",), to="zh-Hant")
    assert build_shelf(root, other, Serial(), out=out).count("built") == 5
    for record in (out / ".shelf").iterdir():
        record.write_bytes(b"{")
    assert build(root, out).count("built") == 5


def test_a_book_that_fails_stops_no_other(root: Path, tmp_path: Path) -> None:
    (root / "空.txt").write_bytes(b"")
    built = build(root, tmp_path / "out", Processes(2))
    assert (built.count("built"), built.count("failed")) == (5, 1)
    problem = next(one.problem for one in built.outcomes if one.problem)
    assert problem.code == "R009"
    again = build(root, tmp_path / "out")
    assert (again.count("unchanged"), again.count("failed")) == (5, 1)
    assert next(one.problem for one in again.outcomes if one.problem) == problem
    a_text(root / "空.txt", "满")
    assert build(root, tmp_path / "out").count("built") == 1


def test_a_book_that_could_not_be_read_is_not_read_again(root: Path, tmp_path: Path) -> None:
    (root / "空.txt").write_bytes(b"")
    build(root, tmp_path / "out")

    class Nobody:
        def run(self, jobs: Iterable[Job]) -> Iterator[Outcome]:
            assert not list(jobs)
            return iter(())

    assert build(root, tmp_path / "out", Nobody()).count("failed") == 1


def test_a_shelf_that_is_watched_builds_what_comes(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-c", CODE, "shelf", "build", str(root), "--out", str(out)]
    command += ["--jobs", "1", "--format", "txt", "--watch"]
    watching = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        _wait_for(out / "连载" / "连载.txt")
        a_text(root / "新书.txt", "新书")
        _wait_for(out / "新书" / "新书.txt")
    finally:
        watching.send_signal(signal.SIGINT)
        try:
            _, told = watching.communicate(timeout=30)
        finally:
            watching.kill()
            watching.wait()
    assert b"Traceback" not in told
    assert watching.returncode == 130


def _wait_for(path: Path) -> None:
    deadline = time.monotonic() + 60
    while not path.is_file():
        assert time.monotonic() < deadline, path
        time.sleep(0.1)


def test_a_book_that_kills_its_process_stops_no_other(root: Path, tmp_path: Path) -> None:
    a_text(root / "崩.txt")
    built = build(root, tmp_path / "out", Processes(2, work=dies_of_one))
    assert (built.count("built"), built.count("failed")) == (5, 1)
    assert next(one.problem for one in built.outcomes if one.problem).code == "L001"
    assert build(root, tmp_path / "out").count("built") == 1


def test_a_book_that_takes_too_long_is_stopped(root: Path, tmp_path: Path) -> None:
    a_text(root / "久.txt")
    built = build(root, tmp_path / "out", Processes(2, work=never_ends_one, time_s=15))
    assert (built.count("built"), built.count("failed")) == (5, 1)
    assert next(one.problem for one in built.outcomes if one.problem).code == "L002"


def test_books_that_would_be_called_alike_do_not_meet(tmp_path: Path) -> None:
    root = tmp_path / "in"
    a_text(root / "水账.txt", "甲")
    a_text(root / "水账.md", "乙")
    built = build(root, tmp_path / "out")
    assert built.count("built") == 2
    assert len(made(tmp_path / "out")) == 2


@pytest.mark.parametrize(
    ("names", "is_one"),
    [
        (["001_a.txt", "002_b.txt"], True),
        (["第一章 灯.txt", "第二章 岸.txt", "后记.txt"], True),
        (["三国演义.txt", "水浒传.txt"], False),
        (["《渡口》.txt", "《水账》.txt", "1.txt"], False),
        (["1984.txt"], False),
        (["001.epub", "002.epub"], False),
        ([], False),
    ],
)
def test_chapters_are_told_from_books(names: list[str], is_one: bool, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in names:
        a_text(folder / name)
    assert is_one_book(folder) is is_one


def test_numbered_novels_are_a_shelf_and_volumes_of_chapters_a_book(tmp_path: Path) -> None:
    for number in (1, 2):
        novel = tmp_path / "丛书" / f"{number}.txt"
        novel.parent.mkdir(exist_ok=True)
        novel.write_text(TEXT * 10_000, "utf-8")
        for chapter in (1, 2):
            a_text(tmp_path / "长篇" / f"第{'一二'[number - 1]}卷" / f"{chapter}.txt")
    assert not is_one_book(tmp_path / "丛书")
    assert is_one_book(tmp_path / "长篇")
    assert {one.path.name for one in books_on(tmp_path)} == {"1.txt", "2.txt", "长篇"}


def test_a_link_does_not_lead_out_of_the_shelf(tmp_path: Path) -> None:
    a_text(tmp_path / "outside" / "秘.txt")
    a_text(tmp_path / "in" / "明.txt")
    (tmp_path / "in" / "link").symlink_to(tmp_path / "outside")
    assert [one.path.name for one in books_on(tmp_path / "in")] == ["明.txt"]


# A shell that starts things in the background lets them ignore Ctrl-C; a person's does not.
CODE = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler);"
    "from builder.cli import main; sys.exit(main(sys.argv[1:]))"
)


def test_the_command_sums_up_and_fails_when_a_book_does(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [
        "shelf",
        "build",
        str(root),
        "--out",
        str(tmp_path / "o"),
        "--jobs",
        "1",
        "--format",
        "txt",
    ]
    assert main(asked) == 0
    assert "books: 5, built 5, unchanged 0, failed 0" in capsys.readouterr().out
    (root / "空.txt").write_bytes(b"")
    assert main([*asked, "--json"]) == 4
    told = json.loads(capsys.readouterr().out)
    assert (told["unchanged"], told["failed"]) == (5, 1)
    assert {one["state"] for one in told["books"]} == {"unchanged", "failed"}


def test_a_shelf_without_books_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["shelf", "build", str(tmp_path), "--out", str(tmp_path / "o")]) == 4
    assert "B020" in capsys.readouterr().err
    assert main(["shelf", "build", str(tmp_path / "no")]) == 4


@pytest.mark.judge
def test_the_catalogue_is_files_that_a_reader_and_a_browser_can_follow(
    root: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    (root / "连载" / "book.toml").write_text(
        '[book]\nseries = { name = "水上", position = 2 }\n', "utf-8"
    )
    built = build_shelf(root, BuildOptions(formats=("epub", "txt")), Serial(), out=out)
    assert built.page == out / "index.html"
    page = built.page.read_text("utf-8")
    hrefs = [unquote(href) for href in re.findall(r'(?:href|src)="([^#"][^"]*)"', page)]
    assert len([href for href in hrefs if href.endswith(".epub")]) == 5
    assert all((out / href).is_file() for href in hrefs)
    start = read_feed("nypl", (out / "catalogue" / "index.xml").read_bytes())
    assert {title for title, _ in start.ways} == {"New", "All books", "Authors", "Series"}
    for _, way in start.ways:
        inner = read_feed("nypl", (out / "catalogue" / way.href).read_bytes())
        for _, link in inner.ways:
            assert (out / "catalogue" / link.href).is_file()
        for book in inner.books:
            assert all((out / "catalogue" / unquote(one.href)).is_file() for one in book.links)
            assert all((out / "catalogue" / one.href).is_file() for one in book.images)
    before = {path: path.stat().st_mtime_ns for path in (out / "catalogue" / "covers").iterdir()}
    assert before
    build_shelf(root, BuildOptions(formats=("epub", "txt")), Serial(), out=out)
    assert before == {path: path.stat().st_mtime_ns for path in before}


def test_what_left_the_shelf_leaves_the_catalogue(root: Path, tmp_path: Path) -> None:
    from builder.shelf.catalogue import write_catalogue

    out = tmp_path / "out"
    build(root, out)
    assert "渡口" in (out / "index.html").read_text("utf-8")
    for path in (out / "《渡口》作者：佚名").iterdir():
        path.unlink()
    write_catalogue(out)
    assert "渡口" not in (out / "index.html").read_text("utf-8")
    assert all("渡口" not in path.read_text("utf-8") for path in (out / "catalogue").glob("*.xml"))


def test_a_series_by_its_names_stands_together_in_the_catalogue_and_in_the_books(
    tmp_path: Path,
) -> None:
    root, out = tmp_path / "in", tmp_path / "out"
    for title in ("夜航（上）", "夜航（下）", "渡口3", "渡口2", "渡口", "水账"):
        a_text(root / f"{title}.txt", title)
    built = build_shelf(root, BuildOptions(formats=("epub",)), Serial(), out=out)
    told = {Path(one.path).stem: (one.series, one.position) for one in built.outcomes}
    assert told == {
        "夜航（上）": ("夜航", 1), "夜航（下）": ("夜航", 2), "渡口": ("渡口", 1), "渡口2": ("渡口", 2),
        "渡口3": ("渡口", 3), "水账": ("", None),
    }  # fmt: skip
    with zipfile.ZipFile(out / "渡口2" / "渡口2.epub") as book:
        package = book.read("EPUB/content.opf").decode()
    assert re.search(r'belongs-to-collection"[^>]*>渡口<', package)
    assert re.search(r'group-position"[^>]*>2<', package)
    page = (out / "index.html").read_text("utf-8")
    [group] = re.findall(r'<li class="series"><h2>渡口</h2>\n<ul>(.*?)</ul>', page, re.DOTALL)
    assert re.findall(r"<h2[^>]*>([^<]+)</h2>", group) == ["渡口", "渡口2", "渡口3"]
    assert 'class="series"><h2>水账' not in page
    ways = read_feed("nypl", (out / "catalogue" / "series.xml").read_bytes()).ways
    assert [title for title, _ in ways] == ["渡口", "夜航"]
    books = read_feed("nypl", (out / "catalogue" / ways[0][1].href).read_bytes()).books
    assert [book.title for book in books] == ["渡口", "渡口2", "渡口3"]


def test_a_new_volume_changes_what_the_others_are_said_to_be(tmp_path: Path) -> None:
    root, out = tmp_path / "in", tmp_path / "out"
    a_text(root / "渡口2.txt", "渡口2")
    a_text(root / "水账.txt")
    assert build(root, out).count("built") == 2
    a_text(root / "渡口1.txt", "渡口1")
    again = build(root, out)
    assert [one.state for one in again.outcomes] == ["unchanged", "built", "built"]
    assert [one.position for one in again.outcomes] == [None, 1, 2]


def test_what_book_toml_says_of_a_series_holds_over_names(tmp_path: Path) -> None:
    root = tmp_path / "in"
    a_text(root / "江湖1" / "正文.txt", "江湖1")
    a_text(root / "江湖2.txt", "江湖2")
    (root / "江湖1" / "book.toml").write_text(
        '[book]\nseries = { name = "江湖前传", position = 7 }\n', "utf-8"
    )
    told = build(root, tmp_path / "out").outcomes
    assert [(one.series, one.position) for one in told] == [("江湖前传", 7), ("江湖", 2)]


def test_the_same_text_under_two_names_is_told_and_never_taken_away(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root, out = tmp_path / "in", tmp_path / "out"
    story = a_novel(11, 3_000)
    for name, text, encoding in (
        ("水账", story, "utf-8"), ("旧/水账 精校版", worn(story), "utf-16"),
        ("残本", story[:1500], "utf-8"), ("茶馆", a_novel(12, 3_000), "utf-8"),
    ):  # fmt: skip
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / f"{name}.txt").write_bytes(f"第一章 灯下\n\n{text}".encode(encoding))
    asked = ["shelf", "build", str(root), "--out", str(out), "--jobs", "1", "--format", "epub"]
    for _ in range(2):  # Told again by the run that has nothing to do.
        assert main(asked) == 0
        said = capsys.readouterr()
        assert "with the text of another: 1; with a part of another: 1" in said.out
        assert "L006: the same text as" in said.err
        assert re.search(r"残本\.txt: note L007: \d+ % of its text stands in", said.err)
    page = (out / "index.html").read_text("utf-8")
    section = page.partition('<section class="alike">')[2]
    assert len(re.findall("<li>", section)) == 2
    assert "茶馆" not in section
    assert all(f'id="{name}"' in page for name in re.findall(r'href="#([^"]+)"', section))
    assert main([*asked, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [[Path(one).name for one in group] for group in told["same"]] == [
        ["水账 精校版.txt", "水账.txt"]
    ]
    assert [Path(one["path"]).name for one in told["parts"]] == ["残本.txt"]
    assert len(list(out.rglob("*.epub"))) == 4


def test_a_book_inside_the_folder_of_another_is_built_too(tmp_path: Path) -> None:
    root = tmp_path / "in"
    for number in (1, 2, 3):
        a_text(root / "连载" / f"{number:03}.txt")
    a_text(root / "连载" / "外传" / "正文.txt", "外传")
    (root / "连载" / "外传" / "book.toml").write_text('[book]\ntitle = "外传"\n', "utf-8")
    assert build(root, tmp_path / "out").count("built") == 2
    assert made(tmp_path / "out") == {"连载/连载.txt", "连载/外传/外传.txt"}


def test_names_that_some_system_takes_for_one_get_places_of_their_own(tmp_path: Path) -> None:
    root = tmp_path / "in"
    for number, name in enumerate(
        ("étude.txt", "e\u0301tude.txt", "Book.txt", "BOOK.txt", "book.TXT", "bOOk.txt", "换\n行.txt", "换-行.txt")
    ):  # fmt: skip
        a_text(root / name, f"书{number}")
    built = build(root, tmp_path / "out")
    files = [one for outcome in built.outcomes for one in outcome.files]
    assert len({unicodedata.normalize("NFC", file).casefold() for file in files}) == 8
    assert build(root, tmp_path / "out").count("unchanged") == 8


def test_books_called_like_the_catalogue_do_not_meet_it(tmp_path: Path) -> None:
    root, out = tmp_path / "in", tmp_path / "out"
    a_text(root / "Catalogue" / "水账.txt", "甲")
    a_text(root / "catalogue.txt", "乙")
    a_text(root / "index.html.txt", "丙")
    assert build(root, out).count("built") == 3
    assert build(root, out).count("unchanged") == 3
    assert (out / "index.html").is_file()
    assert {one.split("/")[0] for one in made(out)} == {"Catalogue-books", "txt"}


def test_results_inside_the_shelf_are_no_books_of_it(tmp_path: Path) -> None:
    root = tmp_path / "in"
    a_text(root / "水账.txt")
    for state in ("built", "unchanged"):
        built = build_shelf(root, BuildOptions(formats=("epub",)), Serial(), out=root / "shelf")
        assert [one.state for one in built.outcomes] == [state]


def test_a_book_lies_as_deep_as_it_likes(tmp_path: Path) -> None:
    deep = tmp_path / "in" / Path(*("层" for _ in range(30)))
    a_text(deep / "水账.txt")
    assert build(tmp_path / "in", tmp_path / "out").count("built") == 1


def test_a_cover_beside_a_text_is_a_part_of_it(tmp_path: Path) -> None:
    root, out = tmp_path / "in", tmp_path / "out"
    a_text(root / "水账.txt")
    a_text(root / "茶馆.txt", "茶馆")
    build(root, out)
    (root / "水账.png").write_bytes(a_png())
    assert [one.state for one in build(root, out).outcomes] == ["built", "unchanged"]


def test_a_file_whose_time_was_set_back_is_looked_into(tmp_path: Path) -> None:
    root, out = tmp_path / "in", tmp_path / "out"
    text = a_text(root / "水账.txt", "水账")
    build(root, out)
    before = text.stat()
    text.write_text(text.read_text("utf-8").replace("老何", "老李"), "utf-8")
    os.utime(text, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert text.stat().st_size == before.st_size
    assert build(root, out).count("built") == 1


def test_a_file_that_settings_name_is_a_part_of_them(tmp_path: Path) -> None:
    root, sheet = tmp_path / "in", tmp_path / "own.css"
    a_text(root / "水账.txt")
    sheet.write_text("p { color: #111 }", "utf-8")
    options = BuildOptions(formats=("epub",), settings=(f"epub.css={sheet}",))
    for state in ("built", "unchanged"):
        assert build_shelf(root, options, Serial(), out=tmp_path / "out").count(state) == 1
    sheet.write_text("p { color: #222 }", "utf-8")
    assert build_shelf(root, options, Serial(), out=tmp_path / "out").count("built") == 1


def test_who_watches_waits_for_a_failed_book_to_change(tmp_path: Path) -> None:
    root, out = tmp_path / "in", tmp_path / "out"
    a_text(root / "崩.txt")
    built = build_shelf(root, OPTIONS, Processes(1, work=dies_of_one), out=out)
    assert built.count("failed") == 1
    assert is_changed(root, OPTIONS, out)
    before = tried(built)
    assert not is_changed(root, OPTIONS, out, before)
    a_text(root / "崩.txt", "又改了一次")
    assert is_changed(root, OPTIONS, out, before)


def test_a_shelf_without_room_for_its_catalogue_tells_what_became_of_the_books(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> Path:
        raise WriteError("B010", location=Location("index.html"), reason="No space left on device")

    monkeypatch.setattr("builder.shelf.write_catalogue", full)
    asked = ["shelf", "build", str(root), "--out", str(tmp_path / "o"), "--jobs", "1"]
    assert main([*asked, "--format", "txt"]) == WriteError.exit_code
    said = capsys.readouterr()
    assert "books: 5, built 5" in said.out
    assert "B010" in said.err


def a_png() -> bytes:
    from io import BytesIO

    from PIL import Image

    stream = BytesIO()
    Image.new("RGB", (600, 900), "#334455").save(stream, "PNG")
    return stream.getvalue()


def test_who_builds_a_book_draws_its_cover_for_the_catalogue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, out = tmp_path / "in", tmp_path / "out"
    a_text(root / "武侠" / "水账.txt")
    drawn: list[object] = []
    monkeypatch.setattr("builder.shelf.catalogue.draw_covers", lambda *given: drawn.append(given))
    build_shelf(root, BuildOptions(formats=("epub", "kepub")), Processes(1), out=out)
    covers = list((out / "catalogue" / "covers").iterdir())
    assert len(covers) == 2
    assert drawn == []
    page = (out / "index.html").read_text("utf-8")
    assert (
        f'src="catalogue/covers/{next(one.name for one in covers if "small" in one.name)}"' in page
    )
