"""From doubts to a glossary on the command line: report, edit, accept, convert again."""

import json
from pathlib import Path

import pytest

from builder import pipeline
from builder.cli import main
from builder.core.traversal import project
from builder.settings import BuildOptions

TEXT = "孙干来了，孙干说：“不干。”\n\n那只鸡只有三斤，孙干又回复道。\n"


def run(*arguments: str | Path) -> int:
    return main([str(argument) for argument in arguments])


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book of one chapter that is to be Traditional; the user has no settings of their own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    folder = tmp_path / "水账"
    folder.mkdir()
    (folder / "01.txt").write_text(f"第一章 灯下\n\n{TEXT}", "utf-8")
    (folder / "book.toml").write_text('[convert]\nto = "zh-Hant-TW"\n', "utf-8")
    return folder


def answer(report: Path, word: str, correct: str) -> None:
    """Write one word of a report right, as a person would."""
    lines = report.read_text("utf-8").split("\n")
    for number, line in enumerate(lines):
        cells = line.split("\t")
        if len(cells) > 5 and word in cells[2].split():
            words = cells[5].split()
            words[cells[2].split().index(word)] = correct
            cells[5] = " ".join(words)
            lines[number] = "\t".join(cells)
            report.write_text("\n".join(lines), "utf-8")
            return
    raise AssertionError(f"{word} is not in the report")


def text_of(book: Path, *settings: str) -> str:
    understood = pipeline.inspect(book, BuildOptions(settings=settings))
    return project(pipeline.turn(understood)[0])


