"""Hold every pin against advisories of a folder in the OSV format: `scripts/audit --database FOLDER`.

The folder is a clone of github:pypa/advisory-database or github:github/advisory-database, or the
unpacked export of osv.dev; its files are only read. `requirements/accepted.txt` sets aside what
does not reach us, with the reason. Exit codes: 0 nothing is known, 1 faults, 2 no advisories.
Format: https://ossf.github.io/osv-schema/ (`affected`, `ranges`, `events`).
"""

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

ROOT = Path(__file__).resolve().parents[1]
PIN = re.compile(r"^([A-Za-z0-9_.\-]+)==([^\s;]+)", re.MULTILINE)
# `    name: pillow`, `  - name: "pillow"`: which packages a YAML file is about, before it is parsed.
YAML_NAME = re.compile(r"^[ -]*name: *[\"']?([^\s\"']+)", re.MULTILINE)
SEMVER = re.compile(r"v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([0-9A-Za-z.\-]+))?(?:\+.*)?")

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True, order=True)
class Pin:
    """One version of one package that is installed; ecosystem is "PyPI" or "npm"."""

    ecosystem: str
    name: str
    version: str


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """A pin that an advisory is about; mended is "" where no version is."""

    pin: Pin
    advisory: str
    mended: str
    words: str


@dataclass(frozen=True, slots=True)
class Advisories:
    """What a folder holds about our packages: how many in all by ecosystem, the newest day."""

    ours: tuple[dict[str, Any], ...]
    counted: dict[str, int]
    newest: str


def pins(root: Path = ROOT) -> list[Pin]:
    """Everything that the locks name."""
    found = {
        Pin("PyPI", canonicalize_name(name), version)
        for lock in (root / "requirements").glob("*.txt")
        for name, version in PIN.findall(lock.read_text("utf-8"))
    }
    lock = root / "tests/judges/package-lock.json"
    if lock.is_file():
        for path, package in json.loads(lock.read_text("utf-8"))["packages"].items():
            inside, _, name = path.rpartition("node_modules/")
            if (inside or name != path) and "version" in package:
                found.add(Pin("npm", name, package["version"]))
    return sorted(found)


def accepted(root: Path = ROOT) -> dict[tuple[str, str], str]:
    """(advisory, package) → why it does not reach us."""
    path = root / "requirements/accepted.txt"
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    words = [line.split(maxsplit=2) for line in lines if line and not line.startswith("#")]
    return {(advisory, package): why for advisory, package, why in words}


def advisories(folder: Path, names: set[str]) -> Advisories:
    """What is known of the packages called so; files that are no advisories are passed by."""
    ours, counted, newest = [], {"PyPI": 0, "npm": 0}, ""
    for path in sorted(folder.rglob("*")):
        if path.suffix not in {".json", ".yaml", ".yml"} or not path.is_file():
            continue
        for one in _told(path, names):
            newest = max(newest, str(one.get("modified", ""))[:10])
            about = {_package(part) for part in one["affected"]}
            for ecosystem in counted.keys() & {ecosystem for ecosystem, _ in about}:
                counted[ecosystem] += 1
            if not one.get("withdrawn") and any(name in names for _, name in about):
                ours.append(one)
    return Advisories(tuple(ours), counted, newest)


def _told(path: Path, names: set[str]) -> Iterator[dict[str, Any]]:
    text = path.read_text("utf-8", errors="replace")
    try:
        if path.suffix == ".json":
            told = json.loads(text)
        elif names.isdisjoint(map(canonicalize_name, YAML_NAME.findall(text))):
            # Long lists of versions take YAML a while; of what is not ours the number is enough.
            told = (
                {"affected": [{"package": {"ecosystem": "PyPI"}}]}
                if "\naffected:" in text
                else None
            )
        else:
            told = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (ValueError, RecursionError, yaml.YAMLError):
        return
    if isinstance(told, dict) and isinstance(told.get("affected"), list):
        yield told


