"""Shelves as they lie about: strange names, links, pipes, locks, and folders nobody may write."""

import os
import sys
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest

from builder.cli import main
from builder.core.errors import ConfigError, SourceError, WriteError
from builder.settings import BuildOptions
from builder.shelf import Processes, Serial, build_shelf, is_changed
from builder.shelf.books import books_on
from builder.shelf.carrying import build_away, pack
from builder.shelf.job import Job
from builder.shelf.records import asked_of, look_at
from builder.shelf.work import do
from tests.shelf.test_shelf import OPTIONS, a_text, build

IS_LINUX = sys.platform == "linux"
linux_only = pytest.mark.skipif(not IS_LINUX, reason="names that are no text are Linux's")


def chapters(folder: Path) -> Path:
    for number in (1, 2, 3):
        a_text(folder / f"{number:03}.txt")
    return folder


@linux_only
def test_a_name_that_is_no_text_is_built_and_its_link_leads_to_it(tmp_path: Path) -> None:
    root, out = tmp_path / "in", tmp_path / "out"
    name = os.fsdecode("夜航".encode("gb18030"))
    a_text(root / f"{name}.txt")
    built = build(root, out)
    assert (built.count("built"), built.problem) == (1, None)
    (made,) = built.outcomes[0].files
    page = (out / "index.html").read_bytes()
    assert Path(made).is_file()
    links = [one.partition(b'"')[0] for one in page.split(b'href="')[1:]]
    assert os.fsencode(Path(made).relative_to(out)) in [unquote_to_bytes(one) for one in links]


def test_a_link_to_nothing_or_to_itself_and_a_pipe_do_not_stop_a_book(tmp_path: Path) -> None:
    book = chapters(tmp_path / "in" / "连载")
    (book / "断.jpg").symlink_to("没有")
    (book / "圈").symlink_to("圈")
    os.mkfifo(book / "管.txt")
    for state in ("built", "unchanged"):
        assert build(tmp_path / "in", tmp_path / "out").count(state) == 1


def test_a_book_is_built_again_when_what_a_link_leads_to_changes(tmp_path: Path) -> None:
    book = chapters(tmp_path / "in" / "连载")
    away = a_text(tmp_path / "别处" / "题记.md", "一")
    (book / "题记.md").symlink_to(away)
    before = look_at(book)
    a_text(away, "二三")
    assert look_at(book).digest != before.digest
    assert look_at(book).stamps != before.stamps


def test_a_link_out_of_a_book_is_refused_where_it_lies_and_carried(tmp_path: Path) -> None:
    book = chapters(tmp_path / "in" / "连载")
    (book / "004.txt").symlink_to(a_text(tmp_path / "别处" / "秘.txt"))
    job = a_job(book, tmp_path / "out")
    with pytest.raises(SourceError) as caught:
        pack(job)
    problem = do(job).problem
    assert problem is not None
    assert problem.code == caught.value.diagnostic.code == "R014"


def test_a_link_within_a_book_is_the_same_chapter_where_it_lies_and_carried(tmp_path: Path) -> None:
    book = chapters(tmp_path / "in" / "连载")
    (book / "004.txt").symlink_to("001.txt")
    job = a_job(book, tmp_path / "out")
    carried = dict(build_away(pack(job)[0], do).files)
    assert do(job).state == "built"
    name = "连载/连载.txt"
    assert carried[name] == (tmp_path / "out" / name).read_bytes()
    assert carried[name].decode().count("第一章") == 4


def a_job(book: Path, out: Path) -> Job:
    return Job(str(book), book.name, str(out), f"{out}/record.json", "", formats=("txt",))


