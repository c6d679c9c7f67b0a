"""Books that ask for something elsewhere: nobody is asked, and nothing of this machine comes in.

A socket listens on loopback and counts who calls, whatever they would have said; a secret file
lies beside the book and in places the book names. Each book asks in every way its form knows, and
is built as EPUB, kepub and PDF, by both typesetters; then the secret is looked for in all that was
written, unpacked.
"""

import socket
import subprocess
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from tests.reliability.record import Row
from tests.reliability.scene import Command, run

SECRET = "CANARY-7d31-这行字不该出现"
ENGINES = ("press", "weasyprint")
# What is asked for: {host} is where the socket listens, {secret} the file with the secret.
TARGETS = (
    "http://{host}/a.png",
    "HTTPS://{host}/b.png",
    "ftp://{host}/c.png",
    "//{host}/d.png",
    "http://user:word@{host}/e.png?x=1#y",
    "file://{secret}",
    "FILE:{secret}",
    "{secret}",
    "../secret.svg",
    "..%2fsecret.svg",
    "x/../../secret.svg",
    "\\\\{host}\\share\\f.png",
    "jar:file://{secret}!/a",
    "gopher://{host}/g",
)
STYLES = (
    '@import "{url}";',
    '@import url("{url}") print;',
    '@font-face {{ font-family: x; src: url("{url}") }} p {{ font-family: x }}',
    'p {{ background: url("{url}") }}',
    'p::before {{ content: url("{url}") }}',
    'ul {{ list-style-image: url("{url}") }}',
    '@page {{ background: url("{url}") }}',
    'p {{ border-image-source: url("{url}") }}',
    'p {{ background: image-set(url("{url}") 1x) }}',
)
# What goes into an EPUB as it is: ways that name no url(…) where one is looked for.
SHEETS = (
    *STYLES,
    'p {{ background: image-set("{url}" 1x) }}',
    'p {{ background: -webkit-image-set("{url}" 1x) }}',
    'p {{ background: src("{url}") }}',
    'p {{ --a: "{url}"; background: image-set(var(--a) 1x) }}',
    'p {{ --a: [url("{url}")] }}',
    '@page {{ @top-left {{ content: url("{url}") }} }}',
    '@media all {{ p {{ background: url("{url}") }} }}',
    (
        "p {{ background: url(\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'>"
        "<image href='{url}'/></svg>\") }}"
    ),
)
MARKUP = (
    '<img src="{url}" alt="图">',
    '<img srcset="{url} 2x" src="{url}" alt="图">',
    '<picture><source srcset="{url}"><img src="{url}" alt="图"></picture>',
    '<object data="{url}"></object>',
    '<embed src="{url}">',
    '<iframe src="{url}"></iframe>',
    '<video src="{url}" poster="{url}"></video>',
    '<audio src="{url}"></audio>',
    '<link rel="stylesheet" href="{url}">',
    '<a rel="attachment" href="{url}">附件</a>',
    '<p style="background: url({url})">字</p>',
    (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
        '<image xlink:href="{url}" width="9" height="9"/><use href="{url}#a"/></svg>'
    ),
    "<math><mi href='{url}'>x</mi></math>",
    '<script src="{url}"></script>',
    '<meta http-equiv="refresh" content="0;url={url}">',
    '<base href="{url}">',
)
ENTITY = '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY e SYSTEM "{url}">]>'
SVG = (
    '<?xml-stylesheet href="{url}"?>'
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">'
    '<style>@import "{url}";</style><style><g/>@import "{url}"; @imp@import x;ort "{url}";</style>'
    '<text style="mask-image: src({url})">字</text><g style="mask: image-set(&quot;{url}&quot; 1x)"/>'
    '<image xlink:href="{url}" width="9" height="9"/>'
    '<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="{url}"/></foreignObject></svg>'
)


@dataclass(frozen=True, slots=True)
class Form:
    """`write` makes a book in a folder that asks for all of these; how often it asks it returns."""

    name: str
    write: Callable[[Path, tuple[str, ...]], int]


