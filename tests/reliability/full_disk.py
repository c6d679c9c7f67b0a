"""A disk that is really full: a drive of a few kilobytes, in a namespace of its own.

`python -m tests.reliability.full_disk NAME` is the child that runs inside it.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.reliability.record import Row
from tests.reliability.scene import COMMANDS, ROOT, Command, Scene, run

STEPS = 8
PAGE = 4096
MOUNT = ("mount", "-t", "tmpfs", "-o")


def is_possible() -> str:
    """Why no drive can be mounted here, or ""."""
    if shutil.which("unshare") is None:
        return "unshare is not installed"
    tried = subprocess.run([*_inside(), *MOUNT, "size=64k", "tmpfs", "/mnt"], capture_output=True, check=False)  # fmt: skip
    return tried.stderr.decode().strip() if tried.returncode else ""


def _inside() -> list[str]:
    return ["unshare", "--user", "--map-root-user", "--mount"]


def full_disk(command: Command, *, steps: int = STEPS, told: list[str] | None = None) -> Row:
    """Run a command on drives with ever more room, from none to nearly enough."""
    what = f"{command.name}: a drive with too little room"
    if reason := is_possible():
        return Row("faults", what, 0, 0, remark=f"NOT TRIED: {reason}")
    started = time.perf_counter()
    child = [*_inside(), sys.executable, "-m", "tests.reliability.full_disk", command.name, str(steps)]  # fmt: skip
    done = subprocess.run(child, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    found = json.loads(done.stdout)
    if told is not None:
        told += [f"{command.name} on a full disk: {one}" for one in found["broken"]]
    return Row("faults", what, found["tried"], len(found["broken"]), time.perf_counter() - started)


def main() -> None:
    command = next(one for one in COMMANDS if one.name == sys.argv[1])
    tried, broken = 0, []
    with tempfile.TemporaryDirectory(prefix="builder-full-") as name:
        scene = Scene.of(command, Path(name))
        old, new = (_pages(Path(name, place, "out")) for place in ("kept", "after"))
        for step in range(int(sys.argv[2])):
            room = old + step * (old + new) // (2 * int(sys.argv[2]))
            tried += 1
            broken += _tried(scene, room)
    sys.stdout.write(json.dumps({"tried": tried, "broken": broken}))


def _pages(folder: Path) -> int:
    """The pages of memory that a drive needs for a folder: for its files, and one for itself."""
    sizes = [path.stat().st_size if path.is_file() else 1 for path in folder.rglob("*")]
    return 1 + sum(-(-size // PAGE) for size in sizes)


def _tried(scene: Scene, room: int) -> list[str]:
    """Run the command with out/ on a drive of so many pages; the laws it broke."""
    scene.restore()
    out = scene.folder / "out"
    kept = scene.folder / "old"
    out.rename(kept)
    out.mkdir()
    subprocess.run([*MOUNT, f"size={room * PAGE}", "tmpfs", str(out)], check=True)
    try:
        shutil.copytree(kept, out, dirs_exist_ok=True)
        outcome = run(scene.command, scene.folder)
        return [f"{room} pages: {one}" for one in scene.broken(outcome)]
    finally:
        subprocess.run(["umount", str(out)], check=True)


if __name__ == "__main__":
    main()
