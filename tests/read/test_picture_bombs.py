"""Bombs of every kind of picture, wherever pictures are read."""

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from builder.compose.reencoding import fit_cover, fit_picture
from builder.core import pictures
from builder.core.book import Asset
from builder.core.diagnostic import Location
from builder.core.errors import ComposeError, SourceError
from builder.core.pictures import is_of_size, is_tame
from builder.deliver.covers import cover_jpegs
from builder.pipeline import BuildOptions, build
from builder.read import assets
from builder.read.assets import cover_asset, is_sound, pixels_of
from builder.studio.covering import _show
from tests.fuzz.understanding import clock
from tests.fuzz.world import ROOT
from tests.read.picture_bombs import JPEG, LARGEST, REFUSED, SMALL, frames, png, saved, scans

SECONDS = 3
MOST_MB = 1_000


@pytest.mark.parametrize("bomb", REFUSED)
def test_a_bomb_is_no_picture_for_a_book_its_cover_or_a_shelf(bomb: str) -> None:
    content = REFUSED[bomb]()
    with clock(SECONDS):
        assert not is_sound(content)
        with pytest.raises(SourceError, match="R018"):
            cover_asset(content, Location("cover"))
        assert cover_jpegs(content, (1200, 240)) == ()


@pytest.mark.parametrize("bomb", [name for name in REFUSED if "size" in name or "giant" in name])
@pytest.mark.parametrize("fit", [fit_cover, fit_picture])
def test_a_bomb_that_came_another_way_is_judged_by_its_size(
    bomb: str, fit: Callable[[Asset, str], object]
) -> None:
    with clock(SECONDS), pytest.raises(ComposeError, match=r"E00[12]"):
        fit(Asset("a", "", REFUSED[bomb]()), "")


def test_a_book_of_bombs_is_made_without_them(tmp_path: Path) -> None:
    """Also by the press, which decodes pictures by another library."""
    book = tmp_path / "book"
    book.mkdir()
    names = [f"{number}.png" for number in range(len(REFUSED))]
    for name, make in zip(names, REFUSED.values(), strict=True):
        (book / name).write_bytes(make())
    (book / "sound.png").write_bytes(png(8, 8))
    shown = "".join(f'<p>图<img src="{name}" alt=""/></p>' for name in (*names, "sound.png"))
    (book / "1.html").write_text(f"<h1>第一章 灯下</h1><p>雨停了。</p>{shown}", "utf-8")
    built = build(book, BuildOptions(out=tmp_path / "out", formats=("epub", "pdf"), environment={}))
    told = [found for found in built.diagnostics if found.code == "R020"]
    assert len(told) == len(names)
    assert [asset.name for asset in built.book.assets] == ["sound.png"]
    epub, pdf = sorted(file.path for file in built.files)
    with zipfile.ZipFile(epub) as archive:
        assert sum("images/" in name and "cover" not in name for name in archive.namelist()) == 1
    assert pdf.stat().st_size < 2_000_000


def test_the_studio_shows_no_bomb(tmp_path: Path) -> None:
    for make in (REFUSED["PNG of giant sides"], REFUSED["PNG with a gigabyte of text"]):
        with clock(SECONDS):
            _show(make(), tmp_path / "own.jpg")
        assert not (tmp_path / "own.jpg").exists()
    _show(saved(SMALL, "PNG"), tmp_path / "own.jpg")
    assert (tmp_path / "own.jpg").exists()


def test_what_is_just_within_the_bounds_is_tame(monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_tame(scans(90, 64))
    assert is_sound(scans(20, 64))
    assert is_sound(frames(1_000))
    assert is_sound(JPEG[:2] + b"\xff" * 500 + JPEG[2:])
    assert is_of_size(65_535, 1_000, "JPEG")
    assert not is_of_size(65_536, 1, "JPEG")
    assert is_of_size(9_000, 9_000, "PNG")
    assert not is_of_size(9_000, 9_000, "WEBP")
    monkeypatch.setattr(pictures, "MAX_PARTS", 5)
    assert not is_tame(JPEG)


@pytest.mark.parametrize("make", [lambda: JPEG, lambda: frames(3), lambda: png(9, 9), lambda: scans(3, 64)])  # fmt: skip
def test_one_that_breaks_off_anywhere_is_for_its_decoder_to_find(
    make: Callable[[], bytes],
) -> None:
    content = make()
    for end in range(0, len(content), 7):
        with clock(SECONDS):
            is_tame(content[:end])
            assert pixels_of(content[:end]) >= 0


def test_all_pictures_of_a_book_have_a_limit_of_pixels(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "MAX_IMAGES_PIXELS", 100)
    for name in ("a.png", "b.png"):
        (tmp_path / name).write_bytes(png(9, 9) + name.encode())
    (tmp_path / "1.md").write_text("# 第一章\n\n雨停了。\n\n![](a.png)\n\n![](b.png)\n", "utf-8")
    out = tmp_path / "out"
    built = build(tmp_path / "1.md", BuildOptions(out=out, formats=("epub",), environment={}))
    assert [asset.name for asset in built.book.assets] == ["a.png"]
    assert [found.code for found in built.diagnostics if found.code == "R020"] == ["R020"]


MEASURED = """
import sys, time
from builder.compose.images import printable
from builder.compose.reencoding import fit_cover, fit_picture
from builder.core.book import Asset
from builder.covers.miniatures import miniature
from builder.deliver.covers import cover_jpegs
from builder.read.assets import is_sound, media_type_of
content = open(sys.argv[1], "rb").read()
asset = Asset("a", "", content)
kind = media_type_of(content)
for work in (lambda: is_sound(content), lambda: fit_picture(asset, kind).content, lambda: fit_cover(asset, kind),
             lambda: printable(asset).content, lambda: miniature(content)):
    assert work()
cover_jpegs(content, (1200, 240))
# What getrusage tells includes the process that started this one.
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(int(peak.split()[1]) // 1024, time.process_time())
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="measures memory as Linux tells it")
@pytest.mark.parametrize("kind", LARGEST)
def test_the_largest_picture_of_each_kind_fits_into_a_gigabyte_and_ten_seconds(
    kind: str, tmp_path: Path
) -> None:
    path = tmp_path / "large"
    path.write_bytes(LARGEST[kind]())
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(path)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-500:]
    peak_mb, seconds = map(float, done.stdout.split())
    assert peak_mb < MOST_MB
    # Six ways to read it, each of them within ten seconds.
    assert seconds < 6 * 10
