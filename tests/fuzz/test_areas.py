"""A short run of the bench, and proof that it notices what it is there for."""

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from builder.core.errors import SourceError
from tests.fuzz import world as worlds
from tests.fuzz.areas import AREAS, Area, Case
from tests.fuzz.slices import SLOWEST_AREAS, case_of, keep, kept
from tests.fuzz.world import Verdict, World, new_world

SEED = 2026
CASES = sorted(Path(__file__).with_name("cases").glob("*.zip"))
LARGEST_CASE_BYTES = 20_000
GREEDY = """
from tests.fuzz import world as worlds
from tests.fuzz.areas import Case

def refuse(*_):
    b"x" * size
    raise worlds.BuilderError("R004")

worlds.MAX_PEAK_MB, worlds.understand = 32, refuse
with worlds.new_world() as world:
    for size in (1_000, 100_000_000):
        print(repr(world.try_case(Case((("a.txt", b"x"),), "a.txt")).failure))
"""
BOOK = Case((("书.txt", "第一章 灯下\n\n雨停了。\n".encode()),), "书.txt")


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with new_world() as made:
        yield made


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area.name)
def test_whatever_is_mutated_makes_a_book_or_an_error_of_ours(area: Area, world: World) -> None:
    inputs = 20 if area.name in SLOWEST_AREAS else 20 * area.share
    verdicts = [world.try_case(case_of(area.name, SEED, number)) for number in range(inputs)]
    assert [verdict.failure for verdict in verdicts if verdict.failure] == []
    # Mutations that nothing survives would prove little.
    assert any(verdict.is_book for verdict in verdicts)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_once_failed_fails_no_more(path: Path, world: World) -> None:
    assert path.stat().st_size < LARGEST_CASE_BYTES
    assert world.try_case(kept(path)).failure == ""


def test_there_are_cases_and_one_that_fails_can_become_one(tmp_path: Path) -> None:
    assert len(CASES) > 3
    case = Case((("书/01.txt", b"\xff"), ("a.png", b"")), "书", ("txt",), (("书/x", ".."),))
    keep(case, Verdict(is_book=False, seconds=0, peak_mb=0, failure="x"), tmp_path / "txt-7")
    assert kept(tmp_path / "txt-7.zip") == case


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area.name)
def test_the_same_number_is_the_same_input(area: Area) -> None:
    assert case_of(area.name, SEED, 7) == case_of(area.name, SEED, 7)
    assert area.case(Random(1)) != area.case(Random(2))


def failure_of(world: World, monkeypatch: pytest.MonkeyPatch, doing: Callable[[], object]) -> str:
    """What the world says when this is done before a book is refused."""

    def refuse(*_: object) -> None:
        doing()
        raise SourceError("R004")

    monkeypatch.setattr(worlds, "understand", refuse)
    return world.try_case(BOOK, limit=0.3).failure


def test_an_error_of_ours_is_no_failure(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert failure_of(world, monkeypatch, lambda: None) == ""


def test_any_other_is(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise KeyError("x")

    assert "KeyError" in failure_of(world, monkeypatch, fail)


def test_a_hang_is(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def hang() -> None:
        while True:
            pass

    assert "TookTooLong" in failure_of(world, monkeypatch, hang)


def test_what_is_written_elsewhere_is(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def write() -> None:
        (tmp_path / "there.txt").write_text("x")

    assert "there.txt" in failure_of(world, monkeypatch, write)


def test_what_is_read_elsewhere_is(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "secret.txt").write_text("x")

    def peep() -> None:
        (tmp_path / "secret.txt").read_text()

    assert "secret.txt" in failure_of(world, monkeypatch, peep)


def test_what_is_taken_away_elsewhere_is(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "kept.txt").write_text("x")

    def remove() -> None:
        (tmp_path / "kept.txt").unlink()

    assert "kept.txt" in failure_of(world, monkeypatch, remove)


def test_a_connection_is(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def call() -> None:
        with socket.socket() as caller:
            caller.connect_ex(("127.0.0.1", 9))

    assert "socket.connect" in failure_of(world, monkeypatch, call)


def test_too_much_memory_is() -> None:
    # In a process of its own: one that ran for long takes what it freed before it asks for more.
    done = subprocess.run(
        [sys.executable, "-c", GREEDY], cwd=worlds.ROOT, capture_output=True, text=True, check=True
    )
    few, many = done.stdout.splitlines()
    assert few == "''"
    assert "MB of memory" in many
