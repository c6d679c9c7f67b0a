"""Every validator on every edition of the book that uses everything: nothing to say."""

import re
from pathlib import Path

import pytest

from builder.check import check
from tests.editions.editions import Made, editions, make, unread
from tests.judges import ace, check_book, convert, epubcheck, epubcheck_ts, read_with_mupdf
from tests.judges.epubcheck import ALL

# What usage hints say of every book with fonts: that it has some, and a licence beside each.
HINTS_AT_FONTS = re.compile(r"USAGE (?:CSS-028 \S+/fonts\.css|OPF-097 .*\.LICENCE\.txt)")
# It takes 10 s a book; what it looks at differs between these.
ACE_SEES = ("song", "vertical-zh-Hant-TW-columns", "readings")
CALIBRE_CONVERTS = ("plain", "song-zh-Hant-TW-columns", "readings")
pytestmark = pytest.mark.judge


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Made, ...]:
    return make(editions(), tmp_path_factory.mktemp("editions"))


@pytest.fixture(scope="module")
def paths(made: tuple[Made, ...]) -> tuple[Path, ...]:
    return tuple(one.path for one in made)


def test_epubcheck_has_nothing_to_say(paths: tuple[Path, ...]) -> None:
    found = epubcheck(paths, severities=ALL)
    assert faults({path: without_hints_at_fonts(said) for path, said in found.items()}) == {}


def test_epubcheck_ts_has_nothing_to_say(paths: tuple[Path, ...]) -> None:
    found = epubcheck_ts(paths)
    assert faults({path: without_hints_at_fonts(said) for path, said in found.items()}) == {}


def test_calibre_finds_nothing(paths: tuple[Path, ...]) -> None:
    # A kepub has a span a sentence, which Kobo wants and calibre's limit of 260 KB knows not of.
    assert faults(check_book([path for path in paths if ".kepub" not in path.name])) == {}


def test_our_own_check_finds_nothing(
    made: tuple[Made, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builder.check.epubcheck_findings", lambda path: ())  # asked above
    found = {one.path: list(map(str, check(one.path, against=one.result.book))) for one in made}
    assert faults(found) == {}


def test_ace_finds_nothing_in_lines_and_in_columns(made: tuple[Made, ...]) -> None:
    chosen = [one for one in made if one.edition.name in ACE_SEES]
    assert len(chosen) == len(ACE_SEES)
    assert faults({one.path: ace(one.path) for one in chosen}) == {}


def test_calibre_converts_every_shape_of_book(made: tuple[Made, ...], tmp_path: Path) -> None:
    chosen = [one for one in made if one.edition.name in CALIBRE_CONVERTS]
    assert len(chosen) == len(CALIBRE_CONVERTS)
    for one in chosen:
        assert convert(one.path, tmp_path / f"{one.edition.name}.azw3").stat().st_size > 10_000
        text = convert(one.path, tmp_path / f"{one.edition.name}.txt").read_text("utf-8")
        assert unread(one, text) == []


def test_mupdf_reads_every_line_and_the_contents(made: tuple[Made, ...]) -> None:
    for one in made:
        read = read_with_mupdf(one.path)
        assert unread(one, read.text) == []
        assert [(depth, " ".join(title.split())) for depth, title in read.toc] == one.headings


def without_hints_at_fonts(said: list[str]) -> list[str]:
    return [one for one in said if not HINTS_AT_FONTS.match(one)]


def faults(found: dict[Path, list[str]]) -> dict[str, list[str]]:
    """Only the books that somebody found fault with, by the names of their editions."""
    return {path.parts[-4]: said for path, said in found.items() if said}
