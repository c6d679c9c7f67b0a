"""What is installed is what was pinned: by hash, from no named place, without a known fault."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.licences import PAGE, licence_of, packages, page

ROOT = Path(__file__).resolve().parents[1]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PINNED = [path for path in LOCKS if path.name != "advisories.txt"]
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
