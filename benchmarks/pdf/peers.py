"""The programs that set the novel: what each reads, how it is run, and which version it is."""

import functools
import importlib.metadata
import importlib.util
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.pdf import sources
from benchmarks.pdf.novel import Novel
from builder.core.version import __version__

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER_OPTIONS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-sync", "--disable-background-networking", "--disable-component-update"),
    *("--disable-dev-shm-usage", "--no-pdf-header-footer", "--generate-pdf-document-outline"),
)
TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], **{options})"
WEASYPRINT = "import sys, weasyprint; weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2], pdf_tags=True)"  # fmt: skip


@dataclass(frozen=True, slots=True)
class Peer:
    """`command(source, target)` makes a PDF; `missing()` says why it cannot be run, or "".

    `sizes` are the numbers of chapters that it is asked for when nothing else is said: those it
    needs many minutes for are left out, and never guessed.
    """

    name: str
    suffix: str
    write: Callable[[Novel], str]
    command: Callable[[Path, Path], Sequence[str]]
    version: Callable[[], str]
    missing: Callable[[], str] = lambda: ""
    sizes: tuple[int, ...] = (100, 1000, 2000)
    remark: str = ""


def _python(code: str) -> Callable[[Path, Path], Sequence[str]]:
    return lambda source, target: (sys.executable, "-c", code, str(source), str(target))


def _child(source: Path, target: Path) -> Sequence[str]:
    return (sys.executable, "-m", "benchmarks.pdf.child", str(source), str(target))


def _build(source: Path, target: Path) -> Sequence[str]:
    """The file's name becomes that of the folder and of the PDF."""
    out = target.with_suffix("")
    build = [sys.executable, "-m", "builder", "build", source, "--format", "pdf", "--out", out]
    made = f'{shlex.join(map(str, build))} && mv "{out}"/*/*.pdf "{target}"'
    return ("sh", "-c", made)


def _browse(source: Path, target: Path) -> Sequence[str]:
    profile = target.with_suffix(".profile")
    where = (f"--user-data-dir={profile}", f"--print-to-pdf={target}", source.as_uri())
    return (_browser(), *BROWSER_OPTIONS, *where)


def _xelatex(source: Path, target: Path) -> Sequence[str]:
    """Twice: the contents of the second run have the page numbers of the first.

    It fails for want of fonts that no page uses, too; what counts is whether there is a PDF.
    """
    options = f'-interaction=batchmode -output-directory="{target.parent}" -jobname="{target.stem}"'
    once = f'xelatex {options} "{source}" >/dev/null'
    return ("sh", "-c", f'{once}; {once}; test -s "{target}"')


@functools.cache
def _browser() -> str:
    """A browser that starts; Ubuntu's is a stub that asks for a snap."""
    found = filter(None, map(shutil.which, BROWSERS))
    return next((path for path in found if _said(path, "--version")), "")


def _said(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return "" if done.returncode else done.stdout


def _number(words: str) -> str:
    """Example: Chromium 140.0.1, 3.141592653-2.6-0.999994. Counter-example: unknown."""
    found = re.search(r"\d+(?:\.\d+)+(?:-\d[\d.]*)*", words)
    return found[0] if found else "?"


def _not_imported(package: str) -> Callable[[], str]:
    absent = f"the Python package {package} is not installed"
    return lambda: "" if importlib.util.find_spec(package) else absent


PEERS = (
    Peer(
        "press",
        "txt",
        sources.prepared,
        _child,
        lambda: __version__,
        remark="from a structured book, without a drawn cover; imports counted",
    ),
    Peer(
        "builder build",
        "raw.txt",
        sources.raw,
        _build,
        lambda: __version__,
        remark="from raw TXT: read, cleaned, structured, its cover drawn, its ledger written",
    ),
    Peer(
        "Typst",
        "typ",
        sources.typst,
        _python(TYPST.format(options={})),
        lambda: importlib.metadata.version("typst"),
        _not_imported("typst"),
        remark="tagged, as it does by default; on all cores",
    ),
    Peer(
        "Typst UA-1",
        "typ",
        sources.typst,
        _python(TYPST.format(options={"pdf_standards": "ua-1"})),
        lambda: importlib.metadata.version("typst"),
        _not_imported("typst"),
        sizes=(),
        remark="as above, PDF/UA-1",
    ),
    Peer(
        "WeasyPrint",
        "html",
        sources.page,
        _python(WEASYPRINT),
        lambda: importlib.metadata.version("weasyprint"),
        _not_imported("weasyprint"),
        sizes=(100, 1000),
        remark="plain: one HTML page, tagged",
    ),
    Peer(
        "Chromium",
        "html",
        sources.page,
        _browse,
        lambda: _number(_said(_browser(), "--version")),
        lambda: "" if _browser() else "no Chromium that starts",
        sizes=(100, 1000),
        remark="tagged; no page numbers in the contents, no chapter in the running head",
    ),
    Peer(
        "XeLaTeX",
        "tex",
        sources.tex,
        _xelatex,
        lambda: _number(_said("xelatex", "--version")),
        lambda: "" if shutil.which("xelatex") else "xelatex is not on PATH",
        sizes=(100, 1000),
        remark="two runs; writes no tags",
    ),
)
