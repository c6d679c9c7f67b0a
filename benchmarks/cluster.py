"""What a cluster adds to the work: CPU of the scheduler and of who asks, for each book.

`python -m benchmarks.cluster --books 300` starts a scheduler and two workers as processes of their
own, which talk over TCP, and lets them do nothing to books of 300,000 characters: once where they
lie, once carried there and back with a result of the same size. From this docs/shelf.md reckons how
far one cluster goes.
"""

import argparse
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.shelf import clauses, novel
from builder.shelf import Dask
from builder.shelf.job import Job, Outcome

TICKS = os.sysconf("SC_CLK_TCK")


def nothing(job: Job) -> Outcome:
    """A book that is done at once: its own bytes are the result."""
    out = Path(job.out, "book.epub")
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(Path(job.path).read_bytes())
    return Outcome(job.path, "built", (str(out),))


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, list[int]]]:
    """Its address, and the processes: the scheduler first."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    started = [_started("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")]
    try:
        for _ in range(2):
            own = (
                "--nthreads",
                "1",
                "--no-nanny",
                "--no-dashboard",
                "--local-directory",
                str(folder),
            )
            started.append(_started("worker", address, *own))
        _wait_for(address, 2)
        yield address, [one.pid for one in started]
    finally:
        for one in reversed(started):
            one.terminate()
            one.wait()


def _started(kind: str, *arguments: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.dask_{kind}", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": str(Path.cwd())},
    )


def _wait_for(address: str, workers: int) -> None:
    from distributed import Client

    deadline = time.monotonic() + 60
    while True:
        try:
            with Client(address, timeout=5, set_as_default=False) as client:
                client.wait_for_workers(workers, timeout=60)
                return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def cpu_s(process: int) -> float:
    """Seconds of CPU that a process has had."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cluster", description=__doc__)
    parser.add_argument("--books", type=int, default=300)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, cluster(Path(name, "local")) as (address, pids):
        book = Path(name, "书.txt")
        book.write_text(novel(clauses(random.Random(0)), 1, 300_000), "utf-8")
        megabytes = book.stat().st_size / 1e6
        print(
            f"{'':8} {'books/s':>8} {'scheduler ms/book':>18} {'asking ms/book':>15} {'MB each way':>12}"
        )
        for is_carrying in (False, True):
            jobs = [
                Job(str(book), "书", f"{name}/out/{at}", f"{name}/records/{at}.json", "")
                for at in range(options.books)
            ]
            before = cpu_s(pids[0]), time.process_time(), time.perf_counter()
            done = list(Dask(address, work=nothing, is_carrying=is_carrying).run(jobs))
            seconds = time.perf_counter() - before[2]
            if any(one.state != "built" for one in done):
                sys.exit(
                    f"not every book was done: {next(one.problem for one in done if one.problem)}"
                )
            scheduler, asking = cpu_s(pids[0]) - before[0], time.process_time() - before[1]
            print(
                f"{'carried' if is_carrying else 'shared':8} {len(done) / seconds:8.0f}"
                f" {scheduler / len(done) * 1e3:18.2f} {asking / len(done) * 1e3:15.2f}"
                f" {megabytes * is_carrying:12.2f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