def _html(folder: Path, urls: tuple[str, ...]) -> int:
    asked = [one.format(url=url) for url in urls for one in MARKUP]
    sheets = "".join(f"<style>{one.format(url=url)}</style>" for url in urls for one in STYLES)
    body = "".join(f"<p>第{at}句。</p>{one}" for at, one in enumerate(asked))
    (folder / "01.html").write_text(f"<html><head>{sheets}</head><body><h1>第一章</h1>{body}</body></html>", "utf-8")  # fmt: skip
    return len(urls) * (len(MARKUP) + len(STYLES))


def _markdown(folder: Path, urls: tuple[str, ...]) -> int:
    ways = ("![图]({url})", "![图](<{url}>)", "![图][{at}]\n\n[{at}]: {url}", '<img src="{url}">')
    asked = [one.format(url=url, at=at) for at, url in enumerate(urls) for one in ways]
    (folder / "01.md").write_text("# 第一章\n\n" + "\n\n字。\n\n".join(asked) + "\n", "utf-8")
    return len(asked)


def _drawings(folder: Path, urls: tuple[str, ...]) -> int:
    lines = ["# 第一章", ""]
    for at, url in enumerate(urls):
        drawing = SVG.format(url=url)
        entity = ENTITY.format(url=url) + drawing.replace("字", "&e;")
        for name, content in ((f"drawing{at}.svg", drawing), (f"entity{at}.svg", entity)):
            (folder / name).write_text(content, "utf-8")
            lines += [f"![图]({name})", "", "字。", ""]
    (folder / "01.md").write_text("\n".join(lines), "utf-8")
    return len(urls) * (4 + 5)


