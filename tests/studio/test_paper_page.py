"""Pages of the PDF are chosen in a real browser: only what fits is shown, and kept."""

from pathlib import Path

import pytest

from tests.judges.devtools import Browser
from tests.judges.hands import Hands, at
from tests.studio.shelves import served
from tests.studio.test_studio_page import BUSY, IDLE, drop, require_calm, require_open

pytestmark = pytest.mark.judge
FIELDS = ("pdf.trim", "pdf.device", "pdf.paper", "pdf.bleed", "pdf.marks.crop")


def use(hands: Hands, name: str) -> None:
    hands.choose("[id='pdf.use']", name)


def shown(hands: Hands) -> list[str]:
    """The fields that a person sees."""
    return [
        name
        for name in FIELDS
        if hands.page.evaluate(f"Boolean(document.getElementById('{name}').offsetParent)")
    ]


def options(hands: Hands, name: str) -> list[str]:
    told = hands.page.evaluate(
        f"[...document.getElementById('{name}').options].map((one) => one.value)"
    )
    assert isinstance(told, list)
    return told


def test_only_what_the_printer_takes_is_shown_and_what_it_would_say_follows(
    browser: Browser, tmp_path: Path, novel: Path
) -> None:
    (tmp_path / "shelf").mkdir()
    state = tmp_path / "state"
    with (
        served(tmp_path / "shelf", state=state) as address,
        at(browser, f"{address}studio/", "zh-CN") as hands,
    ):
        drop(hands, novel)
        assert shown(hands) == ["pdf.trim", "pdf.bleed", "pdf.marks.crop"]
        use(hands, "screen")
        assert shown(hands) == ["pdf.device"]
        use(hands, "kdp")
        assert shown(hands) == ["pdf.trim", "pdf.paper", "pdf.bleed"]
        hands.choose("[id='pdf.paper']", "cream")
        hands.choose("[id='pdf.trim']", "6x9in")
        use(hands, "screen")
        use(hands, "kdp")  # what was chosen comes back
        assert hands.page.evaluate("document.getElementById('pdf.paper').value") == "cream"
        use(hands, "lulu")
        assert "32开" not in options(hands, "pdf.trim")
        assert hands.page.evaluate("document.getElementById('pdf.trim').value") == "6x9in"
        hands.click("[value=pdf]")
        assert shown(hands) == []
        hands.click("[value=pdf]")
        hands.click("[value=epub]")
        hands.click("[id='pdf.bleed']")
        require_open(hands, "pages")
        hands.click("#build")
        hands.wait("document.querySelector('.printing')", 200)
        said = str(hands.page.evaluate("document.querySelector('.printing').innerText"))
        assert "Lulu 会怎样说这份 PDF" in said
        assert "书脊厚" in said
        assert "会退回" in said
        require_open(hands, "what the printer says")
        require_calm(hands)
        (settings,) = state.rglob("book.toml")
        for line in ('printer = "lulu"', 'trim = "6x9in"', 'paper = "cream"', 'bleed = "3.175mm"'):
            assert line in settings.read_text()

        # What the page has no word for, because it is from a book.toml, is kept as well.
        settings.write_text('[pdf]\ntrim = "130x190mm"\npaper = "0.1mm"\nprinter = "tuwen"\n')
        hands.page.evaluate("location.reload()")
        hands.wait(f"document.getElementById('pdf.trim')?.value === '130x190mm' && {IDLE}")
        hands.click("[value=epub]")
        hands.click("#build")
        hands.wait(BUSY)
        hands.wait(IDLE, 200)
        for line in ('printer = "tuwen"', 'trim = "130x190mm"', 'paper = "0.1mm"'):
            assert line in settings.read_text()
