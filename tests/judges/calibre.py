"""calibre: its check of a book, and its converter, which reads an EPUB as many programs do.

Its version is the distribution's. Qt needs no screen (`offscreen`), and no sandbox as root.
"""

import json
import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.judges.finding import HERE, JudgeError, require

PATIENCE_S = 300.0
SCREENLESS = {
    "QT_QPA_PLATFORM": "offscreen",
    "QTWEBENGINE_DISABLE_SANDBOX": "1",
    "QTWEBENGINE_CHROMIUM_FLAGS": "--no-sandbox",
}

# calibre calls font/otf and font/ttf, which EPUB 3.3 asks for, wrong media types, warns of every
# `src` of a font that has a name of its own, and knows no CSS property younger than itself.
# Example: CSSError styles/epub.css:7 Unexpected unknown property "text-spacing-trim".
# Counter-example: InvalidFont fonts/a.otf:0 The font a.otf is not valid.
_NOISE = re.compile(
    r"MimetypeMismatch \S+ The file \S+\.(?:otf|ttf) |FontAliasing |"
    r'CSSError \S+ Unexpected unknown property "(?:text-spacing-trim|text-autospace|'
    r'hanging-punctuation|text-wrap|text-wrap-style|adobe-hyphenate|line-clamp)"'
)


def check_book(paths: Sequence[Path]) -> dict[Path, list[str]]:
    """What calibre's “Check book” finds in each, without the known noise."""
    require("calibre")
    said = _run("calibre-debug", HERE / "calibre_check.py", "--", *paths)
    answers = [line.removeprefix("judged ") for line in said.splitlines() if line[:7] == "judged "]
    if len(answers) != len(paths):
        raise JudgeError(f"calibre judged {len(answers)} of {len(paths)} books:\n{said[-2000:]}")
    return {
        path: [found for found in json.loads(answer) if not _NOISE.match(found)]
        for path, answer in zip(paths, answers, strict=True)
    }


def convert(book: Path, target: Path) -> Path:
    """`book` as what the name of `target` says, by `ebook-convert`."""
    require("calibre")
    said = _run("ebook-convert", book, target)
    if not target.is_file():
        raise JudgeError(f"calibre made no {target.name} of {book.name}:\n{said[-2000:]}")
    return target


def _run(*command: str | Path) -> str:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, **SCREENLESS, "CALIBRE_CONFIG_DIRECTORY": folder}
        try:
            done = subprocess.run(
                command, capture_output=True, timeout=PATIENCE_S, env=environment, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as problem:
            raise JudgeError(f"{command[0]}: {problem}") from problem
    said = (done.stdout + done.stderr).decode("utf-8", "backslashreplace")
    if done.returncode:
        raise JudgeError(f"{command[0]} failed with {done.returncode}:\n{said[-2000:]}")
    return said
