"""A judge that is not there is named: silence would look like praise."""

from pathlib import Path

import pytest

from builder.check import check_epub
from tests.check.books import write_epub


@pytest.mark.parametrize("missing", ["Java", "epubcheck"])
def test_a_missing_judge_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    java = None if missing == "Java" else "/usr/bin/java"
    monkeypatch.setattr("builder.check.epubcheck.shutil.which", lambda _: java)
    monkeypatch.setattr("builder.check.epubcheck._packaged_java", lambda: None)
    monkeypatch.setattr("builder.check.epubcheck._jar", lambda: None)
    path = write_epub(tmp_path / "a.epub")
    (found,) = check_epub(path)
    assert str(found) == (
        f"{path}: note K110: EPUBCheck was not asked: {missing} is not there\n  hint: pip install"
        " ebook-builder[check], which brings EPUBCheck and a Java for it"
    )


def test_a_judge_that_breaks_down_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "java"
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o755)
    monkeypatch.setattr("builder.check.epubcheck.shutil.which", lambda _: str(broken))
    monkeypatch.setattr("builder.check.epubcheck._jar", lambda: tmp_path / "epubcheck.jar")
    (found,) = check_epub(write_epub(tmp_path / "a.epub"))
    assert found.code == "K110"
    assert "FileNotFoundError" in found.message


def test_a_package_that_is_not_installed_has_no_jar(monkeypatch: pytest.MonkeyPatch) -> None:
    from builder.check import epubcheck

    def absent(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(epubcheck, "import_module", absent)
    assert epubcheck._jar() is None
    assert epubcheck._packaged_java() is None


@pytest.mark.judge
def test_a_judge_that_is_there_is_asked_and_not_named(tmp_path: Path) -> None:
    assert check_epub(write_epub(tmp_path / "a.epub")) == ()
