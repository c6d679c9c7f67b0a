"""axe-core: what keeps somebody who cannot see, or cannot point, from using a page.

It runs inside the page as it is on the screen; the pages of a book in a frame are Ace's matter.
"""

from typing import TypedDict, cast

from tests.judges.devtools import Page
from tests.judges.finding import NODE_MODULES, JudgeError, require

SCRIPT = "axe-core/axe.min.js"
_RUN = "axe.run(document, {iframes: false, resultTypes: ['violations', 'passes']})"


class _Node(TypedDict):
    html: str
    failureSummary: str


class _Finding(TypedDict):
    id: str
    impact: str
    nodes: list[_Node]


class _Report(TypedDict):
    violations: list[_Finding]
    passes: list[_Finding]


def axe(page: Page) -> list[str]:
    """Every violation: its impact, the rule, the markup and why."""
    require("axe")
    # A page may forbid scripts; what the protocol itself evaluates is not asked.
    page.evaluate((NODE_MODULES / SCRIPT).read_text("utf-8") + ";void 0")
    report = cast(_Report, page.evaluate(_RUN))
    if not report["passes"]:
        raise JudgeError("axe looked at nothing")
    return [
        " ".join((one["impact"], one["id"], node["html"][:160], node["failureSummary"][:200]))
        for one in report["violations"]
        for node in one["nodes"]
    ]
