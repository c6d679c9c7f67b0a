"""The same shelf on a real Dask cluster: a scheduler and two worker processes, over TCP."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from builder.cli import main
from builder.settings import BuildOptions
from builder.shelf import Dask, Outcome, Serial, build_shelf
from builder.shelf.job import Job
from tests.conftest import ROOT
from tests.shelf.breaking import dies_of_one, fails_to_publish, told_where
from tests.shelf.test_shelf import a_text, made, root

__all__ = ["root"]
PATIENCE_S = 60


class Cluster:
    """A scheduler and its workers, each a process of this test."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.address = f"tcp://127.0.0.1:{self.port}"
        self.processes: list[subprocess.Popen[bytes]] = []
        self._start("scheduler", "--host", "127.0.0.1", "--port", str(self.port), "--no-dashboard")

    def add_worker(self) -> subprocess.Popen[bytes]:
        """A worker of one thread, with a nanny that starts it anew when it dies."""
        return self._start(
            "worker", self.address, "--nthreads", "1", "--host", "127.0.0.1", "--no-dashboard",
            "--local-directory", str(self._folder), "--death-timeout", "60",
        )  # fmt: skip

    def _start(self, kind: str, *arguments: str) -> subprocess.Popen[bytes]:
        started = subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_" + kind, *arguments],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        self.processes.append(started)
        return started

    def wait_for(self, workers: int) -> None:
        from distributed import Client

        deadline = time.monotonic() + PATIENCE_S
        while True:
            try:
                with Client(self.address, timeout=5, set_as_default=False) as client:
                    client.wait_for_workers(workers, timeout=PATIENCE_S)
                    return
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)

    def stop(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    cluster = Cluster(tmp_path / "scratch")
    try:
        for _ in range(2):
            cluster.add_worker()
        cluster.wait_for(2)
        yield cluster
    finally:
        cluster.stop()


def published(out: Path) -> set[str]:
    return {
        path.relative_to(out).as_posix()
        for ending in ("epub", "txt", "ledger")
        for path in out.rglob(f"*.{ending}")
    }


def draw_cover_of(book: Path) -> None:
    """A cover beside a book, which goes where the book goes."""
    from PIL import Image

    Image.new("RGB", (600, 900), "#334455").save(book.with_suffix(".png"))


# distributed leaves sockets to the garbage collector when a worker is killed under it.
pytestmark = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning",
    "ignore::DeprecationWarning", "ignore::UserWarning",
)  # fmt: skip


@pytest.mark.parametrize("storage", [[], ["--carry"]], ids=["shared", "carried"])
def test_a_cluster_makes_the_same_bytes_as_one_process(
    storage: list[str],
    root: Path,
    tmp_path: Path,
    cluster: Cluster,
    capsys: pytest.CaptureFixture[str],
) -> None:
    draw_cover_of(root / "武侠" / "水账.txt")
    build_shelf(root, BuildOptions(formats=("epub", "txt")), Serial(), out=tmp_path / "one")
    asked = [
        "shelf",
        "build",
        str(root),
        "--format",
        "epub,txt",
        "--dask",
        cluster.address,
        *storage,
    ]
    assert main([*asked, "--out", str(tmp_path / "many")]) == 0
    assert "built 5" in capsys.readouterr().out
    books = published(tmp_path / "one")
    assert len(books) == 15  # an EPUB, a text and a ledger each
    assert books == published(tmp_path / "many")
    for name in books:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "many" / name).read_bytes()
    assert main([*asked, "--out", str(tmp_path / "many")]) == 0
    assert "unchanged 5" in capsys.readouterr().out


@pytest.mark.parametrize("is_carrying", [False, True])
def test_a_worker_that_is_killed_and_a_book_that_kills_workers_cost_nobody_else_a_book(
    is_carrying: bool, tmp_path: Path, cluster: Cluster
) -> None:
    root = tmp_path / "in"
    for number in range(30):
        a_text(root / f"书{number:02}.txt", f"书{number}")
    a_text(root / "崩.txt")
    heard: list[str] = []

    def listen(outcome: Outcome) -> None:
        heard.append(outcome.path)
        if len(heard) == 5:
            os.killpg(cluster.processes[-1].pid, signal.SIGKILL)
            cluster.add_worker()

    built = build_shelf(
        root, BuildOptions(formats=("txt",)),
        Dask(cluster.address, work=dies_of_one, is_carrying=is_carrying),
        out=tmp_path / "out", heard=listen,
    )  # fmt: skip
    assert (built.count("built"), built.count("failed")) == (30, 1)
    assert sorted(heard) == sorted(one.path for one in built.outcomes)
    assert len(made(tmp_path / "out")) == 30
    problem = next(one.problem for one in built.outcomes if one.problem)
    assert problem.code == "L001"


def test_workers_that_do_not_see_the_shelf_are_told_of_and_carrying_helps(
    root: Path, tmp_path: Path, cluster: Cluster
) -> None:
    options = BuildOptions(formats=("txt",))
    blind = Dask(cluster.address, work=fails_to_publish)
    built = build_shelf(root, options, blind, out=tmp_path / "unseen")
    assert built.count("failed") == 5
    assert {one.problem.code for one in built.outcomes if one.problem} == {"L008"}
    carried = build_shelf(
        root,
        options,
        Dask(cluster.address, work=told_where, is_carrying=True),
        out=tmp_path / "out",
    )
    assert carried.count("built") == 5
    # None was built where it lies.
    assert all(not one.creators[-1].startswith(str(tmp_path)) for one in carried.outcomes)
    assert len(made(tmp_path / "out")) == 5


def test_a_book_that_was_lost_before_it_could_be_sent_is_told_and_stops_no_other(
    root: Path, tmp_path: Path, cluster: Cluster
) -> None:
    executor = Dask(cluster.address, is_carrying=True)
    jobs = [
        Job(str(root / name), "x", str(tmp_path / "out"), str(tmp_path / f"{at}.json"), "")
        for at, name in enumerate(("没有.txt", "武侠/水账.txt"))
    ]
    told = {Path(one.path).name: one for one in executor.run(jobs)}
    assert told["水账.txt"].state == "built"
    problem = told["没有.txt"].problem
    assert problem is not None
    assert problem.code == "R016"


def test_a_job_that_is_given_out_twice_is_done_once(root: Path, tmp_path: Path) -> None:
    from builder.shelf.work import do

    job = Job(str(root / "武侠" / "水账.txt"), "x", str(tmp_path), str(tmp_path / "r.json"), "")
    first = do(job)
    [stamp] = {path.stat().st_mtime_ns for path in tmp_path.rglob("水账.epub")}
    assert do(job) == first
    assert first.state == "built"
    assert [path.stat().st_mtime_ns for path in tmp_path.rglob("水账.epub")] == [stamp]


def test_a_local_cluster_as_the_docs_start_it_does_too(root: Path, tmp_path: Path) -> None:
    from distributed import LocalCluster

    options = BuildOptions(formats=("txt",))
    build_shelf(root, options, Serial(), out=tmp_path / "one")
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
    ) as local:
        assert local.scheduler_address.startswith("tcp://")
        built = build_shelf(root, options, Dask(local.scheduler_address), out=tmp_path / "many")
    assert built.count("built") == 5
    for name in made(tmp_path / "one"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "many" / name).read_bytes()
