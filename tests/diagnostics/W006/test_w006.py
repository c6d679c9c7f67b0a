"""A queue that is full."""

import asyncio
from pathlib import Path

import pytest

from builder.core.errors import BuilderError
from builder.studio.desk import Desks, new_token
from builder.studio.jobs import Jobs


def test_a_full_queue_takes_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.studio.jobs.MOST_RUNNING", 0)
    monkeypatch.setattr("builder.studio.jobs.MOST_WAITING", 2)
    desks = Desks(tmp_path)
    drafts = [desks.begin(new_token(), "a.txt") for _ in range(3)]

    async def queue() -> None:
        jobs = Jobs()
        for draft in drafts[:2]:
            jobs.start(draft, "analyse")
        with pytest.raises(BuilderError, match="too many books are waiting") as caught:
            jobs.start(drafts[2], "analyse")
        assert caught.value.diagnostic.code == "W006"
        jobs.cancel(drafts[0])
        jobs.start(drafts[2], "analyse")
        await jobs.stop()

    asyncio.run(queue())
