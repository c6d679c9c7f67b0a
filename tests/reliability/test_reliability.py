"""A little of what `python -m tests.reliability` tries, and that its laws can be broken."""

import logging
import socket
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from tests.reliability import server
from tests.reliability.clocks import CLOCKWORK, JUMPS, jumping
from tests.reliability.faults import faults
from tests.reliability.faults import is_possible as can_trace
from tests.reliability.fetching import FORMS, SECRET, Form, Trap, fetching, leaks
from tests.reliability.full_disk import full_disk
from tests.reliability.full_disk import is_possible as can_mount
from tests.reliability.ground import Ground
from tests.reliability.kills import endings, kills
from tests.reliability.page import AREAS, page
from tests.reliability.record import Row, load
from tests.reliability.scene import BUILD, CONVERT, SEND, SHELF_OF_TWO, Outcome, Scene
from tests.reliability.server import ATTACKS, attack, passwords
from tests.reliability.surroundings import TROUBLES, Trouble, surroundings

DOCS = Path(__file__).resolve().parents[2] / "docs"
FINE = Outcome(0, "")
# How often an attack is tried here, by the name of its number.
FEW: dict[str, object] = {
    "intruders.VALUES": ("..", "%0d%0aX-Evil: yes", "9" * 5_000),
    "intruders.GUESSES": 50, "crowds.SLOW": 40, "crowds.IDLE": 40, "crowds.KILLS": 1, "crowds.LEAVERS": 60,
    "crowds.THRONG": 450, "oddities.WORDY": 20, "oddities.REPLACED": 30,
}  # fmt: skip


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return Scene.of(CONVERT, tmp_path_factory.mktemp("scene"))


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Outcome(10, "error B099: x\nTraceback (most recent call last):"), "a traceback"),
        (Outcome(1, "error B010: no"), "exit code 1"),
        (Outcome(-9, "error B010: no"), "exit code -9"),
        (Outcome(7, "it did not work"), "no code"),
    ],
)
def test_bad_manners_break_a_law(scene: Scene, outcome: Outcome, words: str) -> None:
    scene.restore()
    assert any(words in one for one in scene.broken(outcome))
    assert not list(scene.broken(Outcome(7, "error B010: the disk is full")))


