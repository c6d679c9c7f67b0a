"""Nothing but the book's own files can be reached, whatever the markup asks for."""

import contextlib
import http.server
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pikepdf
import pytest
import weasyprint

from builder.core.book import Asset
from builder.core.config import Config
from builder.core.errors import ComposeError
from builder.press import press
from builder.press.host.fetching import MAX_DATA_URL_CHARS, BookFetcher, Refusal
from tests.compose.sample import picture
from tests.press.documents import document

CANARY = "CANARY-5f2a-这行字不该出现"
PIXEL = (
    "data:image/png;base64,"
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


class Trap:
    """A server on the loopback interface that remembers every path it is asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        trap = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                trap.asked.append(self.path)
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def trap() -> Iterator[Trap]:
    with contextlib.closing(Trap()) as opened:
        yield opened


@pytest.fixture
def canary(tmp_path: Path) -> str:
    path = tmp_path / "canary.txt"
    path.write_text(CANARY, "utf-8")
    return path.as_uri()


SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' width="9" height="9"><image xlink:href="{url}" width="9" height="9"/></svg>'
)

# (markup, style sheet, head) with {url} where something is asked for.
WAYS = {
    "image": ('<img src="{url}" alt="图">', "", ""),
    "svg inline": (SVG, "", ""),
    "svg use": (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><use href="{url}#a"/></svg>',
        "",
        "",
    ),
    "object": ('<object data="{url}"></object>', "", ""),
    "embed": ('<embed src="{url}">', "", ""),
    "attachment link": ('<a rel="attachment" href="{url}">附件</a>', "", ""),
    "attachment of the document": ("", "", '<link rel="attachment" href="{url}">'),
    "style sheet link": ("", "", '<link rel="stylesheet" href="{url}">'),
    "style element": ("", "", '<style>@import "{url}";</style>'),
    "import": ("", '@import url("{url}");', ""),
    "font face": (
        "<p>字</p>",
        '@font-face {{ font-family: x; src: url("{url}") }} p {{ font-family: x }}',
        "",
    ),
    "background": ("<p>字</p>", 'p {{ background: url("{url}") }}', ""),
    "content": ("<p>字</p>", 'p::before {{ content: url("{url}") }}', ""),
    "list marker": ("<ul><li>字</li></ul>", 'ul {{ list-style-image: url("{url}") }}', ""),
    "border image": (
        "<p>字</p>",
        'p {{ border: 2px solid; border-image-source: url("{url}") }}',
        "",
    ),
    "page background": ("<p>字</p>", '@page {{ background: url("{url}") }}', ""),
    "color profile": (
        "<p>字</p>",
        '@color-profile --x {{ src: url("{url}") }} p {{ color: color(--x 0 0 0) }}',
        "",
    ),
}
# Never asked for: an import that follows a rule, as in these sheets, and a `use` of another file.
SILENT = {"import", "svg use"}


def ask(way: str, url: str) -> tuple[list[str], bytes]:
    """Print a page that asks for `url`; the URLs said to be refused, and the PDF unpacked."""
    body, css, head = (part.format(url=url) for part in WAYS[way])
    page = document(body, css=css, head=head)
    if way == "color profile":  # WeasyPrint cannot go on without one
        with pytest.raises(ComposeError) as caught:
            press(page, Config())
        assert caught.value.diagnostic.code == "P002"
        return [str(dict(caught.value.diagnostic.values)["url"])], press(document(""), Config()).pdf
    pressed = press(page, Config())
    refused = [
        str(dict(found.values)["url"]) for found in pressed.diagnostics if found.code == "P002"
    ]
    return refused, pressed.pdf


def unpacked(content: bytes, tmp_path: Path) -> bytes:
    path = tmp_path / "out.pdf"
    path.write_bytes(content)
    plain = tmp_path / "plain.pdf"
    with pikepdf.open(path) as pdf:
        pdf.save(
            plain,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return plain.read_bytes()


@pytest.mark.parametrize("way", WAYS)
def test_the_network_stays_silent(way: str, trap: Trap) -> None:
    url = f"{trap.url}/thing.png"
    refused, _ = ask(way, url)
    assert trap.asked == []
    assert [found.partition("#")[0] for found in refused] == ([] if way in SILENT else [url])


@pytest.mark.parametrize("way", WAYS)
def test_files_of_the_machine_stay_closed(way: str, canary: str, tmp_path: Path) -> None:
    refused, pdf = ask(way, canary)
    assert [found.partition("#")[0] for found in refused] == ([] if way in SILENT else [canary])
    assert CANARY.encode() not in unpacked(pdf, tmp_path)


def test_an_import_that_opens_a_sheet_is_refused(trap: Trap) -> None:
    page = replace(document("<p>字</p>"), stylesheets=(("m.css", f'@import "{trap.url}/a.css";'),))
    codes = [found.code for found in press(page, Config()).diagnostics]
    assert trap.asked == []
    assert codes == ["P002"]


def test_the_trap_catches_and_the_canary_sings_without_our_fetcher(
    trap: Trap, canary: str, tmp_path: Path
) -> None:
    """The control: WeasyPrint's own fetcher asks for both."""
    markup = f'<img src="{trap.url}/thing.png" alt="图"><link rel="attachment" href="{canary}">'
    pdf = weasyprint.HTML(string=markup).write_pdf()
    assert trap.asked == ["/thing.png"]
    assert CANARY.encode() in unpacked(pdf, tmp_path)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "HTTPS://example.org/",
        "ftp://example.org/a",
        "file:///etc/passwd",
        "FILE:/etc/passwd",
        "book:/../../etc/passwd",
        "book:/other.png",
        "book:seal.png",
        "book://seal.png",
        "jar:file:///a",
        "//example.org/a",
        "/etc/passwd",
        "",
        "data:text/css," + "a" * MAX_DATA_URL_CHARS,
    ],
)
def test_every_other_url_is_refused_and_remembered(url: str) -> None:
    fetcher = BookFetcher((Asset("seal.png", "image/png", b"png"),))
    with pytest.raises(Refusal):
        fetcher.fetch(url)
    assert list(fetcher.refused) == [url]


@pytest.mark.parametrize("name", ["seal.png", "印 章.png", "a%20b.png"])
def test_the_books_own_files_are_served(name: str) -> None:
    fetcher = BookFetcher((Asset(name, "image/png", b"png"),))
    answer = fetcher.fetch("book:/" + quote(name))
    assert answer.read() == b"png"
    assert answer.content_type == "image/png"
    assert not fetcher.refused


def test_small_data_urls_and_own_pictures_are_drawn() -> None:
    body = f'<img src="book:/seal.png" alt="印"><img src="{PIXEL}" alt="点">'
    assets = (Asset("seal.png", "image/png", picture()),)
    pressed = press(document(body, resources=assets), Config())
    assert pressed.diagnostics == ()
    with pikepdf.open(BytesIO(pressed.pdf)) as pdf:
        assert len(pdf.pages[0].get_images()) == 2


def test_the_trap_can_be_reached(trap: Trap) -> None:
    with socket.create_connection(("127.0.0.1", trap.server.server_port), timeout=5):
        pass
