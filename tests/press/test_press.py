"""What `press` promises beside the page: the same bytes, quiet, faults that are told."""

import gc
import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from builder.core.config import Config
from builder.core.errors import ComposeError
from builder.press import press
from builder.press.host import print_html
from tests.conftest import ROOT
from tests.press.documents import PrintBook, document, novel

PRINT_AND_DIGEST = """
import hashlib
from tests.compose.sample import sample_book
from tests.press.documents import print_book
print(hashlib.sha256(print_book(sample_book()).pdf).hexdigest())
"""


def digest(time_zone: str, seed: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PRINT_AND_DIGEST],
        env={**os.environ, "TZ": time_zone, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_the_same_book_gives_the_same_bytes_at_any_clock_and_in_any_zone() -> None:
    first = digest("Asia/Shanghai", "1")
    time.sleep(1.1)  # PDF dates count seconds
    assert digest("America/Los_Angeles", "77") == first
    assert len(first) == hashlib.sha256().digest_size * 2


def test_another_book_gives_other_bytes(print_book: PrintBook) -> None:
    assert print_book(novel(1)).pdf != print_book(novel(2)).pdf


def test_the_page_count_is_the_files(print_book: PrintBook) -> None:
    pressed = print_book(novel(1))
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(pressed.pdf)) as pdf:
        assert len(pdf.pages) == pressed.page_count


def test_our_own_style_sheet_is_understood_whole(print_book: PrintBook) -> None:
    assert print_book(novel(1)).diagnostics == ()


NOISY = """
import logging
logging.basicConfig(level=logging.DEBUG)
from builder.core.config import Config
from builder.press import press
from tests.press.documents import document
body = '<p style="colour: red">字</p><img src="http://example.org/a.png" alt="图">'
print(len(press(document(body, css="p { writing-modus: down }"), Config()).diagnostics))
"""


def test_the_engines_log_becomes_diagnostics_and_reaches_no_terminal() -> None:
    """Even when the program around it logs everything."""
    done = subprocess.run(
        [sys.executable, "-c", NOISY], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "3\n"
    assert "weasyprint" not in done.stderr


def test_the_collector_is_left_as_it_was() -> None:
    press(document("<p>字</p>"), Config())
    assert gc.isenabled()
    gc.disable()
    try:
        press(document("<p>字</p>"), Config())
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_fault_inside_the_engine_names_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AssertionError("tags left over")

    monkeypatch.setattr("builder.press.host.print_html", fail)
    with pytest.raises(ComposeError) as caught:
        press(document("<p>字</p>"), Config())
    assert "AssertionError: tags left over" in caught.value.message
    assert caught.value.exit_code == 6


def test_importing_the_room_loads_no_engine() -> None:
    code = "import sys, builder.press; sys.exit('weasyprint' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_a_document_without_a_body_id_is_numbered_through(tmp_path: Path) -> None:
    printed = print_html(
        '<html lang="zh"><p>字</p></html>', (), (), identifier=b"0" * 32, body_id=""
    )
    assert printed.page_count == 1
    assert printed.pdf.startswith(b"%PDF-1.7")
