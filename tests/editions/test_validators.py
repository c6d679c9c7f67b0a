"""Every validator on every edition of the book that uses everything: nothing to say."""

from pathlib import Path

import pytest

from builder.check import check
from tests.editions.editions import Made, editions, make, unread
from tests.judges import ace, check_book, convert, epubcheck, epubcheck_ts, read_with_mupdf
from tests.judges.epubcheck import ALL

pytestmark = pytest.mark.judge


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Made, ...]:
    return make(editions(), tmp_path_factory.mktemp("editions"))


@pytest.fixture(scope="module")
def paths(made: tuple[Made, ...]) -> tuple[Path, ...]:
    return tuple(one.path for one in made)


def test_epubcheck_has_nothing_to_say(paths: tuple[Path, ...]) -> None:
    assert faults(epubcheck(paths, severities=ALL)) == {}


def test_epubcheck_ts_has_nothing_to_say(paths: tuple[Path, ...]) -> None:
    assert faults(epubcheck_ts(paths)) == {}


def test_calibre_finds_nothing(paths: tuple[Path, ...]) -> None:
    assert faults(check_book(paths)) == {}


def test_our_own_check_finds_nothing(
    made: tuple[Made, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builder.check.epubcheck_findings", lambda path: ())  # asked above
    found = {one.path: list(map(str, check(one.path, against=one.result.book))) for one in made}
    assert faults(found) == {}


def test_ace_finds_nothing_in_lines_and_in_columns(made: tuple[Made, ...]) -> None:
    chosen = [one for one in made if not one.edition.to][:2]
    assert {one.edition.vertical for one in chosen} == {False, True}
    assert faults({one.path: ace(one.path) for one in chosen}) == {}


def test_calibre_converts_every_shape_of_book(made: tuple[Made, ...], tmp_path: Path) -> None:
    for one in (made[0], made[-1]):
        assert convert(one.path, tmp_path / f"{one.edition.name}.azw3").stat().st_size > 10_000
        text = convert(one.path, tmp_path / f"{one.edition.name}.txt").read_text("utf-8")
        assert unread(one, text) == []


def test_mupdf_reads_every_line_and_the_contents(made: tuple[Made, ...]) -> None:
    for one in made:
        read = read_with_mupdf(one.path)
        assert unread(one, read.text) == []
        assert [(depth, " ".join(title.split())) for depth, title in read.toc] == one.headings


def faults(found: dict[Path, list[str]]) -> dict[str, list[str]]:
    """Only the books that somebody found fault with, by the names of their editions."""
    return {path.parts[-3]: said for path, said in found.items() if said}
