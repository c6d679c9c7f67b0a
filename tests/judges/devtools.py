"""A headless Chromium, driven over a pipe by its own DevTools protocol.

The browser reads commands from its file descriptor 3 and writes answers to 4, JSON ended by a
NUL: all that the tests need of it takes fewer lines than the driver packages take files, and no
Node.js at run time. When the pipe closes, even because a test process died, the browser ends.
Source: Chrome DevTools Protocol, `--remote-debugging-pipe`.
"""

import atexit
import base64
import contextlib
import fcntl
import json
import os
import select
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.judges.finding import JudgeError, chromium

PATIENCE_S = 60.0
VIEWPORT = {"width": 900, "height": 700, "deviceScaleFactor": 1, "mobile": False}

FLAGS = (
    "--headless",
    "--remote-debugging-pipe",
    "--no-sandbox",  # containers and root have no user namespaces; all it opens is our own book
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # a book must not phone anyone
)

Message = dict[str, Any]


class Browser:
    """One running Chromium. It ends with this process, or earlier when closed."""

    def __init__(self) -> None:
        self._profile = Path(tempfile.mkdtemp(prefix="builder-chromium-"))
        command = (chromium(), *FLAGS, f"--user-data-dir={self._profile}", "about:blank")
        self._pid, self._commands, self._answers = _spawn(command, self._profile / "said")
        self._buffer = b""
        self._last_id = 0
        atexit.register(self.close)

    def close(self) -> None:
        atexit.unregister(self.close)
        os.close(self._commands)
        os.close(self._answers)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        shutil.rmtree(self._profile, ignore_errors=True)

    @contextlib.contextmanager
    def page(self, address: str) -> Iterator["Page"]:
        """A page that has loaded `address`; it and its storage are gone afterwards."""
        context = self.call("Target.createBrowserContext")["browserContextId"]
        target = self.call("Target.createTarget", url="about:blank", browserContextId=context)
        session = self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        page = Page(self, session["sessionId"], context)
        page.load(address)
        yield page
        self.call("Target.disposeBrowserContext", browserContextId=context)

    def call(
        self, method: str, session: str = "", heard: list[Message] | None = None, **params: object
    ) -> Message:
        """The result of one command; what the page says before it is done is added to `heard`."""
        self._last_id += 1
        message: Message = {"id": self._last_id, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        os.write(self._commands, json.dumps(message).encode() + b"\0")
        deadline = time.monotonic() + PATIENCE_S
        while (answer := self.receive(deadline)).get("id") != self._last_id:
            if heard is not None and answer.get("sessionId") == session:
                heard.append(answer)
        if "error" in answer:
            raise JudgeError(f"Chromium refused {method}: {answer['error']['message']}")
        result: Message = answer["result"]
        return result

    def receive(self, deadline: float) -> Message:
        """The next message of the browser, whatever it is about."""
        while b"\0" not in self._buffer:
            left_s = max(0.0, deadline - time.monotonic())
            ready, _, _ = select.select([self._answers], [], [], left_s)
            chunk = os.read(self._answers, 1 << 16) if ready else b""
            if not chunk:
                said = (self._profile / "said").read_text("utf-8", "backslashreplace")
                raise JudgeError(f"Chromium {'ended' if ready else 'fell silent'}\n{said[-2000:]}")
            self._buffer += chunk
        message, _, self._buffer = self._buffer.partition(b"\0")
        parsed: Message = json.loads(message)
        return parsed


class Page:
    """A page in the browser, and everything it complained about."""

    def __init__(self, browser: Browser, session: str, context: str) -> None:
        self._browser = browser
        self._session = session
        self._context = context
        self._heard: list[Message] = []

    def load(self, address: str) -> None:
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.call("Emulation.setDeviceMetricsOverride", **VIEWPORT)
        self.call("Page.navigate", url=address)
        deadline = time.monotonic() + PATIENCE_S
        while not any(event["method"] == "Page.loadEventFired" for event in self._heard):
            self._heard.append(self._browser.receive(deadline))

    def evaluate(self, expression: str) -> object:
        """The value of a JavaScript expression, once its promise is kept."""
        answer = self.call(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        if failure := answer.get("exceptionDetails"):
            raise JudgeError(f"{expression}: {_exception(failure)}")
        return answer["result"].get("value")

    def picture(self) -> bytes:
        """What the page looks like now, as PNG."""
        return base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"])

    def complaints(self) -> list[str]:
        """Exceptions, console errors and requests that failed, frames included."""
        return [said for event in self._heard if (said := _complaint(event))]

    def downloads(self, folder: Path) -> None:
        """Put what is loaded from now on into `folder`."""
        self._browser.call(
            "Browser.setDownloadBehavior",
            behavior="allow",
            browserContextId=self._context,
            downloadPath=str(folder),
        )

    def heard(self) -> tuple[Message, ...]:
        """Everything that the page has said so far, as the protocol tells it."""
        return tuple(self._heard)

    def call(self, method: str, **params: object) -> Message:
        """The result of one command to this page."""
        return self._browser.call(method, self._session, self._heard, **params)


def _complaint(event: Message) -> str:
    match event:
        case {"method": "Runtime.exceptionThrown", "params": {"exceptionDetails": details}}:
            return f"exception: {_exception(details)}"
        case {"method": "Runtime.consoleAPICalled", "params": {"type": "error", "args": values}}:
            said = (str(value.get("value", value.get("description"))) for value in values)
            return f"console: {' '.join(said)}"
        case {"method": "Log.entryAdded", "params": {"entry": {"level": "error"} as entry}}:
            return f"{entry['source']}: {entry['text']} {entry.get('url', '')}".rstrip()
        case {
            "method": "Network.loadingFailed",
            "params": {"canceled": False, "errorText": text, "type": kind},
        }:
            return f"request: {kind} {text}"
        case _:
            return ""


def _exception(details: Message) -> str:
    thrown = details.get("exception", {})
    return str(thrown.get("description") or thrown.get("value") or details["text"])


def _spawn(command: Sequence[str], said: Path) -> tuple[int, int, int]:
    """Start the browser in a group of its own; its id, our end of its input, of its output."""
    its_commands, commands = _pipe()
    answers, its_answers = _pipe()
    pid = os.posix_spawn(
        command[0],
        list(command),
        os.environ,
        file_actions=[
            (os.POSIX_SPAWN_DUP2, its_commands, 3),
            (os.POSIX_SPAWN_DUP2, its_answers, 4),
            (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
            (os.POSIX_SPAWN_OPEN, 2, str(said), os.O_WRONLY | os.O_CREAT, 0o600),
        ],
        setpgroup=0,
    )
    os.close(its_commands)
    os.close(its_answers)
    return pid, commands, answers


def _pipe() -> tuple[int, int]:
    """A pipe whose ends are clear of the descriptors 3 and 4, which the browser's ends become."""
    ends = os.pipe()
    high = tuple(fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in ends)
    for end in ends:
        os.close(end)
    return high[0], high[1]
