"""Work that takes too long is stopped."""

import asyncio
from pathlib import Path

import pytest

from builder.studio.desk import Desks, new_token
from builder.studio.jobs import JOB, Jobs


@pytest.mark.parametrize(("wall_s", "state"), [(0.01, "timeout"), (100.0, "done")])
def test_work_that_takes_too_long_is_stopped(wall_s: float, state: str, tmp_path: Path) -> None:
    draft = Desks(tmp_path).begin(new_token(), "a.txt")
    draft.place_for("a.txt").write_text("雨停了。他把伞收起来，走进了屋子。\n", "utf-8")

    async def work() -> None:
        jobs = Jobs(wall_s=wall_s)
        jobs.start(draft, "analyse")
        while draft.noted(JOB)["state"] in {"queued", "running"}:
            await asyncio.sleep(0.02)

    asyncio.run(work())
    told = draft.noted(JOB)
    assert told["state"] == state
    assert (told.get("error", {}).get("code") == "W007") is (state == "timeout")