def test_half_a_file_and_a_draft_that_is_left_break_a_law(scene: Scene) -> None:
    scene.restore()
    out = scene.folder / "out"
    whole = (out / "words.tsv").read_bytes()
    (out / "words.tsv").write_bytes(whole[: len(whole) // 2])
    (out / ".words.tsv.part").write_bytes(b"half")
    assert sorted(scene.broken(FINE)) == [
        "a draft is left: .words.tsv.part",
        "words.tsv is neither the old file nor the new one",
    ]
    assert list(scene.recovers()) == []


def test_new_files_beside_old_ones_break_the_law_of_files_that_belong_together(
    scene: Scene,
) -> None:
    scene.restore()
    together = replace(scene, command=replace(scene.command, is_together=True))
    (scene.folder / "out" / "words.tsv").unlink()
    assert any("though the command failed" in one for one in together.broken(Outcome(7, "B010")))


def test_a_disk_that_fails_at_a_call_costs_nothing() -> None:
    if reason := can_trace():
        pytest.skip(reason)
    told: list[str] = []
    row = faults(CONVERT, told=told)
    assert told == []
    assert row.inputs >= 5


def test_a_full_drive_costs_nothing() -> None:
    if reason := can_mount():
        pytest.skip(reason)
    told: list[str] = []
    row = full_disk(BUILD, steps=3, told=told)
    assert told == []
    assert row.inputs == 3


def test_a_killed_build_costs_nothing() -> None:
    told: list[str] = []
    row = kills(BUILD, times=3, told=told)
    assert told == []
    assert row.inputs == 3


def test_a_shelf_that_is_ended_leaves_no_draft_and_no_process() -> None:
    told: list[str] = []
    row = endings(SHELF_OF_TWO, times=3, told=told)
    assert told == []
    assert row.inputs == 3


def poor(chosen: tuple[Trouble, ...]) -> None:
    told: list[str] = []
    rows = list(surroundings(chosen, told=told))
    assert told == []
    assert len(rows) == len(chosen)
    reasons = {row.remark for row in rows if not row.inputs}
    assert all(reason.startswith("NOT TRIED") for reason in reasons)


def test_poor_machines_cost_nothing() -> None:
    poor(TROUBLES[::6])


@pytest.mark.slow
def test_no_poor_machine_costs_anything() -> None:
    poor(TROUBLES)


def test_a_clock_that_is_wrong_or_set_meanwhile_costs_nothing() -> None:
    told: list[str] = []
    row = jumping(SEND, told, jumps={"to 1970": JUMPS["to 1970"]})
    assert told == []
    assert row.inputs == 2


def test_a_clock_that_does_harm_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = CLOCKWORK + "\nraise SystemExit('it is ' + time.strftime('%Y', time.gmtime()))\n"
    monkeypatch.setattr("tests.reliability.clocks.CLOCKWORK", broken)
    told: list[str] = []
    assert jumping(CONVERT, told, jumps={"to 1970": JUMPS["to 1970"]}).failures == 2
    assert any("it is 1970" in one for one in told)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_book_that_asks_for_things_elsewhere_gets_nothing(form: Form) -> None:
    told: list[str] = []
    row = fetching(form, "press", told=told)
    assert told == []
    assert row.inputs > 50


@pytest.mark.parametrize("what", ATTACKS)
def test_an_attack_on_the_server_breaks_no_law(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.studio.patience.HEAD_S", 1.0)
    monkeypatch.setattr("builder.studio.patience.PIECE_S", 1.0)
    for name, few in FEW.items():
        monkeypatch.setattr(f"tests.reliability.{name}", few)
    told: list[str] = []
    attack(what, told=told)
    assert told == []


def test_what_an_attack_leaves_behind_breaks_a_law(monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[socket.socket] = []

    def leaving(ground: Ground) -> tuple[int, list[str]]:
        (ground.folder / "half.part").write_bytes(b"x")
        held.append(socket.create_connection((ground.host, ground.port)))
        logging.getLogger("uvicorn.error").error("a fault", exc_info=ValueError("a fault"))
        return 1, []

    monkeypatch.setattr(server, "CALM_S", 0.5)
    monkeypatch.setitem(ATTACKS, "leaving", leaving)
    told: list[str] = []
    assert attack("leaving", told=told).failures == 4
    held[0].close()
    assert [one.removeprefix("leaving: ") for one in told] == [
        "2 files more are open than before", "1 connections are left", "half.part is left",
        "a traceback: ValueError('a fault')",
    ]  # fmt: skip


def test_passwords_tell_nothing_by_the_time_they_take() -> None:
    told: list[str] = []
    passwords(told=told)
    assert told == []


def test_a_call_is_counted_and_the_secret_is_found_in_archives_and_pdfs(tmp_path: Path) -> None:
    trap = Trap()
    host, port = trap.host.split(":")
    socket.create_connection((host, int(port))).close()
    time.sleep(0.5)
    trap.close()
    assert trap.calls == 1
    with zipfile.ZipFile(tmp_path / "a.epub", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("c.xhtml", f"<p>{SECRET}</p>")
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.attachments["a"] = SECRET.encode()
    pdf.save(tmp_path / "a.pdf", compress_streams=True)
    (tmp_path / "b.txt").write_text("nothing", "utf-8")
    assert {"a.epub c.xhtml", "a.pdf unpacked"} <= set(leaks(tmp_path))
    assert not [name for name in leaks(tmp_path) if name.startswith("b.txt")]


def test_the_page_shows_each_row_and_says_when_something_was_lost() -> None:
    rows = [Row("kills", "build", 50, 0, 3.0), Row("faults", "send", 9, 1, remark="on tmpfs")]
    text = page(rows, {"kills": "Tried today."})
    assert "59 trials. **1 times a law was broken.**" in text
    assert "| send | 9 | 1 | 0 | on tmpfs |" in text
    assert "50 in all. Tried today." in text
    assert "Nothing was lost." in page(rows[:1], {})


def test_the_page_in_docs_is_what_its_rows_say() -> None:
    rows = load(DOCS / "reliability.json")
    assert {row.area for row in rows} <= set(AREAS)
    text = (DOCS / "reliability.md").read_text("utf-8")
    for row in rows:
        assert f"| {row.what} | {row.inputs:,} | {row.failures:,} |" in text