def test_a_books_report_becomes_its_glossary(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("build", book, "--format", "epub", "--out", "dist") == 0
    report = Path("dist/水账/水账.conversion.tsv")
    assert f"{report}: note C013" in capsys.readouterr().err
    answer(report, "孙干", "孫干")
    assert run("convert", book, "--accept", report) == 0
    said = capsys.readouterr().out
    assert f"{book / 'names.tsv'}: 1 new entries" in said
    assert '[convert] glossary = "names.tsv"' in said
    assert (book / "names.tsv").read_text("utf-8") == "孙干\t孫干\n"
    (book / "book.toml").write_text(
        '[convert]\nto = "zh-Hant-TW"\nglossary = "names.tsv"\n', "utf-8"
    )
    assert text_of(book).count("孫干") == 3
    answer(report, "孙干", "孫干先生")
    assert run("convert", book, "--accept", report) == 0
    told = capsys.readouterr()
    assert "C208" in told.err
    assert "book.toml" not in told.out


def test_a_report_with_answers_is_never_written_over(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build = ("build", book, "--format", "epub", "--out", "dist")
    assert run(*build) == 0
    report = Path("dist/水账/水账.conversion.tsv")
    answer(report, "孙干", "孫干")
    edited = report.read_bytes()
    assert run(*build) == 0
    assert "warning C014" in capsys.readouterr().err
    assert run("convert", book, "--report", report) == 7
    assert report.read_bytes() == edited
    report.write_bytes(edited.replace("孫干".encode(), "孫干 太多".encode()))
    broken = report.read_bytes()
    assert run(*build) == 0
    assert report.read_bytes() == broken
    assert run("convert", book, "--report", report, "--force") == 0
    assert report.read_bytes() != broken


def test_a_file_that_is_no_report_is_kept_by_a_build_too(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = Path("dist/水账/水账.conversion.tsv")
    report.parent.mkdir(parents=True)
    report.write_text("my own notes\n", "utf-8")
    assert run("build", book, "--format", "epub", "--out", "dist") == 0
    assert "C014" in capsys.readouterr().err
    assert report.read_text("utf-8") == "my own notes\n"


def test_two_builds_of_one_book_write_the_same_report(book: Path) -> None:
    reports = []
    for out in ("one", "two"):
        assert run("build", book, "--format", "epub", "--out", out) == 0
        reports.append(Path(out, "水账", "水账.conversion.tsv").read_bytes())
    assert reports[0] == reports[1]


def test_a_text_has_a_report_and_a_glossary_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(TEXT, "utf-8")
    assert run("convert", "a.txt", "--to", "zh-Hant", "--report", "r.tsv") == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("孫乾來了")
    assert "r.tsv: " in printed.err
    answer(Path("r.tsv"), "孙干", "孫干")
    assert run("convert", "a.txt", "--accept", "r.tsv") == 0
    assert "--glossary names.tsv" in capsys.readouterr().out
    assert run("convert", "a.txt", "--to", "zh-Hant", "--glossary", "names.tsv") == 0
    assert capsys.readouterr().out.startswith("孫干來了，孫干說：「")
    assert run("convert", "a.txt", "--accept", "r.tsv", "--glossary", "series.tsv") == 0
    assert Path("series.tsv").read_text("utf-8") == "孙干\t孫干\n"


def test_force_does_not_reach_what_the_text_is_made_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(TEXT, "utf-8")
    Path("names.tsv").write_text("孙干\t孫干\n", "utf-8")
    convert = ("convert", "a.txt", "--to", "zh-Hant", "--glossary", "names.tsv", "--force")
    for name in ("a.txt", "names.tsv"):
        before = Path(name).read_bytes()
        assert run(*convert, "--report", name) == 7
        assert Path(name).read_bytes() == before


def test_a_report_that_a_spreadsheet_saved_as_unicode_text_is_read(book: Path) -> None:
    report = Path("r.tsv")
    assert run("convert", book, "--report", report) == 0
    answer(report, "孙干", "孫干")
    report.write_bytes(report.read_text("utf-8").encode("utf-16"))
    assert run("convert", book, "--accept", report) == 0
    assert (book / "names.tsv").read_text("utf-8") == "孙干\t孫干\n"


def test_programs_get_the_same_as_json(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("convert", book, "--report", "r.json", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    rows = json.loads(Path("r.json").read_text("utf-8"))["rows"]
    assert told["report"] == {"path": "r.json", "rows": len(rows)}
    words = [word for row in rows for word in row["words"] if word["word"] == "孙干"]
    words[0]["correct"] = "孫干"
    Path("r.json").write_text(json.dumps({"rows": rows}), "utf-8")
    assert run("convert", book, "--accept", "r.json", "--json") == 0
    assert json.loads(capsys.readouterr().out)["added"] == 1
    assert run("build", book, "--format", "epub", "--out", "dist", "--json") == 0
    built = json.loads(capsys.readouterr().out)["books"][0]
    assert built["conversion_report"] == str(Path("dist/水账/水账.conversion.tsv"))


def test_a_report_is_no_chapter_and_replaces_no_source(book: Path) -> None:
    before = (book / "01.txt").read_bytes()
    assert run("convert", book, "--report", book / "01.txt", "--force") == 7
    assert run("convert", book, "--report", book / "02.txt") == 7
    assert (book / "01.txt").read_bytes() == before


def test_a_glossary_outside_the_book_serves_a_series(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "r.tsv"
    assert run("convert", book, "--report", report) == 0
    answer(report, "孙干", "孫干")
    capsys.readouterr()
    assert run("convert", book, "--accept", report, "--glossary", "series.tsv") == 0
    assert "--set convert.glossary=series.tsv" in capsys.readouterr().out
    assert "孫干" in text_of(book, "convert.glossary=series.tsv")
    assert run("convert", book, "--report", "r2.tsv", "--glossary", "series.tsv") == 0
    rows = Path("r2.tsv").read_text("utf-8").splitlines()
    words = [word for row in rows if row.count("\t") > 5 for word in row.split("\t")[2].split()]
    assert "孙干" not in words
    assert "干" not in words


def test_the_users_own_glossary_holds_for_every_book_and_a_books_own_over_it(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "config" / "ebook-builder" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('[convert]\nglossary = "series.tsv"\n', "utf-8")
    settings.with_name("series.tsv").write_text("孙干\t孫干\n又回复\t又回復\n", "utf-8")
    assert text_of(book).count("孫干") == 3
    (book / "names.tsv").write_text("孙干\t孫乾\n", "utf-8")
    (book / "book.toml").write_text(
        '[convert]\nto = "zh-Hant-TW"\nglossary = ["names.tsv"]\n', "utf-8"
    )
    text = text_of(book)
    assert text.count("孫乾") == 3
    assert "又回復" in text


def test_a_glossary_above_the_book_is_refused_to_its_settings(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "names.tsv").write_text("孙干\t孫干\n", "utf-8")
    (book / "book.toml").write_text(
        '[convert]\nto = "zh-Hant"\nglossary = "../names.tsv"\n', "utf-8"
    )
    assert run("build", book, "--format", "epub") == 3
    assert "C201" in capsys.readouterr().err


@pytest.mark.parametrize("missing", ["report", "glossary"])
def test_a_file_that_is_not_there_or_not_utf_8_is_told(
    book: Path, capsys: pytest.CaptureFixture[str], missing: str
) -> None:
    if missing == "report":
        assert run("convert", book, "--accept", "没有.tsv") == 4
        Path("r.tsv").write_bytes("孙干\t孫乾".encode("gb18030"))
        assert run("convert", book, "--accept", "r.tsv") == 4
        assert run("convert", book, "--report", "r.tsv") == 7
    else:
        text = book / "01.txt"
        assert run("convert", text, "--to", "zh-Hant", "--glossary", "没有.tsv") == 4
    assert "B025" in capsys.readouterr().err


def test_why_names_the_rule_of_each_decision(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (book / "names.tsv").write_text("三斤\t三斤重\n", "utf-8")
    (book / "book.toml").write_text(
        '[convert]\nto = "zh-Hant-TW"\nglossary = "names.tsv"\n', "utf-8"
    )
    (book / "01.txt").write_text("第一章 灯下\n\n那只鸡三斤，于小明说：“好。”\n", "utf-8")
    assert run("why", book, "01.txt:3") == 0
    told = capsys.readouterr().out
    for rule in ("C101", "C106", "C105", "C102"):
        assert f"  {rule}  " in told
