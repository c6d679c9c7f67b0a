"""Child processes of the studio, each a group of its own, so that its children end with it."""

import asyncio
import sys

from builder.core.bounds import end_group
from builder.studio.desk import Draft


async def child(kind: str, draft: Draft, language: str, *more: str) -> asyncio.subprocess.Process:
    """A worker on one book, see `builder.studio.worker`."""
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "builder.studio.worker", kind, str(draft.folder), language, *more,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip


def kill(process: asyncio.subprocess.Process | None) -> None:
    """End a child and its own children: they are a process group."""
    if process is not None:
        end_group(process)
