"""Ace by DAISY: what keeps a reader who cannot see from reading a book.

It opens every document in a browser, half a second each: for books of some twenty chapters.
"""

import json
import tempfile
from pathlib import Path

from tests.judges.finding import JudgeError, chromium, require
from tests.judges.node import run_script

PATIENCE_S = 240.0
SCRIPT = "@daisy/ace-cli/bin/ace.js"

# Ace wants role="doc-footnote" on whatever is a footnote; ARIA in HTML, and EPUBCheck with it,
# allows that role on no `li`. The list is what every reader shows as a pop-up, so it stays.
_NOTE_IN_A_LIST = ("epub-type-has-matching-role", '<li class="duokan-footnote-item"')


def ace(path: Path) -> list[str]:
    """Every violation: the file, the impact, the rule, the markup, and why."""
    require("ace")
    with tempfile.TemporaryDirectory() as folder:
        said = run_script(
            *(SCRIPT, "--force", "--silent", "--outdir", folder, path),
            patience_s=PATIENCE_S,
            environment={"PUPPETEER_EXECUTABLE_PATH": chromium(), "HOME": folder},
        )
        report = Path(folder, "report.json")
        if not report.is_file():
            raise JudgeError(f"Ace wrote no report on {path.name}:\n{said[-2000:]}")
        documents = json.loads(report.read_text("utf-8"))["assertions"]
    return [
        " ".join((document["earl:testSubject"]["url"], *_words(one)))
        for document in documents
        for one in document["assertions"]
        if not _is_note_in_a_list(one)
    ]


def _words(assertion: dict[str, dict[str, str]]) -> tuple[str, ...]:
    test, result = assertion["earl:test"], assertion["earl:result"]
    return (
        test["earl:impact"],
        test["dct:title"],
        result.get("html", "")[:160],
        result["dct:description"][:160],
    )


def _is_note_in_a_list(assertion: dict[str, dict[str, str]]) -> bool:
    rule, start = _NOTE_IN_A_LIST
    markup = " ".join(assertion["earl:result"].get("html", "").split())
    bare = markup.replace('xmlns="http://www.w3.org/1999/xhtml" ', "")
    return assertion["earl:test"]["dct:title"] == rule and bare.startswith(start)