def _epub(folder: Path, urls: tuple[str, ...]) -> int:
    asked = "".join(f"<p>字</p>{one.format(url=url)}" for url in urls for one in MARKUP[:6])
    sheet = "\n".join(one.format(url=url) for url in urls for one in STYLES)
    items = "".join(f'<item id="r{at}" href="{url}" media-type="image/png"/>' for at, url in enumerate(urls))  # fmt: skip
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i"><metadata'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="i">x</dc:identifier>'
        "<dc:title>渡口</dc:title><dc:language>zh</dc:language></metadata><manifest>"
        '<item id="c" href="c.xhtml" media-type="application/xhtml+xml"/>'
        f'<item id="s" href="s.css" media-type="text/css"/>{items}</manifest>'
        '<spine><itemref idref="c"/></spine></package>'
    )
    with zipfile.ZipFile(folder / "book.epub", "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles><rootfile full-path="p.opf" media-type="application/oebps-package+xml"/></rootfiles></container>')  # fmt: skip
        archive.writestr("p.opf", package)
        archive.writestr("s.css", sheet)
        archive.writestr("c.xhtml", f'<html xmlns="http://www.w3.org/1999/xhtml"><head><link rel="stylesheet" href="s.css"/></head><body><h1>第一章</h1>{asked}</body></html>')  # fmt: skip
    return len(urls) * (6 + len(STYLES) + 1)


FORMS = (Form("html", _html), Form("markdown", _markdown), Form("svg", _drawings), Form("epub", _epub))  # fmt: skip


class Trap:
    """A socket on loopback that counts who calls, and hangs up."""

    def __init__(self) -> None:
        self.calls = 0
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.settimeout(0.2)
        self.host = f"127.0.0.1:{self._listening.getsockname()[1]}"
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        while not self._is_over.is_set():
            try:
                calling, _ = self._listening.accept()
            except TimeoutError:
                continue
            self.calls += 1
            calling.close()

    def close(self) -> None:
        self._is_over.set()
        self._thread.join()
        self._listening.close()


def fetching(form: Form, engine: str, *, told: list[str]) -> Row:
    """Build one book by one typesetter; the laws are in this module's docstring."""
    started = time.perf_counter()
    trap = Trap()
    with tempfile.TemporaryDirectory(prefix="builder-fetching-") as name:
        folder = Path(name)
        secret = folder / "secret.svg"
        secret.write_text(f'<svg xmlns="http://www.w3.org/2000/svg"><text>{SECRET}</text></svg>', "utf-8")  # fmt: skip
        (folder / "book").mkdir()
        asked = form.write(folder / "book", tuple(url.format(host=trap.host, secret=secret) for url in TARGETS))  # fmt: skip
        book = "book/book.epub" if form.name == "epub" else "book"
        command = Command("build", ("build", book, "--format", "epub,kepub,pdf,md", "--set", f"pdf.engine={engine}", "--out", "out"))  # fmt: skip
        outcome = run(command, folder, limit_s=300)
        broken = []
        if outcome.code:
            broken.append(f"exit code {outcome.code}: {outcome.said[-300:]}")
        if not any(name in outcome.said for name in (trap.host, "secret.svg", "drawing0.svg")):
            broken.append("nothing was said of what was refused")
        broken += [f"the secret is in {path}" for path in leaks(folder / "out")]
        broken += [f"{path} asks for {trap.host}" for path in asking(folder / "out", trap.host)]
        time.sleep(0.3)  # for who calls late
        if trap.calls:
            broken.append(f"{trap.calls} calls")
    trap.close()
    told += [f"{form.name} by {engine}: {one}" for one in broken]
    return Row("fetching", f"{form.name}, PDF by {engine}", asked, len(broken), time.perf_counter() - started)  # fmt: skip


def sheets(*, told: list[str]) -> Row:
    """A style sheet of the book's own for each way to ask: refused, or without the address."""
    started = time.perf_counter()
    trap = Trap()
    broken = []
    with tempfile.TemporaryDirectory(prefix="builder-fetching-") as name:
        folder = Path(name)
        (folder / "book").mkdir()
        (folder / "book/01.txt").write_text("第一章 渡口\n雨停了。\n", "utf-8")
        for at, sheet in enumerate(SHEETS):
            asked = sheet.format(url=f"http://{trap.host}/a.png")
            (folder / "book/own.css").write_text(asked, "utf-8")
            command = Command("build", ("build", "book", "--format", "epub", "--set", "epub.css=book/own.css", "--out", f"out{at}"))  # fmt: skip
            outcome = run(command, folder, limit_s=60)
            if "B061" not in outcome.said and list(asking(folder / f"out{at}", trap.host)):
                broken.append(f"{asked} is in the EPUB")
            if "B061" not in outcome.said and outcome.code:
                broken.append(f"{asked}: exit code {outcome.code}: {outcome.said[-200:]}")
        if trap.calls:
            broken.append(f"{trap.calls} calls")
    trap.close()
    told += [f"sheets: {one}" for one in broken]
    return Row("fetching", "style sheets in an EPUB", len(SHEETS), len(broken), time.perf_counter() - started)  # fmt: skip


def asking(folder: Path, host: str) -> Iterator[str]:
    """The sheets, drawings and packages inside of EPUBs that name an address."""
    for path in sorted(folder.rglob("*.epub")):
        for name, content in _parts(path):
            if name.endswith((".css", ".svg", ".opf", ".ncx")) and host.encode() in content:
                yield f"{path.name} {name}"


def leaks(folder: Path) -> Iterator[str]:
    """The files, and the parts of archives and PDFs, that hold the secret."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            for name, content in _parts(path):
                if any(
                    SECRET.encode(code) in content for code in ("utf-8", "utf-16-be", "utf-16-le")
                ):
                    yield f"{path.name} {name}".strip()  # fmt: skip


def _parts(path: Path) -> Iterator[tuple[str, bytes]]:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            yield from ((name, archive.read(name)) for name in archive.namelist())
    elif path.suffix == ".pdf":
        plain = path.with_suffix(".plain")
        with pikepdf.open(path) as pdf:
            pdf.save(
                plain,
                compress_streams=False,
                stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
            )
        yield "unpacked", plain.read_bytes()
        plain.unlink()
        words = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout
        yield "as text", words
    yield "", path.read_bytes()


def rows(told: list[str]) -> Iterator[Row]:
    """Every form, by both typesetters."""
    for form in FORMS:
        for engine in ENGINES:
            yield fetching(form, engine, told=told)
    yield sheets(told=told)
