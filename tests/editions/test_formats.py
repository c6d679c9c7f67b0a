"""The book that uses everything in its other formats: kepub, TXT and Markdown."""

import re
from pathlib import Path

import pytest

from builder.check import check
from builder.compose import compose
from builder.core.config import Config, with_options
from builder.core.traversal import project
from builder.epub import to_kepub, write_epub
from builder.pipeline import BuildOptions, BuildResult, build, inspect
from tests.compose.sample import sample_book
from tests.editions.fixture import feature_book
from tests.judges import epubcheck, epubcheck_ts
from tests.judges.epubcheck import ALL

SPACE = re.compile(r"\s+")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return feature_book(tmp_path_factory.mktemp("formats"))


@pytest.fixture(scope="module")
def kepubs(source: Path) -> tuple[BuildResult, ...]:
    return tuple(
        build(
            source,
            BuildOptions(
                to=to,
                vertical=vertical,
                formats=("kepub",),
                device="kobo-libra",
                out=source.parent / "out",
                settings=("epub.theme=song", "epub.pinyin=rare"),
                environment={},
            ),
        )
        for to, vertical in (("", False), ("zh-Hant-TW", True))
    )


@pytest.mark.judge
def test_epubcheck_has_nothing_to_say_of_a_kepub(tmp_path: Path) -> None:
    """Of a small book: it takes a minute for thousands of spans in one file."""
    paths = [tmp_path / "lines.epub", tmp_path / "columns.epub"]
    for path, vertical in zip(paths, ("false", "true"), strict=True):
        config = with_options(Config(), [f"typography.vertical={vertical}"])
        publication = compose(sample_book("zh-Hant-TW"), config, modified="2024-01-01T00:00:00Z")
        path.write_bytes(write_epub(to_kepub(publication)))
    assert epubcheck(paths, severities=ALL) == {path: [] for path in paths}


@pytest.mark.judge
def test_epubcheck_ts_has_nothing_to_say_of_a_kepub(kepubs: tuple[BuildResult, ...]) -> None:
    paths = [one.files[0].path for one in kepubs]
    assert epubcheck_ts(paths) == {path: [] for path in paths}


def test_a_kepub_says_what_the_book_says_and_the_device_takes_it(
    kepubs: tuple[BuildResult, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builder.check.epubcheck_findings", lambda path: ())
    for one in kepubs:
        found = check(one.files[0].path, against=one.book)
        # The readings that were asked for are no words of the book.
        assert {item.code for item in found} <= {"K202"}
        assert {item.code for item in one.diagnostics} & {"K134", "K136", "K143"} == set()


def test_builder_reads_a_kepub_again(source: Path, tmp_path: Path) -> None:
    options = BuildOptions(formats=("epub", "kepub"), out=tmp_path, environment={})
    epub, kepub = (file.path for file in build(source, options).files)
    plain = BuildOptions(environment={})
    assert project(inspect(kepub, plain).book) == project(inspect(epub, plain).book)


@pytest.mark.parametrize("form", ["txt", "md"])
def test_text_formats_have_every_line_of_the_book(form: str, source: Path, tmp_path: Path) -> None:
    result = build(source, BuildOptions(formats=(form,), out=tmp_path, environment={}))
    text = SPACE.sub("", result.files[0].path.read_text("utf-8"))
    lines = [SPACE.sub("", line) for line in project(result.book, readings=False).split("\n")]
    plain = [line for line in lines if line and line.isalnum()]
    assert len(plain) > 20
    assert [line for line in plain if line not in text] == []
    assert text.count("只有灯还是亮的") == 1
