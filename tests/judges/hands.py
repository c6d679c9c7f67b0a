"""A person at a page: keys, files, waiting, and what went over the network meanwhile."""

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from tests.judges.devtools import Browser, Page
from tests.judges.finding import JudgeError

_KEYS = {
    "Tab": (9, ""), "Enter": (13, "\r"), "Space": (32, " "), "Escape": (27, ""),
    "ArrowDown": (40, ""), "ArrowUp": (38, ""), "End": (35, ""),
}  # fmt: skip
_CODES = {"Space": " "}
_SHIFT = 8


class Hands:
    """One person at one page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def go(self, address: str) -> None:
        self.page.call("Page.navigate", url=address)

    def size(self, width: int, height: int = 800) -> None:
        """A screen of so many pixels."""
        self.page.call(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=1, mobile=False,
        )  # fmt: skip

    def dark(self, scheme: str = "dark") -> None:
        self.page.call(
            "Emulation.setEmulatedMedia",
            features=[{"name": "prefers-color-scheme", "value": scheme}],
        )

    def wait(self, expression: str, patience_s: float = 60.0) -> None:
        """Until an expression is true."""
        deadline = time.monotonic() + patience_s
        while time.monotonic() < deadline:
            if self.page.evaluate(f"Boolean({expression})"):
                return
            time.sleep(0.05)
        shown = self.page.evaluate("document.body.innerText")
        raise JudgeError(f"never came true: {expression}\n{str(shown)[:2000]}")

    def press(self, key: str, times: int = 1, *, shift: bool = False) -> None:
        code, text = _KEYS[key]
        name = _CODES.get(key, key)
        event = {"key": name, "code": key, "windowsVirtualKeyCode": code}
        event |= {"modifiers": _SHIFT} if shift else {}
        for _ in range(times):
            down = {"type": "keyDown" if text else "rawKeyDown", "text": text}
            self.page.call("Input.dispatchKeyEvent", **event, **down)
            self.page.call("Input.dispatchKeyEvent", type="keyUp", **event)

    def type(self, words: str) -> None:
        """Write into what has the focus, in place of what is selected."""
        self.page.call("Input.insertText", text=words)

    def tab_to(self, condition: str, most: int = 80) -> None:
        """Press Tab until `condition` holds of the element `it` that has the focus."""
        for _ in range(most):
            self.press("Tab")
            if self.page.evaluate(f"((it) => Boolean({condition}))(document.activeElement)"):
                return
        raise JudgeError(f"no Tab leads to: {condition}")

    def click(self, selector: str) -> None:
        self.wait(f"document.querySelector({json.dumps(selector)})")
        self.page.evaluate(f"document.querySelector({json.dumps(selector)}).click()")

    def choose(self, selector: str, value: str) -> None:
        """Choose an option of a list."""
        self.page.evaluate(
            f"(() => {{ const it = document.querySelector({json.dumps(selector)});"
            f" it.value = {json.dumps(value)};"
            " for (const kind of ['input', 'change'])"
            " it.dispatchEvent(new Event(kind, {bubbles: true})); })()"
        )

    def give(self, selector: str, files: Sequence[Path]) -> None:
        """Put files into a file input, as if they had been chosen."""
        found = self.page.call(
            "Runtime.evaluate", expression=f"document.querySelector({json.dumps(selector)})"
        )
        self.page.call(
            "DOM.setFileInputFiles",
            files=[str(path) for path in files], objectId=found["result"]["objectId"],
        )  # fmt: skip

    def hosts(self) -> set[str]:
        """Every host that was asked for anything."""
        return {
            urlsplit(url).hostname or ""
            for event in self.page.heard()
            if event["method"] == "Network.requestWillBeSent"
            and (url := str(event["params"]["request"]["url"])).startswith(("http", "ws"))
        }


@contextmanager
def at(
    browser: Browser, address: str, language: str = "en", loads: Path | None = None
) -> Iterator[Hands]:
    """A person who speaks `language` at the page `address`; what is loaded goes into `loads`."""
    with browser.page("about:blank") as page:
        if loads:
            page.downloads(loads)
        page.call("Network.setExtraHTTPHeaders", headers={"Accept-Language": language})
        hands = Hands(page)
        hands.size(1280)
        hands.go(address)
        hands.wait("document.readyState === 'complete' && location.href !== 'about:blank'")
        yield hands
