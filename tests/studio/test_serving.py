"""`builder serve`: this machine only, or the local network with a password and a code to scan."""

import os
import re
import signal
import stat
import subprocess
import sys
import time
import urllib.request
from base64 import b64encode
from pathlib import Path

import pytest

from builder.studio import kept_secret, prepare
from builder.studio.access import Door, new_password
from tests.studio.shelves import package, put_book


def test_the_command_serves_until_it_is_interrupted(tmp_path: Path) -> None:
    put_book(tmp_path / "b", "b.epub", package("渡口", "佚名"))
    code = "import sys; from builder.cli import main; sys.exit(main(sys.argv[1:]))"
    serving = subprocess.Popen(
        [sys.executable, "-c", code, "serve", str(tmp_path), "--port", "0"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=os.environ | {"XDG_STATE_HOME": str(tmp_path / "state"), "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    try:
        assert serving.stdout
        line = serving.stdout.readline()
        address = line.split()[0]
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
        with urllib.request.urlopen(f"{address}opds/all", timeout=20) as answer:
            assert "渡口" in answer.read().decode()
    finally:
        serving.send_signal(signal.SIGINT)
        try:
            _, err = serving.communicate(timeout=20)
        finally:
            serving.kill()
            serving.wait()
    assert serving.returncode in {0, 130}
    assert "Traceback" not in err
    assert "Ctrl-C" in err


def test_only_this_machine_is_let_in_unless_the_network_is_asked_for(tmp_path: Path) -> None:
    alone = prepare(tmp_path, port=0)
    assert alone.listening.getsockname()[0] == "127.0.0.1"
    assert not alone.password
    alone.listening.close()


def test_the_network_always_needs_a_password_and_gets_a_code_to_scan(tmp_path: Path) -> None:
    open_to_all = prepare(tmp_path, port=0, lan=True)
    assert len(open_to_all.password) == 10
    assert "█" in open_to_all.code() or "▀" in open_to_all.code()
    open_to_all.listening.close()
    named = prepare(tmp_path, port=0, lan=True, password="渡口")
    assert named.password == "渡口"
    named.listening.close()


def test_passwords_differ_and_can_be_typed() -> None:
    passwords = {new_password() for _ in range(50)}
    assert len(passwords) == 50
    assert not set("".join(passwords)) & set("0o1il")


def test_books_keep_their_ids_from_one_start_to_the_next(tmp_path: Path) -> None:
    environment = {"XDG_STATE_HOME": str(tmp_path)}
    first = kept_secret(environment)
    assert len(first) == 32
    assert kept_secret(environment) == first
    key = tmp_path / "ebook-builder" / "shelf.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert kept_secret({}) == b""
    assert kept_secret({"XDG_STATE_HOME": str(key)}) == b""


def test_a_door_forgets_wrong_passwords_after_a_while() -> None:
    now = [0.0]
    door = Door("right", clock=lambda: now[0])

    def basic(password: str) -> str:
        return "Basic " + b64encode(f"x:{password}".encode()).decode()

    for _ in range(10):
        assert not door.lets_in(basic("wrong"), "10.0.0.9")
    assert not door.lets_in(basic("right"), "10.0.0.9")
    assert door.lets_in(basic("right"), "10.0.0.8")
    now[0] = 301
    assert door.lets_in(basic("right"), "10.0.0.9")


def test_a_right_password_takes_no_longer_than_a_wrong_one_by_its_length() -> None:
    """Digests of one length are compared, so that time tells nothing of the password."""
    door = Door("a" * 10)
    for guess in ("", "a", "a" * 9, "b" * 10_000):
        assert not door.lets_in("Basic " + b64encode(f"x:{guess}".encode()).decode(), "1")


@pytest.mark.parametrize("authorization", ["Basic \x00", "Basic " + "A" * 100_000, "basic", "é"])
def test_headers_that_are_none_open_nothing(authorization: str) -> None:
    assert not Door("right").lets_in(authorization, "1")


def test_a_survey_of_a_large_shelf_keeps_nobody_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from builder.deliver import holdings
    from builder.studio import stock as room

    shelf = room.Stock(tmp_path, b"s")
    shelf.shelf()
    surveyed: list[float] = []
    survey = holdings.survey

    def slow(*given: object, **named: object) -> object:
        time.sleep(0.3)
        surveyed.append(1.0)
        return survey(*given, **named)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(room, "survey", slow)
    monkeypatch.setattr(room, "_FRESH_S", 0.0)
    shelf.shelf()
    assert len(surveyed) == 1
    began = len(surveyed)
    before = shelf.shelf()
    assert len(surveyed) == began
    assert before.holdings == ()
    for _ in range(100):
        if len(surveyed) > began:
            break
        time.sleep(0.05)
    assert len(surveyed) > began
