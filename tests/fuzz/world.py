"""One fuzzed book in a world of its own, and what happens to that world.

`secret/` stands for the rest of the disk: its text must be in no book, and nothing in it may
change. Python tells of every file that is opened, every connection and every process before it
happens, so what is written anywhere but `out/` is known, and what is read elsewhere too.
"""

import os
import shutil
import sys
import sysconfig
import tempfile
import time
import traceback
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from builder.core.errors import BuilderError
from builder.pipeline import BuildOptions, build, settle, understand
from tests.fuzz.areas import Case
from tests.fuzz.understanding import SECONDS, TookTooLong, clock, keeps_every_character
from tests.fuzz.words import CANARY

SECRET = "金丝雀不在书里"
MAX_PEAK_MB = 1_000
ROOT = Path(__file__).resolve().parents[2]
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
# What changes the disk, and which of its arguments are the paths.
_CHANGES = {
    "os.remove": 1, "os.rename": 2, "os.mkdir": 1, "os.rmdir": 1, "os.link": 2, "os.symlink": 2, "os.truncate": 1, "os.chmod": 1, "os.chown": 1,
    "os.utime": 1, "os.setxattr": 1, "shutil.rmtree": 1, "shutil.move": 2,
}  # fmt: skip
_LOOKS = frozenset({"os.listdir", "os.scandir"})
_NEVER = frozenset(
    {"socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto", "os.system", "os.exec", "os.posix_spawn", "os.fork", "subprocess.Popen"}
)  # fmt: skip
# What is asked which fonts there are.
_HELPERS = ("fc-list", "fc-match")
# Where the program itself and its fonts lie.
_OWN = tuple(
    os.path.realpath(folder)
    for folder in (str(ROOT), *filter(None, sys.path), sys.prefix, sys.base_prefix, sysconfig.get_path("stdlib"), "/usr", "/lib", "/etc/fonts", "/proc/self", "/var/cache/fontconfig", "/etc/mime.types", "/dev/urandom", "/dev/null")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one book. `failure` says what should not have been; empty when nothing."""

    is_book: bool
    seconds: float
    peak_mb: float
    failure: str = ""


class World:
    """A folder for one book after the other; only one world is watched in a process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.out = folder / "out"
        self._secret = folder / "secret"
        self._secret.mkdir(parents=True)
        (self._secret / "canary.txt").write_text(f"第一章\n\n{SECRET}。\n", "utf-8")
        self._before = _listing(self._secret)
        # Where libraries put what they need for a moment.
        self._passing = folder / "passing"
        self._passing.mkdir()
        self._given = (str(folder / "in"),)
        self._touched: list[str] = []
        self._is_watching = False
        sys.addaudithook(self._hook)

    def try_case(self, case: Case, *, limit: float = SECONDS) -> Verdict:
        """Build or understand the book. Whatever is raised but BuilderError is a failure."""
        path = self._lay_out(case)
        self._touched.clear()
        _forget_peak()
        held = _peak_mb()
        started = time.process_time()
        failure, is_book = "", False
        try:
            with clock(limit), self._watched():
                is_book = self._made(path, case)
        except TookTooLong:
            failure = "TookTooLong\n" + traceback.format_exc()
        # The law: nothing but an error of ours may come out, so anything else is caught here.
        except Exception:  # noqa: BLE001
            failure = traceback.format_exc()
        seconds, peak = time.process_time() - started, _peak_mb() - held
        if peak > MAX_PEAK_MB:
            failure = failure or f"{peak:.0f} MB of memory"
        if self._touched:
            failure = failure or f"touched {self._touched[0]}"
        if _listing(self._secret) != self._before:
            failure = failure or "changed what lies outside"
        self._clear()
        return Verdict(is_book, seconds, peak, failure)

    def _lay_out(self, case: Case) -> Path:
        self._clear()
        home = self.folder / "in"
        canary = os.fsencode(self._secret / "canary.txt")
        for name, content in case.files:
            path = home / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.replace(CANARY, canary))
        for name, target in case.links:
            (home / name).symlink_to(target)
        self._secret.touch(exist_ok=True)
        return home / case.path

    def _clear(self) -> None:
        for name in ("in", "out"):
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def _made(self, path: Path, case: Case) -> bool:
        """Whether it is a book. The secret in it is a failure, and so is a lost character."""
        options = BuildOptions(out=self.out, environment={}, formats=case.formats)
        try:
            if case.formats:
                build(path, options)
            else:
                understood = understand(*settle(path, options))
            refusal: BuilderError | None = None
        except BuilderError as error:
            refusal = error
        if refusal is not None:
            assert refusal.message, "an error without a sentence"
            return False
        if case.formats:
            for file in self.out.rglob("*"):
                assert not (file.is_file() and _holds_secret(file)), f"the secret is in {file.name}"
        else:
            keeps_every_character(understood)
            assert SECRET not in understood.manuscript.decoded, "the secret is in the book"
        return True

    @contextmanager
    def _watched(self) -> Iterator[None]:
        before, tempfile.tempdir = tempfile.tempdir, str(self._passing)
        self._is_watching = True
        try:
            yield
        finally:
            self._is_watching = False
            tempfile.tempdir = before

    def _hook(self, event: str, values: tuple[object, ...]) -> None:
        if not self._is_watching:
            return
        if event == "open":
            path, _, flags = values
            if isinstance(path, str | bytes):
                is_written = isinstance(flags, int) and bool(flags & _WRITING)
                self._judge(event, path, is_written=is_written)
        elif count := _CHANGES.get(event):
            # Last comes the folder, as a handle, that the path is relative to.
            folder = values[-1] if event != "os.truncate" else -1
            for path in values[:count]:
                if isinstance(folder, int) and folder >= 0 and isinstance(path, str | bytes):
                    path = f"/proc/self/fd/{folder}/{os.fsdecode(path)}"
                self._judge(event, path, is_written=True)
        elif event in _LOOKS:
            self._judge(event, values[0], is_written=False)
        elif event in _NEVER and values[0] not in _HELPERS:
            self._touched.append(f"{event} {values[:2]!r}")

    def _judge(self, event: str, path: object, *, is_written: bool) -> None:
        self._is_watching = False
        try:
            if not isinstance(path, str | bytes):
                return
            real = os.path.realpath(os.fsdecode(path))
            allowed = (
                self._own_places() if is_written else (*self._own_places(), *self._given, *_OWN)
            )
            if not real.startswith(allowed):
                self._touched.append(f"{event} {real}")
        except ValueError:
            return
        finally:
            self._is_watching = True

    def _own_places(self) -> tuple[str, ...]:
        return str(self.out), str(self._passing)


@contextmanager
def new_world() -> Iterator[World]:
    """A world in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        yield World(Path(os.path.realpath(folder), "world"))


def _holds_secret(file: Path) -> bool:
    """Whether the secret is in a finished file; the text of a PDF is packed and not looked at."""
    wanted = SECRET.encode()
    if not zipfile.is_zipfile(file):
        return wanted in file.read_bytes()
    with zipfile.ZipFile(file) as archive:
        return any(wanted in archive.read(name) for name in archive.namelist())


def _listing(folder: Path) -> list[tuple[str, int, bytes]]:
    return [
        (file.name, file.stat().st_mode, file.read_bytes()) for file in sorted(folder.iterdir())
    ]


def _forget_peak() -> None:
    """From now on the process's peak begins with what it holds; where the system can do that."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return


def _peak_mb() -> float:
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        import resource

        # In bytes on macOS, in kilobytes elsewhere; and it never falls.
        unit = 1024**2 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024
