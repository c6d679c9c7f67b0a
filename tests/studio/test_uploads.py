"""Files on their way: many at once, cut off, onto a disk that is full."""

import asyncio
import errno
import shutil
import time
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NoReturn

import pytest

from builder.core.errors import WriteError
from builder.studio import jobs, uploads
from builder.studio.api.asked import Refused
from builder.studio.desk import Desks, Draft, new_token
from builder.studio.jobs import JOB, Jobs, mend
from builder.studio.uploads import Uploads
from tests.studio.test_studio_api import NOVEL, Person
from tests.studio.wires import head, opened

PIECE = b"x" * 100_000


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    return Desks(tmp_path).begin(new_token(), "水账.txt")


async def pieces(count: int) -> AsyncIterator[bytes]:
    for _ in range(count):
        yield PIECE


def parts(state: Path) -> list[Path]:
    return [path for path in state.rglob("*") if path.suffix == ".part"]


def test_a_file_sent_many_times_at_once_is_one_of_them_whole(me: Person, state: Path) -> None:
    book = me.begin("水账.txt", NOVEL.encode())
    contents = [bytes([at]) * 300_000 for at in range(20)]

    def send(content: bytes) -> int:
        return me.ask("PUT", f"books/{book}/files/水账.txt", content).status

    with ThreadPoolExecutor(20) as pool:
        assert set(pool.map(send, contents)) == {201}
    (kept,) = state.rglob("水账.txt")
    assert kept.read_bytes() in contents
    assert parts(state) == []


def test_several_at_once_have_no_more_room_than_one_after_the_other(
    draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_BOOK_BYTES", 10 * len(PIECE))

    async def together() -> list[object]:
        coming = Uploads()
        sent = (coming.take(draft, f"{at}.txt", pieces(4)) for at in range(20))
        return await asyncio.gather(*sent, return_exceptions=True)

    ended = asyncio.run(together())
    refused = [one for one in ended if isinstance(one, Refused)]
    assert {one.told.code for one in refused} == {"W012"}
    assert len(refused) >= 18
    assert draft.size() <= 10 * len(PIECE)
    assert parts(draft.folder) == []


def test_what_arrives_while_another_is_on_its_way_has_taken_its_room(
    draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_BOOK_BYTES", 10 * len(PIECE))

    async def together() -> tuple[object, object]:
        coming, has_begun, has_arrived = Uploads(), asyncio.Event(), asyncio.Event()

        async def waiting() -> AsyncIterator[bytes]:
            has_begun.set()
            await has_arrived.wait()
            async for piece in pieces(6):
                yield piece

        async def first() -> object:
            await has_begun.wait()
            taken = await coming.take(draft, "a.txt", pieces(6))
            has_arrived.set()
            return taken

        slow = coming.take(draft, "b.txt", waiting())
        return await asyncio.gather(first(), slow, return_exceptions=True)

    taken, refused = asyncio.run(together())
    assert taken == ("a.txt", 6 * len(PIECE))
    assert isinstance(refused, Refused)


def test_room_that_was_not_used_is_there_again(
    draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_BOOK_BYTES", 5 * len(PIECE))

    async def one_after_the_other() -> int:
        coming = Uploads()
        for _ in range(5):
            with pytest.raises(Refused):
                await coming.take(draft, "a.txt", pieces(6))
        return (await coming.take(draft, "a.txt", pieces(4)))[1]

    assert asyncio.run(one_after_the_other()) == 4 * len(PIECE)


def test_who_leaves_in_the_middle_leaves_nothing(me: Person, state: Path, root: str) -> None:
    book = me.begin("水账.txt", NOVEL.encode())
    place = f"/studio/api/books/{book}/files/b.txt"
    lines = (f"Cookie: {me.cookie}", "X-Builder: 1", "Content-Length: 9999999")
    with opened(root, head(root, "PUT", place, *lines) + PIECE):
        deadline = time.monotonic() + 20
        while not parts(state) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert [one["name"] for one in me.got("GET", f"books/{book}")["files"]] == ["水账.txt"]
    while parts(state) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert parts(state) == []


def test_a_disk_that_is_nearly_full_takes_no_files_and_says_so(
    me: Person, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = me.begin("水账.txt", NOVEL.encode())
    monkeypatch.setattr(uploads, "LEAST_FREE_BYTES", shutil.disk_usage(state).total)
    answer = me.ask("PUT", f"books/{book}/files/b.txt", PIECE)
    assert (answer.status, me.code(answer)) == (507, "B010")
    assert str(state) not in answer.content.decode()
    assert [one["name"] for one in me.got("GET", f"books/{book}")["files"]] == ["水账.txt"]
    assert parts(state) == []


def test_a_disk_that_is_full_in_the_middle_is_told(
    me: Person, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = me.begin("水账.txt", NOVEL.encode())

    def full(_part: Path) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(uploads, "_require_free", full)
    answer = me.ask("PUT", f"books/{book}/files/b.txt", PIECE)
    assert (answer.status, me.code(answer)) == (507, "B010")
    assert parts(state) == []


def test_what_a_killed_server_left_half_is_taken_away(tmp_path: Path, draft: Draft) -> None:
    (draft.folder / "0123.part").write_bytes(PIECE)
    (draft.source / "水账.txt").write_text(NOVEL, "utf-8")
    mend(Desks(tmp_path))
    assert parts(tmp_path) == []
    assert [path.name for path in draft.files()] == ["水账.txt"]


def test_jobs_go_on_when_the_disk_was_full_or_no_process_could_be_had(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desks = Desks(tmp_path)
    drafts = [desks.begin(new_token(), "a.txt") for _ in range(4)]
    kept, began, full = Draft.note, [], False

    def note(draft: Draft, name: str, told: object) -> None:
        if full and name == JOB:
            raise WriteError("B010", reason="No space left on device")
        kept(draft, name, told)

    async def child(*_given: object) -> NoReturn:
        began.append(1)
        raise BlockingIOError(errno.EAGAIN, "no more processes")

    monkeypatch.setattr(Draft, "note", note)
    monkeypatch.setattr(jobs, "child", child)

    async def run() -> None:
        nonlocal full
        queue = Jobs()
        for draft in drafts[:3]:
            queue.start(draft, "analyse")
        full = True
        await asyncio.sleep(0.1)
        with pytest.raises(WriteError):
            queue.start(drafts[3], "analyse")
        full = False
        queue.start(drafts[3], "analyse")
        await asyncio.sleep(0.1)
        await queue.stop()

    asyncio.run(run())
    assert len(began) == 4
    assert drafts[3].noted(JOB)["error"]["code"] == "W008"