@pytest.fixture
def locked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a path with 锁 in its name nothing is given out; to the administrator too."""

    class Locked:
        def __init__(self, real: object) -> None:
            self.real = real

        def __call__(self, path: object, *rest: object, **named: object) -> object:
            if "锁/" in str(path) or (str(path).endswith("锁") and self.real is os.listdir):
                raise PermissionError(13, "Permission denied", str(path))
            return self.real(path, *rest, **named)  # type: ignore[operator]  # as given

    may = os.access
    monkeypatch.setattr(os, "listdir", Locked(os.listdir))
    monkeypatch.setattr(os, "stat", Locked(os.stat))
    monkeypatch.setattr(os, "access", lambda path, mode: "锁" not in str(path) and may(path, mode))


@pytest.mark.usefixtures("locked")
def test_a_folder_that_may_not_be_read_is_told_and_stops_no_book(tmp_path: Path) -> None:
    root = tmp_path / "in"
    a_text(root / "明.txt")
    (root / "锁").mkdir()
    built = build(root, tmp_path / "out")
    assert [(Path(one.path).name, one.state) for one in built.outcomes] == [
        ("明.txt", "built"), ("锁", "failed"),
    ]  # fmt: skip
    problem = built.outcomes[1].problem
    assert problem is not None
    assert problem.code == "R016"


def test_a_file_of_no_use_that_may_not_be_read_does_not_stop_a_book(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = chapters(tmp_path / "in" / "连载")
    (book / ".DS_Store").write_bytes(b"Bud1")
    opened = Path.open

    def locked(path: Path, *rest: object, **named: object) -> object:
        if path.name == ".DS_Store":
            raise PermissionError(13, "Permission denied")
        return opened(path, *rest, **named)  # type: ignore[call-overload]  # as given

    monkeypatch.setattr(Path, "open", locked)
    assert build(tmp_path / "in", tmp_path / "out").count("built") == 1


def test_a_file_that_goes_while_it_is_looked_at_is_told_by_its_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_text(tmp_path / "in" / "去.txt")

    def gone(path: Path) -> str:
        raise FileNotFoundError(2, "No such file or directory", str(path))

    monkeypatch.setattr("builder.shelf.records._digest", gone)
    (outcome,) = build(tmp_path / "in", tmp_path / "out").outcomes
    assert outcome.problem is not None
    assert outcome.problem.code == "R016"


def test_a_folder_that_goes_while_it_is_looked_at_is_no_book(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "in"
    a_text(root / "明.txt")
    chapters(root / "去")

    def gone(folder: Path) -> bool:
        raise FileNotFoundError(2, "No such file or directory", str(folder))

    monkeypatch.setattr("builder.shelf.books._is_one_book", gone)
    assert "明.txt" in {one.path.name for one in books_on(root)}


def test_results_that_cannot_be_written_anywhere_are_told_once_before_any_book(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_text(tmp_path / "in" / "甲.txt")
    a_text(tmp_path / "in" / "乙.txt")
    (tmp_path / "out").write_bytes(b"")
    asked = ["shelf", "build", str(tmp_path / "in"), "--out", str(tmp_path / "out")]
    assert main(asked) == WriteError.exit_code
    assert capsys.readouterr().err.count("B010") == 1


def test_fewer_processes_than_none_are_not_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_text(tmp_path / "甲.txt")
    assert main(["shelf", "build", str(tmp_path), "--jobs", "-1"]) == 2
    assert "--jobs" in capsys.readouterr().err


def test_no_more_processes_are_started_than_there_are_books(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pebble

    counts: list[int] = []

    class Pool(pebble.ProcessPool):
        def __init__(self, count: int, *rest: object, **named: object) -> None:
            counts.append(count)
            super().__init__(count, *rest, **named)  # type: ignore[arg-type]  # as given

    monkeypatch.setattr(pebble, "ProcessPool", Pool)
    a_text(tmp_path / "in" / "甲.txt")
    for state in ("built", "unchanged"):
        built = build_shelf(tmp_path / "in", OPTIONS, Processes(64), out=tmp_path / "out")
        assert built.count(state) == 1
    assert counts == [1]


def test_of_the_environment_only_settings_have_a_say_and_no_secret_leaves(tmp_path: Path) -> None:
    secrets = {"BUILDER_PASSWORD": "芝麻", "BUILDER_MAIL_PASSWORD": "开门", "BUILDER_DEBUG": "1"}
    said = {"BUILDER_PDF_TRIM": "A5", "SOURCE_DATE_EPOCH": "0"}
    assert dict(asked_of(secrets | said | {"HOME": "/"})) == said
    root, out = tmp_path / "in", tmp_path / "out"
    a_text(root / "甲.txt")
    plain = BuildOptions(formats=("txt",), environment={})
    build_shelf(root, plain, Serial(), out=out)
    assert not is_changed(root, BuildOptions(formats=("txt",), environment=secrets), out)
    assert is_changed(root, BuildOptions(formats=("txt",), environment=said), out)


@pytest.mark.parametrize("name", ["index.html", "catalogue/目录.txt"])
def test_the_catalogue_takes_the_place_of_nothing_else(name: str, tmp_path: Path) -> None:
    a_text(tmp_path / "in" / "甲.txt")
    mine = a_text(tmp_path / "out" / name)
    with pytest.raises(ConfigError) as caught:
        build(tmp_path / "in", tmp_path / "out")
    assert caught.value.diagnostic.code == "L011"
    assert list((tmp_path / "out").rglob("*.txt")) == [mine] * name.endswith(".txt")


def test_of_the_catalogue_only_its_own_files_are_taken_away(tmp_path: Path) -> None:
    out = tmp_path / "out"
    a_text(tmp_path / "in" / "甲.txt")
    assert build(tmp_path / "in", out).count("built") == 1
    mine = [a_text(out / "catalogue" / name) for name in ("目录.xml", "a.txt", "covers/扫描.jpg")]
    old = [
        a_text(out / "catalogue" / name)
        for name in ("all.7.xml", "series-0f3a.xml", "covers/0f3a.small.jpg")
    ]
    a_text(tmp_path / "in" / "甲.txt", "乙")
    assert build(tmp_path / "in", out).count("built") == 1
    assert all(one.is_file() for one in mine)
    assert not any(one.exists() for one in old)