def _package(part: dict[str, Any]) -> tuple[str, str]:
    package = part.get("package") or {}
    ecosystem, name = str(package.get("ecosystem", "")), str(package.get("name", ""))
    return ecosystem, canonicalize_name(name) if ecosystem == "PyPI" else name


def faults(pinned: Iterable[Pin], known: Iterable[dict[str, Any]]) -> list[Fault]:
    """Every pin that an advisory is about, once for each advisory."""
    by_package: dict[tuple[str, str], list[tuple[dict[str, Any], dict[str, Any]]]] = {}
    for one in known:
        for part in one["affected"]:
            by_package.setdefault(_package(part), []).append((one, part))
    found = {
        Fault(pin, str(one.get("id", "?")), _mended(part), _words(one))
        for pin in pinned
        for one, part in by_package.get((pin.ecosystem, pin.name), ())
        if concerns(part, pin)
    }
    return sorted(found)


def concerns(part: dict[str, Any], pin: Pin) -> bool:
    """Whether the version is one that `affected` names, by list or by range."""
    if pin.version in map(str, part.get("versions") or ()):
        return True
    key = pep_440 if pin.ecosystem == "PyPI" else semver
    return any(
        _within(one.get("events") or (), key(pin.version), key)
        for one in part.get("ranges") or ()
        if one.get("type") in {"ECOSYSTEM", "SEMVER"}
    )


def _within(events: Iterable[dict[str, Any]], version: Key, key: Callable[[str], Key]) -> bool:
    """The rule of the format: of the events up to the version, the last one says."""
    told = [(key(str(at)), what) for one in events for what, at in one.items() if what != "limit"]
    inside = False
    for at, what in sorted(told):
        if what == "introduced" and version >= at:
            inside = True
        elif (what == "fixed" and version >= at) or (what == "last_affected" and version > at):
            inside = False
    return inside


def pep_440(version: str) -> Key:
    """What orders versions of PyPI; what is none comes before all."""
    try:
        return (1, Version(version))
    except InvalidVersion:
        return (0,)


def semver(version: str) -> Key:
    """What orders versions of npm: numbers, then releases after what comes before them."""
    match = SEMVER.fullmatch(version)
    if not match:
        return (0,)
    early = [
        (0, int(part), "") if part.isdigit() else (1, 0, part)
        for part in (match[4] or "").split(".")
        if part
    ]
    return (1, *(int(part or 0) for part in match.group(1, 2, 3)), not early, early)


def _mended(part: dict[str, Any]) -> str:
    ends = {
        str(event["fixed"])
        for one in part.get("ranges") or ()
        if one.get("type") != "GIT"
        for event in one.get("events") or ()
        if "fixed" in event
    }
    return ", ".join(sorted(ends, key=pep_440))


def _words(one: dict[str, Any]) -> str:
    text = str(one.get("summary") or one.get("details") or "")
    return " ".join(text.split())[:100]


def main(folder: Path, root: Path = ROOT) -> int:
    pinned = pins(root)
    known = advisories(folder, {pin.name for pin in pinned})
    if not any(known.counted.values()):
        print(
            f"audit: no advisories in {folder}: clone github:pypa/advisory-database",
            file=sys.stderr,
        )
        return 2
    counts = ", ".join(f"{number} of {name}" for name, number in known.counted.items())
    print(
        f"{len(pinned)} pins held against {counts}; the newest about ours is of {known.newest or 'no day'}"
    )
    aside = accepted(root)
    wrong = 0
    for one in faults(pinned, known.ours):
        why = aside.get((one.advisory, one.pin.name))
        wrong += why is None
        said = f"mended in {one.mended}" if one.mended else "not mended"
        print(f"{one.pin.name} {one.pin.version}: {one.advisory}, {said}: {why or one.words}")
    return 1 if wrong else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python scripts/advisories.py FOLDER")
    sys.exit(main(Path(sys.argv[1])))
