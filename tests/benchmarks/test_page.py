"""The page of benchmarks says what was measured, and where somebody else does better."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.__main__ import PAGE, PARTS, write
from benchmarks.chapters.generate import generate
from benchmarks.chapters.mixes import mix_of
from benchmarks.chapters.pattern import Lines, by_pattern
from benchmarks.page.figures import Plot, Section, Series, Table, load, save
from benchmarks.page.machine import machine
from benchmarks.page.measuring import Measure, losses, shown
from benchmarks.page.plots import svg
from benchmarks.page.render import page

SECTION = Section(
    key="tempo",
    title="How fast",
    about="Two programs.",
    tables=(Table("One run", ("program", "s", "ratio"), (("ours", "1.50", "1.00×"), ("theirs", "1,024", "683×"))),),
    plots=(Plot("tempo", "Time", "MB", "s", (Series("ours", ((1.0, 1.5), (10.0, 15.0))),)),),
    lost=("memory: theirs 3.00 against our 9.00 MB",),
    missing=("another: not installed",),
    versions=("ours 1",),
    machine="a machine",
    date="2026-01-01",
    command="make bench",
)  # fmt: skip


def test_figures_come_back_as_they_were_kept(tmp_path: Path) -> None:
    save((SECTION, replace(SECTION, plots=())), tmp_path / "figures.json")
    assert load(tmp_path / "figures.json") == (SECTION, replace(SECTION, plots=()))
    assert load(tmp_path / "absent.json") == ()


def test_the_page_shows_every_cell_the_losses_and_what_was_not_measured() -> None:
    text = page((SECTION,))
    assert "| theirs | 1,024 | 683× |" in text
    assert "|---|--:|--:|" in text
    assert "Where others do better:\n\n- memory: theirs 3.00 against our 9.00 MB" in text
    assert "Not measured:\n\n- another: not installed" in text
    assert "on a machine. ours 1." in text
    assert "![Time](images/benchmarks/tempo.svg)" in text


def test_nobody_who_does_better_goes_unsaid() -> None:
    measures = [
        Measure("time", "s", {"builder": 3.0, "pandoc": 1.5, "calibre": 30.0}),
        Measure("memory", "MB", {"builder": 100.0, "pandoc": 99.0}),
        Measure("size", "MB", {"pandoc": 1.0}),
    ]
    assert losses("builder", measures) == ("time: pandoc 1.50 against our 3.00 s",)


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.1471, "0.147"), (3.2, "3.20"), (83.46, "83.5"), (1825.7, "1,826")],
)
def test_figures_are_shown_with_three_digits(value: float, words: str) -> None:
    assert shown(value) == words


def test_a_plot_is_an_svg_with_the_same_bytes_each_time() -> None:
    drawn = svg(SECTION.plots[0])
    assert drawn == svg(SECTION.plots[0])
    assert ET.fromstring(drawn).tag.endswith("svg")
    assert "ours" in drawn


def test_a_part_measured_anew_is_written_with_its_plots(tmp_path: Path) -> None:
    write([SECTION], tmp_path / "benchmarks.md")
    assert (tmp_path / "benchmarks.md").read_text("utf-8") == page((SECTION,))
    assert (tmp_path / "images/benchmarks/tempo.svg").read_text("utf-8") == svg(SECTION.plots[0])
    assert load(tmp_path / "benchmarks.json") == (SECTION,)


def test_the_page_in_docs_is_what_its_figures_say() -> None:
    sections = load(PAGE.with_suffix(".json"))
    assert {section.key for section in sections} == set(PARTS)
    assert PAGE.read_text("utf-8") == page(sections)
    for section in sections:
        for plot in section.plots:
            assert (PAGE.parent / f"images/benchmarks/{plot.key}.svg").read_text("utf-8")


def test_the_machine_is_named_with_its_cores_and_its_python() -> None:
    assert "cores" in machine()
    assert "Python 3." in machine()


def test_a_pattern_finds_the_headings_of_its_form_and_takes_years_for_headings() -> None:
    raw = generate(replace(mix_of("standard", 1), families=(("unit", 1.0),), dirt=0.0), 1)
    found = by_pattern(raw)
    lines = Lines()
    lines.count(raw, found)
    assert lines.right
    assert lines.recall == lines.right / lines.wanted
    assert lines.f1 == pytest.approx(
        2 * lines.precision * lines.recall / (lines.precision + lines.recall)
    )
    assert by_pattern(replace(raw, text="1998\n他读到第十二章。\n第十二章 归来")) == [1, 3]
