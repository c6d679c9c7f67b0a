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
from builder.shelf import Dask, Serial
from tests.conftest import ROOT
from tests.shelf.breaking import dies_of_one
from tests.shelf.test_shelf import a_text, build, made, root

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


# distributed leaves sockets to the garbage collector when a worker is killed under it.
pytestmark = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning",
    "ignore::DeprecationWarning", "ignore::UserWarning",
)  # fmt: skip


def test_a_cluster_makes_the_same_bytes_as_one_process(
    root: Path,
    tmp_path: Path,
    cluster: Cluster,
    capsys: pytest.CaptureFixture[str],
) -> None:
    build(root, tmp_path / "one", Serial())
    asked = ["shelf", "build", str(root), "--format", "txt", "--dask", cluster.address]
    assert main([*asked, "--out", str(tmp_path / "many")]) == 0
    assert "built 5" in capsys.readouterr().out
    assert made(tmp_path / "one") == made(tmp_path / "many")
    for name in made(tmp_path / "one"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "many" / name).read_bytes()
    assert main([*asked, "--out", str(tmp_path / "many")]) == 0
    assert "unchanged 5" in capsys.readouterr().out


def test_a_worker_that_is_killed_and_a_book_that_kills_workers_cost_nobody_else_a_book(
    tmp_path: Path, cluster: Cluster
) -> None:
    root = tmp_path / "in"
    for number in range(30):
        a_text(root / f"书{number:02}.txt", f"书{number}")
    a_text(root / "崩.txt")
    heard: list[str] = []
    from builder.settings import BuildOptions
    from builder.shelf import Outcome, build_shelf

    def listen(outcome: Outcome) -> None:
        heard.append(outcome.path)
        if len(heard) == 5:
            os.killpg(cluster.processes[-1].pid, signal.SIGKILL)
            cluster.add_worker()

    built = build_shelf(
        root, BuildOptions(formats=("txt",)), Dask(cluster.address, work=dies_of_one),
        out=tmp_path / "out", heard=listen,
    )  # fmt: skip
    assert (built.count("built"), built.count("failed")) == (30, 1)
    assert sorted(heard) == sorted(one.path for one in built.outcomes)
    assert len(made(tmp_path / "out")) == 30
    problem = next(one.problem for one in built.outcomes if one.problem)
    assert problem.code == "L001"
