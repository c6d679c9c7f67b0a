"""Pages of the PDF by who prints them: what a printer leaves to choose, what it would say."""

from pathlib import Path

import pytest

from builder.core.config import PdfConfig
from builder.core.printers import PRINTERS
from builder.core.trims import SAME_TRIM_MM, TRIMS
from builder.pipeline import BuildOptions, build
from builder.studio.delivery import shelve
from builder.studio.desk import Desks
from builder.studio.printing import printer_choices, said_by_printer, wrap_beside
from builder.wrapping import is_wrap
from tests.studio.test_studio_api import NOVEL, Person


def test_a_printer_leaves_to_choose_what_it_takes_and_nothing_else() -> None:
    chosen = {one.name: one for one in printer_choices()}
    assert set(chosen) == set(PRINTERS)
    assert "6x9in" in chosen["lulu"].trims
    assert "32开" not in chosen["lulu"].trims
    assert set(chosen["tuwen"].trims) == set(TRIMS)
    assert (chosen["kdp"].papers[0], chosen["kdp"].bleed, chosen["kdp"].marks) == (
        "white", "3.175mm", False,
    )  # fmt: skip
    assert (chosen["home"].bleed, chosen["tuwen"].bleed, chosen["tuwen"].marks) == ("", "3mm", True)
    for name, one in chosen.items():
        printer = PRINTERS[name]  # type: ignore[index]  # a name that is known
        for trim in TRIMS.values():
            takes = printer.takes(trim.width_mm, trim.height_mm, tolerance_mm=SAME_TRIM_MM)
            assert takes is (trim.name in one.trims)


def test_what_the_printer_says_stands_beside_the_book_and_it_is_the_command_line_s_book(
    me: Person, state: Path, tmp_path: Path
) -> None:
    book = me.begin("水账.txt", NOVEL.encode())
    chosen = {
        "pdf.printer": "kdp",
        "pdf.trim": "6x9in",
        "pdf.paper": "cream",
        "pdf.bleed": "3.175mm",
    }
    me.got("PUT", f"books/{book}/settings", chosen)
    me.got("POST", f"books/{book}/build", {"formats": ["pdf"]})
    built = me.finished(book)
    assert built["job"]["state"] == "done"
    said = built["printing"]
    assert (said["printer"], said["pages"]) == ("kdp", built["made"][0]["pages"])
    assert said["spine_mm"] == round(said["pages"] * 0.0635, 1)
    assert [(one["code"], one["severity"]) for one in said["remarks"]] == [("K401", "error")]
    draft = Desks(state).book(me.cookie.partition("=")[2], book)
    assert draft
    # The cover around it lies beside it, and goes to no shelf.
    assert [one["name"] for one in built["made"]] == ["水账.pdf", "水账.wrap.pdf"]
    assert is_wrap(draft.finished()[1].read_bytes())
    assert {one["severity"] for one in said["wrap"]} == {"warning"}
    shelf = tmp_path / "other"
    shelf.mkdir()
    assert shelve(draft, shelf) == ("水账.pdf",)
    again = build(draft.source, BuildOptions(formats=("pdf",), out=tmp_path / "out"))
    assert again.files[0].path.read_bytes() == draft.finished()[0].read_bytes()
    # Without a printer nobody says anything, and what was said of the last PDF is gone.
    me.got("PUT", f"books/{book}/settings", dict.fromkeys(chosen))
    me.got("POST", f"books/{book}/build", {"formats": ["pdf"]})
    plain = me.finished(book)
    assert plain["printing"] is None
    assert [one["name"] for one in plain["made"]] == ["水账.pdf"]


def test_no_cover_goes_around_what_is_printed_at_home_or_on_unknown_paper(tmp_path: Path) -> None:
    pdf = tmp_path / "水账.pdf"
    for printer, spine in (("home", 3.0), ("ingram", None)):
        assert wrap_beside(pdf, tmp_path, {"printer": printer, "spine_mm": spine}) == []
    said = wrap_beside(pdf, _book(tmp_path), {"printer": "kdp", "spine_mm": 3.0})
    assert [one["severity"] for one in said] == ["error"]  # there is no such PDF
    assert not list(tmp_path.glob("*.pdf"))


def test_a_pdf_that_cannot_be_judged_is_made_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from builder.core.errors import SourceError

    def refuse(*_: object) -> None:
        raise SourceError("K004", pages=0, most=1)

    made = build(_book(tmp_path), BuildOptions(formats=("pdf",), out=tmp_path / "out"))
    monkeypatch.setattr("builder.check.check_print", refuse)
    said = said_by_printer(made.files[0].path, PdfConfig(printer="ingram"))
    assert said["spine_mm"] is None  # no thickness of its papers is known
    assert [one["code"] for one in said["remarks"]] == ["K004"]  # type: ignore[attr-defined]  # a list
    assert said_by_printer(made.files[0].path, PdfConfig()) == {}


def _book(folder: Path) -> Path:
    path = folder / "水账.txt"
    path.write_text(NOVEL, encoding="utf-8")
    return path
