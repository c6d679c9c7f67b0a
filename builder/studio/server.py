"""The server: this machine only, or the local network behind a password."""

import logging
import os
import secrets
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from builder.core.diagnostic import Location
from builder.core.errors import ConfigError, SourceError
from builder.deliver.holdings import Fold, folded
from builder.settings import state_folder
from builder.studio.access import Door, new_password, own_addresses
from builder.studio.api import Ways, api_routes
from builder.studio.catalogue import Catalogue
from builder.studio.desk import Desks
from builder.studio.headers import Guarded
from builder.studio.jobs import Jobs, mend
from builder.studio.passes import Passes
from builder.studio.patience import Patient, PatientProtocol
from builder.studio.stock import Stock

LOOPBACK = "127.0.0.1"
_EVERYWHERE = "0.0.0.0"  # noqa: S104  (the local network, asked for with --lan, behind a password)
_STATIC = Path(__file__).parent / "static"
_SECRET_BYTES = 32
_QUEUE = 128
# What strangers make the server say to itself, as often as they like.
_NOISE = (
    "graceful shutdown exceeded", "Invalid HTTP request", "Unsupported upgrade", "No supported WebSocket",
    "returned without completing response",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Serving:
    """A server that is ready: its addresses, the first for people, and the password."""

    app: ASGIApp = field(repr=False)
    listening: socket.socket = field(repr=False)
    addresses: tuple[str, ...]
    password: str = field(repr=False)

    def code(self) -> str:
        """The first address as a code to scan, drawn with characters for a terminal."""
        import io

        import segno

        drawn = io.StringIO()
        segno.make(self.addresses[0], error="l").terminal(drawn, compact=True)
        return drawn.getvalue()


def prepare(
    root: Path,
    *,
    port: int,
    lan: bool = False,
    password: str = "",
    secret: bytes = b"",
    state: Path | None = None,
    fold: Fold = folded,
) -> Serving:
    """Everything up to the first request. On the local network there is always a password.

    `secret` keeps the ids of books the same from one start to the next, see `kept_secret`. With
    a folder for its `state` there is a studio beside the shelf.

    Raises SourceError R001 when `root` is no folder, ConfigError D017 when the port is taken.
    """
    if not root.is_dir():
        raise SourceError("R001", location=Location(str(root)))
    password = password or (new_password() if lan else "")
    listening = _listening(_EVERYWHERE if lan else LOOPBACK, port)
    port = int(listening.getsockname()[1])
    hosts = [LOOPBACK, "localhost", "::1"]
    reached = own_addresses() if lan else ()
    if lan:
        name = socket.gethostname().lower()
        hosts += [*reached, name, f"{name}.local", name.removesuffix(".local")]
    addresses = [f"http://{one}:{port}/" for one in (*reached, LOOPBACK)]
    ways = Ways(root, Passes(), tuple(addresses[:-1]), state / "kobo" if state else None)
    stock = Stock(root, secret or secrets.token_bytes(32), fold=fold)
    app = application(stock, Door(password), hosts, state=state, ways=ways)
    return Serving(app, listening, tuple(addresses), password)


def kept_secret(environment: Mapping[str, str]) -> bytes:
    """The secret of this user's shelves, made when it is first asked for; b"" where none can be
    kept. Readers know books by ids that are made with it.
    """
    folder = state_folder(environment)
    if folder is None:
        return b""
    path = folder / "shelf.key"
    try:
        if not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(secrets.token_bytes(_SECRET_BYTES))
        kept = path.read_bytes()
    except OSError:
        return b""
    return kept if len(kept) == _SECRET_BYTES else b""


def application(
    stock: Stock, door: Door, hosts: list[str], *, ways: Ways, state: Path | None = None
) -> ASGIApp:
    """The application for requests to `hosts`; with a folder for its `state` it has a studio."""
    routes = Catalogue(stock, door, has_studio=state is not None).routes()
    routes.append(Mount("/static", StaticFiles(directory=_STATIC)))
    if state is None:
        return Guarded(Starlette(routes=routes), hosts)
    routes += ways.passes.routes()
    desks, jobs = Desks(state), Jobs()
    routes.append(Mount("/studio", routes=api_routes(desks, jobs, door, ways)))

    @asynccontextmanager
    async def living(_app: Starlette) -> AsyncIterator[None]:
        await run_in_threadpool(mend, desks)
        yield
        await jobs.stop()

    return Guarded(Patient(Starlette(routes=routes, lifespan=living)), hosts)


def run(serving: Serving, *, is_stopped: Callable[[], bool] | None = None) -> None:
    """Answer until Ctrl-C, or until `is_stopped`."""
    config = uvicorn.Config(
        serving.app,
        log_level="warning",
        # Addresses hold links to single files.
        access_log=False,
        server_header=False,
        http=PatientProtocol,
        ws="none",
        # Nobody but this server says who asks.
        proxy_headers=False,
        lifespan="auto",
        timeout_keep_alive=15,
        timeout_graceful_shutdown=3,
    )
    logging.getLogger("uvicorn.error").addFilter(_is_news)
    server = uvicorn.Server(config)
    if is_stopped:
        _watch(server, is_stopped)
    server.run(sockets=[serving.listening])


def _is_news(said: logging.LogRecord) -> bool:
    """Whether people want to know: not what a stranger asked for wrongly, and not that what was
    asked for last is cut off with the server, which is meant. Whoever asked is told W009.
    """
    return not any(words in said.msg for words in _NOISE)


def _watch(server: uvicorn.Server, is_stopped: Callable[[], bool]) -> None:
    import threading
    import time

    def wait() -> None:
        while not is_stopped():
            time.sleep(0.05)
        server.should_exit = True

    threading.Thread(target=wait, daemon=True).start()


def _listening(host: str, port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(_QUEUE)
    except (OSError, OverflowError) as problem:
        listening.close()
        reason = getattr(problem, "strerror", None) or str(problem)
        raise ConfigError("D017", port=port, reason=reason) from problem
    return listening
