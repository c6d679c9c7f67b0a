"""A web server for one browser and one book: loopback only, any free port, gone after `with`."""

import mimetypes
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import unquote, urlsplit

# Named here because a machine's own table may lack them, and a browser runs no module without one.
TYPES = {".js": "text/javascript", ".epub": "application/epub+zip"}


class _Handler(BaseHTTPRequestHandler):
    """Serves files and folders by the first part of the path."""

    shelves: ClassVar[Mapping[str, Path]]
    timeout = 10

    def do_GET(self) -> None:
        name, _, rest = unquote(urlsplit(self.path).path).removeprefix("/").partition("/")
        shelf = self.shelves.get(name)
        file = shelf and (shelf / rest if rest else shelf).resolve()
        if not (shelf and file and file.is_relative_to(shelf.resolve()) and file.is_file()):
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        body = file.read_bytes()
        kind = TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0]
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind or "application/octet-stream")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the base class names it so)
        """Say nothing: the browser reports what it could not get."""


@contextmanager
def serving(shelves: Mapping[str, Path]) -> Iterator[str]:
    """Serve each file or folder under its name; yields the address, without a slash at the end."""
    handler = type("_Shelves", (_Handler,), {"shelves": shelves})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
